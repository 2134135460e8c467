"""Where the emulator keeps its world: SQLite, in memory or in a file."""

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
"""Where accounts and tokens are kept: they are what tells the tenant."""

BEFORE_FIRST_ID: Final = 200_000_000
"""The ids that the emulator gives are above; those of a world to start with are not."""

_FORMAT = 4
"""Raised when files of an earlier emulator can't be read any more."""

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
"""By what entities are looked up within a tenant: each has an index, so that a look takes as long
as what it finds."""

_SOME_HAVE: Final = (
    ("Agent", "machine"),
    ("Backup", "moving"),
    ("Backup", "snapshot"),
    ("Restore", "moving"),
)
"""What few entities of a kind have, of all tenants; so those that have it are found."""

_TABLES = frozenset({"setting", "entity"})


class Store:
    """Entities by kind, tenant and id; settings by name.

    Only what happens within `transaction` is kept, all of it or nothing.

    Args:
        path: The file; None keeps everything in memory.

    Raises:
        EmulatorError: The file can't be opened, or is not one of this emulator's.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=0, isolation_level=None, check_same_thread=False
            )
            # Whoever forgets to close it leaves nothing open when it is collected, or at exit.
            self._finalizer = weakref.finalize(self, self._connection.close)
            try:
                self._prepare(path)
            except BaseException:
                self.close()
                raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                raise EmulatorError(f"the database {path} is in use by another program") from None
            raise EmulatorError(f"{path} can't be used as a database: {error}") from None

    def _prepare(self, path: Path | None) -> None:
        # Two emulators in one file would each have a clock of its own.
        self._connection.execute("pragma locking_mode = exclusive")
        version = self._connection.execute("pragma user_version").fetchone()[0]
        rows = self._connection.execute("select name from sqlite_master").fetchall()
        is_new = version == 0 and not rows
        # The version alone tells nothing: other programs count theirs from 1, too.
        if not is_new and not (version == _FORMAT and _TABLES.issubset(row[0] for row in rows)):
            raise EmulatorError(
                f"{path} is not a database of this version of the emulator; name another file"
            )
        # In WAL mode an acknowledged transaction survives the process, however it ends.
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        if is_new:
            self._connection.executescript(
                f"begin immediate; {_SCHEMA} {_indexes()} pragma user_version = {_FORMAT}; commit;"
            )
        with self.transaction():
            pass  # takes the lock

    def close(self) -> None:
        """Close the database; again does nothing."""
        self._finalizer()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what is done within, or, if it raises, nothing of it."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def clear(self) -> None:
        """Forget all entities. Settings stay, so that no id is used again."""
        self._connection.execute("delete from entity")

    def next_id(self) -> int:
        """Take an id that nothing has had before, of whatever kind."""
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
        """Keep a setting."""
        self._connection.execute("insert or replace into setting values (?, ?)", (name, value))

    def put(self, tenant: str, key: int | str, entity: "DataclassInstance") -> None:
        """Keep an entity, in place of the one of this kind, tenant and id."""
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
        """Read an entity; None if there is none."""
        row = self._connection.execute(
            "select document from entity where kind = ? and tenant = ? and id = ?",
            (kind.__name__, tenant, str(key)),
        ).fetchone()
        return None if row is None else _entity(kind, row[0])

    def delete(self, kind: type[T], tenant: str, key: int | str) -> None:
        """Forget an entity."""
        self._connection.execute(
            "delete from entity where kind = ? and tenant = ? and id = ?",
            (kind.__name__, tenant, str(key)),
        )

    def all(self, kind: type[T], tenant: str, **having: int | str) -> list[T]:
        """Read all entities of a kind in a tenant.

        Args:
            kind: What they are.
            tenant: Whose they are.
            having: What attributes must be, by their names; those within others by their paths.
        """
        query, values = _query(kind, having)
        return [_entity(kind, row[0]) for row in self._connection.execute(query, (tenant, *values))]

    def total(self, kind: type[T], tenant: str, name: str, **having: int | str) -> int:
        """Add up a number that entities of a kind have; `having` is as for `all`."""
        query, values = _query(kind, having, f"total({_path(name)})")
        return int(self._connection.execute(query, (tenant, *values)).fetchone()[0])

    def newest(self, kind: type[T], tenant: str, until: int, **having: int | str) -> Iterator[T]:
        """Read entities of a kind one by one, by their `moment`, latest first.

        Args:
            kind: What they are.
            tenant: Whose they are.
            until: The latest moment, in milliseconds since 1970.
            having: As for `all`.
        """
        query, values = _query(kind, having)
        query += " and moment <= ? order by moment desc, cast(id as integer) desc"
        for row in self._connection.execute(query, (tenant, *values, until)):
            yield _entity(kind, row[0])

    def having(self, kind: type[T], name: str) -> list[tuple[str, T]]:
        """Read the entities of a kind that have one of `_SOME_HAVE`, each with its tenant."""
        query = f"""
            select tenant, document from entity indexed by "{kind.__name__} with {name}"
            where kind = '{kind.__name__}' and {_path(name)} is not null
        """  # noqa: S608 - no input
        rows = self._connection.execute(query)
        return [(str(row[0]), _entity(kind, row[1])) for row in rows]

    def due(self, kind: type[T], until: int) -> list[tuple[str, T]]:
        """Read the entities of a kind whose `moment` has come, each with its tenant.

        Args:
            kind: What they are.
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
    """Make a query by tenant and attributes, by the index of the first that has one."""
    name = kind.__name__
    by = next((attribute for attribute in having if attribute in _LOOKED_UP.get(name, ())), None)
    where = [f"kind = '{name}'", "tenant = ?", *(f"{_path(path)} = ?" for path in having)]
    # Left to itself, the planner takes the primary key and reads the tenant's whole kind.
    index = "" if by is None else f' indexed by "{name} by {by}"'
    query = f"select {what} from entity{index} where {' and '.join(where)}"  # noqa: S608 - no input
    return query, [*having.values()]


def _entity(kind: type[T], document: str) -> T:
    fields: dict[str, Any] = json.loads(document)
    return kind(**fields)
