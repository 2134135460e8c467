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
@click.option("--password", is_flag=True, help="Ask for the password, not for the API key.")
@click.option("--check", is_flag=True, help="Only check the present credentials.")
@click.option(
    "--file", "in_file", is_flag=True, help=f"Keep them in {CREDENTIALS_FILE}, not in the keyring."
)
@pass_invocation
def login(invocation: Invocation, *, password: bool, check: bool, in_file: bool) -> None:
    """Ask for the credentials, check them, and keep them in the keyring.

    They are checked by logging in. If there is no keyring it says so first, and offers the
    credentials file, which only you may read. The region and Identity's URL are not kept: set
    RS_REGION_NAME and RS_AUTH_URL, or give --region and --auth-url.

    Examples:
      cloud-backup login
      cloud-backup --username demo --region ORD login --password
      cloud-backup login --file
      cloud-backup login --check
    """
    if not check:
        if not invocation.interactive:
            raise CommandFailed(
                "there is no terminal to ask for them", ExitCode.WRONG_USAGE, hint=_ELSEWHERE
            )
        in_file = in_file or not _has_keyring(invocation)
    credentials = invocation.credentials() if check else _asked(invocation, password=password)
    _try(invocation, credentials)
    if not check:
        _store(credentials, in_file=in_file)
        place = CREDENTIALS_FILE if in_file else "the keyring"
        invocation.say(f"the credentials of {credentials.username} are in {place}")
        for other in _asked_before(invocation, in_file=in_file):
            invocation.say(f"{other} is used before {place}")
        if credentials.region is not None:
            invocation.say(f"the region is not kept: export RS_REGION_NAME={credentials.region}")
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
    """Forget the credentials that are in the keyring, and all tokens that are on disk.

    The credentials are those of --username, or else of the user who logged in last. Those in the
    credentials file, which other tools may use too, are removed if you agree.

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
        invocation.say(f"the credentials of {found.username} are no longer in the keyring")
    except CredentialsMissing as problem:
        missing = problem
    in_file = _in_file(invocation)
    if in_file is None:
        if missing is not None:
            raise missing
        return
    if missing is None and not yes and not invocation.interactive:
        invocation.say(f"{CREDENTIALS_FILE} still has those of {in_file}: --yes removes them")
        return
    invocation.confirm(
        f"The credentials of {in_file} are in {CREDENTIALS_FILE}, where other tools may read them.",
        "Remove them",
        yes=yes,
    )
    Credentials.remove_from_file()
    invocation.say(f"the credentials of {in_file} are no longer in {CREDENTIALS_FILE}")


def _has_keyring(invocation: Invocation) -> bool:
    """Whether there is a keyring; where there is none, ask whether the file will do.

    Raises:
        CommandFailed: It won't.
    """
    try:
        Credentials.check_keyring()
    except CredentialsMissing as missing:
        invocation.say(f"This machine has no keyring to keep credentials in: {missing}.")
        if not invocation.agrees(f"Keep them in {CREDENTIALS_FILE}, which only you may read"):
            raise CommandFailed(
                "there is no place to keep credentials in", hint=_ELSEWHERE
            ) from None
        return False
    return True


def _in_file(invocation: Invocation) -> str | None:
    """Name the user whose credentials the file has, if that is who is meant."""
    try:
        username = Credentials.from_file().username
    except CredentialsMissing:
        return None
    return username if invocation.username in {None, username} else None


def _asked(invocation: Invocation, *, password: bool) -> Credentials:
    """Ask who the user is."""
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
    """Log in, and ask for something that every user may see."""
    # A token on disk would say nothing about the credentials.
    invocation.open_client(credentials, token_cache=None).agents.list()


def _asked_before(invocation: Invocation, *, in_file: bool) -> list[str]:
    """Name what else there is, and hides what has been stored."""
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
            # There are keyrings that take everything and keep nothing.
            Credentials.from_keyring(credentials.username)
    except CredentialsMissing as problem:
        said = str(problem)
    else:
        return
    raise CommandFailed(
        f"the credentials are right, but could not be kept: {said}", hint=_ELSEWHERE
    )
