"""What a journal says about the drill to resume."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from cloud_backup.drill.errors import JournalDamaged
from cloud_backup.drill.journal import Record
from cloud_backup.drill.planning import PlannedDrill
from cloud_backup.drill.provenance import Provenance
from cloud_backup.drill.verdict import DrillResult

__all__ = ["Began", "History", "read_history"]


@define(kw_only=True)
class Began:
    """What was done about one configuration.

    Attributes:
        backup_id: The backup that was to be restored.
        backup_time: When it completed.
        newest_time: When the newest backup completed, if that is another one.
        creates: How often its restore was about to be created.
        restore_id: The restore, once it was known.
        started: When it was about to be started; None if it wasn't.
        started_after: The same in seconds that the drill had been running for.
        is_started: Whether the service has said yes to that.
        stopping: Why it was about to be stopped; None if it wasn't.
    """

    backup_id: int
    backup_time: datetime
    newest_time: datetime | None = None
    creates: int = 1
    restore_id: int | None = None
    started: datetime | None = None
    started_after: float = 0.0
    is_started: bool = False
    stopping: str | None = None


@define(kw_only=True)
class History:
    """What was done in a drill.

    Attributes:
        header: The first line.
        plan: What it tests; None if it was stopped before that was known.
        began: What was done about each configuration, by its id.
        restored: What was to be verified, by the configuration's id.
        results: The verdicts, by the configuration's id.
        ended: When it was done; None if it wasn't.
        passed: How many seconds it is known to have been running for.
        provenance: Who ran it to its end; None if it didn't come to that, or that isn't known.
    """

    header: Record
    plan: PlannedDrill | None = None
    began: dict[int, Began] = field(factory=dict)
    restored: dict[int, DrillResult] = field(factory=dict)
    results: dict[int, DrillResult] = field(factory=dict)
    ended: datetime | None = None
    passed: float = 0.0
    provenance: Provenance | None = None


def read_history(path: Path | None, records: Iterable[Record]) -> History | None:
    """Read what the lines of a journal tell.

    Args:
        path: The journal, for errors.
        records: Its lines.

    Returns:
        What they tell; None if there are none.

    Raises:
        JournalDamaged: A line isn't as it was written.
    """
    history: History | None = None
    for record in records:
        try:
            if history is None:
                history = History(header=record)
            else:
                _READERS[record["kind"]](history, record)
                history.passed = max(history.passed, float(record.get("passed", 0)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            problem = f"a line of kind {record.get('kind')!r} isn't as it was written: {error!r}"
            raise JournalDamaged(path or Path(), problem) from None
    return history


def _plan(history: History, record: Mapping[str, Any]) -> None:
    history.plan = PlannedDrill.from_json(record)


def _creating(history: History, record: Mapping[str, Any]) -> None:
    before, newest = history.began.get(record["configuration_id"]), record["newest_time"]
    history.began[record["configuration_id"]] = Began(
        backup_id=record["backup_id"],
        backup_time=datetime.fromisoformat(record["backup_time"]),
        newest_time=None if newest is None else datetime.fromisoformat(newest),
        creates=1 if before is None else before.creates + 1,
    )


def _created(history: History, record: Mapping[str, Any]) -> None:
    history.began[record["configuration_id"]].restore_id = int(record["restore_id"])


def _starting(history: History, record: Mapping[str, Any]) -> None:
    began = history.began[record["configuration_id"]]
    began.started = datetime.fromisoformat(record["time"])
    began.started_after, began.is_started = float(record["passed"]), False


def _started(history: History, record: Mapping[str, Any]) -> None:
    history.began[record["configuration_id"]].is_started = True


def _stopping(history: History, record: Mapping[str, Any]) -> None:
    history.began[record["configuration_id"]].stopping = str(record["why"])


def _watched(history: History, record: Mapping[str, Any]) -> None:
    """Only that the drill has been running so long."""


def _restored(history: History, record: Mapping[str, Any]) -> None:
    result = DrillResult.from_json(record["result"])
    history.restored[result.configuration_id] = result


def _result(history: History, record: Mapping[str, Any]) -> None:
    result = DrillResult.from_json(record["result"])
    history.results[result.configuration_id] = result


def _end(history: History, record: Mapping[str, Any]) -> None:
    history.ended = datetime.fromisoformat(record["time"])
    told = record.get("provenance")
    history.provenance = None if told is None else Provenance.from_json(told)


_READERS: Final = {
    "plan": _plan,
    "creating": _creating,
    "created": _created,
    "starting": _starting,
    "started": _started,
    "stopping": _stopping,
    "watched": _watched,
    "restored": _restored,
    "result": _result,
    "end": _end,
}
