"""What is done in a transaction is kept as a whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cloud_backup_emulator.errors import EmulatorError
from cloud_backup_emulator.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulator.conftest import MakeService, Service


@pytest.mark.parametrize("place", ["memory", "file"])
def test_nothing_is_kept_of_what_raises(place: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "emulator.db" if place == "file" else None)
    with store.transaction():
        first = store.next_id()

    def half_done() -> None:
        with store.transaction():
            store.next_id()
            store.set_setting("filled", "half")
            store.set_setting("clock", "1")
            raise KeyError("in the middle")

    with pytest.raises(KeyError):
        half_done()

    with store.transaction():
        assert store.setting("filled") is None
        assert store.setting("clock") is None
        assert store.next_id() == first + 1
    store.close()


RESTORE: dict[str, Any] = {
    "BackupId": 134691,
    "BackupMachineId": 252036,
    "DestinationMachineId": 252036,
    "DestinationPath": "/restored",
    "OverwriteFiles": False,
}


def test_an_answer_against_the_contract_undoes_the_call(
    make_service: MakeService, service: Service
) -> None:
    broken = make_service()
    broken.log_in()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cloud_backup_emulator.restores._answer", lambda *_: {"RestoreId": "none"})
        with pytest.raises(EmulatorError, match="createRestore 200"):
            broken.ask("PUT", "/restore", **RESTORE)

    # What was refused has taken no id, nor left a restore.
    assert broken.ask("PUT", "/restore", **RESTORE) == service.ask("PUT", "/restore", **RESTORE)
    assert broken.get("/activity") == service.get("/activity")
