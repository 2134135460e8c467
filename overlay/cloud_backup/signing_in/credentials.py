"""Where credentials come from when they are not arguments: environment, file, keyring.

The variables are those that the `rack` tool reads, the file is the one that pyrax reads:

    [rackspace_cloud]
    username = demo
    api_key = demo-key

The keyring is the operating system's, by the package `keyring`, and is asked last: only where that
package is installed, the environment says nothing and there is no file. What is in it is put there
by `Credentials.store_in_keyring`.
"""

import configparser
import os
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Self

from attrs import frozen

from cloud_backup.errors import CredentialsMissing
from cloud_backup.secret import Secret
from cloud_backup.signing_in.private_file import write_privately

__all__ = ["CREDENTIALS_FILE", "Credentials"]

CREDENTIALS_FILE: Final = "~/.rackspace_cloud_credentials"
"""The file that pyrax reads, in the user's home."""

_KEYRING_API_KEY: Final = "rackspace-cloud-backup api-key"
_KEYRING_PASSWORD: Final = "rackspace-cloud-backup password"  # noqa: S105 - a service's name
_KEYRING_USER: Final = ("rackspace-cloud-backup username", "default")
"""Under which service names a keyring has the secrets, and where it has who the user is."""

_KEYRING_TRIAL: Final = ("rackspace-cloud-backup trial", "nobody", "is it kept?")
"""What a keyring is tried with: a service, a user, and no secret."""

_SECTION: Final = "rackspace_cloud"


@frozen(kw_only=True)
class Credentials:
    """What a login takes, and which region is meant.

    Attributes:
        username: The user's name.
        api_key: The API key; None if there is a password.
        password: The password; None if there is an API key.
        tenant_id: The tenant to log in to; None for the user's own.
        region: The region, in any letter case; None for the account's default.
        auth_url: Identity's URL; None for Rackspace's.
        allow_http: Whether what is secret may be sent by plain http to other machines.
    """

    username: str
    api_key: Secret | None = None
    password: Secret | None = None
    tenant_id: str | None = None
    region: str | None = None
    auth_url: str | None = None
    allow_http: bool = False

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, *, file: Path | None = None
    ) -> Self:
        """Read the environment, then the file, then the keyring.

        `RS_USERNAME` with `RS_API_KEY` (or `RS_PASSWORD`, if there is no key) in the environment
        are taken together, never one from here and the other from the file. `RS_REGION_NAME`,
        `RS_AUTH_URL`, `RS_TENANT_ID` and `RS_ALLOW_HTTP` hold for all. An empty variable is none.
        The keyring is asked only where there is no file, and where the package `keyring` is
        installed.

        Args:
            environ: The environment; `os.environ` if None.
            file: The credentials file; `~/.rackspace_cloud_credentials` if None.

        Raises:
            CredentialsMissing: Neither has what is needed, or one has half of it.
            ValueError: `RS_ALLOW_HTTP` is neither 1 nor 0.
        """
        environ = os.environ if environ is None else environ
        username = environ.get("RS_USERNAME")
        api_key = Secret.wrap(environ.get("RS_API_KEY"))
        password = None if api_key else Secret.wrap(environ.get("RS_PASSWORD"))
        tenant_id = environ.get("RS_TENANT_ID")
        region = environ.get("RS_REGION_NAME")
        auth_url = environ.get("RS_AUTH_URL")
        allow_http = _is_set(environ.get("RS_ALLOW_HTTP"))
        del environ  # no traceback is to show it among the local variables
        if not (username or api_key or password):
            username, api_key, password = _kept(file or Path(CREDENTIALS_FILE))
        elif not username:
            given = "RS_API_KEY" if api_key else "RS_PASSWORD"
            raise CredentialsMissing(f"{given} is set, but RS_USERNAME is not")
        elif not (api_key or password):
            raise CredentialsMissing("RS_USERNAME is set, but neither RS_API_KEY nor RS_PASSWORD")
        return cls(
            username=username,
            api_key=api_key,
            password=password,
            tenant_id=tenant_id or None,
            region=region or None,
            auth_url=auth_url or None,
            allow_http=allow_http,
        )

    @classmethod
    def from_keyring(cls, username: str | None = None) -> Self:
        """Read the operating system's keyring, which takes the package `keyring`.

        Args:
            username: The user's name; None for the one last stored.

        Returns:
            The user's name with the API key, or else the password. The region is the account's.

        Raises:
            CredentialsMissing: The keyring has none of that user, can't be asked, or the package
                isn't installed.
        """
        keyring = _keyring()
        if keyring is None:
            raise CredentialsMissing(_NO_KEYRING)
        found = _asked(keyring, username)
        if found is None:
            whose = "any user" if username is None else f"user {username!r}"
            raise CredentialsMissing(
                f"the keyring has no credentials of {whose}: "
                "store them with Credentials(...).store_in_keyring()"
            )
        return cls(username=found[0], api_key=found[1], password=found[2])

    def store_in_keyring(self) -> None:
        """Store user name and API key, or password, in the operating system's keyring.

        They replace those of this user, and this user is the one that is found without a name.
        Region, tenant and Identity's URL are not stored.

        Raises:
            CredentialsMissing: There is neither API key nor password, the keyring doesn't take
                them, or the package `keyring` isn't installed.
        """
        keyring = _keyring()
        if keyring is None:
            raise CredentialsMissing(_NO_KEYRING)
        secret = self.api_key or self.password
        if secret is None:
            raise CredentialsMissing("neither an API key nor a password to store")
        kinds = [_KEYRING_API_KEY, _KEYRING_PASSWORD]
        service, other = kinds if self.api_key else reversed(kinds)
        problem = None
        try:
            keyring.set_password(service, self.username, secret.reveal())
            keyring.set_password(*_KEYRING_USER, self.username)
            if keyring.get_password(other, self.username) is not None:
                keyring.delete_password(other, self.username)
        except Exception as error:  # noqa: BLE001 - what a backend of somebody else's raises
            problem = type(error).__name__
        # Outside the handler: the error's frames have the secret among their variables.
        if problem is not None:
            raise CredentialsMissing(f"the keyring doesn't take the credentials: {problem}")

    @staticmethod
    def check_keyring() -> None:
        """Make sure that the operating system's keyring keeps what it is given.

        It is given a text that is no secret, which is taken out again.

        Raises:
            CredentialsMissing: It doesn't, or the package `keyring` isn't installed.
        """
        keyring = _keyring()
        if keyring is None:
            raise CredentialsMissing(_NO_KEYRING)
        problem: str | None = None
        try:
            keyring.set_password(*_KEYRING_TRIAL)
            # There are keyrings that take everything and keep nothing.
            if keyring.get_password(*_KEYRING_TRIAL[:2]) != _KEYRING_TRIAL[2]:
                problem = "it keeps nothing"
            else:
                keyring.delete_password(*_KEYRING_TRIAL[:2])
        except Exception as error:  # noqa: BLE001 - what a backend of somebody else's raises
            problem = type(error).__name__
        if problem is not None:
            raise CredentialsMissing(f"the keyring can't be used: {problem}")

    @classmethod
    def from_file(cls, file: Path | None = None) -> Self:
        """Read the credentials file.

        Args:
            file: The file; `~/.rackspace_cloud_credentials` if None.

        Raises:
            CredentialsMissing: There is no file, or it lacks something.
        """
        username, api_key, password = _read(file or Path(CREDENTIALS_FILE))
        return cls(username=username, api_key=api_key, password=password)

    def store_in_file(self, file: Path | None = None) -> None:
        """Store user name and API key, or password, in the credentials file.

        They replace those that are there; whatever else the file has stays. The file is written as
        a whole or not at all, with mode 0600.

        Args:
            file: The file; `~/.rackspace_cloud_credentials` if None.

        Raises:
            CredentialsMissing: There is neither API key nor password, or the file can't be written.
        """
        secret = self.api_key or self.password
        if secret is None:
            raise CredentialsMissing("neither an API key nor a password to store")
        name = "api_key" if self.api_key else "password"
        _rewrite(file or Path(CREDENTIALS_FILE), {"username": self.username, name: secret})

    @staticmethod
    def remove_from_file(file: Path | None = None) -> None:
        """Remove user name, API key and password from the credentials file.

        A file that has nothing else is deleted.

        Args:
            file: The file; `~/.rackspace_cloud_credentials` if None.

        Raises:
            CredentialsMissing: The file can't be written.
        """
        _rewrite(file or Path(CREDENTIALS_FILE), {})

    def remove_from_keyring(self) -> None:
        """Remove this user's API key and password from the operating system's keyring.

        Raises:
            CredentialsMissing: The keyring doesn't let go of them, or the package `keyring` isn't
                installed.
        """
        keyring = _keyring()
        if keyring is None:
            raise CredentialsMissing(_NO_KEYRING)
        problem = None
        try:
            for service in (_KEYRING_API_KEY, _KEYRING_PASSWORD):
                if keyring.get_password(service, self.username) is not None:
                    keyring.delete_password(service, self.username)
            if keyring.get_password(*_KEYRING_USER) == self.username:
                keyring.delete_password(*_KEYRING_USER)
        except Exception as error:  # noqa: BLE001 - what a backend of somebody else's raises
            problem = type(error).__name__
        if problem is not None:
            raise CredentialsMissing(f"the keyring doesn't let go of the credentials: {problem}")


_NO_KEYRING: Final = (
    "no keyring: it takes the package keyring, pip install 'rackspace-cloud-backup[keyring]'"
)


def _is_set(value: str | None) -> bool:
    if value not in {None, "", "0", "1"}:
        raise ValueError(f"RS_ALLOW_HTTP must be 1 or 0, not {value!r}")
    return value == "1"


def _keyring() -> Any:
    """Import `keyring`; None if it isn't installed."""
    try:
        keyring = import_module("keyring")
        import_module("keyring.errors")
    except ImportError:
        return None
    return keyring


def _asked(keyring: Any, username: str | None) -> tuple[str, Secret | None, Secret | None] | None:
    """Ask a keyring for a user's name, API key and password."""
    problem = api_key = password = None
    name: Any = username
    try:
        name = username or keyring.get_password(*_KEYRING_USER)
        if not name:
            return None
        api_key = Secret.wrap(keyring.get_password(_KEYRING_API_KEY, name))
        password = None if api_key else Secret.wrap(keyring.get_password(_KEYRING_PASSWORD, name))
    except keyring.errors.NoKeyringError:
        return None
    except Exception as error:  # noqa: BLE001 - what a backend of somebody else's raises
        problem = type(error).__name__
    if problem is not None:
        raise CredentialsMissing(f"the keyring can't be asked: {problem}")
    return (str(name), api_key, password) if api_key or password else None


def _kept(file: Path) -> tuple[str, Secret | None, Secret | None]:
    """Read the credentials file, or where there is none, the keyring."""
    try:
        return _read(file)
    except _NoFile as missing:
        none = CredentialsMissing(str(missing))
    keyring = _keyring()
    try:
        found = None if keyring is None else _asked(keyring, None)
    except CredentialsMissing as failed:
        none = CredentialsMissing(f"{none}; {failed}")
        found = None
    if found is None:
        raise none
    return found


class _NoFile(CredentialsMissing):
    """There is no credentials file."""


def _read(file: Path) -> tuple[str, Secret | None, Secret | None]:
    """Read the user name, and the API key or else the password, of a credentials file."""
    # A key may hold a percent sign, which is no interpolation.
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(file.expanduser().read_text(encoding="utf-8"))
    except (FileNotFoundError, RuntimeError):  # RuntimeError: nobody's home
        raise _NoFile(
            f"no credentials: set RS_USERNAME and RS_API_KEY (or RS_PASSWORD), or write {file} "
            f"with a section [{_SECTION}] that has username and api_key (or password)"
        ) from None
    except OSError as error:
        raise CredentialsMissing(f"{file} cannot be read: {error.strerror}") from None
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
    return username, api_key, password


_OF_A_LOGIN: Final = re.compile(r"\s*(?:username|api_key|password)\s*[=:]", flags=re.IGNORECASE)


def _rewrite(file: Path, login: Mapping[str, str | Secret]) -> None:
    """Replace what a credentials file says of who logs in; all else stays as it is.

    Raises:
        CredentialsMissing: It can't be written.
    """
    problem = _rewritten(file, login)
    # Out of the frames that have the secret among their variables.
    if problem is not None:
        raise CredentialsMissing(f"{file} can't be written: {problem}")


def _rewritten(file: Path, login: Mapping[str, str | Secret]) -> str | None:
    """Do it, and return what is wrong."""
    values = {
        name: value if isinstance(value, str) else value.reveal() for name, value in login.items()
    }
    try:
        file = file.expanduser().resolve()  # a link stays one
        lines = _without_login(file.read_text(encoding="utf-8") if file.exists() else "")
        header = f"[{_SECTION}]\n"
        if header not in lines:
            lines.append(header)
        at = lines.index(header) + 1
        lines[at:at] = [f"{name} = {value}\n" for name, value in values.items()]
        text = "".join(lines)
        if text.strip() == header.strip():
            file.unlink(missing_ok=True)
            return None
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(text)
        if any(parser[_SECTION].get(name) != value for name, value in values.items()):
            return "such a file can't hold what is to be in it"
        write_privately(file, text)
    except configparser.Error:
        return "it is not an INI file"
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        return getattr(error, "strerror", None) or type(error).__name__
    return None


def _without_login(text: str) -> list[str]:
    """Return the lines of a credentials file but those that say who logs in."""
    kept = []
    inside = dropping = False
    for line in text.splitlines():
        if header := re.match(r"\[([^]]+)\]", line):
            inside, dropping = header[1] == _SECTION, False
            line = f"[{_SECTION}]" if inside else line  # noqa: PLW2901 - a comment behind it goes
        elif inside and _OF_A_LOGIN.match(line):
            dropping = True
            continue
        elif dropping and line[:1].isspace() and line.strip():
            continue  # it goes on with what was dropped
        else:
            dropping = False
        kept.append(f"{line}\n")
    return kept
