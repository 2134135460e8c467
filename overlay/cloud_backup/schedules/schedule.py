"""When a backup configuration runs.

The service takes a start time in one of Windows' time zones, and answers with it in UTC.
`Schedule` is always in the zone.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from functools import partial
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from attrs import field, frozen
from attrs.validators import instance_of, optional

from cloud_backup.schedules.windows_zones import iana_name, windows_name, windows_names, zone_info
from cloud_backup.wire import fields as read
from cloud_backup.wire.view import needed
from cloud_backup_api import models
from cloud_backup_api.models.frequency import Frequency

__all__ = ["Frequency", "Schedule", "Weekday"]


class Weekday(IntEnum):
    """A day of the week, with the service's number for it, which isn't `datetime.weekday()`."""

    SUNDAY = 0
    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6

    @classmethod
    def of(cls, day: "Weekday | str") -> "Weekday":
        """Return a day given as itself or by its English name; otherwise raise a `ValueError`."""
        name = day.name if isinstance(day, cls) else str(day).upper()
        if name not in cls.__members__:
            raise ValueError(
                f"day must be a Weekday or its name, such as 'saturday', not {day!r}; numbers are "
                "refused since Python's days and the service's are numbered differently"
            )
        return cls[name]


_INTERVALS: Final = range(1, 24)
_NOON: Final = 12
_DAYS: Final = 9
"""The next run of a weekly schedule is within a week and a day at either end."""

_YEARS: Final = range(1971, 9999)
_TIMED: Final = frozenset({Frequency.DAILY, Frequency.WEEKLY})


@frozen(kw_only=True, repr=False)
class Schedule:
    """When a backup configuration runs. Make one with the method of its frequency.

        Schedule.daily(at=time(19, 30), zone="America/New_York")
        Schedule.weekly(day="saturday", at=time(3), zone="Europe/Berlin")

    A zone is an IANA name, a Windows name or a `ZoneInfo`; a day may also be an English name, in
    any letter case. All of these methods raise a `ValueError` if the schedule is invalid or Windows
    has no such zone.

    Attributes:
        frequency: How often it runs.
        time_zone_id: Windows' name of the time zone, such as `Eastern Standard Time`.
        at: The start time in that zone, in whole minutes, without a `tzinfo`; None unless it is
            daily or weekly.
        day: The day of the week in that zone; None unless it is weekly.
        every: The hours between runs, 1 to 23; None unless it is hourly.
    """

    frequency: Frequency = field(converter=Frequency)
    time_zone_id: str
    at: time | None = None
    day: Weekday | None = field(default=None, validator=optional(instance_of(Weekday)))
    every: int | None = None

    def __attrs_post_init__(self) -> None:
        # The service may know zones that this library doesn't, but not by their IANA names.
        if not self.time_zone_id or "/" in self.time_zone_id:
            raise ValueError(
                f"time_zone_id must be Windows' name of a zone, such as 'Eastern Standard Time', "
                f"not {self.time_zone_id!r}: Schedule.daily() and its like take either name"
            )
        for name, frequencies in (
            ("at", _TIMED),
            ("day", frozenset({Frequency.WEEKLY})),
            ("every", frozenset({Frequency.HOURLY})),
        ):
            if (getattr(self, name) is not None) != (self.frequency in frequencies):
                verb = "needs" if self.frequency in frequencies else "takes no"
                raise ValueError(f"a schedule that is {self.frequency} {verb} {name}")
        at, every = self.at, self.every
        if at is not None and at.tzinfo is not None:
            raise ValueError(f"at must have no tzinfo, since the zone is separate, not {at!r}")
        if at is not None and (at.second or at.microsecond):
            raise ValueError(f"at must be a whole minute: the service has no seconds, not {at!r}")
        # bool is an int, too.
        if every is not None and (isinstance(every, bool) or every not in _INTERVALS):
            raise ValueError(f"every must be 1 to {_INTERVALS[-1]} hours, not {every!r}")

    def __repr__(self) -> str:
        """Return the call that makes it, with the IANA name of the zone."""
        day = None if self.day is None else self.day.name.lower()
        given = {"day": day, "at": self.at, "every": self.every, "zone": self._zone_name}
        said = ", ".join(f"{name}={each!r}" for name, each in given.items() if each is not None)
        return f"{type(self).__name__}.{self.frequency.lower()}({said})"

    def __str__(self) -> str:
        """Return when it runs, such as `Saturday 03:00 Europe/Berlin`."""
        if self.every is not None:
            return f"every {self.every} hours"
        if self.at is None:
            return "manually"
        day = "daily" if self.day is None else self.day.name.capitalize()
        return f"{day} {self.at:%H:%M} {self._zone_name}"

    @property
    def _zone_name(self) -> str:
        """The IANA name of the zone, or Windows' if this library doesn't know it."""
        try:
            return iana_name(self.time_zone_id)
        except ValueError:
            return self.time_zone_id

    @classmethod
    def manually(cls, *, zone: str | ZoneInfo = "UTC") -> Self:
        """Make a schedule that never runs by itself; the zone has no effect."""
        return cls(frequency=Frequency.MANUALLY, time_zone_id=windows_name(zone))

    @classmethod
    def hourly(cls, *, every: int, zone: str | ZoneInfo) -> Self:
        """Make an hourly schedule, with 1 to 23 hours between runs."""
        return cls(frequency=Frequency.HOURLY, time_zone_id=windows_name(zone), every=every)

    @classmethod
    def daily(cls, *, at: time, zone: str | ZoneInfo) -> Self:
        """Make a daily schedule, with the start time in the zone."""
        return cls(frequency=Frequency.DAILY, time_zone_id=windows_name(zone), at=at)

    @classmethod
    def weekly(cls, *, day: Weekday | str, at: time, zone: str | ZoneInfo) -> Self:
        """Make a weekly schedule, with the day and start time in the zone."""
        zone_id = windows_name(zone)
        return cls(frequency=Frequency.WEEKLY, time_zone_id=zone_id, at=at, day=Weekday.of(day))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone with its rules.

        Raises:
            ValueError: This library doesn't know the zone.
            ZoneDataMissing: This machine has no data about it.
        """
        return zone_info(self.time_zone_id)

    def to_wire(self) -> dict[str, Any]:
        """Return the schedule's fields of a configuration; those that don't apply are None."""
        at = self.at
        return {
            "Frequency": self.frequency.value,
            "StartTimeHour": None if at is None else at.hour % _NOON or _NOON,
            "StartTimeMinute": None if at is None else at.minute,
            "StartTimeAmPm": None if at is None else "AM" if at.hour < _NOON else "PM",
            "DayOfWeekId": None if self.day is None else int(self.day),
            "HourInterval": self.every,
            "TimeZoneId": self.time_zone_id,
        }

    @classmethod
    def from_answer(
        cls, answer: models.BackupConfiguration, *, now: datetime | None = None
    ) -> Self:
        """Read the schedule of a configuration, and convert its start time from UTC.

        The zone's offset from UTC depends on the date. It is taken at the next run, or, if none is
        planned, at the first possible one after `now`, an aware time; None for the current time. If
        the change to summer time skips the start time of the next run, the result is the later time
        at which it runs.

        Raises:
            UnexpectedAnswer: A field of the schedule is missing or invalid.
            ZoneDataMissing: This machine has no data about the zone.
        """
        if now is not None and now.utcoffset() is None:
            raise ValueError("now is naive: give it a tzinfo")
        frequency = needed(answer, "Frequency", _frequency)
        timed = frequency in _TIMED
        # The zone of a manual schedule has no effect, and may be missing.
        zone_id = (
            _zone(answer.time_zone_id) or "UTC"
            if frequency is Frequency.MANUALLY
            else needed(answer, "TimeZoneId", _known_zone if timed else _zone)
        )

        def number(field: str, allowed: Sequence[int]) -> int:
            return needed(answer, field, partial(_one_of, allowed))

        day = at = every = None
        if frequency is Frequency.HOURLY:
            every = number("HourInterval", _INTERVALS)
        if frequency is Frequency.WEEKLY:
            day = Weekday(number("DayOfWeekId", tuple(Weekday)))
        if timed:
            hour = number("StartTimeHour", range(1, _NOON + 1)) % _NOON
            hour += needed(answer, "StartTimeAmPm", _half_of_day) * _NOON
            utc = time(hour, number("StartTimeMinute", range(60)))
            due = answer.next_scheduled_run_time
            due = due if due is not None and due.year in _YEARS else None
            at = _in_zone(utc, zone_info(zone_id), day, due, now or datetime.now(UTC))
        return cls(frequency=frequency, time_zone_id=zone_id, at=at, day=day, every=every)


def _in_zone(
    utc: time, zone: ZoneInfo, day: Weekday | None, due: datetime | None, now: datetime
) -> time:
    """Convert a start time from UTC at the next run; without one, at the first possible run."""
    begin = (now if due is None else due - timedelta(days=1)).astimezone(UTC).date()
    runs = [datetime.combine(begin + timedelta(days=n), utc, UTC) for n in range(_DAYS)]
    if due is not None:
        run = min(runs, key=lambda instant: abs(instant - due)).astimezone(zone)
    else:
        coming = [instant.astimezone(zone) for instant in runs if instant > now]
        on_the_day = (local for local in coming if day is None or local.isoweekday() % 7 == day)
        run = next(on_the_day, coming[0])
    # Without fold: an hour that occurs twice is one start time.
    return time(run.hour, run.minute)


def _one_of(allowed: Sequence[int], value: Any) -> int | None:
    number = read.integer(value)
    return number if number in allowed else None


def _frequency(value: Any) -> Frequency | None:
    return Frequency(value) if value in tuple(Frequency) else None


def _zone(value: Any) -> str | None:
    # Only IANA's names have a slash.
    return _known_zone(value) if "/" in (read.text(value) or "") else read.text(value)


def _known_zone(value: Any) -> str | None:
    return windows_names().get(read.text(value) or "")


def _half_of_day(value: Any) -> int | None:
    return {"AM": 0, "PM": 1}.get((read.text(value) or "").upper())
