"""Lists of answers: the quick look at all rows is as strict as the look at each."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.wire import fields, view
from cloud_backup.wire.errors import UnexpectedAnswer
from cloud_backup_api.models import (
    Activity,
    ActivityType,
    Agent,
    AvailableBackup,
    RestoreState,
    RestoreStateId,
)

READERS = {
    name: getattr(fields, name)
    for name in fields.__all__
    if name not in {"array", "member", "numbered", "numeric_member"}
} | {
    "array": partial(fields.array, fields.text),
    "member": partial(fields.member, ActivityType),
    "numbered": partial(fields.numbered, RestoreStateId, RestoreState),
    "numeric_member": partial(fields.numeric_member, RestoreStateId),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@given(number=st.integers(min_value=1), text=st.text(min_size=1))
def test_what_reads_one_reads_all_that_are_usual(read: Any, number: int, text: str) -> None:
    if read(1) is not None:
        assert read(number) is not None
    if read("?") is not None:
        assert read(text) is not None


ODD = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["", "7", "x", 1.0, []])
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"ID": ODD, "Type": ODD, "DisplayName": ODD}) | ODD,
    max_size=4,
)
GOOD = st.lists(st.just({"ID": 5, "Type": "Backup"}), max_size=3)


@given(GOOD, ROWS)
def test_the_rows_that_can_be_read_are_there(good: list[Any], others: list[Any]) -> None:
    received = [*good, *others]
    readable = []
    for row in received:
        try:
            readable.append(Activity.checked(row, "listActivity"))
        except UnexpectedAnswer:
            continue

    assert view.rows(Activity, received, "listActivity") == readable


@pytest.mark.parametrize("kind", [Activity, Agent])
def test_usual_rows_are_not_looked_at_one_by_one(
    kind: type[view.View], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "checked", None)
    row = {"ID": 5, "MachineAgentId": 6, "Type": "Backup"}

    assert view.rows(kind, [row, row], "list") == [kind(row), kind(row)]


def test_a_date_that_is_essential_is_looked_at_in_each_row() -> None:
    row = {"BackupConfigurationId": 1, "MachineAgentId": 2}
    good = {**row, "LastSuccessfulBackupTime": "/Date(1357151359000)/"}
    none = {**row, "LastSuccessfulBackupTime": "/Date(-62135578800000)/"}

    assert view.rows(AvailableBackup, [good, none], "list") == [AvailableBackup(good)]


class Bare(view.View):
    FIELDS: ClassVar = ()
    __slots__ = ()


def test_rows_without_essential_fields() -> None:
    assert view.rows(Bare, [{}, 5, {"a": 1}], "list") == [Bare({}), Bare({"a": 1})]
    assert view.rows(Bare, [], "list") == []
