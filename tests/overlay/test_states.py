"""States: which of them last, and which of them are good."""

from __future__ import annotations

import doctest

import pytest

from cloud_backup import BackupState, RestoreState, encryption
from cloud_backup.states import is_final, is_successful

FINAL = {"Completed", "CompletedWithErrors", "Stopped", "Skipped", "Failed", "Missed"}


@pytest.mark.parametrize("state", [*BackupState, *RestoreState])
def test_states_know_what_they_are(state: BackupState | RestoreState) -> None:
    assert state.is_final == is_final(state.value) == (state in FINAL)
    assert state.is_successful == is_successful(state.value) == (state == "Completed")


def test_a_state_that_is_not_known_is_neither() -> None:
    assert not is_final("Pondering")
    assert not is_successful("Pondering")


def test_the_examples_in_docstrings_hold() -> None:
    tests = doctest.testmod(encryption)

    assert tests.attempted
    assert not tests.failed
