"""What went wrong with one file, in a report."""

from typing import Any, Self

from attrs import field, frozen

from cloud_backup.values.fields import Fields, count, text
from cloud_backup_api import models

__all__ = ["ReportError", "report_errors"]


@frozen(kw_only=True)
class ReportError:
    """What went wrong with one file.

    Attributes:
        path: The file.
        description: What went wrong, in a few words.
        details: What the agent says about it, at length.
        code: The agent's code of it.
        raw: The generated model.
    """

    path: str | None
    description: str | None
    details: str | None
    code: int | None
    raw: models.ReportError = field(repr=False, eq=False)

    @classmethod
    def from_raw(cls, raw: models.ReportError, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            path=fields.optional("path", text),
            description=fields.optional("error_desc", text),
            details=fields.optional("exception_desc", text),
            code=fields.optional("exception_code", count),
            raw=raw,
        )


def report_errors(operation: str, value: Any) -> tuple[ReportError, ...]:
    """Make them from a report's list; what is none in it is left out."""
    return tuple(
        ReportError.from_raw(raw, operation)
        for raw in (value if isinstance(value, list) else ())
        if isinstance(raw, models.ReportError)
    )
