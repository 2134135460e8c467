"""Errors: refusals with their HTTP status, and problems of the emulator itself."""

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
    """The emulator can't start: the message says why and what to do."""


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure of the emulator
    """The service refuses a request. Nothing has changed.

    Args:
        message: What was wrong, naming the field. It is sent in the response.

    Attributes:
        status: The HTTP status.
    """

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidRequest(Refusal):
    """400: the request is malformed, violates the contract, or is impossible in this state."""


class Unauthorized(Refusal):
    """401: there is no valid token, or the credentials are wrong."""

    status = 401


class Forbidden(Refusal):
    """403: the user's roles or tenant don't permit it, or an agent isn't ready."""

    status = 403


class NotFound(Refusal):
    """404: the tenant has nothing with this id."""

    status = 404


class Conflict(Refusal):
    """409: the request conflicts with existing data."""

    status = 409


class TooLarge(Refusal):
    """413: the body is too large."""

    status = 413


class NoExample(Refusal):
    """501: the operation isn't emulated, and the document has no example for it."""

    status = 501
