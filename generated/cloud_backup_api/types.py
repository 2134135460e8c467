# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""Types that the models and the endpoints share, and how a value comes off the wire and onto it.

The `decode_...` functions keep a value of another type than expected as it came: an answer that
disagrees with the specification in one field is of use in all the others.

The `encode_...` functions are given what was received, too, and give that text again where it still
means the value: an answer that is sent on is the answer that came.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from http import HTTPStatus
from typing import Any, Final, Generic, Literal, Protocol, Self, TypeVar, cast
from uuid import UUID

import httpx
from attrs import define, field
from cloud_backup import ms_date

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Unset(Enum):
    """The type of UNSET."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""What an attribute holds whose field is absent: not sent, or not received."""


class Model(Protocol):
    """What every generated model can do."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...

    def to_dict(self) -> dict[str, Any]: ...


M = TypeVar("M", bound=Model)


@define(kw_only=True)
class Response(Generic[T]):
    """A response from an endpoint.

    Attributes:
        status_code: The status, as an `http.HTTPStatus` where that knows it.
        content: The body's bytes.
        headers: The headers.
        parsed: The body, decoded; None where there is none, and where the body of an error is not
            what the specification says.
        http_response: The response as httpx gave it.
    """

    status_code: int
    content: bytes = field(repr=False)
    headers: httpx.Headers = field(repr=False)
    parsed: T | None
    http_response: httpx.Response = field(repr=False, eq=False)

    @classmethod
    def of(cls, response: httpx.Response, parsed: T | None) -> Self:
        """Wrap a response of httpx.

        Args:
            response: The response, its body read.
            parsed: The body, decoded.
        """
        status = response.status_code
        return cls(
            status_code=HTTPStatus(status) if status in _KNOWN_STATUSES else status,
            content=response.content,
            headers=response.headers,
            parsed=parsed,
            http_response=response,
        )


_KNOWN_STATUSES: Final = frozenset(HTTPStatus)


def decode_ms_date(value: Any) -> datetime.datetime | None:
    """The date in a text like `/Date(1357151359000)/`."""
    if isinstance(value, str):
        try:
            return ms_date.decode(value)
        except ValueError:
            pass
    return cast("datetime.datetime | None", value)


def encode_ms_date(value: Any, received: Any = UNSET) -> Any:
    """The wire form of a date, as `decode_ms_date` reads it."""
    if value is None or isinstance(value, datetime.datetime):
        if isinstance(received, str) and _same_date(decode_ms_date(received), value):
            return received
        return None if value is None else ms_date.encode(value)
    return value


def decode_date_time(value: Any) -> datetime.datetime:
    """The date in a text of ISO 8601."""
    if isinstance(value, str):
        try:
            return datetime.datetime.fromisoformat(value)
        except ValueError:
            pass
    return cast("datetime.datetime", value)


def encode_date_time(value: Any, received: Any = UNSET) -> Any:
    """The ISO 8601 text of a date."""
    if isinstance(value, datetime.datetime):
        return received if _same_date(decode_date_time(received), value) else value.isoformat()
    return value


def _same_date(one: Any, other: datetime.datetime | None) -> bool:
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one == other and one.utcoffset() == other.utcoffset()
    return one is other


def decode_uuid(value: Any) -> UUID:
    """The UUID in a text."""
    if isinstance(value, str):
        try:
            return UUID(value)
        except ValueError:
            pass
    return cast("UUID", value)


def encode_uuid(value: Any, received: Any = UNSET) -> Any:
    """The text of a UUID."""
    if isinstance(value, UUID):
        return received if decode_uuid(received) == value else str(value)
    return value


def enum_decoder(enum: type[E]) -> Callable[[Any], E]:
    """A function that gives the member of an enumeration; a value that is none stays as it is."""
    member: Callable[[Any, Any], Any] = enum._value2member_map_.get

    def decode(value: Any) -> E:
        try:
            found: E = member(value, value)
        except TypeError:  # a list or an object
            found = value
        return found

    return decode


def decode_enum(enum: type[E], value: Any) -> E:
    """The member of an enumeration with this value; a value that is none of theirs stays as it is."""
    return enum_decoder(enum)(value)


def encode_enum(value: Any, received: Any = UNSET) -> Any:
    """The value of a member of an enumeration."""
    if isinstance(value, Enum) and value is not UNSET:
        return received if received == value.value else value.value
    return value


def decode_model(model: type[M], value: Any) -> M:
    """The model of an object."""
    return model.from_dict(value) if isinstance(value, dict) else cast("M", value)


def decode_first_model(value: Any, *models: tuple[type[Model], Iterable[str]]) -> Any:
    """The first of several models whose required fields, named beside it, an object has.

    Where the object has all of none of them it is the first model.
    """
    if not isinstance(value, dict):
        return value
    for model, required in models:
        if value.keys() >= set(required):
            return model.from_dict(value)
    return models[0][0].from_dict(value)


def encode_model(value: Any, received: Any = UNSET) -> Any:
    """The object of a model."""
    return value.to_dict() if hasattr(value, "to_dict") else value


def decode_list(value: Any, decode: Callable[[Any], T]) -> list[T]:
    """A list, each item decoded."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    return cast("list[T]", value)


def decode_models(model: type[M], value: Any) -> list[M]:
    """A list of objects, each as a model. The same as `decode_list`, for long lists."""
    if not isinstance(value, list):
        return cast("list[M]", value)
    from_dict = model.from_dict
    return [from_dict(item) if isinstance(item, dict) else cast("M", item) for item in value]


def encode_list(value: Any, received: Any, encode: Callable[[Any, Any], Any]) -> Any:
    """A list, each item encoded."""
    if not isinstance(value, list):
        return value
    if not isinstance(received, list) or len(received) != len(value):
        return [encode(item, UNSET) for item in value]
    return [encode(item, came) for item, came in zip(value, received, strict=True)]


def in_wire_order(
    fields: Mapping[str, Any], additional: Mapping[str, Any], received: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields that are set: in the order in which they came, those that did not come last."""
    present = {name: value for name, value in fields.items() if value is not UNSET}
    for name, value in additional.items():
        present.setdefault(name, value)
    ordered = {name: present.pop(name) for name in received if name in present}
    ordered.update(present)
    return ordered


def decode_error(response: httpx.Response) -> dict[str, Any] | None:
    """The object in the body of an error; None where the body is anything else."""
    try:
        body = response.json()
    except ValueError:  # a proxy's page of HTML, say
        return None
    return body if isinstance(body, dict) else None


def decode_uuid_body(response: httpx.Response) -> UUID:
    """The UUID in a body: a string of JSON, or the bare text."""
    try:
        body = response.json()
    except json.JSONDecodeError as error:
        try:
            return UUID(response.text.strip())
        except ValueError:
            raise error from None
    return decode_uuid(body)


__all__ = ["UNSET", "Model", "Response", "Unset"]
