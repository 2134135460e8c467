"""Credentials from the environment, a file or the keyring.

The variables are those of the `rack` tool; the file is the one that pyrax reads:

    [rackspace_cloud]
    username = demo
    api_key = demo-key
"""

import configparser
import os
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from attrs import evolve, field, frozen

from cloud_backup.errors import CredentialsMissing
from cloud_backup.secret import Secret
from cloud_backup.signing_in.private_file import write_privately

CREDENTIALS_FILE: Final = "~/.rackspace_cloud_credentials"
"""The file that pyrax reads, in the user's home."""

# The names of services and users in the keyring.
_KEYRING: Final = {
    "api_key": "rackspace-cloud-backup api-key",
    "password": "rackspace-cloud-backup password",
}
_KEYRING_USER: Final = ("rackspace-cloud-backup username", "default")
_KEYRING_TRIAL: Final = ("rackspace-cloud-backup trial", "nobody")

_SECTION: Final = "rackspace_cloud"

_T = TypeVar("_T")


class _NotThere(CredentialsMissing):
    """There is no credentials file, or nothing in the keyring."""


def _wrapped(value: str | Secret | None) -> Secret | None:
    return Secret.wrap(value)  # attrs' types know no method as a converter


@frozen(kw_only=True)
class Credentials:
    """The arguments of a login, and the region.

    The file is `~/.rackspace_cloud_credentials` by default. The keyring is the operating system's,
    through the package `keyring`. If either can't be read or written, `CredentialsMissing` is
    raised.

    Attributes:
        username: The user's name.
        api_key: The API key; None if there is a password.
        password: The password; None if there is an API key.
        tenant_id: The tenant to log in to; None for the user's own.
        region: `DFW`, `ORD`, `IAD`, `LON`, `HKG` or `SYD`, in any letter case; None for the
            account's default region, or else the endpoint without a region, or else the only one.
        auth_url: Identity's URL, with or without `/v2.0` and `/tokens`; None for Rackspace's.
        allow_http: Whether URLs, even those in the catalogue and the token cache, may be plain http
            if they aren't of this machine (localhost, 127.0.0.1, ::1).
    """

    username: str
    api_key: Secret | None = field(default=None, converter=_wrapped)
    password: Secret | None = field(default=None, converter=_wrapped)
    tenant_id: str | None = None
    region: str | None = None
    auth_url: str | None = None
    allow_http: bool = False

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, *, file: Path | None = None
    ) -> Self:
        """Read the environment, then the file, then the keyring.

        `RS_USERNAME` and `RS_API_KEY` (or `RS_PASSWORD`, if there is no key) are used only
        together, never one from the environment and the other from the file. `RS_REGION_NAME`,
        `RS_AUTH_URL`, `RS_TENANT_ID` and `RS_ALLOW_HTTP` always apply. An empty variable counts as
        unset. The keyring is read only if there is no file.

        Raises:
            ValueError: `RS_ALLOW_HTTP` is neither 1 nor 0.
        """
        environ = os.environ if environ is None else environ
        username = environ.get("RS_USERNAME")
        api_key = Secret.wrap(environ.get("RS_API_KEY"))
        password = None if api_key else Secret.wrap(environ.get("RS_PASSWORD"))
        names = {"tenant_id": "TENANT_ID", "region": "REGION_NAME", "auth_url": "AUTH_URL"}
        rest: Any = {key: environ.get(f"RS_{name}") or None for key, name in names.items()}
        allow_http = environ.get("RS_ALLOW_HTTP")
        del environ  # no traceback shows it among the local variables
        if allow_http not in {None, "", "0", "1"}:
            raise ValueError(f"RS_ALLOW_HTTP must be 1 or 0, not {allow_http!r}")
        if not (username or api_key or password):
            found = cls._from_file_or_keyring(file)
        elif not username:
            given = "RS_API_KEY" if api_key else "RS_PASSWORD"
            raise CredentialsMissing(f"{given} is set, but RS_USERNAME is not")
        elif not (api_key or password):
            raise CredentialsMissing("RS_USERNAME is set, but neither RS_API_KEY nor RS_PASSWORD")
        else:
            found = cls(username=username, api_key=api_key, password=password)
        return evolve(found, allow_http=allow_http == "1", **rest)

    @classmethod
    def _from_file_or_keyring(cls, file: Path | None) -> Self:
        try:
            return cls.from_file(file)
        except _NotThere as missing:
            problem = str(missing)
        try:
            return cls.from_keyring()
        except _NotThere:
            pass
        except CredentialsMissing as failed:
            problem += f"; {failed}"
        raise CredentialsMissing(problem)

    @classmethod
    def from_keyring(cls, username: str | None = None) -> Self:
        """Read a user's API key or password from the keyring; by default the last one stored."""

        def ask(keyring: Any) -> dict[str, Any]:
            try:
                name = username or keyring.get_password(*_KEYRING_USER)
                for kind, service in _KEYRING.items() if name else ():
                    if secret := Secret.wrap(keyring.get_password(service, name)):
                        return {"username": name, kind: secret}
            except import_module("keyring.errors").NoKeyringError:
                pass
            return {}

        found = _in_keyring(ask, "can't be read")
        if not found:
            whose = "any user" if username is None else f"user {username!r}"
            raise _NotThere(
                f"the keyring has no credentials of {whose}: "
                "store them with Credentials(...).store_in_keyring()"
            )
        return cls(**found)

    def store_in_keyring(self) -> None:
        """Store the user name and the API key or password in the keyring, and nothing else.

        They replace this user's earlier ones, and this user becomes the default.
        """
        kind, secret = self._secret()

        def store(keyring: Any) -> None:
            keyring.set_password(_KEYRING[kind], self.username, secret.reveal())
            keyring.set_password(*_KEYRING_USER, self.username)
            for other in _KEYRING.keys() - {kind}:
                _forget(keyring, _KEYRING[other], self.username)

        _in_keyring(store, "refuses the credentials")

    def remove_from_keyring(self) -> None:
        """Remove this user's API key and password from the keyring."""

        def remove(keyring: Any) -> None:
            for service in _KEYRING.values():
                _forget(keyring, service, self.username)
            if keyring.get_password(*_KEYRING_USER) == self.username:
                keyring.delete_password(*_KEYRING_USER)

        _in_keyring(remove, "doesn't remove the credentials")

    @staticmethod
    def check_keyring() -> None:
        """Check that the keyring works, with a text that isn't secret."""

        def check(keyring: Any) -> bool:
            keyring.set_password(*_KEYRING_TRIAL, "is it kept?")
            # Some keyrings accept everything and keep nothing.
            return _forget(keyring, *_KEYRING_TRIAL)

        if not _in_keyring(check, "can't be used"):
            raise CredentialsMissing("the keyring can't be used: it keeps nothing")

    @classmethod
    def from_file(cls, file: Path | None = None) -> Self:
        """Read the credentials file."""
        file = file or Path(CREDENTIALS_FILE)
        # Without interpolation: a key may have a percent sign.
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read_string(file.expanduser().read_text(encoding="utf-8"))
        except (FileNotFoundError, RuntimeError):  # RuntimeError: the user has no home
            raise _NotThere(
                f"no credentials: set RS_USERNAME and RS_API_KEY (or RS_PASSWORD), or write {file} "
                f"with a section [{_SECTION}] that has username and api_key (or password)"
            ) from None
        except OSError as error:
            raise CredentialsMissing(f"{file} can't be read: {error.strerror}") from None
        except (configparser.Error, UnicodeDecodeError):
            # Without the cause: it quotes the line, and the line may be the key.
            raise CredentialsMissing(f"{file} is not an INI file of UTF-8 text") from None
        if not parser.has_section(_SECTION):
            raise CredentialsMissing(f"{file} has no section [{_SECTION}]")
        section = parser[_SECTION]
        username = section.get("username", "").strip()
        api_key = Secret.wrap(section.get("api_key", "").strip())
        password = None if api_key else Secret.wrap(section.get("password", "").strip())
        if not username or not (api_key or password):
            lacking = "api_key (or password)" if username else "username"
            raise CredentialsMissing(f"{file}: section [{_SECTION}] has no {lacking}")
        return cls(username=username, api_key=api_key, password=password)

    def store_in_file(self, file: Path | None = None) -> None:
        """Store the user name and the API key or password in the file, with mode 0600.

        They replace those in the file; the rest of it stays.
        """
        kind, secret = self._secret()
        _rewrite(file, {"username": Secret(self.username), kind: secret})

    @staticmethod
    def remove_from_file(file: Path | None = None) -> None:
        """Remove user name, API key and password from the file; if it is empty then, delete it."""
        _rewrite(file, {})

    def _secret(self) -> tuple[str, Secret]:
        if self.api_key:
            return "api_key", self.api_key
        if self.password:
            return "password", self.password
        raise CredentialsMissing("neither an API key nor a password to store")


def _in_keyring(act: Callable[[Any], _T], failed: str) -> _T:
    """Use the keyring; if that fails, the error says that the keyring `failed`."""
    try:
        keyring = import_module("keyring")
    except ImportError:
        raise _NotThere("no keyring: pip install 'rackspace-cloud-backup[keyring]'") from None
    try:
        return act(keyring)
    except Exception as error:  # noqa: BLE001 - backends may raise anything
        problem = type(error).__name__
    # Outside the handler: the error's frames have the secret as a local variable.
    raise CredentialsMissing(f"the keyring {failed}: {problem}")


def _forget(keyring: Any, service: str, username: str) -> bool:
    """Delete an entry of a keyring, and return whether there was one."""
    kept = keyring.get_password(service, username) is not None
    if kept:
        keyring.delete_password(service, username)
    return kept


_OURS: Final = re.compile(rf"^(\[{_SECTION}\].*\n)((?:[^\[\n].*\n|\n)*)", re.MULTILINE)
# With the lines that continue it.
_LOGIN: Final = re.compile(
    r"^[ \t]*(?:username|api_key|password)\s*[=:].*\n(?:[ \t]+\S.*\n)*",
    re.IGNORECASE | re.MULTILINE,
)


def _rewrite(file: Path | None, login: Mapping[str, Secret]) -> None:
    """Replace the login in a credentials file, and keep the rest."""
    file = file or Path(CREDENTIALS_FILE)
    # Raised outside the frames that have the secret as a local variable.
    if problem := _rewritten(file, login):
        raise CredentialsMissing(f"{file} can't be written: {problem}")


def _rewritten(file: Path, login: Mapping[str, Secret]) -> str | None:
    """Do so, or return what went wrong."""
    values = {name: secret.reveal() for name, secret in login.items()}
    try:
        file = file.expanduser().resolve()  # a link stays one
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        text = "".join(f"{line}\n" for line in text.splitlines())
        if _OURS.search(text) is None:
            text += f"[{_SECTION}]\n"
        lines = "".join(f"{name} = {value}\n" for name, value in values.items())
        text = _OURS.sub(lambda found: found[1] + lines + _LOGIN.sub("", found[2]), text, count=1)
        if text.strip() == f"[{_SECTION}]":
            file.unlink(missing_ok=True)
            return None
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(text)
        if any(parser[_SECTION].get(name) != value for name, value in values.items()):
            return "an INI file can't hold these values"
        write_privately(file, text)
    except configparser.Error:
        return "it is not an INI file"
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        return getattr(error, "strerror", None) or type(error).__name__
    return None
