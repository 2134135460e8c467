"""Credentials from the environment, then from pyrax's file."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from cloud_backup import CloudBackup, CredentialsMissing
from cloud_backup.credentials import Credentials

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
    with pytest.raises(CredentialsMissing, match="cannot be read"):
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
