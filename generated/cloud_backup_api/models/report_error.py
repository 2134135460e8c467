# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class ReportError(View):
    """An error in a report."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "report_id",
        "list_index",
        "error_type",
        "description",
        "details",
        "exception_details",
        "code",
        "path",
    )

    @property
    def report_id(self) -> int | None:
        """The id of the report on the agent."""
        return read.identifier(self.received.get("BackupReportID"))

    @property
    def list_index(self) -> int | None:
        """The error's place in the agent's list."""
        return read.integer(self.received.get("ListIndex"))

    @property
    def error_type(self) -> int | None:
        """The kind of error."""
        return read.integer(self.received.get("ErrorType"))

    @property
    def description(self) -> str | None:
        """The kind of error, in words."""
        return read.text(self.received.get("ErrorDesc"))

    @property
    def details(self) -> str | None:
        """What happened."""
        return read.text(self.received.get("ExceptionDesc"))

    @property
    def exception_details(self) -> str | None:
        """What happened, with the place in the agent's code."""
        return read.text(self.received.get("ExceptionDetails"))

    @property
    def code(self) -> int | None:
        """The operating system's error code."""
        return read.integer(self.received.get("ExceptionCode"))

    @property
    def path(self) -> str | None:
        """The file concerned."""
        return read.text(self.received.get("Path"))
