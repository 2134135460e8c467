"""A rotation: whose turn it is today, so that each has its turn within the period.

Two rules. A configuration that would be overdue by the time of the next drill is due, so that none
is untested for longer than the period, unless the next drill comes later than drills usually do;
then it makes up for that. And each drill takes at least its share, as much of all configurations as
of the period has passed since the last drill, so that what is due is no more on one day than on
another.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median_low
from typing import Any, Final

from attrs import define, field

from cloud_backup.drill.verdict import Verdict

__all__ = ["Past", "turn_of"]

_UNTESTED: Final = frozenset(
    {
        Verdict.NOT_TESTED,
        Verdict.AGENT_OFFLINE,
        Verdict.ERROR,
        Verdict.VERIFICATION_ERROR,
    }
)
"""Verdicts that say nothing of a backup, so that its configuration has not had its turn."""

_USUAL_PAUSE: Final = timedelta(days=1)
"""Between two drills, while nothing is known of any."""

_PUNCTUAL: Final = 1 / 24
"""By which part of the pause between them drills may begin sooner or later than usual."""

_LITTLE: Final = 0.1
"""Which part of a configuration is no reason to test one more: a drill may be a second late."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@define
class Past:
    """What earlier drills of an account tested.

    Attributes:
        account: The account.
        drills: When each began.
        seen: When each configuration, by its id, was first to be tested.
        tried: When the last drill that tried to test it began.
        tested: When the last drill that did test it began.
    """

    account: str
    drills: list[datetime] = field(factory=list)
    seen: dict[int, datetime] = field(factory=dict)
    tried: dict[int, datetime] = field(factory=dict)
    tested: dict[int, datetime] = field(factory=dict)

    def note(self, records: Sequence[dict[str, Any]]) -> None:
        """Note what a drill tested.

        Args:
            records: Its lines in the journal.

        Raises:
            KeyError, TypeError, ValueError: They aren't as they were written.
        """
        if not records or records[0].get("account") != self.account:
            return
        began = datetime.fromisoformat(records[0]["time"])
        verdicts: dict[int, Verdict] = {}
        for record in records:
            if record["kind"] == "plan":
                self.drills.append(began)
                ids = [planned["configuration_id"] for planned in record["configurations"]]
                self.tried |= dict.fromkeys(ids, began)
                self.seen = dict.fromkeys([*ids, *record["waiting"]], began) | self.seen
            elif record["kind"] == "result":
                result = record["result"]
                verdicts[result["configuration_id"]] = Verdict(result["verdict"])
        tested = (key for key, verdict in verdicts.items() if verdict not in _UNTESTED)
        self.tested |= dict.fromkeys(tested, began)


def turn_of(
    configurations: Collection[int], period: timedelta, past: Past, now: datetime
) -> set[int]:
    """Choose the configurations whose turn it is.

    Args:
        configurations: The ids of all.
        period: Within which time each is to be tested.
        past: What earlier drills tested.
        now: The time.

    Returns:
        The ids of those to test now, one at least if there are any.
    """
    # Dates of the future were written by a clock that was wrong.
    drills = sorted(time for time in past.drills if time <= now)
    recent = [drill for drill in drills if drill > now - 2 * period]
    pauses = [later - earlier for earlier, later in pairwise([*recent, now])]
    usual = median_low(pauses) if pauses else _USUAL_PAUSE
    overdue = now + usual * (1 - _PUNCTUAL) - period
    due = {key for key in configurations if _since(past, key, now) <= overdue}
    passed = min(now - drills[-1], period) if drills else _USUAL_PAUSE
    share = max(1, ceil(len(configurations) * (passed / period) - _LITTLE))
    rest = sorted(set(configurations) - due, key=lambda key: (past.tried.get(key, _NEVER), key))
    return due | set(rest[: max(0, share - len(due))])


def _since(past: Past, key: int, now: datetime) -> datetime:
    """Say since when a configuration has waited for its turn."""
    since = past.tested.get(key) or past.seen.get(key) or now
    return since if since <= now else _NEVER
