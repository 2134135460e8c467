"""Waiting for a restore, without waiting."""

from __future__ import annotations

import asyncio
import pickle
from typing import TYPE_CHECKING

import httpx
import pytest

from cloud_backup import AsyncCloudBackup, CloudBackup, NotFound, RestoreState, WaitTimeout

if TYPE_CHECKING:
    from tests.overlay.conftest import FakeService


def states(service: FakeService, *numbers: int) -> None:
    service.answer(
        "GET",
        "/restore/5",
        *({"RestoreId": 5, "BackupId": 1, "RestoreStateId": number} for number in numbers),
    )


@pytest.mark.parametrize(
    ("number", "state"),
    [(3, "Completed"), (8, "CompletedWithErrors"), (4, "Stopped"), (5, "Failed")],
)
def test_any_final_state_ends_it(
    service: FakeService, backup: CloudBackup, slept: list[float], number: int, state: str
) -> None:
    states(service, 6, 1, 9, 2, 7, number)

    assert backup.restores.wait(5).state == state
    assert slept == [5.0] * 5


def test_a_restore_that_is_done_is_not_waited_for(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    states(service, 3)

    assert backup.restores.wait(5).state is RestoreState.COMPLETED
    assert slept == []


def test_changes_are_told(service: FakeService, backup: CloudBackup) -> None:
    states(service, 6, 6, 1, 2, 2, 2, 77, 3)
    told: list[str] = []

    backup.restores.wait(5, on_change=lambda now: told.append(str(now.state)))

    assert told == ["StartRequested", "Queued", "InProgress", "77", "Completed"]


def test_the_waits_grow_while_nothing_changes(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    states(service, *[1] * 9, 2, 3)

    backup.restores.wait(5, poll_interval=1)

    assert slept[:3] == [1, 1.25, 1.5625]
    assert max(slept) == 4
    assert slept == [*sorted(slept[:-1]), 1]


def test_time_runs_out(service: FakeService, backup: CloudBackup, slept: list[float]) -> None:
    states(service, 1, 2)

    with pytest.raises(
        WaitTimeout, match=r"restore 5 is not done after 60\.\d s, but InProgress"
    ) as e:
        backup.restores.wait(5, timeout=60)

    assert sum(slept) == pytest.approx(60, abs=1)
    assert e.value.waited >= 60
    assert e.value.last.state is RestoreState.IN_PROGRESS
    assert pickle.loads(pickle.dumps(e.value)).last == e.value.last


def test_no_time_at_all_is_one_look(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    states(service, 1)

    with pytest.raises(WaitTimeout):
        backup.restores.wait(5, timeout=0)

    assert (len(service.seen), slept) == (1, [])


def test_what_fails_meanwhile_is_raised(service: FakeService, backup: CloudBackup) -> None:
    states(service, 1)
    service.answers["GET", "/restore/5"].append(httpx.Response(404))

    with pytest.raises(NotFound):
        backup.restores.wait(5)


def test_async(service: FakeService, async_backup: AsyncCloudBackup, slept: list[float]) -> None:
    states(service, 1, 2, 3)

    async def main() -> None:
        async with async_backup as backup:
            assert (await backup.restores.wait(5)).is_final

    asyncio.run(main())
    assert slept == [5, 5]
