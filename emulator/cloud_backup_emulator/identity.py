"""Identity: tokens, and the catalogue with the service's URL."""

import hmac
import secrets
from datetime import UTC, datetime
from typing import Any, Final

from cloud_backup_emulator.accounts import ROLES, Account
from cloud_backup_emulator.entities import Document, Token
from cloud_backup_emulator.errors import Unauthorized
from cloud_backup_emulator.store import NO_TENANT, Store

__all__ = ["authenticate", "iso8601", "revoke_token", "user_of"]

HOUR: Final = 60 * 60 * 1000
LIFETIME: Final = 24 * HOUR
"""How long a token lives, in milliseconds."""

_WRONG: Final = "Unable to authenticate user with credentials provided."


def authenticate(store: Store, now: int, host: str, body: dict[str, Any]) -> Document:
    """Exchange a user name, with an API key or password, for a token.

    If the user already has a token with more than an hour left, that one is returned.

    Args:
        store: The store.
        now: The time, in milliseconds since 1970.
        host: The URL of this emulator, for the catalogue.
        body: The validated request body.

    Raises:
        Unauthorized: The credentials are wrong, or the tenant isn't the user's.
    """
    auth = body["auth"]
    by_key = auth.get("RAX-KSKEY:apiKeyCredentials")
    given = by_key or auth["passwordCredentials"]
    account = store.get(Account, NO_TENANT, given["username"])
    if account is None:
        raise Unauthorized(_WRONG)
    secret, right = (
        (given["apiKey"], account.api_key) if by_key else (given["password"], account.password)
    )
    if not hmac.compare_digest(secret.encode("utf-8", "replace"), right.encode()):
        raise Unauthorized(_WRONG)
    for name in ("tenantId", "tenantName"):
        if auth.get(name, account.tenant) != account.tenant:
            raise Unauthorized(f"{name}: user {account.username} doesn't belong to this tenant")
    token = _live_token(store, now, account)
    return _access(token, account, host)


def _live_token(store: Store, now: int, account: Account) -> Token:
    for token in store.all(Token, NO_TENANT, username=account.username):
        if token.expires <= now:
            store.delete(Token, NO_TENANT, token.token_id)
        elif token.expires - now > HOUR:
            return token
    token = Token(secrets.token_hex(16), account.username, now + LIFETIME)
    store.put(NO_TENANT, token.token_id, token)
    return token


def user_of(store: Store, now: int, token_id: str | None) -> Account:
    """Return the user of a token.

    Raises:
        Unauthorized: It is missing, unknown, expired or revoked.
    """
    if not token_id:
        raise Unauthorized("X-Auth-Token: missing; authenticate first")
    token = store.get(Token, NO_TENANT, token_id)
    if token is None or token.expires <= now:
        raise Unauthorized("X-Auth-Token: the token is invalid or has expired; authenticate again")
    account = store.get(Account, NO_TENANT, token.username)
    if account is None:
        raise AssertionError(f"a token of the unknown user {token.username}")
    return account


def revoke_token(store: Store, token_id: str) -> None:
    """Revoke a token."""
    store.delete(Token, NO_TENANT, token_id)


def iso8601(milliseconds: int) -> str:
    """Format a time as Identity does: ISO 8601 in UTC, with milliseconds."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03}Z"


def _access(token: Token, account: Account, host: str) -> Document:
    endpoint = {"publicURL": f"{host}/v1.0/{account.tenant}", "tenantId": account.tenant}
    # A tenant has regional endpoints or one without a region, never both: real clients rely on it.
    regional = [{"region": region, **endpoint} for region in account.regions]
    default = {"RAX-AUTH:defaultRegion": account.regions[0]} if account.regions else {}
    return {
        "access": {
            "token": {
                "id": token.token_id,
                "expires": iso8601(token.expires),
                "tenant": {"id": account.tenant, "name": account.tenant},
            },
            "serviceCatalog": [
                {
                    "name": "cloudBackup",
                    "type": "rax:backup",
                    "endpoints": regional or [endpoint],
                }
            ],
            "user": {
                "id": account.user_id,
                "name": account.username,
                **default,
                "roles": [
                    {"id": str(number), "name": role, "description": ROLES[role]}
                    for number, role in enumerate(account.roles, start=1)
                ],
            },
        }
    }
