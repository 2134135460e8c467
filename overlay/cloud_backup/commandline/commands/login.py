"""`cloud-backup login` and `logout`."""

from pathlib import Path
from typing import Final

import click

from cloud_backup.commandline.options.groups import Verb, yes_option
from cloud_backup.commandline.options.offers import forget_offers
from cloud_backup.commandline.rendering.output import print_data
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.errors import CredentialsMissing
from cloud_backup.signing_in.credentials import CREDENTIALS_FILE, Credentials
from cloud_backup.signing_in.token_cache import TokenCache

__all__ = ["login", "logout"]

_ELSEWHERE: Final = f"set RS_USERNAME and RS_API_KEY instead, or write {CREDENTIALS_FILE}"


@click.command("login", cls=Verb)
@click.option("--password", is_flag=True, help="Prompt for the password, not the API key.")
@click.option("--check", is_flag=True, help="Only check the current credentials.")
@click.option(
    "--file", "in_file", is_flag=True, help=f"Store them in {CREDENTIALS_FILE}, not in the keyring."
)
@pass_invocation
def login(invocation: Invocation, *, password: bool, check: bool, in_file: bool) -> None:
    """Prompt for credentials, check them by logging in, and store them in the keyring.

    If there is no keyring, it offers the credentials file, which only you can read. The region and
    Identity's URL are not stored: set RS_REGION_NAME and RS_AUTH_URL, or use --region and
    --auth-url.

    Examples:
      cloud-backup login
      cloud-backup --username demo --region ORD login --password
      cloud-backup login --file
      cloud-backup login --check
    """
    if not check:
        if not invocation.interactive:
            raise CommandFailed(
                "can't prompt for credentials: there is no terminal",
                ExitCode.WRONG_USAGE,
                hint=_ELSEWHERE,
            )
        in_file = in_file or not _has_keyring(invocation)
    credentials = invocation.credentials() if check else _asked(invocation, password=password)
    _try(invocation, credentials)
    if not check:
        _store(credentials, in_file=in_file)
        place = CREDENTIALS_FILE if in_file else "the keyring"
        invocation.say(f"stored the credentials of {credentials.username} in {place}")
        for other in _overriding(invocation, in_file=in_file):
            invocation.say(f"{other} takes precedence over {place}")
        if credentials.region is not None:
            invocation.say(f"the region is not stored: export RS_REGION_NAME={credentials.region}")
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
@yes_option
@pass_invocation
def logout(invocation: Invocation, *, yes: bool) -> None:
    """Remove the credentials from the keyring, and all tokens from the disk.

    This removes the credentials of --username; by default, those of the last user to log in. It
    prompts before removing them from the credentials file, which other tools may use too.

    Examples:
      cloud-backup logout
      cloud-backup logout --yes
    """
    TokenCache().clear()
    forget_offers()
    missing: CredentialsMissing | None = None
    try:
        found = Credentials.from_keyring(invocation.username)
        found.remove_from_keyring()
        invocation.say(f"removed the credentials of {found.username} from the keyring")
    except CredentialsMissing as problem:
        missing = problem
    in_file = _in_file(invocation)
    if in_file is None:
        if missing is not None:
            raise missing
        return
    if missing is None and not yes and not invocation.interactive:
        invocation.say(
            f"{CREDENTIALS_FILE} still has the credentials of {in_file}: --yes removes them"
        )
        return
    invocation.confirm(
        f"{CREDENTIALS_FILE} has the credentials of {in_file}. Other tools may use them.",
        "Remove them",
        yes=yes,
    )
    Credentials.remove_from_file()
    invocation.say(f"removed the credentials of {in_file} from {CREDENTIALS_FILE}")


def _has_keyring(invocation: Invocation) -> bool:
    """Return whether there is a keyring. If there is none, offer the file.

    Raises:
        CommandFailed: The user declined the file.
    """
    try:
        Credentials.check_keyring()
    except CredentialsMissing as missing:
        invocation.say(f"This machine has no keyring: {missing}.")
        if not invocation.agrees(f"Store them in {CREDENTIALS_FILE}, which only you can read"):
            raise CommandFailed("nowhere to store the credentials", hint=_ELSEWHERE) from None
        return False
    return True


def _in_file(invocation: Invocation) -> str | None:
    """Return the user in the credentials file, unless --username names another."""
    try:
        username = Credentials.from_file().username
    except CredentialsMissing:
        return None
    return username if invocation.username in {None, username} else None


def _asked(invocation: Invocation, *, password: bool) -> Credentials:
    """Prompt for credentials."""
    environ = invocation.environ
    username = invocation.username or invocation.ask(
        "User name", default=environ.get("RS_USERNAME") or None
    )
    secret = invocation.ask_secret("Password" if password else "API key")
    region = invocation.region or invocation.ask(
        "Region", default=environ.get("RS_REGION_NAME", ""), show_default=True
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
    """Log in, and make a call that every user may make."""
    # A cached token would prove nothing about the credentials.
    invocation.open_client(credentials, token_cache=None).agents.list()


def _overriding(invocation: Invocation, *, in_file: bool) -> list[str]:
    """Return what takes precedence over the stored credentials."""
    found = ["RS_USERNAME"] if invocation.environ.get("RS_USERNAME") else []
    if not in_file and Path(CREDENTIALS_FILE).expanduser().exists():
        found.append(CREDENTIALS_FILE)
    return found


def _store(credentials: Credentials, *, in_file: bool) -> None:
    try:
        if in_file:
            credentials.store_in_file()
        else:
            credentials.store_in_keyring()
            # Some keyrings accept everything and store nothing.
            Credentials.from_keyring(credentials.username)
    except CredentialsMissing as problem:
        said = str(problem)
    else:
        return
    raise CommandFailed(
        f"the credentials are valid, but could not be stored: {said}", hint=_ELSEWHERE
    )
