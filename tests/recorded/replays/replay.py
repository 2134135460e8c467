"""What a replay is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from cloud_backup_api.types import Response


class Call(Protocol):
    """A function of the generated client with its arguments, all but the client.

    That is an AuthenticatedClient, or a Client where the operation needs no token.
    """

    def __call__(self, *, client: Any) -> Response[Any]: ...


@dataclass(frozen=True)
class Replay:
    """A call with the published values, and what it should give.

    Attributes:
        call: What to call.
        answer: The answer, decoded: of an object the fields that say something, by their names;
            None if there is no body.
    """

    call: Call
    answer: object = None
