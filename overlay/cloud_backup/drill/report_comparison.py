"""What has changed from one drill to another."""

from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from attrs import field, frozen

from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.verdict import DrillResult, Verdict

__all__ = ["Change", "ConfigurationChange", "ReportComparison", "compare_reports"]

_LEAST_LEFT: Final = 0.5
"""Which part of the files, or bytes, must be restored again not to be worse."""

_COMPARED: Final = {
    "verdict": "verdict",
    "age": "age",
    "duration": "duration",
    "files": "files_restored",
    "bytes": "bytes_restored",
}
"""What is compared, and the attribute of a result that has it."""


class Change(StrEnum):
    """What has become of a configuration from one drill to a later one."""

    WORSE = "worse"
    """Its verdict is worse, or less than half of the files or bytes were restored."""
    GONE = "gone"
    """The later drill didn't test it."""
    NEW = "new"
    """The earlier drill didn't test it."""
    BETTER = "better"
    """Its verdict is better."""
    SAME = "same"
    """Its verdict is the same."""


@frozen(kw_only=True)
class ConfigurationChange(JsonValue):
    """What has changed about one configuration; a value is None if a drill lacks it.

    Attributes:
        change: How it has changed.
        configuration_id: The configuration.
        configuration_name: Its name, as the later drill has it if it tested it.
        machine: The machine that it backs up, likewise.
        reason: Why it is worse; empty if it isn't.
        earlier_verdict: Its verdict in the earlier drill.
        verdict: Its verdict in the later one.
        earlier_age: How old its newest backup was in the earlier drill.
        age: How old it was in the later one.
        earlier_duration: For how long it was restored in the earlier drill.
        duration: For how long in the later one.
        earlier_files: How many files were restored in the earlier drill.
        files: How many in the later one.
        earlier_bytes: Their size in bytes in the earlier drill.
        bytes: Their size in the later one.
    """

    change: Change = field(converter=Change)
    configuration_id: int
    configuration_name: str | None
    machine: str | None
    reason: str
    earlier_verdict: Verdict | None
    verdict: Verdict | None
    earlier_age: timedelta | None
    age: timedelta | None
    earlier_duration: timedelta | None
    duration: timedelta | None
    earlier_files: int | None
    files: int | None
    earlier_bytes: int | None
    bytes: int | None


@frozen(kw_only=True)
class ReportComparison(JsonValue):
    """What has changed from one drill to a later one.

    Attributes:
        earlier_drill_id: The earlier drill.
        drill_id: The later one.
        earlier_started: When the earlier drill began.
        started: When the later one began.
        earlier_max_age: How old a backup might be in the earlier drill; None for no promise.
        max_age: How old in the later one.
        changes: Every configuration that either of them tested, what is worse first.
    """

    earlier_drill_id: str
    drill_id: str
    earlier_started: datetime
    started: datetime
    earlier_max_age: timedelta | None
    max_age: timedelta | None
    changes: tuple[ConfigurationChange, ...]

    @property
    def is_worse(self) -> bool:
        """Whether anything has got worse."""
        return any(change.change is Change.WORSE for change in self.changes)

    @property
    def counts(self) -> dict[Change, int]:
        """How many configurations have changed in which way, without those of none."""
        counted = Counter(change.change for change in self.changes)
        return {change: counted[change] for change in Change if counted[change]}


def compare_reports(earlier: DrillReport, later: DrillReport) -> ReportComparison:
    """Compare two drills of the same tenant.

    A verdict is worse the nearer it is to the end of `Verdict`. So is a configuration of which less
    than half of the files, or of the bytes, were restored, whatever its verdict: it may not include
    any more what it did.

    Args:
        earlier: The report of the drill that began first.
        later: The report of the other one.

    Raises:
        ValueError: They are of different tenants, or the other way round.
    """
    tenants = {r.provenance.tenant for r in (earlier, later) if r.provenance} - {None}
    if len(tenants) > 1:
        raise ValueError(f"the reports are of different tenants: {' and '.join(map(str, tenants))}")
    if earlier.started > later.started:
        raise ValueError(
            f"the first report is of a drill of {earlier.started}, which is later than the second: "
            "give the earlier one first"
        )
    before = {result.configuration_id: result for result in earlier.results}
    after = {result.configuration_id: result for result in later.results}
    rank = list(Change).index
    changes = [
        _changed(before.get(key), after.get(key), known)
        for key, known in sorted((before | after).items())
    ]
    return ReportComparison(
        earlier_drill_id=earlier.drill_id,
        drill_id=later.drill_id,
        earlier_started=earlier.started,
        started=later.started,
        earlier_max_age=earlier.max_age,
        max_age=later.max_age,
        changes=tuple(sorted(changes, key=lambda change: rank(change.change))),
    )


def _changed(
    before: DrillResult | None, after: DrillResult | None, known: DrillResult
) -> ConfigurationChange:
    change, reason = _judged(before, after)
    values: dict[str, Any] = {
        f"{prefix}{name}": getattr(result, attribute, None)
        for prefix, result in (("earlier_", before), ("", after))
        for name, attribute in _COMPARED.items()
    }
    return ConfigurationChange(
        change=change,
        configuration_id=known.configuration_id,
        configuration_name=known.configuration_name,
        machine=known.machine,
        reason=reason,
        **values,
    )


def _judged(before: DrillResult | None, after: DrillResult | None) -> tuple[Change, str]:
    if after is None:
        return Change.GONE, ""
    if before is None:
        return Change.NEW, ""
    rank = list(Verdict).index
    if rank(after.verdict) > rank(before.verdict):
        return Change.WORSE, after.reason
    for what, was, now in (
        ("files", before.files_restored, after.files_restored),
        ("bytes", before.bytes_restored, after.bytes_restored),
    ):
        if was is not None and now is not None and now < was * _LEAST_LEFT:
            return Change.WORSE, f"Only {now} {what} were restored, {was} in the earlier drill."
    return (Change.SAME if after.verdict is before.verdict else Change.BETTER), ""
