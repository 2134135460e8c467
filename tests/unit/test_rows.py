"""Lists of answers: the quick look at all rows is as strict as the look at each."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.wire import view
from cloud_backup.wire.errors import UnexpectedAnswer
from cloud_backup_api import models
from cloud_backup_api.models import Activity, Agent, AvailableBackup

KINDS = [
    kind
    for kind in (getattr(models, name) for name in models.__all__)
    if issubclass(kind, view.View) and kind.ESSENTIAL
]


def wire_name(kind: type[view.View], name: str) -> str:
    with pytest.raises(UnexpectedAnswer) as e:
        getattr(kind({}), name)
    assert e.value.field is not None
    return e.value.field


PLAIN = st.sampled_from([5, "Backup", "/Date(1357151359000)/", "00:00:14"])
ODD = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["", "7", "x", 1.0, [], {}])


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_the_rows_that_can_be_read_are_there(kind: type[view.View], data: st.DataObject) -> None:
    values = dict.fromkeys([wire_name(kind, name) for name in kind.ESSENTIAL], PLAIN | ODD)
    whole = data.draw(st.lists(st.fixed_dictionaries(values), max_size=3))
    others = data.draw(st.lists(ODD | st.fixed_dictionaries({}, optional=values), max_size=1))
    readable = []
    for row in [*whole, *others]:
        try:
            readable.append(kind.checked(row, "list"))
        except UnexpectedAnswer:
            continue

    assert view.rows(kind, [*whole, *others], "list") == readable


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
