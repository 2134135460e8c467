"""Schedules of backup configurations."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from cloud_backup_emulator.errors import InvalidRequest

__all__ = ["WINDOWS_ZONES", "Schedule"]

WINDOWS_ZONES: Final = {
    "AUS Eastern Standard Time": "Australia/Sydney",
    "Alaskan Standard Time": "America/Anchorage",
    "Arab Standard Time": "Asia/Riyadh",
    "Arabian Standard Time": "Asia/Dubai",
    "Argentina Standard Time": "America/Buenos_Aires",
    "Atlantic Standard Time": "America/Halifax",
    "Canada Central Standard Time": "America/Regina",
    "Cen. Australia Standard Time": "Australia/Adelaide",
    "Central America Standard Time": "America/Guatemala",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw",
    "Central Standard Time": "America/Chicago",
    "Central Standard Time (Mexico)": "America/Mexico_City",
    "China Standard Time": "Asia/Shanghai",
    "E. Australia Standard Time": "Australia/Brisbane",
    "E. South America Standard Time": "America/Sao_Paulo",
    "Eastern Standard Time": "America/New_York",
    "Egypt Standard Time": "Africa/Cairo",
    "FLE Standard Time": "Europe/Kiev",
    "GMT Standard Time": "Europe/London",
    "GTB Standard Time": "Europe/Bucharest",
    "Greenwich Standard Time": "Atlantic/Reykjavik",
    "Hawaiian Standard Time": "Pacific/Honolulu",
    "India Standard Time": "Asia/Calcutta",
    "Israel Standard Time": "Asia/Jerusalem",
    "Korea Standard Time": "Asia/Seoul",
    "Mountain Standard Time": "America/Denver",
    "New Zealand Standard Time": "Pacific/Auckland",
    "Newfoundland Standard Time": "America/St_Johns",
    "Pacific SA Standard Time": "America/Santiago",
    "Pacific Standard Time": "America/Los_Angeles",
    "Pakistan Standard Time": "Asia/Karachi",
    "Romance Standard Time": "Europe/Paris",
    "Russian Standard Time": "Europe/Moscow",
    "SA Pacific Standard Time": "America/Bogota",
    "SE Asia Standard Time": "Asia/Bangkok",
    "Singapore Standard Time": "Asia/Singapore",
    "South Africa Standard Time": "Africa/Johannesburg",
    "Taipei Standard Time": "Asia/Taipei",
    "Tasmania Standard Time": "Australia/Hobart",
    "Tokyo Standard Time": "Asia/Tokyo",
    "Turkey Standard Time": "Europe/Istanbul",
    "US Eastern Standard Time": "America/Indianapolis",
    "US Mountain Standard Time": "America/Phoenix",
    "UTC": "UTC",
    "W. Australia Standard Time": "Australia/Perth",
    "W. Central Africa Standard Time": "Africa/Lagos",
    "W. Europe Standard Time": "Europe/Berlin",
}
"""Windows' names of time zones, as Unicode's CLDR maps them to IANA's."""

_TIMES: Final = ("StartTimeHour", "StartTimeMinute", "StartTimeAmPm")
_NEEDED: Final = {
    "Manually": (),
    "Hourly": ("HourInterval",),
    "Daily": _TIMES,
    "Weekly": (*_TIMES, "DayOfWeekId"),
}
_FIELDS: Final = (*_TIMES, "DayOfWeekId", "HourInterval")


@dataclass(frozen=True)
class Schedule:
    """When a backup configuration is due.

    Attributes:
        frequency: Manually, Hourly, Daily or Weekly.
        zone: The zone that the start time is in.
        at: The start time, if Daily or Weekly.
        day: The day of the week, 0 for Sunday, if Weekly.
        hours: The hours between two runs, if Hourly.
    """

    frequency: str
    zone: ZoneInfo
    at: time | None
    day: int | None
    hours: int | None

    @classmethod
    def read(cls, body: dict[str, Any]) -> Self:
        """Read a schedule from a validated request body.

        Raises:
            InvalidRequest: A field that the frequency requires is missing, one that it doesn't
                allow is present, or the zone is unknown; the message names the field.
        """
        frequency = body["Frequency"]
        needed = _NEEDED[frequency]
        for name in _FIELDS:
            given = body.get(name) not in (None, "")
            if name in needed and not given:
                raise InvalidRequest(f"{name}: is required if Frequency is {frequency}")
            if name not in needed and given:
                raise InvalidRequest(f"{name}: must be null if Frequency is {frequency}")
        zone = WINDOWS_ZONES.get(body["TimeZoneId"])
        if zone is None:
            raise InvalidRequest(
                "TimeZoneId: expected a Windows time zone, such as 'Eastern Standard Time'"
            )
        at = None
        if "StartTimeHour" in needed:
            hour = body["StartTimeHour"] % 12 + (12 if body["StartTimeAmPm"] == "PM" else 0)
            at = time(hour, body["StartTimeMinute"])
        return cls(frequency, ZoneInfo(zone), at, body.get("DayOfWeekId"), body.get("HourInterval"))

    def next_after(self, now: int) -> int | None:
        """Return when it is due next after a time, in ms since 1970; None if never.

        Hourly runs count from midnight. A start time that daylight saving time skips is that much
        later.
        """
        here = datetime.fromtimestamp(now / 1000, self.zone)
        if self.hours is not None:
            step = timedelta(hours=self.hours)
            midnight = datetime.combine(here.date(), time(), self.zone).astimezone(UTC)
            tomorrow = datetime.combine(here.date() + timedelta(days=1), time(), self.zone)
            passed = datetime.fromtimestamp(now / 1000, UTC) - midnight
            due = midnight + (passed // step + 1) * step
            return min(_milliseconds(due), _milliseconds(tomorrow))
        if self.at is None:
            return None
        for days in range(9):
            due = datetime.combine(here.date() + timedelta(days=days), self.at, self.zone)
            if self.day is not None and due.isoweekday() % 7 != self.day:
                continue
            if _milliseconds(due) > now:
                return _milliseconds(due)
        raise AssertionError("every day of the week comes within nine days")

    def in_utc(self, now: int) -> dict[str, Any]:
        """Return the start time as the service sends it: in UTC, whatever the zone."""
        due = self.next_after(now)
        if self.at is None or due is None:
            return {"StartTimeHour": None, "StartTimeMinute": None, "StartTimeAmPm": ""}
        utc = datetime.fromtimestamp(due / 1000, UTC)
        return {
            "StartTimeHour": utc.hour % 12 or 12,
            "StartTimeMinute": utc.minute,
            "StartTimeAmPm": "PM" if utc.hour >= 12 else "AM",  # noqa: PLR2004 - noon
        }


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
