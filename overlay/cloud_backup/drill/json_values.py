"""Times and durations as JSON has them."""

from datetime import UTC, datetime, timedelta

__all__ = ["as_duration", "as_seconds", "as_text", "as_time"]


def as_text(moment: datetime | None) -> str | None:
    """Write a time, in UTC by ISO 8601."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def as_time(text: str | None) -> datetime | None:
    """Read a time that `as_text` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def as_seconds(duration: timedelta | None) -> float | None:
    """Write a duration, in seconds."""
    return None if duration is None else duration.total_seconds()


def as_duration(seconds: float | None) -> timedelta | None:
    """Read a duration that `as_seconds` wrote."""
    return None if seconds is None else timedelta(seconds=seconds)
