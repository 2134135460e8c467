"""Credentials in the operating system's keyring."""

from __future__ import annotations

import pickle
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from cloud_backup import Credentials, CredentialsMissing
from cloud_backup.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "canary-of-the-api-key"
NO_FILE = Path("/nowhere/at/all")


class Dictionary(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # pyright: ignore[reportAssignmentType]  # a property there

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("there is none")

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked("the user said no")


@pytest.fixture
def ring() -> Iterator[Dictionary]:
    before = keyring.get_keyring()
    ring = Dictionary()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def key(username: str, secret: str = CANARY) -> Credentials:
    return Credentials(username=username, api_key=Secret(secret), password=None)


def test_there_and_back(ring: Dictionary) -> None:
    key("demo").store_in_keyring()

    found = Credentials.from_keyring()

    assert found.username == "demo"
    assert found.api_key is not None
    assert found.api_key.reveal() == CANARY
    assert found.password is None
    assert CANARY in ring.kept.values()


def test_the_last_stored_is_the_one_without_a_name(ring: Dictionary) -> None:
    key("demo", "one").store_in_keyring()
    key("other", "two").store_in_keyring()

    assert Credentials.from_keyring().username == "other"
    found = Credentials.from_keyring("demo").api_key
    assert found is not None
    assert found.reveal() == "one"


@pytest.mark.usefixtures("ring")
def test_a_password_replaces_a_key() -> None:
    key("demo").store_in_keyring()
    Credentials(username="demo", api_key=None, password=Secret("word")).store_in_keyring()

    found = Credentials.from_keyring()

    assert found.api_key is None
    assert found.password is not None
    assert found.password.reveal() == "word"


def test_what_is_removed_is_gone(ring: Dictionary) -> None:
    key("other").store_in_keyring()
    key("demo").store_in_keyring()

    key("demo").remove_from_keyring()
    key("demo").remove_from_keyring()

    with pytest.raises(CredentialsMissing):
        Credentials.from_keyring()
    assert Credentials.from_keyring("other").username == "other"
    ring.locked = True
    with pytest.raises(CredentialsMissing, match="doesn't remove"):
        key("other").remove_from_keyring()


@pytest.mark.usefixtures("ring")
def test_nothing_stored() -> None:
    with pytest.raises(CredentialsMissing, match="no credentials of any user"):
        Credentials.from_keyring()
    with pytest.raises(CredentialsMissing, match="no credentials of user 'demo'"):
        Credentials.from_keyring("demo")
    with pytest.raises(CredentialsMissing, match="neither"):
        Credentials(username="demo", api_key=None, password=None).store_in_keyring()


@pytest.mark.usefixtures("ring")
def test_the_environment_comes_first_then_the_file(tmp_path: Path) -> None:
    key("of-the-keyring").store_in_keyring()
    file = tmp_path / "credentials"
    file.write_text("[rackspace_cloud]\nusername = of-the-file\napi_key = x\n")
    environ = {"RS_USERNAME": "of-the-environment", "RS_API_KEY": "x"}

    assert Credentials.from_environment(environ, file=file).username == "of-the-environment"
    assert Credentials.from_environment({}, file=file).username == "of-the-file"
    kept = Credentials.from_environment({"RS_REGION_NAME": "ORD"}, file=NO_FILE)
    assert (kept.username, kept.region) == ("of-the-keyring", "ORD")


def test_a_locked_keyring_says_so(ring: Dictionary) -> None:
    key("demo").store_in_keyring()
    ring.locked = True

    with pytest.raises(CredentialsMissing, match="can't be read: KeyringLocked"):
        Credentials.from_keyring()
    with pytest.raises(CredentialsMissing, match=r"set RS_USERNAME.*KeyringLocked"):
        Credentials.from_environment({}, file=NO_FILE)
    with pytest.raises(CredentialsMissing, match="refuses") as e:
        key("demo").store_in_keyring()
    assert CANARY not in "".join(traceback.format_exception(e.value))
    assert CANARY.encode() not in pickle.dumps(e.value)


def test_a_backend_may_fail_in_any_way(ring: Dictionary, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no bus")

    for name in ("get_password", "set_password"):
        monkeypatch.setattr(ring, name, broken)

    for call in (
        Credentials.from_keyring,
        key("demo").store_in_keyring,
        key("demo").remove_from_keyring,
    ):
        with pytest.raises(CredentialsMissing, match="RuntimeError"):
            call()


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(CredentialsMissing, match="pip install"):
        Credentials.from_keyring()
    with pytest.raises(CredentialsMissing, match="pip install"):
        key("demo").store_in_keyring()
    with pytest.raises(CredentialsMissing, match="set RS_USERNAME"):
        Credentials.from_environment({}, file=NO_FILE)
