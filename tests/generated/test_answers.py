"""What the templates make of the objects that are received."""

import copy
import logging
import pickle
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, get_type_hints
from uuid import UUID

import pytest

from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.errors import UnexpectedAnswer
from cloud_backup.wire.view import View, rows

DATE = datetime(2013, 1, 2, 18, 29, 19, 123000, tzinfo=UTC)
TEXT = "/Date(1357151359123)/"
UUID_TEXT = "00c0ffee-0000-4000-8000-00000000abcd"


@pytest.fixture(name="thing")
def _thing(scratch_api: ModuleType) -> Any:
    return scratch_api.models.Thing


@pytest.mark.parametrize(
    ("wire", "name", "value", "expected"),
    [
        ("Required", "required", TEXT, DATE),
        ("Nullable", "nullable", TEXT, DATE),
        ("Nullable", "nullable", "/Date(-62135578800000)/", None),
        ("Described", "described", "/Date(1357151359123-0600)/", DATE),
        ("Inline", "inline", TEXT, DATE),
        ("Dates", "dates", [TEXT, None, "soon"], (DATE,)),
        ("Grid", "grid", [[TEXT], []], ((DATE,), ())),
        (
            "Expires",
            "expires",
            "2014-02-19T01:20:15Z",
            datetime(2014, 2, 19, 1, 20, 15, tzinfo=UTC),
        ),
        ("Uuid", "uuid", UUID_TEXT, UUID(UUID_TEXT)),
        ("Flag", "flag", "True", True),
        ("Size", "size", "3.5 KB", 3584),
        ("Length", "length", 2048, ByteSize(2048)),
        ("Duration", "duration", "26:00:01", timedelta(hours=26, seconds=1)),
        ("Count", "count", "17", 17),
        ("OwnerId", "owner_id", 5, 5),
        ("OwnerId", "owner_id", 0, None),
        ("Weight", "weight", 1.5, 1.5),
        ("Class", "class_", "a", "a"),
        ("Class", "class_", "", None),
        ("Self", "self_", "a", "a"),
    ],
)
def test_a_field_is_decoded_when_it_is_read(
    thing: Any, wire: str, name: str, value: object, expected: object
) -> None:
    found = getattr(thing({wire: value}), name)
    assert found == expected
    assert type(found) is type(expected) or isinstance(found, ByteSize)


def test_fields_are_typed(scratch_api: ModuleType, thing: Any) -> None:
    def kind(name: str) -> Any:
        return get_type_hints(getattr(thing, name).fget, vars(scratch_api.models.thing))["return"]

    part: Any = scratch_api.models.Part
    assert kind("id") is int
    assert kind("required") == datetime | None
    assert kind("dates") == tuple[datetime, ...]
    assert kind("size") == ByteSize | None
    assert kind("duration") == timedelta | None
    assert kind("colour") == scratch_api.models.Colour | str | None
    assert kind("part") == part | None
    assert kind("parts") == tuple.__class_getitem__((part, ...))


@pytest.mark.parametrize("value", [None, 1.5, True, "?", [], [1], {}, {"a": object()}])
def test_a_value_of_another_kind_hides_no_other(thing: Any, value: object) -> None:
    names = {name: name.title().replace("_", "") for name in thing.FIELDS}
    odd = thing({"Id": 1, **{wire: value for name, wire in names.items() if name != "id"}})
    for name in thing.FIELDS:
        getattr(odd, name)
    assert odd.id == 1


def test_an_unknown_member_of_an_enumeration_stays_what_it_is(
    scratch_api: ModuleType, thing: Any
) -> None:
    models = scratch_api.models
    known = thing({"Colour": "Red", "Level": 1, "Colours": ["Red", "Mauve"]})
    assert known.colour is models.Colour.RED
    assert known.level is models.Level.HIGH
    assert known.colours == (models.Colour.RED, "Mauve")
    unknown = thing({"Colour": "Mauve", "Level": 7})
    assert (unknown.colour, unknown.level) == ("Mauve", 7)


def test_a_state_says_whether_it_is_final(scratch_api: ModuleType, thing: Any) -> None:
    state = scratch_api.models.State
    assert [(each.is_final, each.is_successful) for each in state] == [
        (False, False),
        (True, True),
        (True, False),
    ]
    assert (thing({"State": "Done"}).is_final, thing({"State": "Done"}).is_successful) == (
        True,
        True,
    )
    for unknown in ({"State": "Lost"}, {"State": "InProgress"}, {}):
        assert not thing(unknown).is_final
        assert not thing(unknown).is_successful


def test_an_object_within_is_a_view(scratch_api: ModuleType, thing: Any) -> None:
    whole = thing({"Part": {"Whole": {"Part": {"Whole": {"Id": 1}}}}, "Parts": [{"Made": TEXT}, 5]})
    assert whole.part.whole.part.whole.id == 1
    assert [part.made for part in whole.parts] == [DATE]
    part = scratch_api.models.NumberedPart({"Number": 3, "Made": TEXT})
    assert (part.number, part.made) == (3, DATE)


def test_what_nobody_documented_is_kept(thing: Any) -> None:
    wire = {"Zebra": [1], "Id": 1, "Part": {"More": 2}}
    assert thing(wire).received is wire
    assert thing(wire).part.received["More"] == 2


def test_an_essential_field_that_is_missing_is_named(thing: Any) -> None:
    for wire, problem in (({}, "has no Id"), ({"Id": "one"}, "has an unreadable Id")):
        with pytest.raises(UnexpectedAnswer, match=f"getThing: the answer {problem}") as e:
            thing.checked(wire, "getThing")
        assert (e.value.operation, e.value.field) == ("getThing", "Id")


def test_no_row_hides_another(thing: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "cloud_backup"):
        found = rows(thing, [{"Id": 1}, {"Id": None}, "no", {"Id": 4}], "listThings")
    assert [each.id for each in found] == [1, 4]
    assert caplog.messages == [
        "listThings: row 1 is skipped: the answer has no Id",
        "listThings: row 2 is skipped: expected an object, got str",
    ]
    with pytest.raises(UnexpectedAnswer, match="listThings: expected a list, got dict"):
        rows(thing, {}, "listThings")


def test_it_is_a_mapping_of_its_fields(thing: Any) -> None:
    view = thing({"Id": 1, "Size": "1 KB", "Part": {"Made": TEXT}})
    fields = dict(view)
    assert list(fields) == list(thing.FIELDS)
    assert (fields["size"], fields["part"].made) == (1024, DATE)
    with pytest.raises(KeyError):
        view["Id"]
    told = view.to_dict()
    assert told["part"] == {"made": DATE, "whole": None}
    assert told["parts"] == []


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_a_copy_is_equal(thing: Any, duplicate: Any) -> None:
    view = thing({"Id": 1, "Unknown": 1})
    same = duplicate(view)
    assert same == view
    assert hash(same) == hash(view)
    assert same != thing({"Id": 1})
    assert view != {"Id": 1}


def test_it_shows_what_it_says_but_no_secret(thing: Any) -> None:
    shown = repr(thing({"Id": 1, "Secret": "hush", "Size": "1 KB", "Parts": []}))
    assert shown == "Thing(id=1, size=1024, secret='***')"


def test_docstrings_come_from_the_specification(thing: Any) -> None:
    assert thing.__doc__ == "A thing."
    assert thing.described.__doc__ == "When it was described."
    assert issubclass(thing, View)


def test_a_row_without_its_essential_object_is_skipped(scratch_api: ModuleType) -> None:
    kind = scratch_api.models.NumberedPart
    good: dict[str, Any] = {"Number": 1, "Piece": {}}

    assert kind.are_usual([good, good])
    assert rows(kind, [good, {"Piece": 5}, good], "list") == [kind(good), kind(good)]
