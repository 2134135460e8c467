"""Waiting for many backups or restores at once: few requests, whatever their number."""

from __future__ import annotations

import asyncio
import pickle
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.conftest import API_KEY, AUTH_URL

from cloud_backup import (
    AsyncCloudBackup,
    BackupFailed,
    CloudBackup,
    InvalidRequest,
    NotFound,
    RestoreChange,
    RestoreFailed,
    RestoreState,
    Retries,
    WaitTimeout,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService
    from tests.overlay.emulated import Emulated

STATE_IDS = {"Queued": 1, "InProgress": 2, "Completed": 3, "Failed": 5}


def row(job_id: int, state: str, kind: str = "Restore", **others: Any) -> dict[str, Any]:
    return {
        "ID": job_id,
        "Type": kind,
        "ParentId": 1,
        "DisplayName": "nightly",
        "IsBackupConfigurationDeleted": False,
        "SourceMachineAgentId": 7,
        "SourceMachineName": "web-01",
        "DestinationMachineAgentId": 7 if kind == "Restore" else 0,
        "DestinationMachineName": "web-01",
        "CurrentState": state,
        "TimeOfActivity": "/Date(1357151359000)/",
        **others,
    }


def restore(restore_id: int, state: str) -> dict[str, Any]:
    return {"RestoreId": restore_id, "BackupId": 1, "RestoreStateId": STATE_IDS[state]}


def looks(service: FakeService, *looks: dict[int, str]) -> None:
    service.answer(
        "GET", "/activity", *([row(job, state) for job, state in look.items()] for look in looks)
    )


def asked(service: FakeService) -> list[str]:
    return [f"{seen.method} {seen.url.partition('/1234')[2]}" for seen in service.seen]


@pytest.mark.parametrize("number", [4, 20, 2000])
def test_a_look_is_one_request_whatever_the_number(
    service: FakeService, backup: CloudBackup, number: int
) -> None:
    jobs = range(1, number + 1)
    looks(
        service,
        dict.fromkeys(jobs, "Queued"),
        {job: "InProgress" if job % 2 else "Completed" for job in jobs},
        dict.fromkeys(jobs, "Completed"),
    )

    ended = backup.restores.wait_all(jobs)

    assert [change.restore_id for change in ended] == list(jobs)
    assert {change.state for change in ended} == {RestoreState.COMPLETED}
    assert asked(service) == ["GET /activity"] * 3


def test_what_the_activity_does_not_tell_takes_turns(
    service: FakeService, backup: CloudBackup
) -> None:
    looks(service, {1: "Completed"})
    for job in range(2, 22):
        service.answer("GET", f"/restore/{job}", restore(job, "Completed"))

    ended = backup.restores.wait_all(range(1, 22))

    assert all(change.is_successful for change in ended)
    singles = [line for line in asked(service) if line != "GET /activity"]
    assert singles == [f"GET /restore/{job}" for job in range(2, 22)]
    # Five at each look.
    assert asked(service)[:7] == ["GET /activity", *singles[:5], "GET /activity"]


def test_each_change_is_told_once_and_in_order(service: FakeService, backup: CloudBackup) -> None:
    looks(
        service,
        {1: "Queued", 2: "Queued"},
        {1: "InProgress", 2: "Queued"},
        {1: "InProgress", 2: "Completed"},
    )
    # The one that is left is asked for itself.
    service.answer("GET", "/restore/1", restore(1, "InProgress"), restore(1, "Failed"))
    told: list[tuple[int, str, str | None]] = []

    ended = backup.restores.wait_all(
        [2, 1, 2],
        on_change=lambda change: told.append(
            (change.restore_id, str(change.state), change.previous)
        ),
    )

    assert told == [
        (2, "Queued", None),
        (1, "Queued", None),
        (1, "InProgress", "Queued"),
        (2, "Completed", "Queued"),
        (1, "Failed", "InProgress"),
    ]
    assert [change.restore_id for change in ended] == [2, 1, 2]


def test_none_at_all_is_no_request(service: FakeService, backup: CloudBackup) -> None:
    assert backup.restores.wait_all([]) == []
    assert asked(service) == []


def test_one_is_asked_for_itself(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/5", restore(5, "Queued"), restore(5, "Completed"))

    (ended,) = backup.restores.wait_all([5])

    assert ended.state is RestoreState.COMPLETED
    assert asked(service) == ["GET /restore/5"] * 2


def test_the_waits_grow_while_nothing_changes(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    still = {1: "InProgress", 2: "InProgress", 3: "InProgress"}
    looks(service, *[still] * 7, {**still, 1: "Completed"}, dict.fromkeys(still, "Failed"))

    backup.restores.wait_all(still, poll_interval=4)

    assert slept[0] == 4
    assert slept[:7] == sorted(slept[:7])
    assert slept[-1] == 4
    assert max(slept) <= 16


def test_a_deadline_says_where_things_stand(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    looks(service, {1: "InProgress", 2: "Completed", 3: "Queued"})

    with pytest.raises(WaitTimeout, match="2 of 3 restores are not done after 30") as e:
        backup.restores.wait_all([1, 2, 3], timeout=30)

    assert e.value.pending == {1: "InProgress", 3: "Queued"}
    assert e.value.states == {"InProgress": 1, "Completed": 1, "Queued": 1}
    assert sum(slept) == pytest.approx(30)
    assert pickle.loads(pickle.dumps(e.value)).pending == e.value.pending


def slow(service: FakeService, slept: list[float]) -> CloudBackup:
    """A client whose clock goes on while it sleeps."""
    return CloudBackup(
        "demo",
        API_KEY,
        auth_url=AUTH_URL,
        transport=service.transport(),
        sleep=slept.append,
        retries=Retries(clock=lambda: sum(slept)),
    )


def test_a_deadline_holds_for_calls_that_are_sent_again(
    service: FakeService, slept: list[float]
) -> None:
    broken = httpx.ConnectError("no route")
    service.answer("GET", "/restore/5", restore(5, "InProgress"), broken)
    looks(service, {1: "InProgress", 2: "InProgress"})

    with slow(service, slept) as backup:
        with pytest.raises(WaitTimeout, match="restore 5 is not done") as one:
            backup.restores.wait(5, timeout=12)
        assert one.value.last.state == "InProgress"
        assert sum(slept) == pytest.approx(12, abs=0.1)

        service.answer("GET", "/activity", broken)
        with pytest.raises(WaitTimeout, match="2 of 2 restores") as many:
            backup.restores.wait_all([1, 2], timeout=8)
        assert many.value.states == {"Unknown": 2}
    assert sum(slept) == pytest.approx(20, abs=0.2)


def test_what_fails_before_the_deadline_is_raised(service: FakeService, slept: list[float]) -> None:
    service.answer("GET", "/restore/5", restore(5, "InProgress"), httpx.Response(404))

    with slow(service, slept) as backup, pytest.raises(NotFound):
        backup.restores.wait(5, timeout=3600)


def test_agents_that_cannot_be_woken_do_not_end_the_wait(
    service: FakeService, backup: CloudBackup, caplog: pytest.LogCaptureFixture
) -> None:
    service.answer("POST", "/user/wakeupagents", httpx.Response(403))
    service.answer("POST", "/agent/wakeup", httpx.Response(403))
    looks(service, {1: "Completed", 2: "Completed"})

    assert len(backup.restores.wait_all([1, 2], wake=True)) == 2


def test_rows_that_are_of_no_use_are_left_out(
    service: FakeService, backup: CloudBackup, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [row(0, "Completed", "Cleanup"), row(1, "Completed"), {"ID": None}, row(2, "Completed")]
    service.answer("GET", "/activity", rows)

    assert [one.restore_id for one in backup.restores.wait_all([1, 2])] == [1, 2]
    assert [found.id for found in backup.activity.list()] == [1, 2]
    assert "listActivity: row 2 is skipped: the answer has no ID" in caplog.text


def test_agents_are_woken_at_first_and_every_seventy_seconds(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    looks(service, *[{1: "Queued", 2: "Queued"}] * 20, {1: "Completed", 2: "Completed"})

    backup.restores.wait_all([1, 2], wake=True, poll_interval=10)

    woken = [number for number, line in enumerate(asked(service)) if "/activity" not in line]
    assert woken[0] == 0
    # A look is at the most 40 seconds after the one before.
    times = [sum(slept[: number - turn]) for turn, number in enumerate(woken)]
    between = [later - sooner for sooner, later in pairwise(times)]
    assert len(between) > 3
    assert all(70 <= seconds < 70 + 40 for seconds in between)


def test_watching_stops_when_the_caller_does(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    looks(service, {1: "Queued", 2: "InProgress"})

    for change in backup.restores.watch([1, 2]):
        assert change.state == "Queued"
        break

    assert len(service.seen) == 1
    assert slept == []


def test_what_is_added_later_is_watched_too(service: FakeService, backup: CloudBackup) -> None:
    looks(
        service,
        {1: "Queued", 2: "Completed"},
        {1: "Completed", 2: "Completed", 3: "InProgress"},
        {3: "Completed"},
    )
    watcher = backup.restores.watcher()

    def look() -> list[tuple[int, str, str | None]]:
        return [(c.job_id, str(c.state), c.previous) for c in watcher.look()]

    assert look() == []
    assert asked(service) == []
    watcher.add(1, 2)
    assert look() == [(1, "Queued", None), (2, "Completed", None)]
    assert watcher.pending == [1]
    watcher.add(3)
    assert watcher.states == {1: "Queued", 2: "Completed", 3: "Unknown"}
    assert look() == [(1, "Completed", "Queued"), (3, "InProgress", None)]
    # One that is left is looked for in the activity all the same.
    assert look() == [(3, "Completed", "InProgress")]
    assert look() == []
    assert asked(service) == ["GET /activity"] * 3


def test_one_that_cannot_be_looked_at_hides_no_other(
    service: FakeService, backup: CloudBackup
) -> None:
    looks(service, {1: "Queued"})
    service.answer("GET", "/restore/2", httpx.Response(404))
    service.answer("GET", "/restore/3", restore(3, "Completed"))
    watcher = backup.restores.watcher()
    watcher.add(1, 2, 3)

    with pytest.raises(NotFound):
        watcher.look()
    failed: list[tuple[int, Exception]] = []
    changes = watcher.look(on_error=lambda restore_id, error: failed.append((restore_id, error)))

    assert {change.job_id: str(change.state) for change in changes} == {1: "Queued", 3: "Completed"}
    assert [(restore_id, type(error)) for restore_id, error in failed] == [(2, NotFound)]
    assert sorted(watcher.pending) == [1, 2]
    watcher.discard(2)
    assert watcher.pending == [1]


def test_a_look_that_fails_loses_nothing_that_it_saw(
    service: FakeService, backup: CloudBackup
) -> None:
    looks(service, {1: "Queued"}, {1: "Completed"})
    service.answer("GET", "/restore/2", restore(2, "Queued"), restore(2, "Completed"))
    service.answer("GET", "/restore/3", httpx.Response(404), restore(3, "Completed"))
    watcher = backup.restores.watcher()
    watcher.add(1, 2, 3)

    with pytest.raises(NotFound):
        watcher.look()
    changes = [(c.job_id, str(c.state), c.previous) for c in watcher.look()]

    assert changes == [
        (1, "Queued", None),
        (2, "Queued", None),
        (1, "Completed", "Queued"),
        (2, "Completed", "Queued"),
        (3, "Completed", None),
    ]
    assert watcher.look() == []


def test_what_a_last_look_that_failed_saw_is_told_all_the_same(
    service: FakeService, backup: CloudBackup
) -> None:
    looks(service, {1: "Completed"}, {})
    service.answer("GET", "/restore/2", httpx.Response(404))
    watcher = backup.restores.watcher()
    watcher.add(1, 2)

    with pytest.raises(NotFound):
        watcher.look()
    watcher.discard(2)

    assert [(change.job_id, change.state) for change in watcher.look()] == [(1, "Completed")]
    assert watcher.look() == []


def test_arguments_are_refused_before_anything_is_asked(
    service: FakeService, backup: CloudBackup
) -> None:
    calls: list[Callable[[], object]] = [
        lambda: backup.restores.watch([1], poll_interval=0),
        lambda: backup.restores.watch([0]),
        lambda: backup.restores.wait_all([1], poll_interval=-1),
        lambda: backup.backups.watch([True]),
        lambda: backup.backups.wait(1, poll_interval=float("nan")),
        lambda: backup.backups.wait(1, timeout=float("nan")),
        lambda: backup.restores.wait_all([1], timeout=-1),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"must be"):
            call()

    assert asked(service) == []


def test_backups_go_by_the_backup_of_the_activity(
    service: FakeService, backup: CloudBackup
) -> None:
    service.answer(
        "GET",
        "/activity",
        [
            row(11, "Completed", "Backup"),
            row(900, "Missed", "Backup", BackupId=12),
            row(12, "Queued", "Restore"),
        ],
    )

    ended = backup.backups.wait_all([11, 12])

    assert [(change.backup_id, str(change.state)) for change in ended] == [
        (11, "Completed"),
        (12, "Missed"),
    ]
    assert [change.is_successful for change in ended] == [True, False]


def test_the_latest_of_several_rows_counts(service: FakeService, backup: CloudBackup) -> None:
    service.answer(
        "GET",
        "/activity",
        [
            row(1, "Queued", TimeOfActivity="/Date(1357151350000)/"),
            row(1, "Completed", TimeOfActivity="/Date(1357151359000)/"),
            row(2, "Completed", TimeOfActivity="/Date(1357151359000)/"),
            row(2, "Queued", TimeOfActivity="/Date(1357151350000)/"),
        ],
    )

    assert all(change.is_successful for change in backup.restores.wait_all([1, 2]))


def test_a_state_nobody_knows_is_waited_out(service: FakeService, backup: CloudBackup) -> None:
    looks(service, {1: "Pondering", 2: "Queued"}, {1: "Completed", 2: "Completed"})
    told: list[str] = []

    backup.restores.wait_all(
        [1, 2], on_change=lambda change: told.append(change.state) if change.restore_id == 1 else 0
    )

    assert told == ["Pondering", "Completed"]


def test_a_change_travels(service: FakeService, backup: CloudBackup) -> None:
    looks(service, {1: "Completed", 2: "Completed"})
    change = backup.restores.wait_all([1, 2])[0]

    again = pickle.loads(pickle.dumps(change))

    assert again == change == RestoreChange(restore_id=1, state="Completed", previous=None)
    assert again.activity.display_name == "nightly"


def test_a_change_stands_for_its_restore(service: FakeService, backup: CloudBackup) -> None:
    looks(service, {1: "Completed", 2: "Completed"})
    service.answer("GET", "/restore/1", restore(1, "Completed"))

    assert backup.restores.get(backup.restores.wait_all([1, 2])[0]).restore_id == 1


def test_cancelling_stops_cleanly(service: FakeService, async_backup: AsyncCloudBackup) -> None:
    looks(service, {1: "InProgress", 2: "InProgress"})

    async def wait() -> int:
        async with async_backup as backup:
            waiting = asyncio.create_task(backup.restores.wait_all([1, 2]))
            for _ in range(10):
                await asyncio.sleep(0)
            assert service.seen
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            seen = len(service.seen)
            for _ in range(10):
                await asyncio.sleep(0)
            assert len(service.seen) == seen
            looks(service, {1: "Completed", 2: "Completed"})
            return len(await backup.restores.wait_all([1, 2]))

    assert asyncio.run(wait()) == 2


def restored(backup: CloudBackup, number: int) -> list[int]:
    """Create restores of the newest backup, start them, and name them."""
    newest = max(backup.restores.available(), key=lambda b: b.last_successful_backup_time)
    completed = backup.backups.completed(newest.backup_configuration_id)[0]
    made = [
        backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=completed.machine_agent_id,
            path=f"/restored/{turn}",
            overwrite=False,
        )
        for turn in range(number)
    ]
    for one in made:
        backup.restores.start(one)
    return [one.restore_id for one in made]


def test_against_the_emulator(emulated: Emulated) -> None:
    with emulated.client() as backup:
        started = restored(backup, 12)
        before = len(emulated.emulator.requests)

        ended = backup.restores.wait_all(started)

        assert [change.restore_id for change in ended] == started
        assert all(change.is_successful for change in ended)
        assert len(emulated.emulator.requests) - before == len(emulated.slept) + 1


def test_a_restore_that_fails_is_raised_with_its_report(emulated: Emulated) -> None:
    emulated.emulator.faults.add({"operation": "requestRestoreAction", "outcome": "Failed"})
    with emulated.client() as backup:
        (failed,) = restored(backup, 1)

        with pytest.raises(RestoreFailed, match=f"restore {failed} ended Failed") as e:
            backup.restores.wait(failed, check=True)

        assert e.value.last.state is RestoreState.FAILED
        assert e.value.report == backup.restores.report(failed)
        assert backup.restores.wait(failed).state == "Failed"


def test_a_backup_that_fails_is_raised_with_its_report(emulated: Emulated) -> None:
    emulated.emulator.faults.add(
        {"operation": "requestBackupAction", "outcome": "CompletedWithErrors"}
    )
    with emulated.client() as backup:
        newest = max(backup.restores.available(), key=lambda b: b.last_successful_backup_time)
        started = backup.backups.start(newest.backup_configuration_id)

        with pytest.raises(BackupFailed, match="CompletedWithErrors") as e:
            backup.backups.wait(started, check=True)

        assert e.value.report.state == "CompletedWithErrors"


def test_the_passphrase_of_an_encrypted_backup_is_encrypted_here(emulated: Emulated) -> None:
    passphrase = "canary of the passphrase"
    with emulated.client() as backup:
        backup.agents.enable_encryption(252036, passphrase)
        started = backup.backups.start(172418)
        backup.backups.wait(started, check=True)
        made = backup.restores.create(
            backup_id=started, source=252036, destination=252036, path="/restored", overwrite=False
        )

        for wrong in (None, "wrong"):
            with pytest.raises(InvalidRequest):
                backup.restores.start(made, passphrase=wrong)
        with pytest.raises(ValueError, match="not both"):
            backup.restores.start(made, passphrase=passphrase, encrypted_password="c0ffee")
        with pytest.raises(ValueError, match="empty"):
            backup.restores.start(made, passphrase="")
        backup.restores.start(made, passphrase=passphrase)

        assert backup.restores.wait(made, check=True).is_successful
        assert passphrase not in str(emulated.emulator.requests)


def test_a_passphrase_that_is_not_needed_is_not_sent(emulated: Emulated) -> None:
    with emulated.client() as backup:
        newest = next(found for found in backup.restores.available() if not found.is_encrypted)
        completed = backup.backups.completed(newest.backup_configuration_id)[0]
        made = backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=completed.machine_agent_id,
            path="/restored",
            overwrite=False,
        )

        backup.restores.start(made, passphrase="of something else")

        assert backup.restores.wait(made, check=True).is_successful
