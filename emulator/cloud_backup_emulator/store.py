"""Stores the emulator's world in SQLite, in memory or in a file."""

import json
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cloud_backup_emulator.errors import EmulatorError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["BEFORE_FIRST_ID", "NO_TENANT", "Store"]

T = TypeVar("T", bound="DataclassInstance")

NO_TENANT: Final = ""
"""The tenant of accounts and tokens, which determine the tenant themselves."""

BEFORE_FIRST_ID: Final = 200_000_000
"""The emulator's own ids are above this; those of a starting world aren't."""

_FORMAT = 4
"""Incremented when files of earlier versions can no longer be read."""

_SCHEMA = """
create table setting (name text primary key, value text not null) without rowid;
create table entity (
    kind text not null,
    id text not null,
    tenant text not null,
    document text not null,
    moment integer,
    primary key (kind, tenant, id)
) without rowid;
"""

_LOOKED_UP: Final = {
    "Agent": ("document.HostServerId",),
    "BackupConfiguration": ("agent_id", "document.IsDeleted", "missed"),
    "Backup": ("agent_id", "configuration_id"),
    "Restore": ("destination_id", "document.BackupMachineId"),
    "Token": ("username",),
}
"""The attributes for lookups within a tenant. Each has an index, so that the cost of a lookup
depends only on its result."""

_SOME_HAVE: Final = (
    ("Agent", "machine"),
    ("Backup", "moving"),
    ("Backup", "snapshot"),
    ("Restore", "moving"),
)
"""Attributes that few entities of a kind have, with an index over all tenants."""

_TABLES = frozenset({"setting", "entity"})


class Store:
    """Entities by kind, tenant and id, and settings by name.

    Changes must be made within `transaction`, which is atomic.

    Args:
        path: The file; None keeps everything in memory.

    Raises:
        EmulatorError: The file can't be opened, or isn't this emulator's database.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=0, isolation_level=None, check_same_thread=False
            )
            # Closes it on garbage collection or at exit, if the caller forgets.
            self._finalizer = weakref.finalize(self, self._connection.close)
            try:
                self._prepare(path)
            except BaseException:
                self.close()
                raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                raise EmulatorError(f"the database {path} is in use by another program") from None
            raise EmulatorError(f"can't use {path} as a database: {error}") from None

    def _prepare(self, path: Path | None) -> None:
        # Two emulators on one file would have different clocks.
        self._connection.execute("pragma locking_mode = exclusive")
        version = self._connection.execute("pragma user_version").fetchone()[0]
        rows = self._connection.execute("select name from sqlite_master").fetchall()
        is_new = version == 0 and not rows
        # The version alone isn't enough: other programs count from 1 too.
        if not is_new and not (version == _FORMAT and _TABLES.issubset(row[0] for row in rows)):
            raise EmulatorError(
                f"{path} is not a database of this version of the emulator; use another file"
            )
        # In WAL mode, committed transactions survive a crash of the process.
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        if is_new:
            self._connection.executescript(
                f"begin immediate; {_SCHEMA} {_indexes()} pragma user_version = {_FORMAT}; commit;"
            )
        with self.transaction():
            pass  # takes the lock

    def close(self) -> None:
        """Close the database. Closing it again does nothing."""
        self._finalizer()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit the changes of a block, or roll them back if it raises."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def clear(self) -> None:
        """Delete all entities. Settings stay, so that ids aren't reused."""
        self._connection.execute("delete from entity")

    def next_id(self) -> int:
        """Return a new id, unique across all kinds."""
        number = int(self.setting("last_id") or BEFORE_FIRST_ID) + 1
        self.set_setting("last_id", str(number))
        return number

    def setting(self, name: str) -> str | None:
        """Read a setting."""
        row = self._connection.execute(
            "select value from setting where name = ?", (name,)
        ).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Store a setting."""
        self._connection.execute("insert or replace into setting values (?, ?)", (name, value))

    def put(self, tenant: str, key: int | str, entity: "DataclassInstance") -> None:
        """Store an entity, replacing one with the same kind, tenant and id."""
        document = json.dumps(vars(entity), ensure_ascii=False)
        self._connection.execute(
            "insert or replace into entity (kind, id, tenant, document, moment) "
            "values (?, ?, ?, ?, ?)",
            (
                type(entity).__name__,
                str(key),
                tenant,
                document,
                getattr(entity, "moment", None),
            ),
        )

    def get(self, kind: type[T], tenant: str, key: int | str) -> T | None:
        """Return an entity; None if it doesn't exist."""
        row = self._connection.execute(
            "select document from entity where kind = ? and tenant = ? and id = ?",
            (kind.__name__, tenant, str(key)),
        ).fetchone()
        return None if row is None else _entity(kind, row[0])

    def delete(self, kind: type[T], tenant: str, key: int | str) -> None:
        """Delete an entity."""
        self._connection.execute(
            "delete from entity where kind = ? and tenant = ? and id = ?",
            (kind.__name__, tenant, str(key)),
        )

    def all(self, kind: type[T], tenant: str, **having: int | str) -> list[T]:
        """Return a tenant's entities of a kind.

        Args:
            kind: Their class.
            tenant: The tenant.
            having: Required values of attributes, by name; of nested ones, by path.
        """
        query, values = _query(kind, having)
        return [_entity(kind, row[0]) for row in self._connection.execute(query, (tenant, *values))]

    def total(self, kind: type[T], tenant: str, name: str, **having: int | str) -> int:
        """Return the sum of an attribute. `having` is as for `all`."""
        query, values = _query(kind, having, f"total({_path(name)})")
        return int(self._connection.execute(query, (tenant, *values)).fetchone()[0])

    def newest(self, kind: type[T], tenant: str, until: int, **having: int | str) -> Iterator[T]:
        """Yield a tenant's entities of a kind by `moment`, latest first.

        Args:
            kind: Their class.
            tenant: The tenant.
            until: The latest moment, in milliseconds since 1970.
            having: As for `all`.
        """
        query, values = _query(kind, having)
        query += " and moment <= ? order by moment desc, cast(id as integer) desc"
        for row in self._connection.execute(query, (tenant, *values, until)):
            yield _entity(kind, row[0])

    def having(self, kind: type[T], name: str) -> list[tuple[str, T]]:
        """Return the entities of a kind with an attribute of `_SOME_HAVE`, and their tenants."""
        query = f"""
            select tenant, document from entity indexed by "{kind.__name__} with {name}"
            where kind = '{kind.__name__}' and {_path(name)} is not null
        """  # noqa: S608 - no input
        rows = self._connection.execute(query)
        return [(str(row[0]), _entity(kind, row[1])) for row in rows]

    def due(self, kind: type[T], until: int) -> list[tuple[str, T]]:
        """Return the entities of a kind whose `moment` has come, and their tenants.

        Args:
            kind: Their class.
            until: The time, in milliseconds since 1970.
        """
        query = f"""
            select tenant, document from entity indexed by due
            where kind = '{kind.__name__}' and moment <= ? order by tenant, cast(id as integer)
        """  # noqa: S608 - no input
        rows = self._connection.execute(query, (until,))
        return [(str(row[0]), _entity(kind, row[1])) for row in rows]


def _path(name: str) -> str:
    return f"json_extract(document, '$.{name}')"


def _indexes() -> str:
    return (
        "create index due on entity (moment) where kind = 'BackupConfiguration';"
        + "".join(
            f'create index "{kind} by {name}" on entity (tenant, {_path(name)}, moment) '
            f"where kind = '{kind}';"
            for kind, names in _LOOKED_UP.items()
            for name in names
        )
        + "".join(
            f'create index "{kind} with {name}" on entity (tenant) '
            f"where kind = '{kind}' and {_path(name)} is not null;"
            for kind, name in _SOME_HAVE
        )
    )


def _query(
    kind: type[T], having: dict[str, int | str], what: str = "document"
) -> tuple[str, list[int | str]]:
    """Build a query by tenant and attributes, using the index of the first one that has it."""
    name = kind.__name__
    by = next((attribute for attribute in having if attribute in _LOOKED_UP.get(name, ())), None)
    where = [f"kind = '{name}'", "tenant = ?", *(f"{_path(path)} = ?" for path in having)]
    # By itself, the planner picks the primary key and reads all of the tenant's entities.
    index = "" if by is None else f' indexed by "{name} by {by}"'
    query = f"select {what} from entity{index} where {' and '.join(where)}"  # noqa: S608 - no input
    return query, [*having.values()]


def _entity(kind: type[T], document: str) -> T:
    fields: dict[str, Any] = json.loads(document)
    return kind(**fields)
