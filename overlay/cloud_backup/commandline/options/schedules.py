"""The options that say when a configuration runs."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any, TypedDict, TypeVar

import click

from cloud_backup.schedules.schedule import Frequency, Schedule, Weekday

__all__ = ["ScheduleOptions", "read_schedule", "schedule_options"]

F = TypeVar("F", bound=Callable[..., Any])


class ScheduleOptions(TypedDict):
    """What `schedule_options` gives a command; None is for what wasn't given.

    Attributes:
        frequency: How often it runs.
        every: The hours from one run to the next.
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
            help="How often it runs.",
        ),
        click.option(
            "--every",
            type=click.IntRange(1, 23),
            metavar="HOURS",
            help="From one run to the next, of an hourly one.",
        ),
        click.option(
            "--at",
            type=click.DateTime(["%H:%M"]),
            metavar="HH:MM",
            help="The start time in the zone, of a daily or weekly one.",
        ),
        click.option(
            "--day",
            type=click.Choice([day.name.lower() for day in Weekday], case_sensitive=False),
            help="The day of a weekly one.",
        ),
        click.option(
            "--zone", metavar="ZONE", help="The time zone, as America/New_York; UTC unless told."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def read_schedule(options: ScheduleOptions, present: Schedule | None = None) -> Schedule | None:
    """Make the schedule that the options say.

    Args:
        options: What was given.
        present: The schedule so far, of which what isn't given is kept as far as it goes with the
            frequency; None if there is none.

    Returns:
        The schedule; None if nothing was given.

    Raises:
        click.UsageError: The options don't go together, or one is missing.
        ValueError: There is no such zone.
    """
    if all(value is None for value in options.values()):
        return None
    if options["frequency"] is not None:
        frequency = Frequency(options["frequency"].capitalize())
    elif present is not None:
        frequency = present.frequency
    else:
        raise click.UsageError("--frequency is missing")
    zone = options["zone"] or (present.time_zone_id if present is not None else "UTC")
    _refuse_unused(frequency, options)
    if frequency is Frequency.HOURLY:
        return Schedule.hourly(every=_every(options, present), zone=zone)
    if frequency is Frequency.DAILY:
        return Schedule.daily(at=_at(options, present), zone=zone)
    if frequency is Frequency.WEEKLY:
        return Schedule.weekly(day=_day(options, present), at=_at(options, present), zone=zone)
    return Schedule.manually(zone=zone)


def _refuse_unused(frequency: Frequency, options: ScheduleOptions) -> None:
    used = {
        Frequency.MANUALLY: (),
        Frequency.HOURLY: ("every",),
        Frequency.DAILY: ("at",),
        Frequency.WEEKLY: ("at", "day"),
    }[frequency]
    given = {"every": options["every"], "at": options["at"], "day": options["day"]}
    for name, value in given.items():
        if value is not None and name not in used:
            raise click.UsageError(f"--{name} doesn't go with --frequency {frequency.lower()}")


def _every(options: ScheduleOptions, present: Schedule | None) -> int:
    every = options["every"] or (present.every if present is not None else None)
    if every is None:
        raise click.UsageError("an hourly schedule needs --every")
    return every


def _at(options: ScheduleOptions, present: Schedule | None) -> time:
    if options["at"] is not None:
        return options["at"].time()
    if present is None or present.at is None:
        raise click.UsageError("a daily or weekly schedule needs --at")
    return present.at


def _day(options: ScheduleOptions, present: Schedule | None) -> Weekday:
    if options["day"] is not None:
        return Weekday.of(options["day"])
    if present is None or present.day is None:
        raise click.UsageError("a weekly schedule needs --day")
    return present.day
