"""What the templates make of the objects that are sent."""

from datetime import UTC, datetime, timedelta, timezone
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

DATE = datetime(2013, 1, 2, 18, 29, 19, 123000, tzinfo=UTC)
CHICAGO = timezone(timedelta(hours=-6))
TEXT = "/Date(1357151359123)/"


@pytest.fixture(name="thing")
def _thing(scratch_api: ModuleType) -> Any:
    return scratch_api.models.ThingInput


def test_values_are_encoded(scratch_api: ModuleType, thing: Any) -> None:
    models = scratch_api.models
    uuid = UUID("00c0ffee-0000-4000-8000-00000000abcd")
    built = thing(
        id=1,
        described=DATE.astimezone(CHICAGO),
        dates=[DATE, None],
        expires=DATE,
        colour=models.Colour.RED,
        uuid=uuid,
        part=models.PartInput(made=DATE),
        parts=[models.PartInput(whole=thing(id=2))],
        additional_properties={"More": DATE},
    )
    assert built.to_dict() == {
        "Id": 1,
        "Described": "/Date(1357151359123-0600)/",
        "Dates": [TEXT, None],
        "Expires": "2013-01-02T18:29:19.123000+00:00",
        "Colour": "Red",
        "Uuid": str(uuid),
        "Part": {"Made": TEXT},
        "Parts": [{"Whole": {"Id": 2}}],
        "More": TEXT,
    }
    assert type(built.to_dict()["Colour"]) is str


def test_what_is_unset_is_not_sent_and_none_is_null(thing: Any) -> None:
    assert thing(id=1).to_dict() == {"Id": 1}
    assert thing(id=1, described=None).to_dict() == {"Id": 1, "Described": None}


def test_it_is_made_of_what_is_to_be_sent(thing: Any) -> None:
    wire = {"Id": 1, "Described": TEXT, "Zebra": {"a": 1}}
    assert thing.from_dict(wire).to_dict() == wire
    with pytest.raises(TypeError, match="id"):
        thing.from_dict({})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": 0}, "id must be 1 or more, not 0"),
        ({"id": 10}, "id must be 9 or less, not 10"),
        ({"class_": "a"}, "class_ must have 2 or more characters"),
        ({"class_": "AB"}, r"class_ must match \^\[a-z\]$"),
    ],
)
def test_what_is_out_of_bounds_is_refused(thing: Any, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        thing(**{"id": 1, **fields})


def test_a_secret_is_shown_nowhere(thing: Any) -> None:
    assert "hush" not in repr(thing(id=1, secret="hush"))
    with pytest.raises(ValueError, match="secret must match") as e:
        thing(id=1, secret="HUSH1")
    assert "HUSH1" not in str(e.value)


def test_docstrings_come_from_the_specification(thing: Any) -> None:
    assert thing.__doc__.startswith("A thing to make.\n")
    assert "described (datetime.datetime | None | Unset): When it was described." in thing.__doc__
