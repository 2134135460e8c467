"""Finds the command line's credentials."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import evolve

from cloud_backup import Credentials, CredentialsMissing, Secret

__all__ = ["find_credentials"]

_OF_A_USER: Final = ("RS_USERNAME", "RS_API_KEY", "RS_PASSWORD")


def find_credentials(
    environ: Mapping[str, str], username: str | None, ask: Callable[[str], Secret] | None
) -> Credentials:
    """Find the credentials: in the environment, the file or the keyring, or by a prompt.

    Args:
        environ: The environment.
        username: The user; None for any. A secret in the environment is this user's if
            `RS_USERNAME` is the same or isn't set.
        ask: Prompts for a secret, given its name; None if there is no terminal.

    Raises:
        CredentialsMissing: There are none.
    """
    if username is None:
        return Credentials.from_environment(environ)
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
        if ask is None:
            raise CredentialsMissing(
                problem or f"no credentials of user {username!r}: {missing}"
            ) from None
    return _placed(Credentials(username=username, api_key=ask(f"API key of {username}")), elsewhere)


def _placed(credentials: Credentials, environ: Mapping[str, str]) -> Credentials:
    """Return credentials with the environment's region, tenant and Identity URL."""
    return evolve(
        credentials,
        region=environ.get("RS_REGION_NAME") or None,
        auth_url=environ.get("RS_AUTH_URL") or None,
        tenant_id=environ.get("RS_TENANT_ID") or None,
        allow_http=environ.get("RS_ALLOW_HTTP") == "1",
    )
