"""Shell completion of machines, configurations and ids.

Completions are cached for a minute, in a file per account and kind that only the user can read. It
holds names and ids, no secrets.
"""

import contextlib
import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

from cloud_backup import CloudBackup, CloudBackupError, Credentials, Retries
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup.signing_in.private_file import read_privately, write_privately

__all__ = ["forget_offers", "offered"]

_FRESH: Final = 60.0
"""How many seconds a cached answer is used."""

_PATIENCE: Final = 2.0
"""How many seconds to wait for each part of an answer."""

_MOST: Final = 1000


class _Row(NamedTuple):
    """A completion.

    Attributes:
        id: The id.
        name: The name; None if it can't be used on a command line.
        about: A description.
    """

    id: str
    name: str | None
    about: str


def _listed(client: CloudBackup, kind: str) -> Iterator[_Row]:
    """Fetch the completions of a kind from the service."""
    if kind == "agents":
        for agent in client.agents.list():
            yield _row(agent.machine_agent_id, agent.machine_name, agent.operating_system)
    elif kind in {"configurations", "restorable"}:
        found = (
            client.configurations.list if kind == "configurations" else client.restores.available
        )
        for row in found():
            yield _row(row.backup_configuration_id, row.backup_configuration_name, row.machine_name)
    else:
        for activity in client.activity.list():
            if f"{activity.type}s".lower() == kind:
                # A backup's id differs from its activity's.
                key = activity.backup_id if kind == "backups" else None
                about = f"{activity.state} {activity.display_name}"
                yield _row(key or activity.id, None, about)


def offered(ctx: click.Context, kind: str, start: str) -> list[CompletionItem]:
    """Return completions: names or ids.

    Args:
        ctx: The command, with its options.
        kind: What to complete: `agents`, `configurations`, `restorable` for configurations that
            have a backup, `backups` or `restores`.
        start: What has been typed.
    """
    try:
        rows = _rows(ctx.ensure_object(Invocation), kind)
    except Exception:  # noqa: BLE001 - an error would disturb the user's typing
        return []
    names = Counter(row.name.casefold() for row in rows if row.name)
    items = []
    for row in rows:
        # An ambiguous name would be refused. Ids are offered once one is begun.
        if row.name and names[row.name.casefold()] == 1 and not start.isdecimal():
            items.append(CompletionItem(row.name, help=f"{row.id} {row.about}".rstrip()))
        elif start or not row.name:
            items.append(CompletionItem(row.id, help=f"{row.name or ''} {row.about}".strip()))
    folded = start.casefold()
    return [item for item in items if item.value.casefold().startswith(folded)]


def _rows(invocation: Invocation, kind: str) -> list[_Row]:
    """Return the completions of a kind from the cache, or else from the service."""
    # A warning would end up in the middle of the line being typed.
    logger = logging.getLogger("cloud_backup")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    credentials = invocation.credentials(ask=False)
    whose = [
        credentials.auth_url,
        credentials.username,
        credentials.tenant_id,
        credentials.region,
        kind,
    ]
    name = hashlib.sha256(json.dumps(whose).encode()).hexdigest()
    file = _folder() / f"{name}.json"
    fresh_until, rows = _cached(read_privately(file))
    now = time.time()
    if now < fresh_until <= now + _FRESH:
        return rows
    # If the service doesn't answer, cache the old rows, so as not to ask again on every key.
    with contextlib.suppress(CloudBackupError):
        rows = _asked(credentials, kind)
    with contextlib.suppress(OSError):
        document = {"fresh_until": now + _FRESH, "rows": rows}
        write_privately(file, json.dumps(document), make_folder=True)
    return rows


def _asked(credentials: Credentials, kind: str) -> list[_Row]:
    at: dict[str, Any] = {} if credentials.auth_url is None else {"auth_url": credentials.auth_url}
    with CloudBackup(
        credentials.username,
        credentials.api_key,
        password=credentials.password,
        tenant_id=credentials.tenant_id,
        region=credentials.region,
        timeout=_PATIENCE,
        retries=Retries.off(),
        allow_http=credentials.allow_http,
        **at,
    ) as client:
        return list(islice(_listed(client, kind), _MOST))


def _cached(content: bytes | None) -> tuple[float, list[_Row]]:
    """Parse a cache file. Returns nothing if it is damaged."""
    try:
        document: Any = json.loads(content or b"")
        rows = [
            _row(int(row[0]), None if row[1] is None else str(row[1]), str(row[2]))
            for row in document["rows"]
        ]
        return float(document["fresh_until"]), rows
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError):
        return 0.0, []


def _row(key: int, name: str | None, about: object) -> _Row:
    """Return a row. Drops a name that looks like an option or could control the shell."""
    usable = name and name.isprintable() and name == name.strip() and not name.startswith("-")
    text = str(about or "")
    return _Row(str(key), name if usable else None, text if text.isprintable() else "")


def forget_offers() -> None:
    """Empty the cache."""
    for file in _folder().glob("[0-9a-f]" * 64 + ".json"):
        file.unlink(missing_ok=True)


def _folder() -> Path:
    platformdirs: Any = import_module("platformdirs")
    return Path(platformdirs.user_cache_dir("rackspace-cloud-backup", appauthor=False)) / "names"
