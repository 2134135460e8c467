"""Moments as options have them: ISO 8601, in the local zone where none is named."""

from datetime import datetime
from typing import Any, Final

import click

__all__ = ["MOMENT"]


class _Moment(click.ParamType[datetime]):
    """A moment, which arrives as an aware `datetime`."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read a moment."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value.strip()).astimezone()
        except (ValueError, OverflowError, OSError):
            self.fail(
                f"{value!r} is no time; say 2026-11-23, 2026-11-23T19:30 or 2026-11-23T19:30Z",
                param,
                ctx,
            )


MOMENT: Final = _Moment()
"""The type of an option that takes a moment."""
