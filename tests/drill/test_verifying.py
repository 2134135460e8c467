"""What a drill verifies of real files: damages are found, and nothing honest is called bad."""

import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cloud_backup.drill import (
    Drill,
    DrillChange,
    DrillOptions,
    DrillReport,
    DrillResult,
    Expectation,
    NotVerifiable,
    Phase,
    Verify,
)
from cloud_backup.drill.expectations import Observed
from cloud_backup.drill.manifest import read_manifest, write_manifest
from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.drill.program import running

from . import corruptions
from .drill_world import START, Killed
from .real_files import PASSPHRASE, RealWorld, fill

pytestmark = pytest.mark.skipif(
    os.open not in os.supports_dir_fd, reason="this system can't keep to a folder"
)

HONEST = 200


@pytest.fixture
def world(tmp_path: Path) -> Any:
    """One configuration on each of two agents, backed up."""
    made = RealWorld(tmp_path, {21: 11, 22: 12})
    for number in made.configurations:
        (made.source(number) / "sub").mkdir(parents=True)
        (made.source(number) / "a.txt").write_bytes(b"a" * 10)
        (made.source(number) / "sub/b.txt").write_bytes(b"b" * 20)
        for file in made.source(number).rglob("*.txt"):
            os.utime(file, (1, START.timestamp() - 3600))
    made.back_up()
    yield made
    made.emulator.close()


def one(report: DrillReport) -> DrillResult:
    (result,) = report.results
    return result


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def test_every_damage_is_found(tmp_path: Path) -> None:
    results = corruptions.found(tmp_path)

    assert len(results) == 35
    for name, result in results.items():
        assert result.verdict == "verification_failed", name
        assert result.state == "Completed", name
        assert result.error_count == 0, name
        assert result.verification is not None
        assert result.verification.comparison is not None
        assert result.verification.comparison.differences, name
    assert "1 file different, such as a.txt" in results["a bit flipped"].reason
    assert "are as in the manifest" in results["a bit flipped"].reason


def test_honest_restores_pass(tmp_path: Path) -> None:
    of = {number: 11 + number % 10 for number in range(100, 100 + HONEST)}
    world = RealWorld(tmp_path, of, [11, 12])
    for number in of:
        fill(world.source(number), Random(number))
    world.back_up()

    report = world.drill()
    world.emulator.close()

    bad = {
        result.configuration_id: result.reason for result in report.results if not result.is_good
    }
    assert bad == {}
    assert report.verdict_counts == {"passed": HONEST}


def test_what_is_proven_is_told(world: RealWorld) -> None:
    result = one(world.drill(configurations=[21]))

    assert result.verdict == "passed"
    assert "all 2 files and 1 folder, 30 bytes, are as in the manifest" in result.reason
    found = result.verification
    assert found is not None
    assert found.verified_by == "manifest"
    assert found.comparison is not None
    assert (found.comparison.same.files, found.comparison.same.size) == (2, 30)
    assert found.folder is not None
    assert found.folder.endswith("/21/data/21")
    assert found.manifest is not None
    assert found.manifest_sha256 == sha256(Path(found.manifest).read_bytes()).hexdigest()
    assert found.duration > timedelta(0)


def test_a_manifest_without_a_file_proves_nothing(world: RealWorld) -> None:
    manifest = world.folder / "manifests/21"
    shutil.rmtree(world.source(21))
    world.source(21).mkdir()
    with manifest.open("w", encoding="utf-8") as file:
        write_manifest(world.source(21), file, name="/data/21")
    empty = manifest.read_text()

    with pytest.raises(NotVerifiable, match="no file is in it, so it proves nothing"):
        world.drill(configurations=[21])

    # It may as well become so after the drill was planned.
    manifest.write_text((world.folder / "manifests/22").read_text().replace("/22", "/21", 1))
    result = one(world.drill({21: lambda _: manifest.write_text(empty)}, configurations=[21]))
    assert result.verdict == "verification_error"
    assert "no file is in it, so it proves nothing" in result.reason


def test_a_manifest_of_another_folder_is_suspected(world: RealWorld) -> None:
    manifest = world.folder / "manifests/21"
    manifest.write_text(manifest.read_text().replace("/data/21", "/srv/21", 1))

    result = one(world.drill(configurations=[21]))

    assert result.verdict == "verification_failed"
    assert "/srv/21 isn't what was expected" in result.reason
    assert "so is the manifest of another one?" in result.reason


def test_what_is_verified_may_be_too_old(world: RealWorld) -> None:
    world.emulator.advance(3 * 86400)

    good, bad = world.drill({22: shutil.rmtree}).results

    assert good.verdict == "too_old"
    assert "but 2 d was promised. It was restored without errors. It was verified" in good.reason
    assert bad.verdict == "verification_failed"


def test_what_is_restored_with_errors_is_verified_too(world: RealWorld) -> None:
    def lie(called: str, answer: Any) -> Any:
        if called.startswith("GET /restore/report"):
            error = {"ErrorDesc": "Access is denied.", "Path": "/data/21/a.txt"}
            return {**answer, "NumErrors": 1, "ErrorList": [error]}
        return answer

    world.transport.lie = lie

    whole, damaged = world.drill({22: shutil.rmtree}).results

    assert whole.verdict == "completed_with_errors"
    assert "It was verified: all 2 files" in whole.reason
    assert damaged.verdict == "verification_failed"


def test_what_the_manifest_left_out_is_not_looked_for(world: RealWorld) -> None:
    manifest = world.folder / "manifests/21"
    lines = manifest.read_text().splitlines()
    header = {**json.loads(lines[0]), "exclude": ["b*", "sub/b.txt"]}
    manifest.write_text("\n".join([json.dumps(header), *lines[1:3], '{"entries": 2}']))

    assert json.loads(lines[2])["path"] == "sub"
    assert one(world.drill(configurations=[21])).verdict == "passed"


def cut(manifest: Path) -> None:
    manifest.write_text("\n".join(manifest.read_text().splitlines()[:-1]))


def anonymous(manifest: Path) -> None:
    header, *rest = manifest.read_text().splitlines()
    known = {name: value for name, value in json.loads(header).items() if name != "folder"}
    manifest.write_text("\n".join([json.dumps(known), *rest]))


def hollow(manifest: Path) -> None:
    manifest.write_text("\n".join([manifest.read_text().splitlines()[0], '{"entries": 0}']))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (cut, "manifests/22: line 5 is missing"),
        (Path.unlink, "manifests/22: No such file or directory"),
        (anonymous, "doesn't say which folder it is of"),
        (hollow, "no file is in it, so it proves nothing"),
        (lambda manifest: manifest.write_bytes(b"\xff"), "manifests/22: line 1 can't be read"),
    ],
)
def test_a_manifest_that_is_no_good_is_refused_before_anything_is_restored(
    world: RealWorld, spoil: Callable[[Path], object], problem: str, tmp_path: Path
) -> None:
    journal = tmp_path / "drill.jsonl"
    spoil(world.folder / "manifests/22")

    with pytest.raises(NotVerifiable, match=problem):
        world.drill(journal=journal)

    assert world.created() == {}
    # Whatever it takes to set it right, the same journal will do.
    assert one(world.drill(journal=journal, configurations=[21])).verdict == "passed"


@pytest.mark.parametrize(
    ("others", "problem"),
    [
        ({"folder": Path("/nowhere")}, "/nowhere isn't a folder on this machine"),
        ({"command": ("no-such-command-anywhere",)}, "no-such-command-anywhere isn't there"),
    ],
)
def test_what_can_not_verify_is_refused_before_anything_is_restored(
    world: RealWorld, others: dict[str, Any], problem: str
) -> None:
    with pytest.raises(NotVerifiable, match=problem):
        world.drill(verify=world.verify(**others))

    assert world.created() == {}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({}, "needs a manifest, expectations or a command"),
        ({"command": ["true"], "time_limit": timedelta(0)}, "time_limit must be above 0"),
    ],
)
def test_what_can_not_be_meant_is_refused(options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Verify(**options)
    with pytest.raises(TypeError, match="command must be several texts"):
        Verify(command="true")
    with pytest.raises(ValueError, match="check_only restores nothing"):
        DrillOptions(check_only=True, verify=Verify(command=("true",)))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda folder: cut(folder.parents[6] / "manifests/21"), "manifests/21: line 5 is missing"),
        (lambda folder: shutil.rmtree(folder.parents[3]), "isn't a folder on this machine"),
        (lambda folder: folder.parents[1].rename(folder.parents[2] / "x"), None),
    ],
)
def test_what_goes_wrong_while_it_is_verified_is_an_error(
    world: RealWorld, spoil: Callable[[Path], object], problem: str | None
) -> None:
    result = one(world.drill({21: spoil}, configurations=[21]))

    if problem is None:
        # The drill's folder is there, but not what was restored.
        assert result.verdict == "verification_failed"
        return
    assert result.verdict == "verification_error"
    assert "It couldn't be verified: " in result.reason
    assert problem in result.reason


def test_a_command_says_whether_it_is_good(world: RealWorld) -> None:
    code = (
        "import os, sys; print('seen'); sys.exit(os.environ['CLOUD_BACKUP_MACHINE'] != sys.argv[1])"
    )
    verify = Verify(command=python(code, "machine11"))

    good, bad = world.drill(verify=verify).results

    assert (good.verdict, bad.verdict) == ("passed", "verification_failed")
    assert good.verification is not None
    assert (good.verification.exit_code, good.verification.output) == (0, "seen\n")
    assert good.verification.verified_by == "command"
    assert "the command ended with exit code 0" in good.reason
    assert "the command ended with exit code 1: seen" in bad.reason


def test_a_command_knows_the_restore_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("RS_API_KEY", "CLOUD_BACKUP_PASSPHRASE_11", "MY_OWN"):
        monkeypatch.setenv(name, PASSPHRASE)
    monkeypatch.setenv("HARMLESS", "1")
    (tmp_path / "more").mkdir()
    encrypted = RealWorld(tmp_path / "more", {21: 11}, [11])
    encrypted.source(21).mkdir(parents=True)
    (encrypted.source(21) / "a").write_bytes(b"a")
    encrypted.back_up()
    code = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ)]))"
    words = ("{configuration}", "{destination}", "{path}", "{restore}", "{backup}", "{other}")

    result = one(encrypted.drill(verify=Verify(command=python(code, *words))))
    encrypted.emulator.close()

    assert result.verification is not None
    assert PASSPHRASE not in result.verification.output
    arguments, environment = json.loads(result.verification.output)
    known = [21, 11, result.path, result.restore_id, result.backup_id]
    assert arguments == [*map(str, known), "{other}"]
    assert environment["HARMLESS"] == "1"
    assert {name: value for name, value in environment.items() if name.startswith("CLOUD_B")} == {
        "CLOUD_BACKUP_BACKUP_ID": str(result.backup_id),
        "CLOUD_BACKUP_BACKUP_TIME": result.to_json()["backup_time"],
        "CLOUD_BACKUP_CONFIGURATION_ID": "21",
        "CLOUD_BACKUP_CONFIGURATION_NAME": "Data 21",
        "CLOUD_BACKUP_DESTINATION_MACHINE": "machine11",
        "CLOUD_BACKUP_MACHINE": "machine11",
        "CLOUD_BACKUP_PATH": result.path,
        "CLOUD_BACKUP_RESTORE_ID": str(result.restore_id),
    }


def test_what_a_command_prints_is_kept_to_its_end_and_printable(world: RealWorld) -> None:
    code = (
        "print('x' * 100_000 + '\\x1b[31m\\a end'); import sys; print('on stderr', file=sys.stderr)"
    )

    result = one(world.drill(configurations=[21], verify=Verify(command=python(code))))

    assert result.verification is not None
    output = result.verification.output
    assert len(output) <= 4096
    assert "\x1b" not in output
    assert "\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER} end" in output
    assert "on stderr" in output


def test_a_command_is_killed_at_its_time_limit_with_all_it_started(
    world: RealWorld, tmp_path: Path
) -> None:
    code = (
        "import os, subprocess, sys, pathlib\n"
        "sleeper = subprocess.Popen(['sleep', '1000'])\n"
        "pathlib.Path(sys.argv[1]).write_text(str(sleeper.pid))\n"
        "print('under way', flush=True)\n"
        "sleeper.wait()\n"
    )
    pid = tmp_path / "pid"
    limit = timedelta(seconds=3)

    began = time.monotonic()
    verify = Verify(command=python(code, str(pid)), time_limit=limit)
    result = one(world.drill(configurations=[21], verify=verify))

    assert time.monotonic() - began < 60
    assert result.verdict == "verification_error"
    assert "it wasn't done within its time limit, 3 s" in result.reason
    assert result.verification is not None
    assert (result.verification.exit_code, result.verification.output) == (None, "under way\n")
    assert is_gone(int(pid.read_text()))


def is_gone(pid: int) -> bool:
    """Whether a process has ended; init may not have reaped it yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


LISTS = (
    "import sys; from cloud_backup.drill.manifest import write_manifest\n"
    "write_manifest(sys.argv[1] + sys.argv[2], sys.stdout, name=sys.argv[3])\n"
)


def test_a_command_on_the_other_machine_prints_what_is_there(world: RealWorld) -> None:
    # As `ssh HOST cloud-backup manifest {path}` does.
    command = python(LISTS, f"{world.folder}/{{destination}}", "{path}", "{path}")
    verify = world.verify(folder=None, command=command)

    good, bad = world.drill({22: lambda folder: (folder / "a.txt").unlink()}, verify=verify).results

    assert (good.verdict, bad.verdict) == ("passed", "verification_failed")
    assert good.verification is not None
    assert good.verification.verified_by == "manifest+command"
    assert good.verification.folder is None
    assert "1 file missing, such as a.txt" in bad.reason


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (python("print('nonsense')"), "the command doesn't print a manifest: line 1 can't be read"),
        (python("import sys; sys.exit('ssh: no route')"), "line 1 can't be read"),
        # What was backed up is not what was restored.
        (
            python(LISTS, "{live}", "", "/data/21"),
            "prints a manifest of /data/21, not of /tmp/cloud",
        ),
    ],
)
def test_a_command_that_prints_something_else_proves_nothing(
    world: RealWorld, command: tuple[str, ...], problem: str
) -> None:
    words = tuple(word.replace("{live}", str(world.source(21))) for word in command)
    verify = world.verify(folder=None, command=words)

    result = one(world.drill(configurations=[21], verify=verify))

    assert result.verdict == "verification_error"
    assert problem in result.reason
    assert result.verification is not None
    assert result.verification.exit_code is not None


def test_the_manifest_here_and_a_command_both_must_agree(world: RealWorld) -> None:
    verify = world.verify(command=python("import sys; sys.exit(3)"))

    result = one(world.drill(configurations=[21], verify=verify))

    assert result.verdict == "verification_failed"
    assert result.verification is not None
    assert result.verification.verified_by == "manifest+command"
    assert result.verification.comparison is not None
    assert result.verification.comparison.is_same
    assert "the command ended with exit code 3: it printed nothing" in result.reason


def age(folder: Path) -> None:
    for file in folder.rglob("*.txt"):
        os.utime(file, (1, 1))


def test_expectations_are_held_against_what_was_restored(world: RealWorld) -> None:
    verify = Verify(
        folder=world.verify().folder,
        expectations=[
            Expectation(path="/data/21", files=2, size=30, readable=True, not_empty=True),
            Expectation(path="*.txt", newest=timedelta(hours=26)),
        ],
    )

    result = one(world.drill(configurations=[21], verify=verify))
    stale = one(
        world.drill(
            {21: age},
            configurations=[21],
            verify=verify,
        )
    )

    assert result.verdict == "passed", result.reason
    assert stale.verdict == "verification_failed"
    assert "expected *.txt: changed at most 1 d 2 h before the backup, but found" in stale.reason


def test_a_verification_that_was_cut_off_is_done_again(world: RealWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"

    def kill(change: DrillChange) -> None:
        if change.phase is Phase.VERIFYING:
            raise Killed

    with pytest.raises(Killed):
        world.drill(journal=journal, on_change=kill)
    report = world.drill(journal=journal)

    assert report.verdict_counts == {"passed": 2}
    assert set(world.begun().values()) == {1}
    assert journal.read_text().count('"kind": "restored"') == 2


def test_a_verification_that_was_done_is_not_done_again(world: RealWorld, tmp_path: Path) -> None:
    journal, log = tmp_path / "drill.jsonl", tmp_path / "log"
    code = "import sys; file = open(sys.argv[1], 'a'); file.write(sys.argv[2] + ' ')"
    verify = Verify(command=python(code, str(log), "{configuration}"))
    done: list[str] = []

    def kill(change: DrillChange) -> None:
        if change.phase is Phase.DONE:
            done.append(str(change.planned.configuration_id))
            raise Killed

    with pytest.raises(Killed):
        world.drill(journal=journal, on_change=kill, verify=verify)
    report = world.drill(journal=journal, verify=verify)

    assert report.verdict_counts == {"passed": 2}
    assert log.read_text().split().count(done[0]) == 1


def test_a_drill_that_is_stopped_stops_verifying(world: RealWorld, tmp_path: Path) -> None:
    options = DrillOptions(configurations=[21], verify=Verify(command=("sleep", "1000")))

    def stop(change: DrillChange) -> None:
        if change.phase is Phase.VERIFYING:
            drill.stop()

    drill = Drill(
        world.client(),
        options,
        journal=tmp_path / "j",
        on_change=stop,
        monotonic=world.monotonic,
        now=world.now,
    )
    result = one(drill.run())

    assert result.verdict == "not_tested"
    assert result.state == "Completed"
    assert "With its journal it can be continued." in result.reason


def test_others_are_restored_while_one_is_verified(world: RealWorld, tmp_path: Path) -> None:
    told: list[tuple[int, Phase]] = []
    go = tmp_path / "go"
    code = (
        "import os, sys, time\n"
        "while sys.argv[2] == '21' and not os.path.exists(sys.argv[1]):\n"
        "    time.sleep(0.01)\n"
    )

    def note(change: DrillChange) -> None:
        told.append((change.planned.configuration_id, change.phase))
        if told[-1] == (22, Phase.DONE):
            go.touch()

    report = world.drill(
        on_change=note,
        verify=Verify(command=python(code, str(go), "{configuration}")),
        concurrency=1,
    )

    assert report.verdict_counts == {"passed": 2}
    assert told.index((22, Phase.DONE)) < told.index((21, Phase.DONE))


def test_a_journal_goes_on_only_with_the_same_verification(
    world: RealWorld, tmp_path: Path
) -> None:
    journal = tmp_path / "drill.jsonl"
    with pytest.raises(Killed):
        world.drill(journal=journal, on_change=lambda _: (_ for _ in ()).throw(Killed))

    with pytest.raises(Exception, match=r"verify is .* in the journal, None now"):
        world.drill(journal=journal, verify=None)


HOLDS_ITS_OUTPUT = (
    "import pathlib, subprocess, sys, time\n"
    "held = subprocess.Popen(['sleep', '40'], start_new_session=True)\n"
    "pathlib.Path(sys.argv[1]).write_text(str(held.pid))\n"
    "time.sleep(40)\n"
)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Path]:
    """A file for the id of a process that is to be ended after the test."""
    file = tmp_path / "holder"
    yield file
    with suppress(ProcessLookupError):
        os.kill(int(file.read_text()), signal.SIGKILL)


def test_a_time_limit_holds_whoever_keeps_the_output_open(world: RealWorld, holder: Path) -> None:
    command = python(HOLDS_ITS_OUTPUT, str(holder))
    verify = Verify(
        manifest=world.verify().manifest, command=command, time_limit=timedelta(seconds=2)
    )
    began = time.monotonic()

    result = one(world.drill(configurations=[21], verify=verify))

    assert time.monotonic() - began < 20
    assert result.verdict == "verification_error"
    assert "time limit" in result.reason


def test_a_stop_holds_whoever_keeps_the_output_open(world: RealWorld, holder: Path) -> None:
    command = python(HOLDS_ITS_OUTPUT, str(holder))
    verify = Verify(manifest=world.verify().manifest, command=command)
    drill = Drill(
        world.client(),
        DrillOptions(configurations=[21], verify=verify),
        monotonic=world.monotonic,
        now=world.now,
        sleep=world.sleep,
    )

    def stop() -> None:
        while not (holder.exists() and holder.read_text()):
            time.sleep(0.01)
        drill.stop()

    stopper = threading.Thread(target=stop, daemon=True)
    stopper.start()
    began = time.monotonic()
    result = one(drill.run())

    assert time.monotonic() - began < 20
    assert result.verdict == "not_tested"


def test_long_output_is_read_whole() -> None:
    code = "for number in range(200_000): print(number, 'x' * 20)"
    with running(python(code), os.environ, lambda: None, prints_lines=True) as program:
        lines = list(program.lines)
        assert list(program.lines) == []
        assert program.wait() == 0

    assert lines == [f"{number} {'x' * 20}\n" for number in range(200_000)]


def test_a_program_that_is_left_early_is_killed() -> None:
    code = "while True: print('x' * 1000)"
    began = time.monotonic()
    with running(python(code), os.environ, lambda: None, prints_lines=True) as program:
        assert next(program.lines) == "x" * 1000 + "\n"

    assert time.monotonic() - began < 10
    assert program.wait() < 0


@pytest.mark.parametrize("field", ["size", "modified", "mode"])
def test_a_number_beyond_all_files_ends_no_drill(world: RealWorld, field: str) -> None:
    code = (
        "import json, sys\n"
        "folder, field = sys.argv[1:]\n"
        "print(json.dumps({'manifest': 1, 'algorithm': 'sha256', 'folder': folder}))\n"
        "print(json.dumps({'path': 'a', 'kind': 'file', 'hash': 'x', field: 10**400}))\n"
        "print(json.dumps({'entries': 1}))\n"
    )
    verify = Verify(
        expectations=[Expectation(path="/a", newest=timedelta(days=1))],
        command=python(code, "{path}", field),
    )

    result = one(world.drill(configurations=[21], verify=verify))

    assert result.verdict == "verification_error"
    assert "line 2 isn't an entry of a manifest" in result.reason


def test_a_file_of_a_far_time_can_be_in_a_manifest() -> None:
    lines = [
        '{"manifest": 1, "algorithm": "sha256"}',
        f'{{"path": "a", "kind": "file", "modified": {2**40 * 10**9}}}',
        f'{{"path": "b", "kind": "file", "modified": {-(2**40) * 10**9}}}',
        '{"entries": 2}',
    ]

    assert [entry.path for entry in read_manifest(lines).entries] == ["a", "b"]


def test_a_verification_that_fails_in_any_way_ends_no_drill(
    world: RealWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OverflowError("too large")

    monkeypatch.setattr(Observed, "note", fail)
    verify = world.verify(expectations=[Expectation(path="a.txt", files=1)])

    result = one(world.drill(configurations=[21], verify=verify))

    assert result.verdict == "verification_error"
    assert "OverflowError: too large" in result.reason


@pytest.mark.parametrize("how", ["given", "asked"])
def test_a_command_sees_no_passphrase_after_a_resume(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    monkeypatch.setenv("MY_OWN", PASSPHRASE)
    monkeypatch.setenv("NOTHING", "")
    world = RealWorld(tmp_path, {21: 11, 22: 12}, [12])
    for number in world.configurations:
        world.source(number).mkdir(parents=True)
        (world.source(number) / "a").touch()
    world.back_up()
    code = "import os; print(os.environ.get('MY_OWN'), 'NOTHING' in os.environ)"
    asked: list[int] = []

    def ask(planned: PlannedConfiguration) -> str:
        asked.append(planned.configuration_id)
        return PASSPHRASE

    def kill(change: DrillChange) -> None:
        if change.phase is Phase.VERIFYING and change.planned.configuration_id == 22:
            raise Killed

    options: dict[str, Any] = {
        "journal": tmp_path / "journal",
        "verify": Verify(command=python(code)),
        "passphrases": ask if how == "asked" else {12: PASSPHRASE, 13: ""},
    }
    with pytest.raises(Killed):
        world.drill(on_change=kill, **options)
    asked.clear()
    report = world.drill(**options)
    world.emulator.close()

    assert report.verdict_counts == {"passed": 2}
    outputs = [each.verification and each.verification.output for each in report.results]
    assert outputs == ["None True\n"] * 2
    assert asked == ([22] if how == "asked" else [])


def test_who_fails_to_tell_a_passphrase_ends_no_verification(tmp_path: Path) -> None:
    world = RealWorld(tmp_path, {21: 11, 22: 12}, [12])
    for number in world.configurations:
        world.source(number).mkdir(parents=True)
        (world.source(number) / "a").touch()
    world.back_up()

    def ask(_: PlannedConfiguration) -> str:
        raise ValueError("no such entry")

    report = world.drill(verify=Verify(command=python("")), passphrases=ask)
    world.emulator.close()

    assert report.verdict_counts == {"passed": 1, "error": 1}
