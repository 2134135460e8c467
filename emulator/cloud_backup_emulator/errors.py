"""What the service refuses, and with which status."""

__all__ = [
    "Conflict",
    "EmulatorError",
    "Forbidden",
    "InvalidRequest",
    "NoExample",
    "NotFound",
    "Refusal",
    "TooLarge",
    "Unauthorized",
]


class EmulatorError(Exception):
    """The emulator cannot be started as asked: the message says why and what to do."""


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure of the emulator
    """A request that the service refuses. Nothing has been changed by it.

    Args:
        message: What was wrong, naming the field; it goes into the fault.

    Attributes:
        status: The HTTP status.
    """

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidRequest(Refusal):
    """400: the request is malformed, against the contract, or makes no sense in this state."""


class Unauthorized(Refusal):
    """401: there is no valid token, or the credentials are wrong."""

    status = 401


class Forbidden(Refusal):
    """403: the user's roles or tenant don't permit it, or an agent isn't ready."""

    status = 403


class NotFound(Refusal):
    """404: there is nothing under this id in the tenant."""

    status = 404


class Conflict(Refusal):
    """409: it contradicts what is there."""

    status = 409


class TooLarge(Refusal):
    """413: the body is larger than any that makes sense."""

    status = 413


class NoExample(Refusal):
    """501: the operation isn't emulated, and the document has no example of its answer."""

    status = 501
