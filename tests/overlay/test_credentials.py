"""Credentials from the environment, then from pyrax's file."""

from __future__ import annotations

import stat
import sys
import traceback
from pathlib import Path

import pytest

from cloud_backup import CloudBackup, CredentialsMissing, Secret
from cloud_backup.signing_in.credentials import Credentials

PYRAX = """\
[rackspace_cloud]
username = filed
api_key = 50%off
"""


def told(environ: dict[str, str], file: Path) -> tuple[str, str | None, str | None]:
    found = Credentials.from_environment(environ, file=file)
    return (
        found.username,
        None if found.api_key is None else found.api_key.reveal(),
        None if found.password is None else found.password.reveal(),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / ".rackspace_cloud_credentials"
    file.write_text(PYRAX, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"RS_USERNAME": "demo", "RS_API_KEY": "key"}, ("demo", "key", None)),
        ({"RS_USERNAME": "demo", "RS_PASSWORD": "word"}, ("demo", None, "word")),
        (
            {"RS_USERNAME": "demo", "RS_API_KEY": "key", "RS_PASSWORD": "word"},
            ("demo", "key", None),
        ),
        ({}, ("filed", "50%off", None)),
        ({"RS_USERNAME": "", "RS_API_KEY": "", "RS_REGION_NAME": "DFW"}, ("filed", "50%off", None)),
    ],
)
def test_environment_before_file(
    environ: dict[str, str], found: tuple[str, str | None, str | None], file: Path
) -> None:
    assert told(environ, file) == found


def test_the_rest_of_the_environment_holds_for_both(file: Path) -> None:
    environ = {"RS_REGION_NAME": "ord", "RS_AUTH_URL": "https://id.example", "RS_TENANT_ID": "12"}
    found = Credentials.from_environment(environ, file=file)

    assert (found.region, found.auth_url, found.tenant_id) == ("ord", "https://id.example", "12")


def test_nothing_set_is_none(file: Path) -> None:
    found = Credentials.from_environment({"RS_REGION_NAME": ""}, file=file)

    assert (found.region, found.auth_url, found.tenant_id) == (None, None, None)


def test_a_password_in_the_file(file: Path) -> None:
    file.write_text("[rackspace_cloud]\nusername=filed\npassword=word\n", encoding="utf-8")

    assert told({}, file) == ("filed", None, "word")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"RS_USERNAME": "demo"}, "neither RS_API_KEY nor RS_PASSWORD"),
        ({"RS_API_KEY": "key"}, "RS_API_KEY is set, but RS_USERNAME is not"),
        ({"RS_PASSWORD": "word"}, "RS_PASSWORD is set, but RS_USERNAME is not"),
    ],
)
def test_half_of_it_is_not_made_whole_by_the_file(
    environ: dict[str, str], message: str, file: Path
) -> None:
    with pytest.raises(CredentialsMissing, match=message):
        Credentials.from_environment(environ, file=file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[other]\n", r"no section \[rackspace_cloud\]"),
        ("[rackspace_cloud]\napi_key = key\n", "has no username"),
        ("[rackspace_cloud]\nusername = demo\n", r"has no api_key \(or password\)"),
        ("[rackspace_cloud]\nusername =\napi_key = key\n", "has no username"),
        ("canary-key\n", "not an INI file"),
        ("[rackspace_cloud]\ncanary-key\n", "not an INI file"),
    ],
)
def test_a_file_that_is_of_no_use(file: Path, text: str, message: str) -> None:
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CredentialsMissing, match=message) as e:
        Credentials.from_environment({}, file=file)

    assert str(file) in str(e.value)
    assert "canary" not in "".join(traceback.format_exception(e.value))


def test_a_file_that_is_not_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\xfd")

    with pytest.raises(CredentialsMissing, match="not an INI file of UTF-8 text"):
        Credentials.from_environment({}, file=file)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CredentialsMissing, match="can't be read"):
        Credentials.from_environment({}, file=tmp_path)


def test_nothing_anywhere_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(
        CredentialsMissing, match=r"RS_USERNAME and RS_API_KEY .* username and api_key"
    ):
        Credentials.from_environment({}, file=tmp_path / "none")


def test_the_file_is_the_one_at_home(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "expanduser", lambda path: file.parent / path.name)

    assert Credentials.from_environment({}).username == "filed"


def test_the_environment_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RS_USERNAME", "demo")
    monkeypatch.setenv("RS_API_KEY", "key")
    monkeypatch.delenv("RS_PASSWORD", raising=False)

    assert Credentials.from_environment().username == "demo"


def test_a_client_from_the_environment(file: Path) -> None:
    environ = {"RS_REGION_NAME": "ORD", "RS_AUTH_URL": "https://id.example/"}

    with CloudBackup.from_environment(environ, credentials_file=file) as backup:
        assert "'filed'" in repr(backup)
        assert "'ORD'" in repr(backup)
        assert "https://id.example/v2.0" in repr(backup)


ELSEWHERE = "# mine\n[keystone]\nusername = not this one\n\n[rackspace_cloud]\n; a note\n"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "[rackspace_cloud]\nusername = old\napi_key = old-key\n",
        "[rackspace_cloud]\nUSERNAME: old\npassword = over\n  two lines\n[other]\na = b\n",
        ELSEWHERE,
        "[other]\na = 100%\n",
    ],
)
def test_a_file_is_rewritten_and_all_else_in_it_stays(tmp_path: Path, before: str) -> None:
    file = tmp_path / "credentials"
    if before:
        file.write_text(before)
    mine = Credentials(username="me", api_key=Secret("50% of a key"))

    mine.store_in_file(file)

    found = Credentials.from_file(file)
    assert (found.username, found.password) == ("me", None)
    assert found.api_key is not None
    assert found.api_key.reveal() == "50% of a key"
    after = file.read_text()
    assert "old" not in after
    assert "two lines" not in after
    for line in ("# mine", "[keystone]", "; a note", "[other]", "a = b", "a = 100%"):
        assert (line in after) is (line in before)

    Credentials.remove_from_file(file)

    assert file.exists() is ("other" in before or "mine" in before)
    with pytest.raises(CredentialsMissing):
        Credentials.from_file(file)


@pytest.mark.parametrize("secret", [" blanks around ", "two\nlines", "a\n[section]"])
def test_a_secret_that_a_file_cannot_hold_is_not_written(tmp_path: Path, secret: str) -> None:
    file = tmp_path / "credentials"

    with pytest.raises(CredentialsMissing) as refused:
        Credentials(username="me", password=Secret(secret)).store_in_file(file)

    assert secret not in str(refused.value)
    assert not file.exists()
    for frame, _ in traceback.walk_tb(refused.value.__traceback__):
        if frame.f_code.co_filename != __file__:
            spelt = repr(secret)[1:-1]
            assert all(spelt not in repr(value) for value in frame.f_locals.values())


def test_a_file_that_is_no_ini_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text("my notes\n")

    with pytest.raises(CredentialsMissing, match="not an INI file"):
        Credentials(username="me", api_key=Secret("key")).store_in_file(file)

    assert file.read_text() == "my notes\n"


@pytest.mark.skipif(sys.platform == "win32", reason="modes say nothing there")
def test_a_file_that_others_could_read_is_closed_and_a_link_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "dotfiles" / "credentials"
    file.parent.mkdir()
    file.touch(mode=0o644)
    link = tmp_path / "credentials"
    link.symlink_to(file)

    Credentials(username="me", api_key=Secret("key")).store_in_file(link)

    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
