"""Faults on demand, so that a client's author can see what the client makes of them."""

import random
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import jsonschema_rs

from cloud_backup_emulator.errors import InvalidRequest

__all__ = ["ERROR", "FAULTS", "Fault", "Faults", "Outcome"]

STARTING: Final = ("requestBackupAction", "requestRestoreAction")
"""The operations that start jobs, whose outcome can be told beforehand."""

DISCONNECTS: Final = ("before", "during")
OUTCOMES: Final = ("Completed", "CompletedWithErrors", "Failed")

LONGEST_LATENCY: Final = 3600

FAULTS: Final = 400
"""The statuses from here on have a fault for a body."""

ERROR: Final[dict[str, Any]] = {
    "ErrorType": 1,
    "ErrorDesc": "An error that the emulator was asked for.",
    "ExceptionDesc": "",
    "ExceptionDetails": "",
    "ExceptionCode": 0,
    "Path": "",
}
"""What an entry of an ErrorList has unless it was asked for otherwise."""


@dataclass(frozen=True)
class Outcome:
    """How a backup or a restore is to end.

    Attributes:
        state: The state.
        errors: The entries of its report's ErrorList, but for those that number them.
    """

    state: str
    errors: tuple[dict[str, Any], ...]


@dataclass
class Fault:
    """What is to happen to a call of an operation, in place of or besides what would.

    Attributes:
        operation: The operation's id; None is any of the service's and Identity's.
        status: The HTTP status that is answered, 200 to 599: with a fault, or below 400 with the
            operation's own body. None for its own status.
        message: What the fault's message is to be.
        retry_after: What `Retry-After` is to say, in seconds; None for none.
        latency: How long the answer takes besides, in seconds of the machine's clock, not of the
            emulator's.
        disconnect: "before" closes the connection in place of the answer, "during" in the middle of
            its body; None leaves it open.
        malformed: Whether the answer's body is cut off, in a response that is whole.
        carried_out: Whether the operation is carried out, however it is answered. Unless it is
            said, it is, but where a fault is answered.
        outcome: The state in which the backup or restore is to end that the operation starts:
            "Failed", "CompletedWithErrors" or "Completed".
        errors: The entries of ErrorList in its report.
        count: How often; None is until it is taken back. Unless it is said, once; with a
            probability, None.
        probability: With what probability it happens to a call, above 0 to 1.
        seed: What the probability's random numbers start from, so that they come again.
    """

    operation: str | None = None
    status: int | None = None
    message: str = "A fault that the emulator was asked for."
    retry_after: int | None = None
    latency: float = 0
    disconnect: str | None = None
    malformed: bool = False
    carried_out: bool = True
    outcome: str | None = None
    errors: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = 1
    probability: float = 1
    seed: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - to come again, not to be secret

    def named(self) -> list[str]:
        """Name what it does to an answer."""
        return [
            name for name in ("status", "latency", "disconnect", "malformed") if getattr(self, name)
        ]

    def happens(self) -> bool:
        """Tell whether it happens this time."""
        return self.probability >= 1 or self._random.random() < self.probability


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

        Args:
            asked: An object with the attributes of a `Fault`, decoded from JSON.

        Raises:
            InvalidRequest: It can't be; the message names the field.
        """
        fault = _fault(asked, self._operation_ids)
        self._due.append(fault)
        return fault

    def take(self, operation_id: str) -> Fault | None:
        """Take the fault that is due for a call of an operation, if there is one."""
        return self._take(operation_id, outcome=False)

    def take_outcome(self, operation_id: str) -> Outcome | None:
        """Take how a job is to end that an operation starts; None if nothing was said."""
        fault = self._take(operation_id, outcome=True)
        if fault is None or fault.outcome is None:
            return None
        return Outcome(fault.outcome, tuple({**ERROR, **error} for error in fault.errors))

    def _take(self, operation_id: str, *, outcome: bool) -> Fault | None:
        for fault in self._due:
            if (fault.outcome is not None) != outcome or fault.operation not in (
                None,
                operation_id,
            ):
                continue
            if fault.happens():
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


_DOES: Final = ("status", "latency", "disconnect", "malformed", "outcome")

_ERROR_ITEM: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        name: {"type": "string" if isinstance(value, str) else "integer"}
        for name, value in ERROR.items()
    },
}
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "operation": {"type": ["string", "null"]},
        "status": {"type": ["integer", "null"], "minimum": 200, "maximum": 599},
        "message": {"type": "string"},
        "retry_after": {"type": ["integer", "null"], "minimum": 0, "maximum": 10**9},
        "latency": {"type": "number", "minimum": 0, "maximum": LONGEST_LATENCY},
        "disconnect": {"enum": [None, *DISCONNECTS]},
        "malformed": {"type": "boolean"},
        "carried_out": {"type": "boolean"},
        "outcome": {"enum": [None, *OUTCOMES]},
        "errors": {"type": "array", "items": _ERROR_ITEM},
        "count": {"type": ["integer", "null"], "minimum": 1, "maximum": 10**9},
        "probability": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "seed": {"type": "integer", "minimum": 0, "maximum": 2**63 - 1},
    },
}
_VALIDATOR: Final = jsonschema_rs.Draft7Validator(_SCHEMA)


def _fault(asked: Any, operation_ids: set[str]) -> Fault:
    """Make a fault of what was asked for, or refuse it."""
    for error in _VALIDATOR.iter_errors(asked):
        place = "/".join(str(step) for step in error.instance_path)
        raise InvalidRequest(f"{place or 'a fault'}: {error.message}")
    if not any(asked.get(name) for name in _DOES):
        raise InvalidRequest(f"a fault has one of {', '.join(_DOES)}")
    if asked.get("operation") not in (None, *operation_ids):
        raise InvalidRequest("operation: is no operation's id")
    given = {
        # What is answered with a fault wasn't carried out, unless somebody wants it so.
        "carried_out": (asked.get("status") or 0) < FAULTS,
        "count": None if "probability" in asked else 1,
        **asked,
    }
    fault = Fault(**given)
    if fault.outcome is None and fault.errors:
        raise InvalidRequest("errors: are of an outcome; say which")
    if fault.outcome is not None:
        _complete_outcome(fault)
    return fault


def _complete_outcome(fault: Fault) -> None:
    """Refuse what is at odds with an outcome, and give it the error that it must have."""
    if fault.operation not in (None, *STARTING):
        raise InvalidRequest(f"operation: an outcome is of {' or '.join(STARTING)}")
    if fault.status or fault.latency or fault.disconnect or fault.malformed:
        raise InvalidRequest("outcome: how the start is answered goes into a fault of its own")
    if fault.outcome == "Completed" and fault.errors:
        raise InvalidRequest("errors: there are none where the outcome is Completed")
    if fault.outcome == "CompletedWithErrors" and not fault.errors:
        fault.errors = [{}]
