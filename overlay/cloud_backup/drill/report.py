"""What a drill finds out."""

from collections import Counter
from datetime import datetime, timedelta

from attrs import frozen

from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.provenance import Provenance
from cloud_backup.drill.verdict import WORST_FIRST, DrillResult, Verdict

__all__ = ["DrillReport"]


@frozen(kw_only=True)
class DrillReport(JsonValue):
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
        provenance: Who ran it, where, and with what; None if an earlier version did, which didn't
            write it down.
    """

    drill_id: str
    account: str
    max_age: timedelta | None
    check_only: bool
    started: datetime
    ended: datetime | None
    duration: timedelta
    results: tuple[DrillResult, ...]
    provenance: Provenance | None = None

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
