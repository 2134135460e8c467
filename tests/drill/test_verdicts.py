"""What a drill says about each configuration, and why."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from cloud_backup import AuthenticationError, CloudBackup, Retries, Unreachable
from cloud_backup.drill import (
    Drill,
    DrillChange,
    DrillOptions,
    DrillReport,
    Phase,
    UnknownChoice,
    drill,
)
from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.drill.reports import html_report, table_report
from cloud_backup_emulator import RunningEmulator

from .drill_world import PASSPHRASES, DrillWorld, agent, backup, configuration, verdicts

DAY = timedelta(hours=26)


def run(world: DrillWorld, **fields: Any) -> DrillReport:
    return drill(world.client(), **{"now": world.now, "passphrases": PASSPHRASES, **fields})


def one(report: DrillReport) -> Any:
    (result,) = report.results
    return result


def test_every_configuration_is_restored_and_judged(world: DrillWorld) -> None:
    report = run(world, max_age=DAY)

    assert verdicts(report) == {
        21: "restored",
        22: "too_old",
        23: "restored",
        24: "restored",
        25: "no_backup",
    }
    assert report.is_finished
    assert not report.is_good
    assert report.verdict_counts == {"no_backup": 1, "too_old": 1, "restored": 3}
    assert world.begun() == {21: 1, 22: 1, 23: 1, 24: 1}
    web, database, files = report.results[:3]
    assert (web.backup_id, web.state, web.age) == (32, "Completed", timedelta(hours=10))
    assert (web.files_restored or 0) > 0
    assert web.duration is not None
    assert database.restore_id is not None
    assert "1 d 16 h old, but 1 d 2 h was promised" in database.reason
    assert files.path == f"C:\\cloud-backup-drill\\{report.drill_id}\\23"
    assert web.path == f"/tmp/cloud-backup-drill/{report.drill_id}/21"


def test_a_drill_is_good_where_all_is(world: DrillWorld) -> None:
    report = run(world, configurations=[21, "Files"], max_age=DAY)

    assert verdicts(report) == {21: "restored", 23: "restored"}
    assert report.is_good


def test_nothing_is_overwritten_and_no_folder_is_used_twice(world: DrillWorld) -> None:
    run(world)
    run(world)

    restores = [world.client().restores.get(row["ID"]) for row in world.restores()]
    paths = [restore.destination_path for restore in restores]
    assert len(set(paths)) == len(paths) == 8
    assert {restore.overwrite_files for restore in restores} == {False}


def test_ages_alone_take_two_requests_and_one_for_each(world: DrillWorld) -> None:
    report = run(world, check_only=True, max_age=DAY)

    assert verdicts(report) == {
        21: "checked",
        22: "too_old",
        23: "checked",
        24: "checked",
        25: "no_backup",
    }
    assert world.transport.seen == [
        "GET /backup-configuration",
        "GET /backup/availableforrestore",
        *(f"GET /backup/completed/{number}" for number in range(21, 26)),
    ]
    assert world.created() == {}


def test_nothing_is_recent_enough_unless_an_age_is_promised(world: DrillWorld) -> None:
    checked = run(world, check_only=True, configurations=[22])
    restored = run(world, configurations=[22])

    assert verdicts(checked) == {22: "not_tested"}
    assert one(checked).reason == (
        "The newest backup is 1 d 16 h old; no age was promised, and no restore asked for."
    )
    assert verdicts(restored) == {22: "restored"}
    assert "It is 1 d 16 h old; no age was promised." in one(restored).reason
    for text in (table_report(restored), html_report(restored)):
        assert "recent" not in text
        assert "passed" not in text
    assert 'class="headline fair"' in html_report(restored)
    assert 'class="verdict fair"' in html_report(restored)


def test_agents_are_chosen_by_id_and_machine(world: DrillWorld) -> None:
    report = run(world, check_only=True, agents=["machine12", 13])

    assert list(verdicts(report)) == [23, 24]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"configurations": [99]}, "configuration"),
        ({"configurations": ["Weeb"]}, "configuration"),
        ({"agents": ["nobody"]}, "agent"),
        ({"destination": 99}, "destination"),
    ],
)
def test_an_unknown_choice_is_refused(
    world: DrillWorld, fields: dict[str, Any], what: str, tmp_path: Path
) -> None:
    journal = tmp_path / "drill.jsonl"
    with pytest.raises(UnknownChoice) as raised:
        run(world, journal=journal, **fields)

    assert raised.value.what == what
    # Nothing has been done, so the journal takes the right choice.
    assert run(world, journal=journal, check_only=True).is_finished


def test_a_deleted_configuration_is_left_out(world: DrillWorld) -> None:
    world.client().configurations.delete(21)

    assert 21 not in verdicts(run(world, check_only=True))


def test_all_can_be_restored_by_one_agent(world: DrillWorld) -> None:
    report = run(world, destination=12, path="D:\\drills")

    assert verdicts(report) == {**dict.fromkeys([21, 22, 23, 24], "restored"), 25: "no_backup"}
    assert {row["DestinationMachineAgentId"] for row in world.restores()} == {12}
    assert report.results[0].path == f"D:\\drills\\{report.drill_id}\\21"
    spans = sorted((r.started, r.ended) for r in report.results if r.started and r.ended)
    assert all(ended <= began for (_, ended), (began, _) in pairwise(spans))


def test_no_agent_restores_two_at_once(world: DrillWorld) -> None:
    on_11: dict[int, Phase] = {}

    def look(change: DrillChange) -> None:
        if change.planned.destination_id == 11:
            on_11[change.planned.configuration_id] = change.phase
            assert list(on_11.values()).count(Phase.RESTORING) <= 1

    run(world, on_change=look)

    assert on_11 == {21: "done", 22: "done", 25: "done"}


def test_no_more_run_at_once_than_asked_for(tmp_path: Path) -> None:
    numbers = range(1, 8)
    world = DrillWorld(
        tmp_path,
        {
            "agents": [agent(n) for n in numbers],
            "configurations": [configuration(n, n) for n in numbers],
            "backups": [backup(n, n) for n in numbers],
        },
    )
    running: set[int] = set()
    most: list[int] = []

    def look(change: DrillChange) -> None:
        (running.add if change.phase == "restoring" else running.discard)(
            change.planned.configuration_id
        )
        most.append(len(running))

    assert run(world, concurrency=3, on_change=look).is_good
    assert max(most) == 3


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [("Failed", "restore_failed"), ("CompletedWithErrors", "completed_with_errors")],
)
def test_a_restore_that_goes_wrong(world: DrillWorld, outcome: str, verdict: str) -> None:
    world.fault(
        operation="requestRestoreAction",
        outcome=outcome,
        errors=[{"ErrorDesc": "Access is denied.", "Path": "/var/lib/secret"}],
    )

    result = one(run(world, configurations=[21]))

    assert (result.verdict, result.state) == (verdict, outcome)
    assert result.errors == ("/var/lib/secret: Access is denied.",)
    assert result.error_count == 1
    assert outcome in result.reason


def test_a_restore_that_somebody_else_stops(world: DrillWorld) -> None:
    def stop(change: DrillChange) -> None:
        if change.state == "InProgress" and change.restore_id is not None:
            world.client().restores.stop(change.restore_id)

    result = one(run(world, configurations=[21], on_change=stop))

    assert (result.verdict, result.state) == ("restore_failed", "Stopped")


def test_a_sleeping_agent_is_woken(world: DrillWorld) -> None:
    assert one(run(world, configurations=[23])).verdict == "restored"
    assert world.transport.seen.count("POST /user/wakeupagents") == 1


def test_agents_that_are_awake_are_left_alone(world: DrillWorld) -> None:
    run(world, configurations=[21])

    assert "POST /user/wakeupagents" not in world.transport.seen


def dead_world(folder: Path) -> DrillWorld:
    return DrillWorld(
        folder,
        {
            "agents": [
                agent(11),
                *(agent(n, awake="never") for n in range(12, 32)),
                agent(41, IsDisabled=True),
            ],
            "configurations": [configuration(n, n) for n in (11, *range(12, 32), 41)],
            "backups": [backup(n, n) for n in (11, *range(12, 32), 41)],
        },
    )


def test_an_agent_that_is_off_holds_up_no_other(tmp_path: Path) -> None:
    world = dead_world(tmp_path)

    report = run(world, patience=timedelta(minutes=2), concurrency=2)

    found = verdicts(report)
    assert found.pop(11) == "restored"
    assert set(found.values()) == {"agent_offline"}
    assert "not online after" in report.results[1].reason
    assert "is disabled" in report.results[-1].reason
    assert world.created() == {11: 1}
    assert (world.now() - report.started) < timedelta(minutes=6)
    assert world.transport.seen.count("POST /user/wakeupagents") <= 5


def test_agents_that_are_off_are_looked_at_by_turns(tmp_path: Path) -> None:
    world = dead_world(tmp_path)
    looks: Counter[int] = Counter()

    def before(_: int, called: str) -> None:
        looks[len(world.slept)] += called.startswith("GET /agent/")

    world.transport.before = before
    run(world)

    # Eight that are off, the one that is on, and the one that is disabled.
    assert max(looks.values()) <= 10


def test_without_patience_one_look_is_enough(world: DrillWorld) -> None:
    result = one(run(world, configurations=[23], patience=timedelta(0)))

    assert result.verdict == "agent_offline"
    assert world.slept == []


def test_an_agent_that_is_not_ready_is_given_time(world: DrillWorld) -> None:
    world.fault(operation="requestRestoreAction", status=403, message="busy elsewhere", count=3)

    assert one(run(world, configurations=[21])).verdict == "restored"
    assert world.created() == {21: 1}


def test_an_agent_that_never_gets_ready(world: DrillWorld) -> None:
    world.fault(operation="requestRestoreAction", status=403, message="it is late", count=None)

    result = one(run(world, configurations=[21]))

    assert result.verdict == "agent_offline"
    assert "it is late" in result.reason
    assert world.begun() == {}


def test_a_user_who_may_not_is_told_so(world: DrillWorld) -> None:
    world.fault(operation="createRestore", status=403, message="not with your roles")

    result = one(run(world, configurations=[21]))

    assert result.verdict == "error"
    assert "not with your roles" in result.reason


def test_a_restore_that_takes_too_long_is_stopped(world: DrillWorld) -> None:
    report = run(world, configurations=[21, 22], deadline=timedelta(seconds=20))

    assert verdicts(report) == {21: "timed_out", 22: "timed_out"}
    assert {row["CurrentState"] for row in world.restores()} == {"Stopped"}


def test_a_restore_that_takes_too_long_and_does_not_stop(world: DrillWorld) -> None:
    world.fault(operation="requestRestoreAction", status=204, carried_out=True)  # the start
    world.fault(operation="requestRestoreAction", status=204, carried_out=False)  # the stop
    world.fault(operation="getRestoreReport", status=500, count=None)

    result = one(
        run(world, configurations=[21], deadline=timedelta(seconds=1), patience=timedelta(0))
    )

    assert result.verdict == "timed_out"
    assert "asked to stop, but is still" in result.reason


@pytest.mark.parametrize("status", [404, 500])
def test_a_report_that_is_late_is_waited_for(world: DrillWorld, status: int) -> None:
    world.fault(operation="getRestoreReport", status=status, count=3)

    result = one(run(world, configurations=[21]))

    assert result.verdict == "restored"
    assert result.files_restored is not None


@pytest.mark.parametrize("status", [404, 500])
def test_nothing_passes_without_a_report(world: DrillWorld, status: int) -> None:
    world.fault(operation="getRestoreReport", status=status, count=None)

    result = one(run(world, configurations=[21]))

    assert result.verdict == "error"
    assert "its report, which lists errors, isn't available" in result.reason
    assert world.created() == {21: 1}


def test_a_restore_that_failed_needs_no_report(world: DrillWorld) -> None:
    world.fault(operation="requestRestoreAction", outcome="Failed")
    world.fault(operation="getRestoreReport", status=500, count=None)

    assert one(run(world, configurations=[21])).verdict == "restore_failed"


def test_an_outage_says_nothing_about_the_agents(world: DrillWorld) -> None:
    began = world.now()

    def outage(number: int, called: str) -> None:
        del number
        if "/agent/" in called and world.now() - began < timedelta(minutes=8):
            raise httpx.ConnectError("no route")

    world.transport.before = outage

    report = run(world)

    assert set(verdicts(report).values()) <= {"restored", "no_backup", "too_old"}
    assert world.now() - began > timedelta(minutes=8)


def test_an_outage_of_the_agents_that_lasts_ends_the_drill(world: DrillWorld) -> None:
    def outage(number: int, called: str) -> None:
        del number
        if "/agent/" in called:
            raise httpx.ConnectError("no route")

    world.transport.before = outage

    with pytest.raises(Unreachable):
        run(world)


def test_a_short_outage_of_one_operation_passes(world: DrillWorld) -> None:
    world.fault(operation="listCompletedBackups", status=500, count=8)

    assert verdicts(run(world, configurations=[21, 23])) == {21: "restored", 23: "restored"}


def test_a_start_that_was_carried_out_is_not_taken_for_refused(world: DrillWorld) -> None:
    world.fault(operation="requestRestoreAction", status=503, carried_out=True)

    assert verdicts(run(world, configurations=[21, 22])) == {21: "restored", 22: "restored"}
    assert world.begun() == {21: 1, 22: 1}


def test_a_passphrase_is_asked_for(world: DrillWorld) -> None:
    asked: list[PlannedConfiguration] = []

    def passphrase(planned: PlannedConfiguration) -> str:
        asked.append(planned)
        return PASSPHRASES[planned.agent_id]

    report = run(world, configurations=[21, 24], passphrases=passphrase)

    assert verdicts(report) == {21: "restored", 24: "restored"}
    assert [planned.configuration_name for planned in asked] == ["Secrets"]


@pytest.mark.parametrize("passphrases", [None, {}, {12: "another agent's"}, lambda _: None])
def test_without_a_passphrase_nothing_is_restored(world: DrillWorld, passphrases: Any) -> None:
    result = one(run(world, configurations=[24], passphrases=passphrases))

    assert result.verdict == "not_tested"
    assert "no passphrase" in result.reason
    assert world.created() == {}


@pytest.mark.parametrize("passphrase", ["wrong", "", "x" * 300])
def test_a_wrong_passphrase_is_an_error(world: DrillWorld, passphrase: str) -> None:
    result = one(run(world, configurations=[24], passphrases={13: passphrase}))

    assert result.verdict == "error"
    assert "passphrase" in result.reason
    assert "xxx" not in result.reason


def test_another_agent_restores_what_is_encrypted(world: DrillWorld) -> None:
    assert one(run(world, configurations=[24], destination=11)).verdict == "restored"


def test_a_backup_that_is_gone_meanwhile(world: DrillWorld) -> None:
    client = world.client()
    client.backups.completed = lambda *_, **__: []  # type: ignore[method-assign]

    result = one(drill(client, now=world.now, configurations=[21]))

    assert result.verdict == "no_backup"
    assert world.created() == {}


@pytest.mark.parametrize("operation", ["listCompletedBackups", "createRestore", "getAgent"])
def test_what_goes_wrong_with_one_ends_no_other(world: DrillWorld, operation: str) -> None:
    world.fault(operation=operation, status=404, message="what is that?")

    found = verdicts(run(world))

    assert sorted(found.values()).count("error") in (1, 2)  # two are of one agent
    assert sorted(found.values()).count("restored") >= 2


def test_wrong_credentials_end_the_drill(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    world.fault(operation="createRestore", status=401, count=None)

    with pytest.raises(AuthenticationError):
        run(world, journal=journal)

    world.emulator.faults.clear()
    assert set(verdicts(run(world, journal=journal)).values()) == {"restored", "no_backup"}


def test_an_outage_is_sat_out(world: DrillWorld) -> None:
    looks = 0

    def before(number: int, called: str) -> None:
        nonlocal looks
        if called == "GET /activity":
            looks += 1
            if looks == 2:
                world.fault(operation="listActivity", status=503, count=40)

    world.transport.before = before

    assert one(run(world, configurations=[21])).verdict == "restored"


def test_an_outage_that_lasts_ends_the_drill(world: DrillWorld, tmp_path: Path) -> None:
    world.fault(operation="listActivity", status=503, count=None)
    journal = tmp_path / "drill.jsonl"

    with pytest.raises(Exception, match="listActivity: 503"):
        run(world, configurations=[21], journal=journal)

    world.emulator.faults.clear()
    assert one(run(world, configurations=[21], journal=journal)).verdict == "restored"
    assert world.created() == {21: 1}


@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize("operation", ["createRestore", "requestRestoreAction"])
def test_an_answer_that_is_lost(world: DrillWorld, operation: str, *, carried_out: bool) -> None:
    world.fault(operation=operation, status=500, carried_out=carried_out)

    assert one(run(world, configurations=[21])).verdict == "restored"
    assert world.created() == {21: 1}
    assert world.begun() == {21: 1}


def test_a_start_that_is_never_carried_out(world: DrillWorld) -> None:
    world.fault(operation="requestRestoreAction", status=500, count=None)

    result = one(run(world, configurations=[21]))

    assert result.verdict == "error"
    assert "3 times" in result.reason


def test_a_restore_that_the_activity_does_not_tell_about(world: DrillWorld) -> None:
    client = world.client()
    client.activity.list = list  # type: ignore[method-assign,assignment]

    report = drill(client, now=world.now, configurations=[21, 23])

    assert verdicts(report) == {21: "restored", 23: "restored"}


def test_a_drill_is_stopped_from_outside(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"

    def halt(change: DrillChange) -> None:
        if change.state == "Preparing":
            halted.stop()

    halted = Drill(
        world.client(), journal=journal, now=world.now, on_change=halt, passphrases=PASSPHRASES
    )
    report = halted.run()

    assert not report.is_finished
    assert not report.is_good
    assert "can be continued" in report.results[0].reason
    assert verdicts(report)[21] == "not_tested"
    begun = world.begun()

    report = run(world, journal=journal)

    assert verdicts(report)[21] == "restored"
    assert world.begun() == {**dict.fromkeys([21, 22, 23, 24], 1)} != begun


def test_a_drill_that_is_stopped_can_stop_its_restores(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"

    def halt(change: DrillChange) -> None:
        if change.state == "Preparing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(world, configurations=[21], journal=journal, on_change=halt, clean_up=True)
    world.sleep(10)
    result = one(run(world, configurations=[21], journal=journal))

    assert (result.verdict, result.state) == ("not_tested", "Stopped")
    assert world.created() == {21: 1}


@pytest.mark.parametrize(
    "fields",
    [
        {"max_age": timedelta(0)},
        {"concurrency": 0},
        {"deadline": timedelta(0)},
        {"patience": timedelta(seconds=-1)},
        {"poll_interval": 0},
        {"path": " "},
        {"path": "drills"},
        {"path": "drills\\here"},
        {"destination": 0},
    ],
)
def test_numbers_out_of_range_are_refused(world: DrillWorld, fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        run(world, **fields)

    assert world.transport.seen == []


def test_one_text_is_no_list_of_names() -> None:
    with pytest.raises(TypeError, match="several"):
        DrillOptions(configurations="Web")


def test_over_http_with_the_published_world(cloud_backup_emulator: RunningEmulator) -> None:
    with CloudBackup.from_environment(
        cloud_backup_emulator.environment,
        sleep=cloud_backup_emulator.advance,
        retries=Retries.off(),
    ) as client:
        report = drill(client, max_age=timedelta(days=1))

    assert {str(v): n for v, n in report.verdict_counts.items()} == {"no_backup": 9, "too_old": 2}
    assert [r.state for r in report.results if r.restore_id] == ["Completed", "Completed"]
    assert isinstance(report.ended, datetime)


def without(called: str, name: str, number: int) -> Any:
    """Make a service that leaves a field out of those rows of a list that have a number."""

    def lie(this: str, answer: Any) -> Any:
        if this != called:
            return answer
        return [
            {key: value for key, value in row.items() if key != name}
            if number in row.values()
            else row
            for row in answer
        ]

    return lie


@pytest.mark.parametrize("check_only", [False, True])
@pytest.mark.parametrize("number", [21, 25])
def test_an_available_backup_without_a_date_ends_no_drill(
    world: DrillWorld, number: int, *, check_only: bool
) -> None:
    world.transport.lie = without(
        "GET /backup/availableforrestore", "LastSuccessfulBackupTime", number
    )

    good = "checked" if check_only else "restored"
    assert verdicts(run(world, max_age=timedelta(hours=50), check_only=check_only)) == {
        **dict.fromkeys([21, 22, 23, 24], good),
        25: "no_backup",
    }


def test_a_completed_backup_without_a_date_concerns_one_configuration(world: DrillWorld) -> None:
    world.transport.lie = without("GET /backup/completed/21", "CompletedTime", 32)
    began = world.now()

    found = verdicts(run(world, configurations=[21, 23]))

    # Its other backup is older; which is the newest isn't known unless that one is left out.
    assert found.pop(23) == "restored"
    assert found[21] in ("error", "restored")
    assert world.now() - began < timedelta(minutes=5)


@pytest.mark.parametrize("number", [11, 12])
def test_an_agent_without_an_id_ends_no_drill(world: DrillWorld, number: int) -> None:
    world.transport.lie = without("GET /user/agents", "MachineAgentId", number)

    report = run(world, configurations=[21, 23])

    assert verdicts(report) == {21: "restored", 23: "restored"}
    # How a Windows machine writes a path is known all the same.
    assert (report.results[1].path or "").startswith("C:\\cloud-backup-drill\\")
    assert verdicts(run(world, configurations=[21], destination=12)) == {21: "restored"}
