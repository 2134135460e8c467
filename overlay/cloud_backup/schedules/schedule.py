"""When a backup configuration runs, and how the service says so.

The service is told a start time in a time zone, by the name that Windows has for it, and answers
with the start time in UTC, whatever the zone. `Schedule` is always in the zone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from attrs import field, frozen
from attrs.validators import instance_of, optional

from cloud_backup.schedules.windows_zones import iana_name, windows_name, zone_info
from cloud_backup.wire import fields as read
from cloud_backup.wire.view import needed
from cloud_backup_api import models
from cloud_backup_api.models.frequency import Frequency

__all__ = ["Frequency", "Schedule", "Weekday"]


class Weekday(IntEnum):
    """A day of the week, by the number that the service has for it; not `datetime.weekday()`."""

    SUNDAY = 0
    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6

    @classmethod
    def of(cls, day: "Weekday | str") -> "Weekday":
        """Return a day that may be given by its English name, in any letter case.

        Raises:
            ValueError: It is no day's name.
        """
        if isinstance(day, Weekday):
            return day
        name = day.upper() if isinstance(day, str) else ""
        if name not in cls.__members__:
            raise ValueError(
                f"day must be a Weekday or its name, such as 'saturday', not {day!r}; a number is "
                "not taken: Python's days and the service's are numbered differently"
            )
        return cls[name]


_LONGEST_INTERVAL: Final = 23
_NOON: Final = 12
_DAYS: Final = 9
"""How many days ahead the next run of a weekly schedule can be, with one for either end."""

_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 9999

_TIMED: Final = frozenset({Frequency.DAILY, Frequency.WEEKLY})


@frozen(kw_only=True, repr=False)
class Schedule:
    """When a backup configuration runs. Make one with a method named for its frequency.

        Schedule.daily(at=time(19, 30), zone="America/New_York")
        Schedule.weekly(day="saturday", at=time(3), zone="Europe/Berlin")

    Attributes:
        frequency: How often it runs.
        time_zone_id: The time zone, by Windows' name: `Eastern Standard Time`.
        at: The start time in that zone, of a daily or weekly one; else None.
        day: The day of the week in that zone, of a weekly one; else None.
        every: From one run to the next, in hours, of an hourly one; else None.
    """

    frequency: Frequency = field(converter=Frequency)
    time_zone_id: str
    at: time | None = None
    day: Weekday | None = field(default=None, validator=optional(instance_of(Weekday)))
    every: int | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what the service would."""
        # The service may know zones that this library doesn't, but not by their IANA names.
        if not self.time_zone_id or "/" in self.time_zone_id:
            raise ValueError(
                f"time_zone_id must be Windows' name of a zone, such as 'Eastern Standard Time', "
                f"not {self.time_zone_id!r}: Schedule.daily() and the like take either name"
            )
        for name, frequencies in (
            ("at", _TIMED),
            ("day", frozenset({Frequency.WEEKLY})),
            ("every", frozenset({Frequency.HOURLY})),
        ):
            if (getattr(self, name) is not None) != (self.frequency in frequencies):
                verb = "needs" if self.frequency in frequencies else "takes no"
                raise ValueError(f"a schedule that is {self.frequency} {verb} {name}")
        if self.at is not None:
            _check_time(self.at)
        if self.every is not None:
            _check_interval(self.every)

    def __repr__(self) -> str:
        """Write it as the call that makes it, with the IANA name of the zone."""
        told = {
            "day": None if self.day is None else self.day.name.lower(),
            "at": self.at,
            "every": self.every,
            "zone": self._zone_name,
        }
        arguments = ", ".join(
            f"{name}={value!r}" for name, value in told.items() if value is not None
        )
        return f"{type(self).__name__}.{self.frequency.lower()}({arguments})"

    def __str__(self) -> str:
        """Say when it runs, such as `Saturday 03:00 Europe/Berlin`."""
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
        """Make the schedule of what runs only when it is started.

        Args:
            zone: The time zone that the service keeps with it, which changes nothing.

        Raises:
            ValueError: Windows has no such zone.

        Example:
            >>> Schedule.manually().frequency
            <Frequency.MANUALLY: 'Manually'>
        """
        return cls(frequency=Frequency.MANUALLY, time_zone_id=windows_name(zone))

    @classmethod
    def hourly(cls, *, every: int, zone: str | ZoneInfo) -> Self:
        """Make a schedule of every so many hours.

        Args:
            every: The hours from one run to the next, 1 to 23.
            zone: The time zone: its IANA or Windows name, or itself.

        Raises:
            ValueError: There can be no such schedule.

        Example:
            >>> Schedule.hourly(every=4, zone="UTC").every
            4
        """
        return cls(frequency=Frequency.HOURLY, time_zone_id=windows_name(zone), every=every)

    @classmethod
    def daily(cls, *, at: time, zone: str | ZoneInfo) -> Self:
        """Make a schedule of every day.

        Args:
            at: The start time in the zone: whole minutes, without a `tzinfo`.
            zone: The time zone: its IANA or Windows name, or itself.

        Raises:
            ValueError: There can be no such schedule.

        Example:
            >>> Schedule.daily(at=time(19, 30), zone="America/Detroit").time_zone_id
            'Eastern Standard Time'
        """
        return cls(frequency=Frequency.DAILY, time_zone_id=windows_name(zone), at=at)

    @classmethod
    def weekly(cls, *, day: Weekday | str, at: time, zone: str | ZoneInfo) -> Self:
        """Make a schedule of one day of every week.

        Args:
            day: The day in the zone, or its English name in any letter case.
            at: The start time in the zone: whole minutes, without a `tzinfo`.
            zone: The time zone: its IANA or Windows name, or itself.

        Raises:
            ValueError: There can be no such schedule.

        Example:
            >>> Schedule.weekly(day="saturday", at=time(3), zone="UTC").day
            <Weekday.SATURDAY: 6>
        """
        return cls(
            frequency=Frequency.WEEKLY,
            time_zone_id=windows_name(zone),
            at=at,
            day=Weekday.of(day),
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone with its rules: the one that stands for `time_zone_id`.

        Raises:
            ValueError: The service named a zone that this library doesn't know.
            ZoneDataMissing: This machine has no data about it.
        """
        return zone_info(self.time_zone_id)

    def to_wire(self) -> dict[str, Any]:
        """Return the fields of a configuration that tell the schedule, as the service takes them.

        Those that the frequency has no use for are None.

        Example:
            >>> Schedule.daily(at=time(19, 30), zone="UTC").to_wire()["StartTimeHour"]
            7
        """
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
        """Read the schedule of a configuration, whose start time is in UTC, back into its zone.

        How far the zone is from UTC depends on the date: that of the next run counts, or, where
        none is planned, of the first that could be. Where the next run falls on a time that the
        change to summer time skips, it reads as the later time at which it runs.

        Args:
            answer: The configuration.
            now: The present, aware, where no next run is planned; None asks the clock.

        Raises:
            UnexpectedAnswer: A field of the schedule is missing or can't be right.
            ZoneDataMissing: This machine has no data about the zone.
            ValueError: `now` is naive.
        """
        if now is not None and now.utcoffset() is None:
            raise ValueError("now is naive, so it names no instant: give it a tzinfo")
        frequency = needed(answer, "Frequency", _frequency)
        timed = frequency in _TIMED
        # What runs manually has no use for a zone, and may come without one.
        zone_id = (
            _zone(answer.time_zone_id) or "UTC"
            if frequency is Frequency.MANUALLY
            else needed(answer, "TimeZoneId", _known_zone if timed else _zone)
        )
        day = needed(answer, "DayOfWeekId", _weekday) if frequency is Frequency.WEEKLY else None
        every = needed(answer, "HourInterval", _interval) if frequency is Frequency.HOURLY else None
        at = None
        if timed:
            hour = needed(answer, "StartTimeHour", _hour_of_twelve) % _NOON
            hour += needed(answer, "StartTimeAmPm", _half_of_day) * _NOON
            utc = time(hour, needed(answer, "StartTimeMinute", _minute))
            due = answer.next_scheduled_run_time
            if due is not None and not _FIRST_YEAR < due.year < _LAST_YEAR:
                due = None
            at = _in_zone(utc, zone_info(zone_id), day, due, now or datetime.now(UTC))
        return cls(frequency=frequency, time_zone_id=zone_id, at=at, day=day, every=every)


def _instants(utc: time, begin: datetime) -> Iterator[datetime]:
    """Give the instants, a day apart, at which it is this time in UTC, from a day on."""
    first = datetime.combine(begin.astimezone(UTC).date(), utc, UTC)
    return (first + timedelta(days=days) for days in range(_DAYS))


def _in_zone(
    utc: time, zone: ZoneInfo, day: Weekday | None, due: datetime | None, now: datetime
) -> time:
    """Return the start time in a zone of what starts at this time in UTC.

    Args:
        utc: The start time in UTC.
        zone: The zone.
        day: The day of the week in the zone, if there is one.
        due: The next run that is planned, if one is.
        now: The present.
    """
    if due is None:
        run = _first(utc, zone, day, now)
    else:
        begin = due - timedelta(days=1)
        run = min(_instants(utc, begin), key=lambda instant: abs(instant - due)).astimezone(zone)
    # An hour that comes twice is one start time.
    return time(run.hour, run.minute)


def _first(utc: time, zone: ZoneInfo, day: Weekday | None, now: datetime) -> datetime:
    """Return the run, in the zone, that a start time in UTC tells of where none is planned.

    It is the first one to come; on the right day of the week there, if there is one.
    """
    coming = [at.astimezone(zone) for at in _instants(utc, now) if at > now]
    for local in coming:
        if day is None or local.isoweekday() % 7 == day:
            return local
    return coming[0]


def _check_time(at: time) -> None:
    if at.tzinfo is not None:
        raise ValueError(f"at must be without a tzinfo: the zone is given apart, not {at!r}")
    if at.second or at.microsecond:
        raise ValueError(f"at must be a whole minute: the service knows no seconds, not {at!r}")


def _check_interval(every: int) -> None:
    # bool is an int, too.
    if isinstance(every, bool) or not 1 <= every <= _LONGEST_INTERVAL:
        raise ValueError(f"every must be 1 to {_LONGEST_INTERVAL} hours, not {every!r}")


def _between(first: int, last: int, value: Any) -> int | None:
    number = read.integer(value)
    return number if number is not None and first <= number <= last else None


def _frequency(value: Any) -> Frequency | None:
    frequency = read.member(Frequency, value)
    return frequency if isinstance(frequency, Frequency) else None


def _zone(value: Any) -> str | None:
    # Only IANA's names have a slash.
    return _known_zone(value) if "/" in (read.text(value) or "") else read.text(value)


def _known_zone(value: Any) -> str | None:
    try:
        return windows_name(value) if read.text(value) else None
    except ValueError:
        return None


def _weekday(value: Any) -> Weekday | None:
    day = _between(0, 6, value)
    return None if day is None else Weekday(day)


def _interval(value: Any) -> int | None:
    return _between(1, _LONGEST_INTERVAL, value)


def _hour_of_twelve(value: Any) -> int | None:
    return _between(1, _NOON, value)


def _minute(value: Any) -> int | None:
    return _between(0, 59, value)


def _half_of_day(value: Any) -> int | None:
    return {"AM": 0, "PM": 1}.get((read.text(value) or "").upper())
