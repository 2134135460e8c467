"""Durations as options have them: `90`, `90s`, `45m`, `26h`, `7d`, `1h30m`."""

import re
from datetime import timedelta
from typing import Any, Final

import click

__all__ = ["DURATION"]

_FORM: Final = re.compile(
    r"(?:(?P<days>\d+(?:\.\d+)?)d)?(?:(?P<hours>\d+(?:\.\d+)?)h)?"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)m)?(?:(?P<seconds>\d+(?:\.\d+)?)s?)?",
    flags=re.ASCII | re.IGNORECASE,
)


class _Duration(click.ParamType[timedelta]):
    """A duration above zero, which arrives as a `timedelta`."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Read a duration."""
        if isinstance(value, timedelta):
            return value
        match = _FORM.fullmatch(value.strip())
        try:
            parts = {} if match is None else match.groupdict(default="0")
            duration = timedelta(**{unit: float(number) for unit, number in parts.items()})
        except OverflowError:
            duration = timedelta(0)
        if duration <= timedelta(0):
            self.fail(f"{value!r} is no duration; say 90s, 45m, 26h, 7d or 1h30m", param, ctx)
        return duration


DURATION: Final = _Duration()
"""The type of an option that takes a duration."""
