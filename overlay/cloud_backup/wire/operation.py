"""An operation of the API, and one call of it."""

from collections.abc import Callable, Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    NamedTuple,
    Protocol,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
)

from cloud_backup.wire.errors import UnexpectedAnswer

if TYPE_CHECKING:
    import httpx

__all__ = ["AsyncCaller", "Call", "CallOptions", "Caller", "Operation", "exactly", "split"]

T = TypeVar("T")


class Operation(NamedTuple, Generic[T]):
    """An operation, as `openapi.yaml` describes it.

    Attributes:
        id: Its id.
        method: Its HTTP method, in capitals.
        path: Its path below the tenant.
        answers: What it answers with, by name; None if that may be nothing.
        is_idempotent: Whether carrying it out once more leaves things as they are.
        awaits_agent: Whether it is refused while an agent isn't ready for it.
        read: Reads the body of a success; None if it isn't documented.
    """

    id: str
    method: str
    path: str
    answers: str | None
    is_idempotent: bool
    awaits_agent: bool
    read: "Callable[[httpx.Response], T | None]"

    def value(self, response: "httpx.Response") -> T:
        """Read what a success answers with.

        Raises:
            UnexpectedAnswer: It is something else than what is documented.
            ValueError: It isn't JSON.
        """
        found = self.read(response)
        if found is None and self.answers is not None:
            raise UnexpectedAnswer(self.id, f"expected {self.answers}, got nothing that is one")
        return cast("T", found)


class Call(NamedTuple, Generic[T]):
    """A call of an operation: what to send, and what its answer must be about.

    Attributes:
        operation: The operation.
        request: The arguments of `httpx.Client.request`.
        asked: What the answer's attributes must be, if it has them.
    """

    operation: Operation[T]
    request: dict[str, Any]
    asked: Mapping[str, object]


class CallOptions(TypedDict, total=False):
    """What any method takes besides.

    Attributes:
        timeout: For how many seconds to wait for each of a connection, a part of what is sent and
            of what is received; None for as long as it takes.
        headers: More headers for this call.
    """

    timeout: "float | httpx.Timeout | None"
    headers: Mapping[str, str]


def split(given: Mapping[str, Any]) -> tuple[dict[str, Any], CallOptions]:
    """Part what a method takes besides into its own arguments and the call's options."""
    own = {name: value for name, value in given.items() if name not in CallOptions.__annotations__}
    options: Any = {name: value for name, value in given.items() if name not in own}
    return own, cast("CallOptions", options)


class Caller(Protocol):
    """What calls operations."""

    def call(self, call: Call[T], **options: Unpack[CallOptions]) -> T:
        """Call an operation, and return what it answers with."""
        ...


class AsyncCaller(Protocol):
    """What calls operations, in asyncio."""

    async def call(self, call: Call[T], **options: Unpack[CallOptions]) -> T:
        """Call an operation, and return what it answers with."""
        ...


def exactly(kind: type[T], value: object, operation: str) -> T:
    """Return a body that is a value of one type.

    Raises:
        UnexpectedAnswer: It is of another.
    """
    if type(value) is not kind:
        raise UnexpectedAnswer(operation, f"expected {kind.__name__}, got {type(value).__name__}")
    return value
