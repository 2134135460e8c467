"""Where the command line has its credentials from."""

from typing import TYPE_CHECKING, Final

import click
from attrs import evolve

from cloud_backup._secret import Secret
from cloud_backup.credentials import Credentials
from cloud_backup.errors import CredentialsMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cloud_backup.commandline.invocation import Invocation

__all__ = ["ask_secret", "find_credentials"]

_OF_A_USER: Final = ("RS_USERNAME", "RS_API_KEY", "RS_PASSWORD")


def find_credentials(invocation: "Invocation") -> Credentials:
    """Find the credentials: the environment, the file, the keyring, or a prompt.

    With `--username` only what belongs to that user counts; a secret in the environment does where
    `RS_USERNAME` is the same or isn't set. Region, tenant and Identity's URL given as options come
    before those in the environment.

    Args:
        invocation: The options, and the environment.

    Raises:
        CredentialsMissing: There are none.
    """
    environ = invocation.environ
    if invocation.username is None:
        found = Credentials.from_environment(environ)
    else:
        found = _of_user(invocation, invocation.username, environ)
    return evolve(
        found,
        region=invocation.region or found.region,
        auth_url=invocation.auth_url or found.auth_url,
        tenant_id=invocation.tenant or found.tenant_id,
    )


def _of_user(invocation: "Invocation", username: str, environ: "Mapping[str, str]") -> Credentials:
    """Find the credentials of one user."""
    has_secret = environ.get("RS_API_KEY") or environ.get("RS_PASSWORD")
    if has_secret and environ.get("RS_USERNAME") in {None, "", username}:
        return Credentials.from_environment({**environ, "RS_USERNAME": username})
    elsewhere = {name: value for name, value in environ.items() if name not in _OF_A_USER}
    problem = None
    try:
        found = Credentials.from_environment(elsewhere)
        if found.username == username:
            return found
    except CredentialsMissing as missing:
        problem = str(missing)
    try:
        return _placed(Credentials.from_keyring(username), elsewhere)
    except CredentialsMissing as missing:
        if not invocation.interactive:
            raise CredentialsMissing(
                problem or f"no credentials of user {username!r}: {missing}"
            ) from None
    api_key = ask_secret(f"API key of {username}")
    return _placed(Credentials(username=username, api_key=api_key), elsewhere)


def _placed(credentials: Credentials, environ: "Mapping[str, str]") -> Credentials:
    """Return credentials with what the environment says of region, tenant and Identity."""
    return evolve(
        credentials,
        region=environ.get("RS_REGION_NAME") or None,
        auth_url=environ.get("RS_AUTH_URL") or None,
        tenant_id=environ.get("RS_TENANT_ID") or None,
        allow_http=environ.get("RS_ALLOW_HTTP") == "1",
    )


def ask_secret(what: str, *, twice: bool = False) -> Secret:
    """Ask for a secret at the terminal, without showing what is typed.

    Args:
        what: What to ask for.
        twice: Whether it is to be typed twice, as a new one is.
    """
    return Secret(
        click.prompt(
            what,
            hide_input=True,
            err=True,
            confirmation_prompt=f"{what}, once more" if twice else False,
        )
    )
