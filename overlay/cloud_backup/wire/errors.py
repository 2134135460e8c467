"""The error that reading an answer raises. All others are in `cloud_backup.errors`."""

from typing import Any, Final

__all__ = ["LOGIN", "CloudBackupError", "UnexpectedAnswer"]

LOGIN: Final = "authenticate"
"""The operation that errors of a login have, whatever call it was for."""


class CloudBackupError(Exception):
    """Anything that this library raises on purpose, wrong arguments apart.

    Attributes:
        attempts: How many attempts at the call there were, the one that raised this included.
    """

    attempts: int = 1

    @property
    def may_pass(self) -> bool:
        """Whether it is the service, or the way to it, that isn't there, which may pass."""
        return False

    @property
    def may_be_carried_out(self) -> bool:
        """Whether the service may have done, or do yet, what the call that failed asked for.

        If so, look before you send a call again that changes something.
        """
        return False

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from the attributes, whatever arguments the class is made with."""
        return _rebuild, (type(self), self.args), self.__dict__


def _rebuild(error: type[CloudBackupError], arguments: tuple[object, ...]) -> CloudBackupError:
    return error.__new__(error, *arguments)


class UnexpectedAnswer(CloudBackupError):  # noqa: N818 - named for what happened
    """The service answered with success, but the answer cannot be used.

    Attributes:
        operation: The operation's id in `openapi.yaml`.
        field: The field that is missing or unreadable, by its name on the wire, or the attribute
            that is wrong; None for the answer as a whole.
        undecodable: Whether the answer is none at all, broken off or garbled on the way.
    """

    def __init__(
        self,
        operation: str,
        problem: str,
        *,
        field: str | None = None,
        undecodable: bool = False,
    ) -> None:
        self.operation = operation
        self.field = field
        self.undecodable = undecodable
        super().__init__(f"{operation}: {problem}")

    @property
    def may_pass(self) -> bool:
        """Whether it was garbled on the way. One that lacks something will lack it again."""
        return self.undecodable

    @property
    def may_be_carried_out(self) -> bool:
        """Whether it answers the call itself, and not the login before it."""
        return self.operation != LOGIN
