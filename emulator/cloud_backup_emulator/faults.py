"""Faults on demand, so that a client's author can see what the client makes of them."""

from dataclasses import asdict, dataclass
from typing import Any

from cloud_backup_emulator.errors import InvalidRequest

__all__ = ["Fault", "Faults"]

_FIELDS = {"operation", "status", "count", "retry_after", "message"}


@dataclass
class Fault:
    """What is to be answered instead of what would be.

    Attributes:
        status: The HTTP status, 400 to 599.
        operation: The operation's id; None is any of the service's and Identity's.
        count: How often; None is until it is taken back.
        retry_after: What `Retry-After` is to say, in seconds; None for none.
        message: What the fault's message is to be.
    """

    status: int
    operation: str | None = None
    count: int | None = 1
    retry_after: int | None = None
    message: str = "A fault that the emulator was asked for."


class Faults:
    """The faults that are due, oldest first.

    Args:
        operation_ids: The operations that there are.
    """

    def __init__(self, operation_ids: set[str]) -> None:
        self._operation_ids = operation_ids
        self._due: list[Fault] = []

    def add(self, asked: Any) -> Fault:
        """Add a fault, as it was asked for.

        Raises:
            InvalidRequest: It can't be; the message names the field.
        """
        if not isinstance(asked, dict):
            raise InvalidRequest("a fault is an object with a status, and perhaps more")
        if unknown := set(asked) - _FIELDS:
            raise InvalidRequest(f"{min(unknown)}: is none of {', '.join(sorted(_FIELDS))}")
        operation = asked.get("operation")
        if operation is not None and (
            not isinstance(operation, str) or operation not in self._operation_ids
        ):
            raise InvalidRequest("operation: is no operation's id")
        _whole("status", asked.get("status"), 400, 599)
        for name, least in (("count", 1), ("retry_after", 0)):
            if asked.get(name) is not None:
                _whole(name, asked[name], least, 10**9)
        if not isinstance(asked.get("message", ""), str):
            raise InvalidRequest("message: is not a text")
        fault = Fault(**asked)
        self._due.append(fault)
        return fault

    def take(self, operation_id: str) -> Fault | None:
        """Take the fault that is due for an operation, if there is one."""
        for fault in self._due:
            if fault.operation in (None, operation_id):
                if fault.count is not None:
                    fault.count -= 1
                    if not fault.count:
                        self._due.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Take all faults back."""
        self._due.clear()

    def listed(self) -> list[dict[str, Any]]:
        """The faults that are due, as JSON has them."""
        return [asdict(fault) for fault in self._due]


def _whole(name: str, value: Any, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidRequest(f"{name}: must be a whole number from {least} to {most}")
