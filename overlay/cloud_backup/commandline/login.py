"""`cloud-backup login` and `logout`."""

from pathlib import Path
from typing import Final

import click

from cloud_backup.commandline.command_failed import CommandFailed
from cloud_backup.commandline.exit_codes import ExitCode
from cloud_backup.commandline.invocation import Invocation, pass_invocation
from cloud_backup.commandline.lazy_group import Verb
from cloud_backup.commandline.output import print_data
from cloud_backup.credentials import CREDENTIALS_FILE, Credentials
from cloud_backup.errors import CredentialsMissing
from cloud_backup.token_cache import TokenCache

__all__ = ["login", "logout"]

_ELSEWHERE: Final = (
    "set RS_USERNAME and RS_API_KEY instead, or write ~/.rackspace_cloud_credentials"
)


@click.command("login", cls=Verb)
@click.option("--password", is_flag=True, help="Ask for the password, not for the API key.")
@click.option("--check", is_flag=True, help="Only see whether the present credentials are right.")
@pass_invocation
def login(invocation: Invocation, *, password: bool, check: bool) -> None:
    """Ask for the credentials, check them, and keep them in the keyring.

    They are checked by logging in. Region and Identity's URL are not kept: set RS_REGION_NAME and
    RS_AUTH_URL, or give --region and --auth-url.

    Examples:
      cloud-backup login
      cloud-backup --username demo --region ORD login --password
      cloud-backup login --check
    """
    credentials = invocation.credentials() if check else _asked(invocation, password=password)
    _try(invocation, credentials)
    if not check:
        _store(credentials)
        invocation.say(f"the credentials of {credentials.username} are in the keyring")
        for other in _asked_before_the_keyring(invocation):
            invocation.say(f"{other} comes before the keyring")
        if credentials.region is not None:
            invocation.say(f"the region isn't: export RS_REGION_NAME={credentials.region}")
        return
    print_data(
        invocation,
        {
            "username": credentials.username,
            "method": "password" if credentials.api_key is None else "api_key",
            "tenant_id": credentials.tenant_id,
            "region": credentials.region,
            "auth_url": credentials.auth_url,
        },
    )


@click.command("logout", cls=Verb)
@pass_invocation
def logout(invocation: Invocation) -> None:
    """Forget the credentials that are in the keyring, and all tokens that are on disk.

    The credentials are those of --username, or else of the user who logged in last.

    Example:
      cloud-backup logout
    """
    found = Credentials.from_keyring(invocation.username)
    found.remove_from_keyring()
    TokenCache().clear()
    invocation.say(f"the credentials of {found.username} are out of the keyring")


def _asked(invocation: Invocation, *, password: bool) -> Credentials:
    """Ask who the user is."""
    if not invocation.interactive:
        raise CommandFailed("there is no terminal to ask at", ExitCode.WRONG_USAGE, hint=_ELSEWHERE)
    environ = invocation.environ
    username = invocation.username or click.prompt(
        "User name", default=environ.get("RS_USERNAME") or None, err=True
    )
    secret = invocation.ask_secret("Password" if password else "API key")
    region = invocation.region or click.prompt(
        "Region", default=environ.get("RS_REGION_NAME", ""), show_default=True, err=True
    )
    return Credentials(
        username=username,
        api_key=None if password else secret,
        password=secret if password else None,
        tenant_id=invocation.tenant or environ.get("RS_TENANT_ID") or None,
        region=region or None,
        auth_url=invocation.auth_url or environ.get("RS_AUTH_URL") or None,
    )


def _try(invocation: Invocation, credentials: Credentials) -> None:
    """Log in, and ask for something that every user may see."""
    # A token on disk would say nothing about the credentials.
    invocation.open_client(credentials, token_cache=None).agents.list()


def _asked_before_the_keyring(invocation: Invocation) -> list[str]:
    """Name what else there is, and hides what has been stored."""
    found = ["RS_USERNAME"] if invocation.environ.get("RS_USERNAME") else []
    if Path(CREDENTIALS_FILE).expanduser().exists():
        found.append(CREDENTIALS_FILE)
    return found


def _store(credentials: Credentials) -> None:
    try:
        credentials.store_in_keyring()
        # There are keyrings that take everything and keep nothing.
        Credentials.from_keyring(credentials.username)
    except CredentialsMissing as problem:
        said = str(problem)
    else:
        return
    raise CommandFailed(f"the credentials are right, but not kept: {said}", hint=_ELSEWHERE)
