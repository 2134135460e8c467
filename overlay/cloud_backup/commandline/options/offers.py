"""What a shell completes besides commands: machines, configurations, and ids of what there is.

It comes from a cache of a minute's age at most, a file for each account and kind that only the user
may read. It has names and ids, and no secret.
"""

import contextlib
import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

from cloud_backup import CloudBackup, CloudBackupError, Credentials, Retries
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup.signing_in.identity import DEFAULT_AUTH_URL
from cloud_backup.signing_in.private_file import read_privately, write_privately

__all__ = [
    "forget_offers",
    "offer_agents",
    "offer_backups",
    "offer_configurations",
    "offer_jobs",
    "offer_restorable",
    "offer_restores",
]

_FRESH: Final = 60.0
"""For how many seconds what was asked for is offered."""

_PATIENCE: Final = 2.0
"""For how many seconds a shell waits for each part of an answer."""

_MOST: Final = 1000


class _Row(NamedTuple):
    """What may be offered.

    Attributes:
        id: The id.
        name: The name; None if it is no use on a command line.
        about: What to say of it.
    """

    id: str
    name: str | None
    about: str


def _agents(client: CloudBackup) -> Iterable[_Row]:
    for agent in client.agents.list():
        yield _row(agent.machine_agent_id, agent.machine_name, agent.operating_system)


def _configurations(client: CloudBackup) -> Iterable[_Row]:
    for found in client.configurations.list():
        yield _row(
            found.backup_configuration_id, found.backup_configuration_name, found.machine_name
        )


def _restorable(client: CloudBackup) -> Iterable[_Row]:
    for found in client.restores.available():
        yield _row(
            found.backup_configuration_id, found.backup_configuration_name, found.machine_name
        )


def _backups(client: CloudBackup) -> Iterable[_Row]:
    for found in client.activity.list():
        if found.type == "Backup":
            about = f"{found.state} {found.display_name}"
            yield _row(found.backup_id or found.id, None, about)


def _restores(client: CloudBackup) -> Iterable[_Row]:
    for found in client.activity.list():
        if found.type == "Restore":
            yield _row(found.id, None, f"{found.state} {found.display_name}")


_SOURCES: Final[dict[str, Callable[[CloudBackup], Iterable[_Row]]]] = {
    "agents": _agents,
    "backups": _backups,
    "configurations": _configurations,
    "restorable": _restorable,
    "restores": _restores,
}


def offer_agents(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the agents, by their machines' names or by their ids."""
    del param
    return _offer(ctx, "agents", start)


def offer_configurations(
    ctx: click.Context, param: click.Parameter, start: str
) -> list[CompletionItem]:
    """Offer the configurations, by name or id."""
    del param
    return _offer(ctx, "configurations", start)


def offer_restorable(
    ctx: click.Context, param: click.Parameter, start: str
) -> list[CompletionItem]:
    """Offer the configurations that have a backup to restore, by name or id."""
    del param
    return _offer(ctx, "restorable", start)


def offer_backups(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the ids of backups."""
    del param
    return _offer(ctx, "backups", start)


def offer_restores(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the ids of restores."""
    del param
    return _offer(ctx, "restores", start)


def offer_jobs(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the ids of backups or restores, by what the command's `kind` is."""
    del param
    return _offer(ctx, f"{ctx.params.get('kind')}s", start)


def forget_offers() -> None:
    """Empty the cache."""
    for file in _folder().glob("[0-9a-f]" * 64 + ".json"):
        file.unlink(missing_ok=True)


def _offer(ctx: click.Context, kind: str, start: str) -> list[CompletionItem]:
    try:
        rows = _rows(ctx.ensure_object(Invocation), kind)
    except Exception:  # noqa: BLE001 - whatever it is, it is not to disturb who types
        return []
    names = Counter(row.name.casefold() for row in rows if row.name)
    items = []
    for row in rows:
        # A name that several have is refused, and an id is offered to whoever begins one.
        if row.name and names[row.name.casefold()] == 1 and not start.isdecimal():
            items.append(CompletionItem(row.name, help=f"{row.id} {row.about}".rstrip()))
        elif start or not row.name:
            items.append(CompletionItem(row.id, help=f"{row.name or ''} {row.about}".strip()))
    folded = start.casefold()
    return [item for item in items if item.value.casefold().startswith(folded)]


def _rows(invocation: Invocation, kind: str) -> list[_Row]:
    """Return what there is: from the cache, or else from the service."""
    # A warning would end up in the middle of the line that is typed.
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
    # A service that doesn't answer isn't asked again at every key: what was there is offered on.
    with contextlib.suppress(CloudBackupError):
        rows = _asked(credentials, kind)
    with contextlib.suppress(OSError):
        document = {"fresh_until": now + _FRESH, "rows": rows}
        write_privately(file, json.dumps(document), make_folder=True)
    return rows


def _asked(credentials: Credentials, kind: str) -> list[_Row]:
    with CloudBackup(
        credentials.username,
        credentials.api_key,
        password=credentials.password,
        tenant_id=credentials.tenant_id,
        region=credentials.region,
        auth_url=credentials.auth_url or DEFAULT_AUTH_URL,
        timeout=_PATIENCE,
        retries=Retries.off(),
    ) as client:
        return list(_SOURCES[kind](client))[:_MOST]


def _cached(content: bytes | None) -> tuple[float, list[_Row]]:
    """Read the cache; what isn't as it was written is none."""
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
    """Make a row; a name that could be taken for an option, or that steers a shell, is none."""
    usable = name and name.isprintable() and name == name.strip() and not name.startswith("-")
    text = str(about or "")
    return _Row(str(key), name if usable else None, text if text.isprintable() else "")


def _folder() -> Path:
    platformdirs: Any = import_module("platformdirs")
    return Path(platformdirs.user_cache_dir("rackspace-cloud-backup", appauthor=False)) / "names"
