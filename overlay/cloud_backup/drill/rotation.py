"""A rotation: whose turn it is today, so that each has its turn within the period.

Two rules. A configuration that would be overdue by the time of the next drill is due, so that none
is untested for longer than the period, unless the next drill comes later than drills usually do;
then it makes up for that. And each drill takes at least its share, as much of all configurations as
of the period has passed since the last drill, so that what is due is no more on one day than on
another.

Other drills may be in the same journal. One that only looks at backups takes no turn of what is to
be restored, and only drills of a rotation say how often its drills come.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median_low
from typing import Any, Final

from attrs import define, field

from cloud_backup.drill.plan import DrillPlan
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
class Turns:
    """The last turn of each configuration, by its id.

    Attributes:
        tried: When the last drill that tried to test it began.
        tested: When the last drill that did test it began.
    """

    tried: dict[int, datetime] = field(factory=dict)
    tested: dict[int, datetime] = field(factory=dict)


@define
class Past:
    """What earlier drills of an account tested.

    Attributes:
        account: The account.
        plan: The plan whose rotation this is for; None if that restores all.
        drills: When each began that was of a rotation, and restored or only looked as this does.
        seen: When each configuration, by its id, was first to be tested by one of those.
        restores: The turns of what was to be restored, in whichever drill.
        looks: The turns of what was to be restored or only to be looked at.
    """

    account: str
    plan: DrillPlan | None = None
    drills: list[datetime] = field(factory=list)
    seen: dict[int, datetime] = field(factory=dict)
    restores: Turns = field(factory=Turns)
    looks: Turns = field(factory=Turns)

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
        options = records[0]["options"]
        restored: set[int] = set()
        verdicts: dict[int, Verdict] = {}
        for record in records:
            if record["kind"] == "plan":
                planned = record["configurations"]
                ids = [each["configuration_id"] for each in planned]
                restored = {
                    each["configuration_id"]
                    for each in planned
                    if not _looks(options, each.get("selection", 0))
                }
                self.looks.tried |= dict.fromkeys(ids, began)
                self.restores.tried |= dict.fromkeys(restored, began)
                if self._is_alike(options):
                    self.drills.append(began)
                    self.seen = dict.fromkeys([*ids, *record["waiting"]], began) | self.seen
            elif record["kind"] == "result":
                result = record["result"]
                verdicts[result["configuration_id"]] = Verdict(result["verdict"])
        tested = {key for key, verdict in verdicts.items() if verdict not in _UNTESTED}
        self.looks.tested |= dict.fromkeys(tested, began)
        self.restores.tested |= dict.fromkeys(tested & restored, began)

    def turns(self, selection: int) -> Turns:
        """Return the turns that count for a selection of the plan, by its number from 0."""
        only_looks = self.plan is not None and self.plan.selections[selection].check_only
        return self.looks if only_looks else self.restores

    def _is_alike(self, options: Mapping[str, Any]) -> bool:
        """Whether a drill was of a rotation, and restored or only looked as the plan does."""
        looks = [value for name, value in options.items() if name.endswith(": check_only")]
        only_looks = self.plan is not None and self.plan.check_only
        return options.get("rotation") is not None and all(looks) == only_looks


def turn_of(
    configurations: Mapping[int, int], period: timedelta, past: Past, now: datetime
) -> set[int]:
    """Choose the configurations whose turn it is.

    Args:
        configurations: The number of the selection that each belongs to, from 0, by the id.
        period: The time within which to test each.
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
    turns = {key: past.turns(selection) for key, selection in configurations.items()}
    due = {key for key in turns if _since(turns[key].tested.get(key), past, key, now) <= overdue}
    passed = min(now - drills[-1], period) if drills else _USUAL_PAUSE
    share = max(1, ceil(len(turns) * (passed / period) - _LITTLE))
    rest = sorted(set(turns) - due, key=lambda key: (turns[key].tried.get(key, _NEVER), key))
    return due | set(rest[: max(0, share - len(due))])


def _since(tested: datetime | None, past: Past, key: int, now: datetime) -> datetime:
    """Say since when a configuration has waited for its turn."""
    since = tested or past.seen.get(key) or now
    return since if since <= now else _NEVER


def _looks(options: Mapping[str, Any], selection: int) -> bool:
    """Whether a selection of a drill only looked, by its number from 0 and the journal."""
    name = f"selection {selection + 1}: check_only"
    return bool(options[name if name in options else "check_only"])
