"""The options that say when a configuration runs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypedDict, TypeVar

import click

from cloud_backup.schedules.schedule import Frequency, Schedule, Weekday

__all__ = ["ScheduleOptions", "is_given", "read_schedule", "schedule_options"]

F = TypeVar("F", bound=Callable[..., Any])

_PARTS: Final[dict[Frequency, tuple[Callable[..., Schedule], tuple[str, ...]]]] = {
    Frequency.MANUALLY: (Schedule.manually, ()),
    Frequency.HOURLY: (Schedule.hourly, ("every",)),
    Frequency.DAILY: (Schedule.daily, ("at",)),
    Frequency.WEEKLY: (Schedule.weekly, ("day", "at")),
}
"""The constructor of each frequency's schedule, and its options besides the zone."""


class ScheduleOptions(TypedDict):
    """The options of `schedule_options`; None if not given.

    Attributes:
        frequency: How often it runs.
        every: Hours between two runs.
        at: The start time in the zone.
        day: The day of the week in the zone.
        zone: The time zone.
    """

    frequency: str | None
    every: int | None
    at: datetime | None
    day: str | None
    zone: str | None


def schedule_options(function: F) -> F:
    """Add `--frequency`, `--every`, `--at`, `--day` and `--zone` to a command."""
    options = (
        click.option(
            "--frequency",
            type=click.Choice([kind.value.lower() for kind in Frequency]),
            help="How often to run.",
        ),
        click.option(
            "--every",
            type=click.IntRange(1, 23),
            metavar="HOURS",
            help="Hours between two runs, if hourly.",
        ),
        click.option(
            "--at",
            type=click.DateTime(["%H:%M"]),
            metavar="HH:MM",
            help="Start time in the zone, if daily or weekly.",
        ),
        click.option(
            "--day",
            type=click.Choice([day.name.lower() for day in Weekday], case_sensitive=False),
            help="Day in the zone, if weekly.",
        ),
        click.option(
            "--zone",
            metavar="ZONE",
            help="Time zone, by its IANA or Windows name; a new schedule's default is UTC.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def is_given(options: ScheduleOptions) -> bool:
    """Return whether any of the options was given."""
    given = options["frequency"], options["every"], options["at"], options["day"], options["zone"]
    return any(value is not None for value in given)


def read_schedule(options: ScheduleOptions, present: Schedule | None = None) -> Schedule | None:
    """Return the schedule that the options describe.

    Args:
        options: The options.
        present: The current schedule, which supplies missing parts that the frequency has.

    Returns:
        The schedule; None if no option was given.

    Raises:
        click.UsageError: The options can't be combined, or one is missing.
        ValueError: There is no such zone.
    """
    if not is_given(options):
        return None
    given: dict[str, Any] = {
        "every": options["every"],
        "at": None if options["at"] is None else options["at"].time(),
        "day": options["day"],
    }
    if options["frequency"] is not None:
        frequency = Frequency(options["frequency"].capitalize())
    elif present is not None:
        frequency = present.frequency
    else:
        raise click.UsageError("--frequency is missing")
    make, parts = _PARTS[frequency]
    for name, value in given.items():
        if value is not None and name not in parts:
            raise click.UsageError(
                f"--{name} can't be combined with --frequency {frequency.lower()}"
            )
        if value is None and name in parts:
            given[name] = getattr(present, name, None)
            if given[name] is None:
                raise click.UsageError(f"--frequency {frequency.lower()} needs --{name}")
    zone = options["zone"] or ("UTC" if present is None else present.time_zone_id)
    return make(zone=zone, **{name: given[name] for name in parts})
