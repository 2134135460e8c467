"""Faults on demand, to test how a client copes."""

import random
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import jsonschema_rs

from cloud_backup_emulator.errors import InvalidRequest

__all__ = ["ERROR", "FAULTS", "Fault", "Faults", "Outcome"]

STARTING: Final = ("requestBackupAction", "requestRestoreAction")
"""The operations that start jobs, whose outcome can be set in advance."""

DISCONNECTS: Final = ("before", "during")
OUTCOMES: Final = ("Completed", "CompletedWithErrors", "Failed")

LONGEST_LATENCY: Final = 3600

FAULTS: Final = 400
"""From this status on, the body is a fault."""

ERROR: Final[dict[str, Any]] = {
    "ErrorType": 1,
    "ErrorDesc": "An error requested from the emulator.",
    "ExceptionDesc": "",
    "ExceptionDetails": "",
    "ExceptionCode": 0,
    "Path": "",
}
"""The default fields of an entry in ErrorList."""


@dataclass(frozen=True)
class Outcome:
    """How a backup or restore will end.

    Attributes:
        state: The state.
        errors: The entries of its report's ErrorList, without their numbers.
    """

    state: str
    errors: tuple[dict[str, Any], ...]


@dataclass
class Fault:
    """A fault to apply to a call.

    Attributes:
        operation: The operation's id; None for any of the service's and Identity's.
        status: The HTTP status of the response, 200 to 599: from 400 on with a fault as its body,
            below with the operation's own body. None for the operation's own status.
        message: The fault's message.
        retry_after: The `Retry-After` header, in seconds; None for none.
        latency: An extra delay, in seconds of real time, not of the emulator's clock.
        disconnect: "before" closes the connection instead of responding, "during" in the middle
            of the body; None leaves it open.
        malformed: Whether to truncate the body, in a complete HTTP response.
        carried_out: Whether the operation is carried out, regardless of the response. By default
            it is, unless the response is a fault.
        outcome: The final state of the backup or restore that the operation starts: "Failed",
            "CompletedWithErrors" or "Completed".
        errors: The entries of ErrorList in its report.
        count: How many times to apply it; None until it is removed. The default is once, or with a
            probability, None.
        probability: The probability that it applies to a call, above 0 and up to 1.
        seed: The seed of the probability's random numbers, to repeat them.
    """

    operation: str | None = None
    status: int | None = None
    message: str = "A fault requested from the emulator."
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
        self._random = random.Random(self.seed)  # noqa: S311 - repeatable, not secret

    def named(self) -> list[str]:
        """Return the names of its effects on the response."""
        return [
            name for name in ("status", "latency", "disconnect", "malformed") if getattr(self, name)
        ]

    def happens(self) -> bool:
        """Return whether it applies this time."""
        return self.probability >= 1 or self._random.random() < self.probability


class Faults:
    """The pending faults, oldest first.

    Args:
        operation_ids: The ids of all operations.
    """

    def __init__(self, operation_ids: set[str]) -> None:
        self._operation_ids = operation_ids
        self._due: list[Fault] = []

    def add(self, asked: Any) -> Fault:
        """Add a fault.

        Args:
            asked: An object with the attributes of a `Fault`, decoded from JSON.

        Raises:
            InvalidRequest: It is invalid; the message names the field.
        """
        fault = _fault(asked, self._operation_ids)
        self._due.append(fault)
        return fault

    def take(self, operation_id: str) -> Fault | None:
        """Take the pending fault for a call of an operation; None if there is none."""
        return self._take(operation_id, outcome=False)

    def take_outcome(self, operation_id: str) -> Outcome | None:
        """Take the requested outcome of a job that an operation starts; None if there is none."""
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
        """Remove all faults."""
        self._due.clear()

    def listed(self) -> list[dict[str, Any]]:
        """Return the pending faults as JSON values."""
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
    """Validate a request, and return its fault."""
    for error in _VALIDATOR.iter_errors(asked):
        place = "/".join(str(step) for step in error.instance_path)
        raise InvalidRequest(f"{place or 'fault'}: {error.message}")
    if not any(asked.get(name) for name in _DOES):
        raise InvalidRequest(f"fault: give at least one of {', '.join(_DOES)}")
    if asked.get("operation") not in (None, *operation_ids):
        raise InvalidRequest("operation: unknown operation id")
    given = {
        # By default, a call that gets a fault isn't carried out.
        "carried_out": (asked.get("status") or 0) < FAULTS,
        "count": None if "probability" in asked else 1,
        **asked,
    }
    fault = Fault(**given)
    if fault.outcome is None and fault.errors:
        raise InvalidRequest("errors: require an outcome")
    if fault.outcome is not None:
        _complete_outcome(fault)
    return fault


def _complete_outcome(fault: Fault) -> None:
    """Refuse what contradicts an outcome, and add the error that it must have."""
    if fault.operation not in (None, *STARTING):
        raise InvalidRequest(f"operation: an outcome requires {' or '.join(STARTING)}")
    if fault.status or fault.latency or fault.disconnect or fault.malformed:
        raise InvalidRequest("outcome: add a separate fault for the response to the start")
    if fault.outcome == "Completed" and fault.errors:
        raise InvalidRequest("errors: must be empty if the outcome is Completed")
    if fault.outcome == "CompletedWithErrors" and not fault.errors:
        fault.errors = [{}]
