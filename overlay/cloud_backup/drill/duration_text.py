"""How people write durations."""

from datetime import timedelta

__all__ = ["duration_text"]


def duration_text(duration: timedelta | None) -> str:
    """Write a duration, by its two largest units: `1 d 2 h`, `1 d`, `44 s`; `-` for None."""
    if duration is None:
        return "-"
    seconds = max(0, round(duration.total_seconds()))
    units = [(seconds // 86_400, "d"), (seconds // 3_600 % 24, "h"), (seconds // 60 % 60, "min")]
    units.append((seconds % 60, "s"))
    first = next((i for i, (count, _) in enumerate(units) if count), len(units) - 1)
    told = [f"{count} {unit}" for count, unit in units[first : first + 2] if count]
    return " ".join(told) or "0 s"
