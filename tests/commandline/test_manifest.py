"""`cloud-backup manifest`, with real files, and without a service."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from cloud_backup import CloudBackup, Folder, Schedule
from cloud_backup.drill import manifest as library
from cloud_backup_emulator import Emulator, serve

from .conftest import CommandLine, Ended, helped

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "drill.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of five files and links, 14 bytes, and two folders; the test runs beside it."""
    monkeypatch.chdir(tmp_path)
    made = Path("web")
    (made / "a").mkdir(parents=True)
    (made / "empty").mkdir()
    (made / "a.txt").write_bytes(b"first")
    (made / "a" / "b.txt").write_bytes(b"second")
    (made / "a" / "c.log").write_bytes(b"log")
    (made / "nothing").touch()
    (made / "link").symlink_to("a.txt")
    return made


def write(folder: Path, *options: str) -> None:
    ended = helped("manifest", str(folder), "--write", "web.manifest", *options)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", "")


def compared(folder: Path | str, *options: str) -> Ended:
    return helped("manifest", str(folder), "--compare", "web.manifest", *options)


def test_what_is_there_is_printed_or_written(folder: Path) -> None:
    printed = helped("manifest", "web")
    write(folder)

    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert printed.stdout == Path("web.manifest").read_text("utf-8")
    assert printed.stderr == ""
    assert [line["path"] for line in lines[1:-1]] == [
        *("a", "a/b.txt", "a/c.log", "a.txt", "empty", "link", "nothing")
    ]


def test_a_copy_is_the_same(folder: Path) -> None:
    write(folder)
    shutil.copytree(folder, "copy", symlinks=True)

    ended = compared("copy")

    assert (ended.exit_code, ended.stderr) == (0, "")
    assert re.search(r"^expected +5 +2 +14 +100\.00 +100\.00$", ended.stdout, re.MULTILINE)
    assert re.search(r"^same +5 +2 +14 +100\.00 +100\.00$", ended.stdout, re.MULTILINE)
    assert re.search(r"^missing +0 +0 +0 +0\.00 +0\.00$", ended.stdout, re.MULTILINE)


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[2] ^= 1
    file.write_bytes(content)


def touch(file: Path) -> None:
    os.utime(file, (1, 1))


def turn(link: Path) -> None:
    link.unlink()
    link.symlink_to("nothing")


DAMAGES: list[tuple[Callable[[Path], object], dict[str, list[str]]]] = [
    (lambda web: flip(web / "a.txt"), {"different": ["a.txt"]}),
    (lambda web: os.truncate(web / "a/b.txt", 5), {"different": ["a/b.txt"]}),
    (lambda web: (web / "a.txt").unlink(), {"missing": ["a.txt"]}),
    (lambda web: (web / "new").touch(), {"unexpected": ["new"]}),
    (
        lambda web: (web / "a.txt").rename(web / "A.txt"),
        {"missing": ["a.txt"], "unexpected": ["A.txt"]},
    ),
    (lambda web: (web / "empty").rmdir(), {"missing": ["empty"]}),
    (lambda web: turn(web / "link"), {"different": ["link"]}),
    (lambda web: shutil.rmtree(web / "a"), {"missing": ["a", "a/b.txt", "a/c.log"]}),
    (lambda web: touch(web / "a.txt"), {}),
]


@pytest.mark.parametrize(("damage", "found"), DAMAGES)
def test_what_is_not_as_it_was_is_found(
    folder: Path, damage: Callable[[Path], object], found: dict[str, list[str]]
) -> None:
    write(folder)
    damage(folder)

    shown, told = compared(folder), compared(folder, "-o", "json")

    assert shown.exit_code == told.exit_code == (5 if found else 0)
    bad = {name: told.json[name]["paths"] for name in ("missing", "different", "unexpected")}
    assert {name: paths for name, paths in bad.items() if paths} == found
    for name, paths in found.items():
        assert f"{len(paths)} {name}" in shown.stderr
        for path in paths:
            assert re.search(rf"^{name} +{re.escape(path)}$", shown.stdout, re.MULTILINE)


def test_formats_count_alike(folder: Path) -> None:
    write(folder)
    (folder / "a" / "b.txt").unlink()

    as_json: Any = compared(folder, "-o", "json")
    as_yaml = yaml.safe_load(compared(folder, "-o", "yaml").stdout)
    as_csv = list(csv.DictReader(StringIO(compared(folder, "-o", "csv").stdout)))

    assert as_json.error["exit_code"] == 5
    assert as_json.json == as_yaml
    assert as_yaml["missing"] == {"files": 1, "folders": 0, "size": 6, "paths": ["a/b.txt"]}
    assert (as_yaml["is_same"], as_yaml["percent_of_files"]) == (False, 80)
    [missing] = (row for row in as_csv if row["entries"] == "missing")
    assert (missing["files"], missing["bytes"]) == ("1", "6")
    assert (missing["percent_of_files"], missing["percent_of_bytes"]) == ("20.0", "42.85")


def test_hardly_anything_missing_is_not_all_of_it(folder: Path) -> None:
    (folder / "big").write_bytes(bytes(1_000_000))
    write(folder)
    (folder / "a.txt").unlink()

    shown = compared(folder).stdout

    assert re.search(r"^same .* 99\.99$", shown, re.MULTILINE)


def test_more_than_can_be_listed_is_counted(folder: Path) -> None:
    write(folder)
    for number in range(130):
        (folder / f"new{number:03}").touch()

    ended = compared(folder)

    assert ended.stdout.count("unexpected  new") == 100
    assert ended.stderr.splitlines()[0] == "30 more unexpected"
    assert "130 unexpected" in ended.stderr


def test_what_is_left_out_is_left_out_again(folder: Path) -> None:
    write(folder, "--exclude", "*.log", "--exclude", "empty")
    (folder / "a" / "c.log").write_bytes(b"longer")
    (folder / "a" / "d.log").touch()
    (folder / "empty").rmdir()

    assert compared(folder).exit_code == 0


def test_it_reads_a_manifest_from_stdin(folder: Path, cloud: CommandLine) -> None:
    text = helped("manifest", "web").stdout

    whole = cloud.piped("manifest", "web", "--compare", "-", stdin=text)
    cut_off = cloud.piped("manifest", "web", "--compare", "-", stdin=text[: text.rindex("{")])

    assert whole.exit_code == 0, whole.stderr
    assert cut_off.exit_code == 1
    assert "<stdin>: line 9 is missing" in cut_off.stderr
    assert cloud.emulator.requests == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda _: b"", "line 1 can't be read"),
        (lambda text: text[:300], "can't be read"),
        (lambda text: text[: text.rindex(b'{"entries"')], "line 9 is missing"),
        (lambda text: text.replace(b'"a.txt"', b'"\xff.txt"', 1), "line 5 can't be read"),
        (lambda text: text.replace(b'"size": 5', b'"size": []'), "line 5 isn't an entry"),
        (lambda text: text.replace(b'"nothing"', b'"a"'), "line 8 isn't in order"),
    ],
)
def test_a_damaged_manifest_proves_nothing(
    folder: Path, damage: Callable[[bytes], bytes], said: str
) -> None:
    write(folder)
    file = Path("web.manifest")
    file.write_bytes(damage(file.read_bytes()))

    ended = compared(folder)

    assert ended.exit_code == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("cloud-backup: web.manifest: line ")
    assert said in ended.stderr
    assert "; use an intact copy, or write it again" in ended.stderr


def refuse(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let files be refused; their mode doesn't stop root, who may run the tests."""

    def opened(file: str, *arguments: Any, buffering: int) -> io.FileIO:
        assert buffering == 0
        if file.endswith(names):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
        return io.FileIO(file, *arguments)

    monkeypatch.setattr(library, "open", opened, raising=False)


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_told_and_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "b.txt", "c.log")
    written = helped("manifest", "web", "--write", "web.manifest")
    refuse(monkeypatch, "nothing like it")

    assert written.exit_code == 1
    assert "can't read 2 paths, such as a/b.txt: Permission denied" in written.stderr
    ended = compared("web", "-o", "json")
    assert ended.exit_code == 5
    assert ended.json["unproven"]["paths"] == ["a/b.txt", "a/c.log"]


def test_what_cannot_be_read_after_a_restore_is_different(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder)
    refuse(monkeypatch, "a.txt")

    ended = compared(folder, "-o", "json")

    assert ended.exit_code == 5
    assert ended.json["different"]["paths"] == ["a.txt"]


def test_names_steer_no_terminal_and_come_back(folder: Path) -> None:
    """In a process of its own, whose stdout takes what isn't UTF-8."""
    odd = ["\x1b[2Jevil\nmissing  all", "-o", "[red]", "\N{SNOWMAN} \u202etxt"]
    if sys.platform != "darwin":
        odd.append(os.fsdecode(b"\xff\xfe"))
    for name in odd:
        (folder / name).write_text(name, errors="surrogateescape")
    write(folder)
    assert compared(folder).exit_code == 0
    for name in odd:
        (folder / name).unlink()

    command = [sys.executable, "-m", "cloud_backup.commandline", "manifest", "web", "--compare"]
    command.append("web.manifest")
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    told = subprocess.run([*command, "-o", "json"], capture_output=True, text=True, check=False)

    assert (shown.returncode, told.returncode) == (5, 5)
    assert not re.search("[\x1b\u202e]", shown.stdout + shown.stderr)
    assert len(re.findall("^missing ", shown.stdout, re.MULTILINE)) == 1 + len(odd)
    assert set(json.loads(told.stdout)["missing"]["paths"]) == set(odd)


def test_a_link_is_not_followed(folder: Path) -> None:
    Path("elsewhere").mkdir()
    (folder / "out").symlink_to(Path("elsewhere").resolve())
    (folder / "loop").symlink_to(".")
    write(folder)
    Path("elsewhere", "new").touch()

    assert compared(folder).exit_code == 0


def test_an_old_manifest_is_replaced_as_a_whole_or_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder)
    before = Path("web.manifest").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr(library, "_with_hashes", fail)
        failed = helped("manifest", "web", "--write", "web.manifest")

    assert failed.exit_code == 1
    assert Path("web.manifest").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["home", "web", "web.manifest"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "'nowhere' does not exist"),
        (("web/a.txt",), "'web/a.txt' is a file"),
        (("web", "--write", "web/m"), "web/m is in web: write"),
        (("web", "--write", "nowhere/m"), "in a folder that doesn't exist"),
        (("web", "--compare", "nowhere"), "'nowhere': No such file"),
        (("web", "--compare", "web/a.txt", "--exclude", "x"), "--compare can't be combined with"),
        (("web", "--compare", "web/a.txt", "--write", "x"), "--compare can't be combined with"),
    ],
)
def test_wrong_usage_is_refused(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = helped("manifest", *arguments)

    assert ended.exit_code == 2, ended.stderr
    assert said in ended.stderr
    assert not Path("x").exists()
    assert not (folder / "m").exists()


def test_a_disk_that_is_full(folder: Path) -> None:
    ended = helped("manifest", str(folder), "--write", "/dev/full")

    assert ended.exit_code == 1
    assert "No space left on device" in ended.stderr


def test_the_page_proves_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = PAGE.read_text("utf-8").split("## Prove the bytes")[1]
    block = re.findall(r"^```console\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[0]
    *_, table = re.split(r"^\$ .*\n", block, flags=re.MULTILINE)
    machine = tmp_path / "machine"
    web = machine / "srv" / "web"
    (web / "pages").mkdir(parents=True)
    (web / "log").mkdir()
    (web / "index.html").write_bytes(bytes(1_000))
    (web / "current").symlink_to("pages")
    (web / "log" / "access.log").write_bytes(b"left out")
    for number in range(398):
        (web / "pages" / f"page{number}.html").write_bytes(os.urandom(25_000))
    monkeypatch.chdir(tmp_path)

    with Emulator(rate=0, machines={"web1": machine}) as emulator, serve(emulator) as running:
        cloud = CommandLine(running)
        with CloudBackup.from_environment(cloud.environment) as backup:
            [agent] = (each for each in backup.agents.list() if each.machine_name == "web1")
            backup.configurations.create(
                name="web", agent=agent, schedule=Schedule.manually(), include=[Folder("/srv/web")]
            )
        # The machine's files are in a folder of this one.
        lines = block.replace("cloud-backup manifest ", f"cloud-backup manifest {machine}")
        commands = re.findall(r"^\$ cloud-backup (.*)$", lines, re.MULTILINE)
        ended = [cloud.done(*shlex.split(command)) for command in commands]

    assert ended[-1].stdout == table
