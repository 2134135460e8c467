"""`cloud-backup drill`, against the emulator over TCP."""

from __future__ import annotations

import csv
import json
import signal
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from rich.console import Console

from cloud_backup import CloudBackup
from cloud_backup.commandline.commands import drill as drill_command
from cloud_backup.commandline.rendering.drill_progress import _Board
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup.drill import (
    DrillChange,
    DrillResult,
    Phase,
    PlannedConfiguration,
    Verdict,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline.conftest import CommandLine

BOTH = ("--configuration", "BackupConfig1", "--configuration", "172417")
RESTORABLE = {"restored", "too_old"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the journal goes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def restored(cloud: CommandLine) -> list[dict[str, Any]]:
    """The restores that were asked for."""
    return [
        entry["body"]
        for entry in cloud.emulator.requests
        if entry["operation"] == "createRestore" and entry["status"] == 200
    ]


def test_backups_that_can_be_restored_pass(cloud: CommandLine) -> None:
    ended = cloud.run("drill", *BOTH, "--yes")

    assert ended.exit_code == 0, ended.stderr
    assert "BackupConfig1 (172418)" in ended.stdout
    assert ended.stdout.count("restored  ") == 2
    # Nobody said how old a backup may be, so nothing is praised for its age.
    assert "No age was promised." in ended.stdout
    assert "--max-age" in ended.stderr
    assert "recent" not in ended.stdout + ended.stderr
    assert "BackupConfig1 of MBP0: restored" in ended.stderr
    assert "BackupCOnfig2 of MBP2: restored" in ended.stderr
    assert len(restored(cloud)) == 2
    for asked in restored(cloud):
        assert asked["DestinationPath"].startswith("/tmp/cloud-backup-drill/")
        assert asked["OverwriteFiles"] is False


def test_all_configurations_unless_chosen(cloud: CommandLine) -> None:
    ended = cloud.run("drill", "--yes", "-o", "json")

    assert ended.exit_code == 5
    verdicts = {
        result["configuration_id"]: result["verdict"]
        for result in json.loads(ended.stdout)["results"]
    }
    assert len(verdicts) == 11
    assert {name for name, verdict in verdicts.items() if verdict == "restored"} == {172417, 172418}
    assert "9 of 11 configurations need attention" in ended.stderr


def test_what_is_too_old_fails_and_is_restored_all_the_same(cloud: CommandLine) -> None:
    ended = cloud.run("drill", *BOTH, "--yes", "--max-age", "26h", "-o", "json")

    assert ended.exit_code == 5
    assert {r["verdict"] for r in json.loads(ended.stdout)["results"]} == {"too_old"}
    assert len(restored(cloud)) == 2


def test_check_only_restores_nothing_and_asks_nobody(cloud: CommandLine) -> None:
    with CloudBackup.from_environment(cloud.environment, sleep=cloud.emulator.advance) as backup:
        backup.backups.wait(backup.backups.start(172418), check=True)

    ended = cloud.run(
        "drill", "--check-only", "--max-age", "26h", "--configuration", "172418", "-o", "json"
    )

    assert ended.exit_code == 0, ended.stderr
    (result,) = json.loads(ended.stdout)["results"]
    assert result["verdict"] == "checked"
    assert restored(cloud) == []


def test_it_asks_before_it_begins(cloud: CommandLine) -> None:
    refused = cloud.run("drill", *BOTH)
    no = cloud.run("drill", *BOTH, typed="n\n")

    assert (refused.exit_code, no.exit_code) == (2, 1)
    assert "stays there" in no.stderr
    assert restored(cloud) == []
    assert cloud.run("drill", *BOTH, typed="y\n").exit_code == 0


def test_reports_are_written(cloud: CommandLine, own_folder: Path) -> None:
    kinds = {"html": "drill.html", "junit": "drill.xml", "json": "drill.json", "table": "drill.txt"}
    asked = [f"--report={kind}:{name}" for kind, name in kinds.items()]

    ended = cloud.run("drill", *BOTH, "--yes", *asked)

    assert ended.exit_code == 0, ended.stderr
    text = {kind: (own_folder / name).read_text("utf-8") for kind, name in kinds.items()}
    assert "BackupConfig1" in text["html"]
    assert ET.fromstring(text["junit"]).find(".//testcase") is not None
    assert len(json.loads(text["json"])["results"]) == 2
    assert text["table"] == ended.stdout


@pytest.mark.parametrize("report", ["pdf:x", "html", "html:", "html:nowhere/x.html", "html:."])
def test_a_report_that_cannot_be_is_refused_first(cloud: CommandLine, report: str) -> None:
    assert cloud.run("drill", *BOTH, "--yes", "--report", report).exit_code == 2
    assert cloud.emulator.requests == []


@pytest.mark.parametrize("output", ["yaml", "csv"])
def test_other_formats(cloud: CommandLine, output: str) -> None:
    ended = cloud.run("drill", *BOTH, "--yes", "-o", output)

    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout.count("172418") >= 1
    assert "restored" in ended.stdout


def test_formats_name_a_value_alike(cloud: CommandLine, own_folder: Path) -> None:
    chosen = ("drill", "--configuration", "172418", "--max-age", "26h", "--yes")
    again = ("--report", "json:drill.json", "-o", "csv")

    ended = cloud.run(*chosen, *again)

    (row,) = csv.DictReader(StringIO(ended.stdout))
    (result,) = json.loads((own_folder / "drill.json").read_text())["results"]
    assert set(row) == set(result)
    assert row["started"].endswith("Z")
    assert int(row["duration_seconds"]) > 0
    for name, value in result.items():
        assert row[name] == ("" if value is None else "[]" if value == [] else str(value)), name


def test_ages_alone_are_not_good_unless_one_is_promised(cloud: CommandLine) -> None:
    ended = cloud.run("drill", "--check-only", "--configuration", "172418")

    assert ended.exit_code == 5
    assert "not tested" in ended.stdout
    assert "old; no age was promised" in ended.stdout
    assert "--max-age" in ended.stderr


@pytest.mark.parametrize(
    ("options", "folder"),
    [
        ((), "/tmp/cloud-backup-drill or C:\\cloud-backup-drill on its own machine"),
        (BOTH, "/tmp/cloud-backup-drill on its own machine"),
        (("--agent", "mbp0"), "/tmp/cloud-backup-drill on its own machine"),
        (("--configuration", "148325"), "C:\\cloud-backup-drill on its own machine"),
        ((*BOTH, "--to", "web2"), "C:\\cloud-backup-drill on web2"),
        ((*BOTH, "--path", "D:\\drills"), "D:\\drills on its own machine"),
    ],
)
def test_the_prompt_names_the_folder_as_the_machine_writes_it(
    cloud: CommandLine, options: tuple[str, ...], folder: str
) -> None:
    asked = cloud.run("drill", *options, typed="n\n")

    assert f" below {folder}, and stays there." in asked.stderr


PLAN = """\
rotation: 7 days
selections:
  - name: web
    configurations: BackupConfig1
    max_age: 10000 days
    max_duration: 1 h 30 min
  - name: rest
    agents: [MBP0, "mbp*"]
    backup: random
    window: 365 days
"""


def test_a_plan(cloud: CommandLine, own_folder: Path) -> None:
    (own_folder / "drill.yaml").write_text(PLAN.replace("rotation: 7 days\n", ""))

    ended = cloud.run("drill", "--plan", "drill.yaml", "--yes", "-o", "json")

    report = json.loads(ended.stdout)
    told = {r["configuration_id"]: r["max_duration_seconds"] for r in report["results"]}
    assert told[172418] == 5400
    assert set(told.values()) == {5400, None}
    assert set(told) == {172417, 172418}
    assert report["max_age_seconds"] is None
    assert "web: 1 configurations; 1 tested in this drill" in ended.stderr
    assert ", 1 of them as an earlier selection says; " in ended.stderr
    assert "A backup of each configuration is restored in full to a new folder" in ended.stderr


def test_a_plan_takes_turns(cloud: CommandLine, own_folder: Path) -> None:
    (own_folder / "drill.yaml").write_text(PLAN)

    tested = [
        {
            result["configuration_id"]
            for result in json.loads(
                cloud.run("drill", "--plan", "drill.yaml", "--yes", "-o", "json").stdout
            )["results"]
        }
        for _ in range(2)
    ]

    assert all(tested)
    assert tested[0].isdisjoint(tested[1])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("window: 365", "windows: 365", "line 10: unknown name 'windows': did you mean 'window'?"),
        ("365 days", "400 days", "line 10: window must be 1 to 365 days"),
        ("1 h 30 min", "1:30", "line 6: expected something like 90s, 45m, 26h, 7 days or 1h30m"),
        ("1 h 30 min", "soon", "line 6: invalid duration 'soon'"),
        ("    window: 365 days\n", "", "line 7: window must be there"),
        ('"mbp*"]', '"mbp*"', "line 9: expected ',' or ']'"),
        ("name: rest", "name: rest\n    name: more", "line 8: 'name' is there twice"),
        ("rotation: 7", "rotation: 0.5", "line 1: rotation must be 1 day or more, not 12 h"),
        ("selections:", "selection:", "line 2: unknown name 'selection'"),
        (PLAN, "", "line 1: expected names with values, got nothing"),
        (PLAN, "- &a [*a]", "line 1: expected names with values, got a list"),
        ("7 days", "!!python/name:os.system", "line 1: could not determine a constructor"),
        ("web", "\0", "special characters are not allowed"),
    ],
)
def test_a_mistake_in_a_plan_is_told_with_its_line(
    cloud: CommandLine, own_folder: Path, old: str, new: str, told: str
) -> None:
    assert old in PLAN
    (own_folder / "drill.yaml").write_text(PLAN.replace(old, new, 1))

    ended = cloud.run("drill", "--plan", "drill.yaml", "--yes")

    assert ended.exit_code == 2
    assert f"drill.yaml: {told}" in ended.stderr or told in ended.stderr
    assert len(ended.stderr.splitlines()) <= 4
    assert cloud.emulator.requests == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('- {files: !!int ""}', "invalid value: "),
        ("- {path: 2026-13-45}", "invalid value: month must be in 1..12"),
        ('- {path: "a\\0b"}', "line 1: a text can't have a NUL character"),
        ("[" * 3000, "it is nested too deeply"),
        ("- {path: x, files: 99, files: 0}", "line 1: 'files' is there twice"),
    ],
)
@pytest.mark.parametrize("option", ["--plan", "--expect"])
def test_yaml_that_cannot_be_meant_is_refused(
    cloud: CommandLine, own_folder: Path, option: str, text: str, told: str
) -> None:
    (own_folder / "odd.yaml").write_text(text)

    ended = cloud.run("drill", option, "odd.yaml", "--yes")

    assert ended.exit_code == 2
    assert f"odd.yaml: {told}" in ended.stderr
    assert cloud.emulator.requests == []


def test_all_mistakes_of_a_plan_are_told_in_their_order(
    cloud: CommandLine, own_folder: Path
) -> None:
    text = PLAN.replace("7 days", "x").replace("1 h 30 min", "y").replace("365 days", "z")
    (own_folder / "drill.yaml").write_text(text)

    told = cloud.run("drill", "--plan", "drill.yaml", "--yes").stderr

    assert told.index("line 1: ") < told.index("line 6: ") < told.index("line 10: ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("BackupConfig1", "Nothing", "line 3: configuration 'Nothing' is not there"),
        ("[MBP0,", "[nowhere,", "line 7: agent 'nowhere' is not there"),
        ("    window", "    configurations: BackupConfig9*\n    window", "line 7: configuration"),
    ],
)
def test_a_selection_that_matches_nothing_is_told_with_its_line(
    cloud: CommandLine, own_folder: Path, old: str, new: str, told: str
) -> None:
    (own_folder / "drill.yaml").write_text(PLAN.replace(old, new))

    ended = cloud.run("drill", "--plan", "drill.yaml", "--yes")

    assert ended.exit_code == 4
    assert f"selection in {told}" in ended.stderr
    assert restored(cloud) == []


def test_a_plan_says_all_of_what_to_test(cloud: CommandLine, own_folder: Path) -> None:
    (own_folder / "drill.yaml").write_text(PLAN)

    ended = cloud.run("drill", "--plan", "drill.yaml", "--max-age", "26h", "--yes")
    missing = cloud.run("drill", "--plan", "nowhere.yaml", "--yes")

    assert (ended.exit_code, missing.exit_code) == (2, 2)
    assert "--plan says what to test" in ended.stderr
    assert "nowhere.yaml: No such file" in missing.stderr


def test_ctrl_c_ends_the_question(cloud: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: object, question: str) -> bool:
        signal.raise_signal(signal.SIGINT)
        return True

    monkeypatch.setattr(Invocation, "agrees", interrupted)

    ended = cloud.run("drill", *BOTH, typed="")

    assert ended.exit_code == 130
    assert restored(cloud) == []


@pytest.mark.parametrize("columns", [60, 100])
def test_the_table_fits_the_terminal(
    cloud: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    cloud.emulator.fault(
        operation="requestRestoreAction",
        outcome="CompletedWithErrors",
        errors=[{"ErrorDesc": "Access is denied.", "Path": "/var/lib/secret"}],
    )
    monkeypatch.setattr(drill_command, "_terminal_width", lambda: columns)

    ended = cloud.run("drill", *BOTH, "--yes")

    assert "- /var/lib/secret: Access is denied." in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= columns


def test_a_restore_that_fails(cloud: CommandLine) -> None:
    cloud.emulator.fault(operation="requestRestoreAction", outcome="Failed")

    ended = cloud.run("drill", "--configuration", "172418", "--yes", "-o", "json")

    assert ended.exit_code == 5
    assert json.loads(ended.stdout)["results"][0]["verdict"] == "restore_failed"


def test_another_machine_and_folder(cloud: CommandLine) -> None:
    ended = cloud.run("drill", *BOTH, "--yes", "--to", "MBP0", "--path", "/scratch")

    assert ended.exit_code == 0, ended.stderr
    assert {asked["DestinationMachineId"] for asked in restored(cloud)} == {252036}
    assert all(asked["DestinationPath"].startswith("/scratch/") for asked in restored(cloud))


def test_ctrl_c_stops_and_the_same_command_goes_on(cloud: CommandLine, own_folder: Path) -> None:
    looks = [0]

    def sleep(seconds: float) -> None:
        looks[0] += 1
        if looks[0] == 3:
            signal.raise_signal(signal.SIGINT)
        cloud.emulator.advance(seconds)

    cloud.sleep = sleep

    stopped = cloud.run("drill", *BOTH, "--yes", "--report", "json:drill.json")
    assert stopped.exit_code == 130
    assert "the same command resumes it from" in stopped.stderr
    assert json.loads((own_folder / "drill.json").read_text())["ended"] is None

    done = cloud.run("drill", *BOTH, "--yes")
    assert done.exit_code == 0, done.stderr
    assert len(restored(cloud)) == 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_drill_that_is_done_begins_anew(cloud: CommandLine) -> None:
    for _ in range(2):
        assert cloud.run("drill", *BOTH, "--yes").exit_code == 0

    assert len(restored(cloud)) == 4


def test_the_journal_of_another_drill_is_left_alone(cloud: CommandLine) -> None:
    def stop(_: float) -> None:
        signal.raise_signal(signal.SIGINT)

    cloud.sleep = stop
    assert cloud.run("drill", *BOTH, "--yes").exit_code == 130
    cloud.sleep = None

    other = cloud.run("drill", "--configuration", "172418", "--yes")

    assert other.exit_code == 2
    assert "--journal" in other.stderr
    assert cloud.run("drill", *BOTH, "--yes").exit_code == 0


def test_an_encrypted_backup_takes_its_passphrase_from_the_environment(
    cloud: CommandLine, own_folder: Path
) -> None:
    with CloudBackup.from_environment(cloud.environment, sleep=cloud.emulator.advance) as backup:
        backup.agents.enable_encryption(252036, "canary passphrase")
        backup.backups.wait(backup.backups.start(172418), check=True)
    chosen = ("drill", "--configuration", "172418", "--yes", "-o", "json")

    without = cloud.run(*chosen)
    cloud.environment["CLOUD_BACKUP_PASSPHRASE_252036"] = "canary passphrase"
    by_agent = cloud.run(*chosen)
    del cloud.environment["CLOUD_BACKUP_PASSPHRASE_252036"]
    cloud.environment["SECRET"] = "canary passphrase"
    by_option = cloud.run(*chosen, "--passphrase-env", "SECRET", "--debug")

    verdicts = [
        json.loads(ended.stdout)["results"][0]["verdict"]
        for ended in (without, by_agent, by_option)
    ]
    assert verdicts == ["not_tested", "restored", "restored"]
    shown = "".join(ended.stdout + ended.stderr for ended in (without, by_agent, by_option))
    assert "canary" not in shown + (own_folder / "cloud-backup-drill.jsonl").read_text()


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["--configuration", "nothing of the kind"], 4),
        (["--configuration", "99"], 4),
        (["--agent", "nowhere"], 4),
        (["--to", "nowhere"], 4),
        (["--max-age", "soon"], 2),
        (["--concurrency", "0"], 2),
        (["--path", " "], 2),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(
    cloud: CommandLine, arguments: list[str], exit_code: int
) -> None:
    ended = cloud.run("drill", "--yes", *arguments)

    assert ended.exit_code == exit_code, ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("cloud-backup: ")
    assert restored(cloud) == []


def test_a_report_that_cannot_be_written_loses_nothing(cloud: CommandLine) -> None:
    done = cloud.run(
        "drill", *BOTH, "--yes", "--report", "json:/dev/full", "--report", "html:drill.html"
    )

    assert done.exit_code == 1
    assert "BackupConfig1 (172418)" in done.stdout
    assert "/dev/full" in done.stderr
    assert "drill.html has the report" in done.stderr


def test_the_journal_is_no_report(cloud: CommandLine) -> None:
    done = cloud.run("drill", *BOTH, "--yes", "--journal", "j", "--report", "json:./j")

    assert done.exit_code == 2
    assert cloud.emulator.requests == []


def test_the_live_table_shows_names_as_they_are() -> None:
    planned = PlannedConfiguration(
        configuration_id=1,
        configuration_name="\x1b]0;title\x07[red]x",
        agent_id=2,
        machine="two\nlines",
        backup_time=None,
        is_encrypted=False,
        destination_id=2,
        destination_machine=None,
        path="/x",
    )
    result = DrillResult(
        configuration_id=1,
        configuration_name=None,
        agent_id=2,
        machine=None,
        verdict=Verdict.NO_BACKUP,
        reason="none",
    )
    board = _Board()
    console = Console(file=StringIO(), width=100, force_terminal=True, markup=False)
    board.note(DrillChange(planned=planned, phase=Phase.DONE, result=result))
    for number in range(30):
        running = evolve(planned, configuration_id=10 + number)
        board.note(DrillChange(planned=running, phase=Phase.RESTORING, state="InProgress"))

    console.print(board)

    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b]0" not in shown
    assert "[red]x" in shown
    assert "two lines" in shown
    assert shown.count("InProgress") == 20
    assert "30 running, 1 no_backup" in shown


def test_rows_that_passed_stay_in_the_live_table() -> None:
    board = _Board()
    console = Console(file=StringIO(), width=100, force_terminal=True, markup=False)
    for number in range(1, 41):
        verdict = Verdict.TOO_OLD if number % 10 == 0 else Verdict.PASSED
        planned = PlannedConfiguration(
            configuration_id=number,
            configuration_name=f"Backup {number}",
            agent_id=2,
            machine="web1",
            backup_time=None,
            is_encrypted=False,
            destination_id=2,
            destination_machine=None,
            path="/x",
        )
        result = DrillResult(
            configuration_id=number,
            configuration_name=None,
            agent_id=2,
            machine=None,
            verdict=verdict,
            reason="so",
            duration=timedelta(seconds=44),
        )
        if number < 38:
            board.note(DrillChange(planned=planned, phase=Phase.DONE, result=result))
        else:
            board.note(DrillChange(planned=planned, phase=Phase.RESTORING, state="InProgress"))

    console.print(board)

    shown = console.file.getvalue()  # type: ignore[attr-defined]
    rows = [line for line in shown.splitlines() if "web1" in line]
    assert len(rows) == 20
    assert sum("passed" in row for row in rows) == 14
    assert sum("too_old" in row for row in rows) == 3
    assert sum("InProgress" in row for row in rows) == 3
    assert "0:00:44" in rows[0]
