"""`cloud-backup login` and `logout`."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring

from cloud_backup import Credentials

from .conftest import CommandLine


class InMemory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1  # pyright: ignore[reportAssignmentType] - as keyring says to

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[InMemory]:
    before = keyring.get_keyring()
    mine = InMemory()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def stranger(cloud: CommandLine) -> CommandLine:
    """Somebody whose environment only says where Identity is."""
    cloud.environment = {"RS_AUTH_URL": cloud.emulator.auth_url}
    return cloud


def test_login_keeps_the_api_key_in_the_keyring(stranger: CommandLine, ring: InMemory) -> None:
    ended = stranger.done("login", typed="demo\ndemo-key\nORD\n")

    assert ended.stdout == ""
    assert "demo-key" not in ended.stderr
    assert "export RS_REGION_NAME=ORD" in ended.stderr
    assert "demo-key" in ring.kept.values()
    checked = stranger.json("login", "--check")
    assert (checked["username"], checked["method"]) == ("demo", "api_key")
    assert stranger.json("--username", "demo", "login", "--check")["username"] == "demo"


def test_login_with_a_password(stranger: CommandLine, ring: InMemory) -> None:
    stranger.done(
        "--username", "demo", "--region", "DFW", "login", "--password", typed="demo-password\n"
    )

    assert "demo-password" in ring.kept.values()
    assert stranger.json("login", "--check")["method"] == "password"


def test_what_is_refused_is_not_kept(stranger: CommandLine, ring: InMemory) -> None:
    ended = stranger.run("login", typed="demo\nwrong-key\n\n")

    assert ended.exit_code == 3
    assert ring.kept == {}


def test_logout_forgets_it(stranger: CommandLine, ring: InMemory) -> None:
    stranger.done("login", typed="demo\ndemo-key\n\n")

    stranger.done("logout")

    assert ring.kept == {}
    assert stranger.run("login", "--check").exit_code == 3
    assert stranger.run("logout").exit_code == 3


@pytest.fixture
def no_ring() -> Iterator[None]:
    """A keyring that takes everything and keeps nothing."""
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


def test_without_a_keyring_nothing_is_asked_for_in_vain(
    stranger: CommandLine, no_ring: None
) -> None:
    ended = stranger.run("login", typed="n\n")

    assert ended.exit_code == 1
    assert "This machine has no keyring" in ended.stderr
    assert "it keeps nothing" in ended.stderr
    assert "User name" not in ended.stderr
    assert "set RS_USERNAME and RS_API_KEY instead" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="modes say nothing there")
def test_without_a_keyring_the_file_is_offered(
    stranger: CommandLine, no_ring: None, nobodys_home: Path
) -> None:
    ended = stranger.done("login", typed="y\ndemo\ndemo-key\n\n")

    file = nobodys_home / ".rackspace_cloud_credentials"
    assert "stored the credentials of demo in ~/.rackspace_cloud_credentials" in ended.stderr
    assert "demo-key" not in ended.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stranger.json("login", "--check")["username"] == "demo"


def test_the_file_can_be_asked_for(
    stranger: CommandLine, ring: InMemory, nobodys_home: Path
) -> None:
    stranger.done("login", "--file", "--password", typed="demo\ndemo-password\n\n")

    assert ring.kept == {}
    assert stranger.json("login", "--check")["method"] == "password"


def test_what_is_refused_is_not_kept_in_the_file(
    stranger: CommandLine, no_ring: None, nobodys_home: Path
) -> None:
    assert stranger.run("login", typed="y\ndemo\nwrong-key\n\n").exit_code == 3
    assert list(nobodys_home.iterdir()) == []


def test_logout_takes_them_out_of_the_file(
    stranger: CommandLine, no_ring: None, nobodys_home: Path
) -> None:
    stranger.done("login", typed="y\ndemo\ndemo-key\n\n")

    assert stranger.run("logout").exit_code == 2
    assert stranger.run("logout", typed="n\n").exit_code == 1
    assert stranger.run("--username", "other", "logout", "--yes").exit_code == 3
    assert stranger.json("login", "--check")["username"] == "demo"

    stranger.done("logout", typed="y\n")

    assert not (nobodys_home / ".rackspace_cloud_credentials").exists()
    assert stranger.run("logout", "--yes").exit_code == 3


def test_logout_of_the_keyring_leaves_the_file_unless_told(
    stranger: CommandLine, ring: InMemory, nobodys_home: Path
) -> None:
    stranger.done("login", typed="demo\ndemo-key\n\n")
    file = nobodys_home / ".rackspace_cloud_credentials"
    file.write_text("[rackspace_cloud]\nusername = demo\napi_key = demo-key\n")

    ended = stranger.done("logout")

    assert ring.kept == {}
    assert "still has the credentials of demo: --yes removes them" in ended.stderr
    assert file.exists()


def test_a_trial_of_the_keyring_leaves_nothing(ring: InMemory) -> None:
    Credentials.check_keyring()

    assert ring.kept == {}


def test_what_comes_before_the_keyring_is_named(
    cloud: CommandLine, ring: InMemory, nobodys_home: Path
) -> None:
    (nobodys_home / ".rackspace_cloud_credentials").touch()

    ended = cloud.done("login", typed="\ndemo-key\n\n")

    assert "RS_USERNAME takes precedence over the keyring" in ended.stderr
    assert "~/.rackspace_cloud_credentials takes precedence over the keyring" in ended.stderr
    assert "demo-key" in ring.kept.values()


def test_login_without_a_terminal_says_what_to_do(stranger: CommandLine, ring: InMemory) -> None:
    ended = stranger.run("login")

    assert ended.exit_code == 2
    assert "RS_API_KEY" in ended.stderr


def test_login_without_the_package_says_what_to_do(
    stranger: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    ended = stranger.run("login", typed="n\n")

    assert ended.exit_code == 1
    assert "rackspace-cloud-backup[keyring]" in ended.stderr
    assert "~/.rackspace_cloud_credentials" in ended.stderr
