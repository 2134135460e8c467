"""Types of options and arguments: durations, times, files, and names and ids with completion."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

__all__ = [
    "AGENT",
    "BACKUP",
    "CONFIGURATION",
    "DURATION",
    "JOB",
    "MACHINE",
    "NEW_FILE",
    "RESTORABLE",
    "RESTORE",
    "TIME",
    "read_duration",
]

_UNITS: Final = {
    "days": "d|days?",
    "hours": "h|hours?",
    "minutes": "m|min|minutes?",
    "seconds": "(?:s|sec|seconds?)?",
}
_FORM: Final = re.compile(
    r"\s*".join(rf"(?:(?P<{name}>\d+(?:\.\d+)?)\s*(?:{unit}))?" for name, unit in _UNITS.items()),
    flags=re.ASCII | re.IGNORECASE,
)


def read_duration(text: str) -> timedelta:
    """Parse a positive duration, as in `90`, `90s`, `45 min`, `26h`, `7 days` or `1h30m`.

    Raises:
        ValueError: It is something else.
    """
    match = _FORM.fullmatch(text.strip())
    try:
        parts = {} if match is None else match.groupdict(default="0")
        duration = timedelta(**{unit: float(number) for unit, number in parts.items()})
    except OverflowError:
        duration = timedelta(0)
    if duration <= timedelta(0):
        raise ValueError(
            f"invalid duration {text!r}: expected something like 90s, 45m, 26h, 7d or 1h30m"
        )
    return duration


class _Duration(click.ParamType[timedelta]):
    """A positive duration, as `read_duration` reads it."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Parse a duration."""
        if isinstance(value, timedelta):
            return value
        try:
            return read_duration(value)
        except ValueError as error:
            self.fail(f"{error}", param, ctx)


class _Time(click.ParamType[datetime]):
    """A time in ISO 8601, by default in the local zone. It becomes an aware datetime."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Parse a time."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value.strip()).astimezone()
        except (ValueError, OverflowError, OSError):
            self.fail(
                f"invalid time {value!r}: expected something like 2026-11-23, 2026-11-23T19:30 or "
                "2026-11-23T19:30Z",
                param,
                ctx,
            )


class _NewFile(click.ParamType[Path]):
    """A file to write, in a folder that exists."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, unless it is a folder or its folder doesn't exist."""
        file = Path(value)
        if file.is_dir() or not file.parent.is_dir():
            self.fail(f"{value!r} is a folder, or is in a folder that doesn't exist", param, ctx)
        return file


def _offered(kind: str, ctx: click.Context, start: str) -> list[CompletionItem]:
    from cloud_backup.commandline.options.offers import offered  # noqa: PLC0415 - for shells only

    return offered(ctx, kind, start)


class _Named(click.ParamType[str]):
    """A name or an id.

    Args:
        name: Its name in the help.
        kind: What shells complete it with.
    """

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept any text: only the service knows which names exist."""
        del param, ctx
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete names or ids."""
        del param
        return _offered(self._kind, ctx, incomplete)


class _Id(click.IntRange):
    """An id.

    Args:
        kind: What shells complete it with; None if the command's argument `kind` says so.
    """

    name = "id"

    def __init__(self, kind: str | None = None) -> None:
        super().__init__(min=1)
        self._kind = kind

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete ids."""
        del param
        return _offered(self._kind or f"{ctx.params.get('kind')}s", ctx, incomplete)


DURATION: Final = _Duration()
TIME: Final = _Time()
NEW_FILE: Final = _NewFile()
AGENT: Final = _Named("agent", "agents")
MACHINE: Final = _Named("machine", "agents")
CONFIGURATION: Final = _Named("configuration", "configurations")
RESTORABLE: Final = _Named("configuration", "restorable")
BACKUP: Final = _Id("backups")
RESTORE: Final = _Id("restores")
JOB: Final = _Id()
