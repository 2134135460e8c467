"""What the templates make of a specification that nobody wrote a line for."""

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from types import ModuleType
from typing import Any, get_type_hints
from uuid import UUID

import attrs
import pytest

DATE = datetime(2013, 1, 2, 18, 29, 19, 123000, tzinfo=UTC)
CHICAGO = timezone(timedelta(hours=-6))
PART: dict[str, Any] = {"Made": "/Date(1357151359123)/"}
THING: dict[str, Any] = {"Id": 1, "Required": "/Date(1357151359123)/", "Part": PART}


@pytest.fixture(name="thing")
def _thing(scratch_api: ModuleType) -> Any:
    return scratch_api.models.Thing


@pytest.fixture(name="unset")
def _unset(scratch_api: ModuleType) -> Any:
    return scratch_api.types.UNSET


@pytest.mark.parametrize(
    ("wire_name", "name"),
    [
        ("Required", "required"),
        ("Optional", "optional"),
        ("Nullable", "nullable"),
        ("Described", "described"),
        ("Inline", "inline"),
    ],
)
def test_a_date_field_is_a_datetime_both_ways(thing: Any, wire_name: str, name: str) -> None:
    text = "/Date(1357151359123-0600)/"
    decoded = getattr(thing.from_dict({wire_name: text}), name)
    assert decoded == DATE
    assert decoded.utcoffset() == timedelta(hours=-6)
    built = thing(**{"id": 1, "required": DATE, "part": None, name: DATE.astimezone(CHICAGO)})
    assert built.to_dict()[wire_name] == text


def test_date_fields_are_typed_as_datetimes_that_may_be_none(
    scratch_api: ModuleType, thing: Any
) -> None:
    hints = get_type_hints(thing)
    assert hints["required"] == datetime | None
    for name in ("optional", "nullable", "described", "inline"):
        assert hints[name] == datetime | None | scratch_api.types.Unset
    assert hints["dates"] == list[datetime | None] | scratch_api.types.Unset


def test_dates_within_lists_and_maps_are_decoded(thing: Any) -> None:
    text, none = "/Date(1357151359123)/", "/Date(-62135578800000)/"
    wire = {"Dates": [text, none, None], "Grid": [[text]], "DatesByName": {"first": text}}
    decoded = thing.from_dict(wire)
    assert decoded.dates == [DATE, None, None]
    assert decoded.grid == [[DATE]]
    assert decoded.dates_by_name["first"] == DATE
    assert decoded.to_dict() == wire
    decoded.dates[1] = DATE
    assert decoded.to_dict()["Dates"] == [text, text, None]


def test_an_iso_8601_date_beside_them_stays_one(thing: Any) -> None:
    wire = {"Expires": "2014-02-19T01:20:15.305Z"}
    decoded = thing.from_dict(wire)
    assert decoded.expires == datetime(2014, 2, 19, 1, 20, 15, 305000, tzinfo=UTC)
    assert decoded.to_dict() == wire
    decoded.expires = DATE
    assert decoded.to_dict() == {"Expires": "2013-01-02T18:29:19.123000+00:00"}


@pytest.mark.parametrize("text", ["/Date(-62135596800000)/", "/Date(-62135578800000+0000)/"])
def test_the_minimum_date_is_none_and_goes_out_as_it_came(thing: Any, text: str) -> None:
    decoded = thing.from_dict({"Nullable": text})
    assert decoded.nullable is None
    assert decoded.to_dict() == {"Nullable": text}
    decoded.nullable = DATE
    assert decoded.to_dict() == {"Nullable": "/Date(1357151359123)/"}


def test_a_date_set_to_none_goes_out_as_null(thing: Any) -> None:
    decoded = thing.from_dict(THING)
    decoded.required = None
    assert decoded.to_dict()["Required"] is None


@pytest.mark.parametrize(
    "wire",
    [
        {"Required": "/Date(0+0000)/"},
        {"Required": "/Date(-0)/"},
        {"Required": "/Date(0001357151359123)/"[:7] + "01357151359123)/"},
        {"Uuid": "00C0FFEE-0000-4000-8000-00000000ABCD"},
        {"Level": 1.0},
        {"Level": True},
        {"Zebra": 1, "Id": 2, "Apple": {"nested": [1, {"deep": None}]}},
        {"Part": {"Unknown": 1, "Made": "/Date(00)/"}, "Id": 1},
        {"Parts": [PART, {"Made": "/Date(-0)/", "Other": 1}], "Id": 1},
    ],
)
def test_what_is_sent_on_is_what_came(thing: Any, wire: dict[str, Any]) -> None:
    assert json.dumps(thing.from_dict(wire).to_dict()) == json.dumps(wire)


def test_new_fields_come_last_and_unset_ones_not_at_all(thing: Any, unset: Any) -> None:
    decoded = thing.from_dict({"Zebra": 1, "Id": 2, "Class": "a"})
    decoded.colour = "Red"
    decoded.class_ = unset
    decoded["Yak"] = 3
    del decoded["Zebra"]
    assert list(decoded.to_dict()) == ["Id", "Colour", "Yak"]


def test_no_missing_field_raises(thing: Any, unset: Any) -> None:
    empty = thing.from_dict({})
    for field in attrs.fields(thing):
        if field.name not in {"additional_properties", "_received"}:
            assert getattr(empty, field.name) is unset
    assert empty.to_dict() == {}


@pytest.mark.parametrize("value", [None, 1, 1.5, True, "text", "", [], [1], ["x"], {}, {"a": 1}])
def test_a_value_of_another_type_is_kept(thing: Any, value: object) -> None:
    names = [field.name for field in attrs.fields(thing)][:-2]
    wire = {name.title().replace("_", ""): value for name in names}
    assert json.dumps(thing.from_dict(wire).to_dict()) == json.dumps(wire)


def test_an_unknown_enumeration_value_arrives_as_it_is(scratch_api: ModuleType, thing: Any) -> None:
    known = thing.from_dict({"Colour": "Red", "Level": 1, "Colours": ["Red", "Mauve"]})
    assert known.colour is scratch_api.models.Colour.RED
    assert known.level is scratch_api.models.Level.HIGH
    assert known.colours == ["Red", "Mauve"]
    unknown = thing.from_dict({"Colour": "Mauve", "Level": 7})
    assert type(unknown.colour) is str
    assert unknown.colour == "Mauve"
    assert type(unknown.level) is int
    assert unknown.level == 7


def test_enumeration_members_go_out_as_plain_values(scratch_api: ModuleType, thing: Any) -> None:
    models = scratch_api.models
    built = thing(id=1, required=DATE, part=None, colour=models.Colour.RED, level=models.Level.LOW)
    wire = built.to_dict()
    assert type(wire["Colour"]) is str
    assert type(wire["Level"]) is int


def test_of_several_models_the_one_whose_fields_are_there_is_made(
    scratch_api: ModuleType, thing: Any
) -> None:
    fault = {"code": 404, "message": "gone"}
    assert isinstance(thing.from_dict({"Either": fault}).either, scratch_api.models.Fault)
    assert isinstance(thing.from_dict({"Either": PART}).either, scratch_api.models.Part)
    assert isinstance(thing.from_dict({"Either": {}}).either, scratch_api.models.Part)


def test_uuids_are_uuids(thing: Any) -> None:
    uuid = UUID("00c0ffee-0000-4000-8000-00000000abcd")
    assert thing.from_dict({"Uuid": str(uuid)}).uuid == uuid
    assert thing(id=1, required=DATE, part=None, uuid=uuid).to_dict()["Uuid"] == str(uuid)


def test_from_dict_and_its_argument_leave_each_other_alone(thing: Any) -> None:
    wire = copy.deepcopy(THING) | {"Unknown": 1}
    decoded = thing.from_dict(wire)
    assert wire == THING | {"Unknown": 1}
    wire.clear()
    wire["Id"] = 9
    assert list(decoded.to_dict()) == [*THING, "Unknown"]
    decoded["More"] = 1
    decoded.id = 5
    assert wire == {"Id": 9}


@pytest.mark.parametrize(
    "duplicate",
    [
        copy.copy,
        copy.deepcopy,
        attrs.evolve,
        lambda value: pickle.loads(pickle.dumps(value)),
        lambda value: type(value).from_dict(value.to_dict()),
    ],
    ids=["copy", "deepcopy", "evolve", "pickle", "to_dict"],
)
def test_a_copy_is_equal_and_as_exact(thing: Any, unset: Any, duplicate: Any) -> None:
    wire = {"Unknown": 1, "Required": "/Date(0+0000)/", "Part": {"More": 2, **PART}, "Id": 1}
    decoded = thing.from_dict(wire)
    same = duplicate(decoded)
    assert same == decoded
    assert same.optional is unset
    assert json.dumps(same.to_dict()) == json.dumps(wire)


def test_models_that_hold_each_other_are_made(scratch_api: ModuleType, thing: Any) -> None:
    wire = {"Part": {"Whole": {"Part": {"Whole": {"Id": 1}}}}}
    decoded = thing.from_dict(wire)
    assert isinstance(decoded.part.whole.part, scratch_api.models.Part)
    assert decoded.to_dict() == wire


def test_fields_beside_those_of_another_object_are_there(scratch_api: ModuleType) -> None:
    part = scratch_api.models.NumberedPart.from_dict({"Number": 3, **PART})
    assert part.number == 3
    assert part.made == DATE
    assert "number (int): Its number." in part.__doc__


def test_secrets_and_what_was_received_are_not_in_the_repr(thing: Any) -> None:
    shown = repr(thing.from_dict({"Secret": "hush", "Required": "/Date(0+0000)/"}))
    assert "hush" not in shown
    assert "/Date" not in shown


def test_docstrings_come_from_the_specification(thing: Any) -> None:
    assert thing.__doc__.startswith("A thing.\n")
    assert "described (datetime.datetime | None | Unset): When it was described." in thing.__doc__
    assert "UNSET" in thing.from_dict.__doc__
