"""Times and durations as JSON has them."""

from datetime import UTC, datetime, timedelta

__all__ = ["as_duration", "as_seconds", "as_text", "as_time"]


def as_text(moment: datetime | None) -> str | None:
    """Write a time, in UTC by ISO 8601, with a `Z`."""
    if moment is None:
        return None
    is_in_milliseconds = moment.microsecond and not moment.microsecond % 1000
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='milliseconds' if is_in_milliseconds else 'auto')}Z"


def as_time(text: str | None) -> datetime | None:
    """Read a time that `as_text` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def as_seconds(duration: timedelta | None) -> float | None:
    """Write a duration, in seconds."""
    if duration is None:
        return None
    seconds = duration.total_seconds()
    return int(seconds) if seconds == int(seconds) else seconds


def as_duration(seconds: float | None) -> timedelta | None:
    """Read a duration that `as_seconds` wrote."""
    return None if seconds is None else timedelta(seconds=seconds)
