"""What a drill finds out."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from attrs import frozen

from cloud_backup.drill.json_values import as_duration, as_seconds, as_text, as_time
from cloud_backup.drill.verdict import WORST_FIRST, DrillResult, Verdict

__all__ = ["DrillReport"]


@frozen(kw_only=True)
class DrillReport:
    """What a drill found out.

    Attributes:
        drill_id: The drill.
        account: Whose backups they are: the user and where.
        max_age: How old a newest backup may be; None for no promise.
        check_only: Whether nothing was to be restored.
        started: When the drill began.
        ended: When it was done; None if it was stopped before, and can be continued.
        duration: For how long it ran, all its runs together.
        results: What it found out about each configuration, in the order of their ids.
    """

    drill_id: str
    account: str
    max_age: timedelta | None
    check_only: bool
    started: datetime
    ended: datetime | None
    duration: timedelta
    results: tuple[DrillResult, ...]

    @property
    def is_finished(self) -> bool:
        """Whether the drill came to its end."""
        return self.ended is not None

    @property
    def is_good(self) -> bool:
        """Whether it came to its end, tested something, and every verdict is good."""
        return self.is_finished and bool(self.results) and all(r.is_good for r in self.results)

    @property
    def verdict_counts(self) -> dict[Verdict, int]:
        """How many configurations have which verdict, the worst first, without those of none."""
        counted = Counter(result.verdict for result in self.results)
        return {verdict: counted[verdict] for verdict in WORST_FIRST if counted[verdict]}

    @property
    def worst_first(self) -> tuple[DrillResult, ...]:
        """The results, the worst first, and then by id."""
        rank = {verdict: number for number, verdict in enumerate(WORST_FIRST)}
        return tuple(sorted(self.results, key=lambda r: (rank[r.verdict], r.configuration_id)))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it: times by ISO 8601 in UTC, durations in seconds."""
        return {
            "drill_id": self.drill_id,
            "account": self.account,
            "max_age_seconds": as_seconds(self.max_age),
            "check_only": self.check_only,
            "started": as_text(self.started),
            "ended": as_text(self.ended),
            "duration_seconds": as_seconds(self.duration),
            "results": [result.to_json() for result in self.results],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Make it from what `to_json` returned; what else is there is ignored.

        Raises:
            KeyError, TypeError, ValueError: It is something else.
        """
        return cls(
            drill_id=document["drill_id"],
            account=document["account"],
            max_age=as_duration(document["max_age_seconds"]),
            check_only=document["check_only"],
            started=datetime.fromisoformat(document["started"]),
            ended=as_time(document["ended"]),
            duration=timedelta(seconds=document["duration_seconds"]),
            results=tuple(DrillResult.from_json(result) for result in document["results"]),
        )
