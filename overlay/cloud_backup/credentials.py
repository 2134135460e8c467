"""Where credentials come from when they are not arguments: the environment, then a file.

The variables are those that the `rack` tool reads, the file is the one that pyrax reads:

    [rackspace_cloud]
    username = demo
    api_key = demo-key
"""

import configparser
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from attrs import frozen

from cloud_backup._secret import Secret
from cloud_backup.errors import CredentialsMissing

__all__ = ["CREDENTIALS_FILE", "Credentials"]

CREDENTIALS_FILE: Final = "~/.rackspace_cloud_credentials"
"""The file that pyrax reads, in the user's home."""

_SECTION: Final = "rackspace_cloud"


@frozen(kw_only=True)
class Credentials:
    """What a login takes, and which region is meant.

    Attributes:
        username: The user's name.
        api_key: The API key; None where there is a password.
        password: The password; None where there is an API key.
        tenant_id: The tenant to log in to; None for the user's own.
        region: The region, in any letter case; None for the account's default.
        auth_url: Identity's URL; None for Rackspace's.
    """

    username: str
    api_key: Secret | None = None
    password: Secret | None = None
    tenant_id: str | None = None
    region: str | None = None
    auth_url: str | None = None

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, *, file: Path | None = None
    ) -> Self:
        """Read the environment, then the file.

        `RS_USERNAME` with `RS_API_KEY` (or `RS_PASSWORD`, if there is no key) in the environment
        are taken together, never one from here and the other from the file. `RS_REGION_NAME`,
        `RS_AUTH_URL` and `RS_TENANT_ID` hold for both. An empty variable is none.

        Args:
            environ: The environment; `os.environ` if None.
            file: The credentials file; `~/.rackspace_cloud_credentials` if None.

        Raises:
            CredentialsMissing: Neither has what is needed, or one has half of it.
        """
        environ = os.environ if environ is None else environ
        username = environ.get("RS_USERNAME")
        api_key = Secret.wrap(environ.get("RS_API_KEY"))
        password = None if api_key else Secret.wrap(environ.get("RS_PASSWORD"))
        tenant_id = environ.get("RS_TENANT_ID")
        region = environ.get("RS_REGION_NAME")
        auth_url = environ.get("RS_AUTH_URL")
        del environ  # no traceback is to show it among the local variables
        if not (username or api_key or password):
            username, api_key, password = _read(file or Path(CREDENTIALS_FILE))
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
        )


def _read(file: Path) -> tuple[str, Secret | None, Secret | None]:
    """Read the user name, and the API key or else the password, of a credentials file."""
    # A key may hold a percent sign, which is no interpolation.
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(file.expanduser().read_text(encoding="utf-8"))
    except (FileNotFoundError, RuntimeError):  # RuntimeError: nobody's home
        raise CredentialsMissing(
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
