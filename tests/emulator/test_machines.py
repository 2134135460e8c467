"""Agents that move real files: what a machine has comes back, byte for byte, and nothing else."""

import filecmp
import os
import socket
import stat
import threading
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup_emulator import read_seed
from cloud_backup_emulator.errors import EmulatorError
from cloud_backup_emulator.machines.entries import PIECE
from cloud_backup_emulator.machines.folder import Writer, open_root, pieces_of
from cloud_backup_emulator.machines.moving import Mover, names_of
from cloud_backup_emulator.machines.vault import Vault

from .conftest import MakeService, Service, encrypted

pytestmark = pytest.mark.skipif(
    os.open not in os.supports_dir_fd, reason="this system can't keep to a folder"
)

DONE = 40
"""After so many seconds a small backup or restore is done: 18 until it begins, 5 until it ends."""


@dataclass
class Machine:
    """A service with an agent on a machine, and the machine's folder."""

    service: Service
    folder: Path
    agent_id: int

    def write(self, path: str, content: bytes | str = b"content") -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def configuration(self, *included: str, excluded: tuple[str, ...] = (), **others: Any) -> int:
        body: dict[str, Any] = {
            "MachineAgentId": self.agent_id,
            "BackupConfigurationName": "files",
            "IsActive": True,
            "VersionRetention": 0,
            "MissedBackupActionId": 1,
            "Frequency": "Manually",
            "StartTimeHour": None,
            "StartTimeMinute": None,
            "StartTimeAmPm": "",
            "DayOfWeekId": None,
            "HourInterval": None,
            "TimeZoneId": "UTC",
            "NotifyRecipients": "user@example.com",
            "NotifySuccess": False,
            "NotifyFailure": True,
            "Inclusions": [{"FilePath": path, "FileItemType": "Folder"} for path in included],
            "Exclusions": [{"FilePath": path, "FileItemType": "Folder"} for path in excluded],
            **others,
        }
        made = self.service.ask("POST", "/backup-configuration", **body)
        return int(made["BackupConfigurationId"])

    def start(self, configuration_id: int) -> int:
        action: dict[str, Any] = {"Action": "StartManual", "Id": configuration_id}
        return int(self.service.ask("POST", "/backup/action-requested", **action))

    def back_up(self, configuration_id: int) -> dict[str, Any]:
        backup_id = self.start(configuration_id)
        self.service.advance(DONE)
        return self.report(backup_id)

    def report(self, backup_id: int) -> dict[str, Any]:
        report: dict[str, Any] = self.service.get(f"/backup/report/{backup_id}")
        return report

    def begin_restore(
        self,
        backup_id: int,
        to: str = "/restored",
        *,
        overwrite: bool = False,
        only: tuple[str, ...] = (),
        but: tuple[str, ...] = (),
        onto: int | None = None,
        passphrase: str | None = None,
    ) -> int:
        created = self.service.ask(
            "PUT",
            "/restore",
            BackupId=backup_id,
            BackupMachineId=self.agent_id,
            DestinationMachineId=onto or self.agent_id,
            DestinationPath=to,
            OverwriteFiles=overwrite,
        )
        restore_id = int(created["RestoreId"])
        for number, paths in ((1, only), (2, but)):
            for path in paths:
                item: dict[str, Any] = {"FilePath": path, "FileItemType": 1, "Filter": number}
                self.service.ask("PUT", "/restore/files", ParentId=restore_id, **item)
        action: dict[str, Any] = {"Action": "StartManual", "Id": restore_id}
        if passphrase is not None:
            action["EncryptedPassword"] = encrypted(self.service, self.agent_id, passphrase)
        self.service.ask("POST", "/restore/action-requested", 204, **action)
        return restore_id

    def restore(self, backup_id: int, to: str = "/restored", **options: Any) -> dict[str, Any]:
        restore_id = self.begin_restore(backup_id, to, **options)
        self.service.advance(DONE)
        report: dict[str, Any] = self.service.get(f"/restore/report/{restore_id}")
        return report

    def tree(self, path: str = "") -> dict[str, bytes | str]:
        return tree(self.folder / path)


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything below a folder: the bytes of files, where links lead, and "/" for folders."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        else:
            found[name] = "/" if path.is_dir() else path.read_bytes()
    return found


def errors_of(report: dict[str, Any]) -> dict[str, str]:
    return {error["Path"]: error["ErrorDesc"] for error in report["ErrorList"]}


@pytest.fixture
def machine(make_service: MakeService, tmp_path: Path) -> Machine:
    folder = tmp_path / "machine"
    folder.mkdir()
    return make_machine(make_service(machines={"web1": folder}), folder)


def make_machine(service: Service, folder: Path) -> Machine:
    service.log_in()
    agents = service.get("/user/agents")
    own = next(agent for agent in agents if agent["MachineName"] == "web1")
    return Machine(service, folder, own["MachineAgentId"])


def test_machine_is_an_online_agent_of_the_owner(machine: Machine) -> None:
    agent = machine.service.get(f"/agent/{machine.agent_id}")

    assert (agent["MachineName"], agent["Status"]) == ("web1", "Online")


def test_what_was_backed_up_comes_back(machine: Machine) -> None:
    machine.write("var/www/index.html", "<html>")
    machine.write("var/www/deep/er/file", os.urandom(10_000_000))
    machine.write("var/www/empty file", b"")
    (machine.folder / "var/www/empty folder").mkdir()
    (machine.folder / "var/www/link").symlink_to("index.html")
    machine.write("var/log/other", "not included")
    before = machine.tree("var/www")

    backup = machine.back_up(machine.configuration("/var/www"))
    report = machine.restore(int(backup["BackupId"]))

    assert (backup["State"], backup["FilesSearched"], backup["BytesSearched"]) == (
        "Completed",
        "4",
        "9.5 MB",
    )
    assert (report["State"], report["NumFilesRestored"], report["NumBytesRestored"]) == (
        "Completed",
        "4",
        "9.5 MB",
    )
    assert machine.tree("restored/var/www") == before
    assert not (machine.folder / "restored/var/log").exists()


def test_exclusions_are_left_out(machine: Machine) -> None:
    for name in ("a", "skip/b", "keep/c", "skip2"):
        machine.write(f"data/{name}", name)
    configuration = machine.configuration("/data", excluded=("/data/skip",))

    machine.restore(machine.back_up(configuration)["BackupId"])

    assert machine.tree("restored/data") == {
        "a": b"a",
        "keep": "/",
        "keep/c": b"keep/c",
        "skip2": b"skip2",
    }


def test_restore_takes_what_it_includes_but_what_it_excludes(machine: Machine) -> None:
    for name in ("a/1", "a/2", "b/3"):
        machine.write(f"data/{name}", name)
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]

    report = machine.restore(backup, only=("/data/a", "/data/nothing"), but=("/data/a/2",))

    assert machine.tree("restored") == {
        "data": "/",
        "data/a": "/",
        "data/a/1": b"a/1",
    }
    assert (report["State"], report["NumFilesRestored"]) == ("CompletedWithErrors", "1")
    assert errors_of(report) == {"/data/nothing": "The backup does not hold this path."}


def test_restore_of_nothing_that_is_held_fails(machine: Machine) -> None:
    machine.write("data/a")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]

    assert machine.restore(backup, only=("/data/b",))["State"] == "Failed"


def test_permissions_and_times_come_back(machine: Machine) -> None:
    script = machine.write("data/folder/run.sh")
    link = machine.folder / "data/link"
    link.symlink_to("folder")
    script.chmod(0o750)
    (machine.folder / "data/folder").chmod(0o500)
    for path in (script, script.parent, link):
        os.utime(path, ns=(1, 1_234_567_890_123_456_789), follow_symlinks=False)
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]

    machine.restore(backup)

    for name, mode in (("folder/run.sh", 0o750), ("folder", 0o500), ("link", 0o777)):
        status = (machine.folder / "restored/data" / name).lstat()
        assert (name, stat.S_IMODE(status.st_mode)) == (name, mode)
        assert (name, status.st_mtime_ns) == (name, 1_234_567_890_123_456_789)


def test_setuid_does_not_come_back(machine: Machine) -> None:
    machine.write("data/su").chmod(0o4755)
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]

    machine.restore(backup)

    assert stat.S_IMODE((machine.folder / "restored/data/su").stat().st_mode) == 0o755


def test_names_of_odd_bytes_come_back(machine: Machine) -> None:
    names = [b"caf\xe9", b"line\nbreak", b"back\\slash", "naïve".encode(), b"-rf", b" "]
    for name in names:
        machine.write(f"data/{os.fsdecode(name)}", name)
    backup = machine.back_up(machine.configuration("/data"))

    report = machine.restore(backup["BackupId"])

    assert (backup["State"], report["State"]) == ("Completed", "Completed")
    assert machine.tree("restored/data") == {os.fsdecode(name): name for name in names}


def test_what_is_no_file_is_told_and_the_rest_comes_back(machine: Machine) -> None:
    machine.write("data/file")
    os.mkfifo(machine.folder / "data/fi\udcfffo")
    with socket.socket(socket.AF_UNIX) as listener:
        # By a short name, as addresses have a limit.
        os.chdir(machine.folder / "data")
        try:
            listener.bind("socket")
        finally:
            os.chdir("/")
        report = machine.back_up(machine.configuration("/data"))

    assert (report["State"], report["NumErrors"]) == ("CompletedWithErrors", 2)
    assert errors_of(report) == {
        "/data/fi\\udcfffo": "is a FIFO, which can't be backed up",
        "/data/socket": "is a socket, which can't be backed up",
    }
    assert machine.restore(report["BackupId"])["NumFilesRestored"] == "1"


@contextmanager
def as_nobody(*folders: Path) -> Iterator[None]:
    """Without the rights of root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    for folder in folders:
        os.chown(folder, 65534, 65534)
        for path in folder.rglob("*"):
            os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_cannot_be_read_is_told_and_the_rest_comes_back(machine: Machine) -> None:
    machine.write("data/readable")
    machine.write("data/secret").chmod(0)
    machine.write("data/closed/file").parent.chmod(0)
    backup_id = machine.start(machine.configuration("/data"))
    for parent in machine.folder.parents:
        if parent.stat().st_mode & 0o777 == 0o700:
            parent.chmod(0o711)
    with as_nobody(machine.folder):
        machine.service.advance(DONE)
    (machine.folder / "data/closed").chmod(0o700)
    report = machine.report(backup_id)

    assert report["State"] == "CompletedWithErrors"
    assert errors_of(report) == {
        "/data/closed": "Permission denied",
        "/data/secret": "Permission denied",
    }
    # What was found, less the errors, is what a restore brings back.
    assert report["FilesSearched"] == "3"
    assert machine.restore(report["BackupId"])["NumFilesRestored"] == "1"


def test_a_path_that_is_not_there_is_told(machine: Machine) -> None:
    machine.write("data/file")

    report = machine.back_up(machine.configuration("/data", "/gone"))

    assert report["State"] == "CompletedWithErrors"
    assert errors_of(report) == {"/gone": "There is nothing at this path."}


def test_a_backup_of_nothing_that_is_there_fails(machine: Machine) -> None:
    report = machine.back_up(machine.configuration("/gone"))

    assert (report["State"], report["CanRestore"]) == ("Failed", False)


def test_a_machine_that_is_gone_fails(machine: Machine) -> None:
    configuration = machine.configuration("/data")
    machine.folder.rmdir()

    assert machine.back_up(configuration)["State"] == "Failed"


def test_links_are_not_followed_when_backing_up(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key").write_text("secret")
    machine.write("data/file")
    (machine.folder / "data/out").symlink_to(tmp_path / "secret")
    (machine.folder / "way").symlink_to(tmp_path)
    backup = machine.back_up(machine.configuration("/data", "/way/secret", "/../secret"))

    machine.restore(backup["BackupId"])

    assert backup["State"] == "CompletedWithErrors"
    assert set(errors_of(backup)) == {"/way/secret", "/../secret"}
    assert machine.tree("restored") == {
        "data": "/",
        "data/file": b"content",
        "data/out": f"-> {tmp_path / 'secret'}",
    }


@pytest.mark.parametrize("to", ["/way/in", "/way", "/../../outside/x", "C:\\..\\..\\outside"])
@pytest.mark.parametrize("overwrite", [True, False])
def test_nothing_is_written_outside(
    machine: Machine, tmp_path: Path, to: str, *, overwrite: bool
) -> None:
    outside = tmp_path / "outside"
    (outside / "data").mkdir(parents=True)
    (outside / "data/file").write_text("not ours")
    before = tree(outside)
    machine.write("data/file")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    (machine.folder / "way").symlink_to(outside)

    machine.restore(backup, to, overwrite=overwrite)

    assert tree(outside) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["machine", "outside"]


def test_a_link_in_place_of_a_folder_or_file_is_not_followed(
    machine: Machine, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("not ours")
    machine.write("data/folder/file")
    machine.write("data/other")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    (machine.folder / "data/folder/file").unlink()
    (machine.folder / "data/folder").rmdir()
    (machine.folder / "data/folder").symlink_to(outside)
    (machine.folder / "data/other").unlink()
    (machine.folder / "data/other").symlink_to(outside / "file")

    report = machine.restore(backup, "/", overwrite=True)

    assert tree(outside) == {"file": b"not ours"}
    assert errors_of(report) == {"/data/folder": "Not a directory"}
    # The link itself is what was in the file's place.
    assert machine.tree("data")["other"] == b"content"


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    machine.write("data/file")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    mkdir = os.mkdir

    def replaced(name: Any, *arguments: Any, dir_fd: int | None = None) -> None:
        mkdir(name, *arguments, dir_fd=dir_fd)
        if name == "data" and dir_fd is not None:
            os.rmdir(name, dir_fd=dir_fd)
            os.symlink(outside, name, dir_fd=dir_fd)

    monkeypatch.setattr(os, "mkdir", replaced)
    report = machine.restore(backup)

    assert report["State"] == "CompletedWithErrors"
    assert tree(outside) == {}


def test_without_overwriting_nothing_that_is_there_changes(machine: Machine) -> None:
    machine.write("data/a", "old a")
    machine.write("data/b", "old b")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    machine.write("data/a", "new a")
    (machine.folder / "data/b").unlink()
    (machine.folder / "data").chmod(0o700)
    changed = (machine.folder / "data/a").stat()

    report = machine.restore(backup, "/", overwrite=False)

    assert machine.tree("data") == {"a": b"new a", "b": b"old b"}
    there = (machine.folder / "data/a").stat()
    assert (there.st_ctime_ns, there.st_ino) == (changed.st_ctime_ns, changed.st_ino)
    assert stat.S_IMODE((machine.folder / "data").stat().st_mode) == 0o700
    assert (report["State"], report["NumFilesRestored"]) == ("Completed", "1")


def test_a_file_made_meanwhile_is_not_overwritten(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.write("data/a", "old")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    link = os.link

    def made_before(source: Any, target: Any, **where: Any) -> None:
        machine.write("restored/data/a", "somebody else's")
        link(source, target, **where)

    monkeypatch.setattr(os, "link", made_before)
    report = machine.restore(backup)

    assert machine.tree("restored/data") == {"a": b"somebody else's"}
    assert report["NumFilesRestored"] == "0"


def test_overwriting_replaces_what_is_there(machine: Machine) -> None:
    machine.write("data/a", "old a")
    (machine.folder / "data/link").symlink_to("a")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    machine.write("data/a", "new and longer a")
    (machine.folder / "data/link").unlink()
    machine.write("data/link", "a file")

    report = machine.restore(backup, "/", overwrite=True)

    assert machine.tree("data") == {"a": b"old a", "link": "-> a"}
    assert report["NumFilesRestored"] == "2"


def test_a_folder_in_place_of_a_file_stays(machine: Machine) -> None:
    machine.write("data/a")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    (machine.folder / "data/a").unlink()
    machine.write("data/a/precious")

    report = machine.restore(backup, "/", overwrite=True)

    assert errors_of(report) == {"/data/a": "a folder has its name"}
    assert machine.tree("data/a") == {"precious": b"content"}


def test_windows_paths_have_their_drive_for_a_folder(machine: Machine) -> None:
    machine.write("C/Users/jo/file", "jo's")
    machine.write("C/Users/jo/temp/file", "temporary")
    configuration = machine.configuration("c:\\Users\\jo", excluded=("C:/Users/jo/temp",))

    report = machine.restore(machine.back_up(configuration)["BackupId"], "D:\\restored")

    assert report["State"] == "Completed"
    assert machine.tree("D/restored") == {
        "C": "/",
        "C/Users": "/",
        "C/Users/jo": "/",
        "C/Users/jo/file": b"jo's",
    }


def test_what_has_not_changed_is_not_sent_again(machine: Machine) -> None:
    machine.write("data/same", os.urandom(100_000))
    machine.write("data/changed", os.urandom(50_000))
    configuration = machine.configuration("/data")
    first = machine.back_up(configuration)
    os.utime(machine.write("data/changed", b"x" * 2048), ns=(0, 0))

    second = machine.back_up(configuration)

    assert (first["FilesBackedUp"], first["BytesBackedUp"]) == ("2", "146.5 KB")
    assert (second["FilesSearched"], second["FilesBackedUp"]) == ("2", "1")
    assert second["BytesBackedUp"] == "2 KB"
    machine.restore(first["BackupId"], "/first")
    machine.restore(second["BackupId"], "/second")
    assert machine.tree("second/data") == machine.tree("data")
    assert machine.tree("first/data")["changed"] != b"x" * 2048


def test_a_change_that_hides_its_time_is_sent(machine: Machine) -> None:
    file = machine.write("data/file", "before")
    os.utime(file, ns=(0, 0))
    configuration = machine.configuration("/data")
    machine.back_up(configuration)
    file.write_text("after!")
    os.utime(file, ns=(0, 0))

    machine.restore(machine.back_up(configuration)["BackupId"])

    assert machine.tree("restored/data") == {"file": b"after!"}


def vault_of(service: Service) -> Any:
    return service.emulator._transfers.vault  # type: ignore[union-attr]


def test_equal_files_are_kept_once(machine: Machine) -> None:
    content = os.urandom(1_000_000)
    for number in range(20):
        machine.write(f"data/{number}", content)

    machine.back_up(machine.configuration("/data"))

    folder = vault_of(machine.service).folder
    kept = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert 1_000_000 < kept < 1_100_000


def test_encrypted_files_are_not_in_the_vault_in_clear(
    make_service: MakeService, tmp_path: Path
) -> None:
    folder, secret = tmp_path / "machine", b"a secret that is nowhere else " * 50
    folder.mkdir()
    machine = make_machine(
        make_service(machines={"web1": folder}, database=tmp_path / "world"), folder
    )
    machine.service.ask(
        "POST",
        "/agent/encrypt",
        MachineAgentId=machine.agent_id,
        EncryptedPasswordHex=encrypted(machine.service, machine.agent_id, "open sesame"),
    )
    machine.write("data/private name", secret)
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]

    report = machine.restore(backup, passphrase="open sesame")

    assert (report["State"], machine.tree("restored/data")) == (
        "Completed",
        {"private name": secret},
    )
    vault = vault_of(machine.service)
    for name in (name.decode() for name in vault._store):
        assert b"secret" not in vault.read(name)
        assert b"private" not in vault.read(name)


def test_retention_deletes_from_the_vault(machine: Machine) -> None:
    machine.write("data/same", "same")
    changing = machine.write("data/changing", "0")
    configuration = machine.configuration("/data", VersionRetention=30)
    first = machine.back_up(configuration)["BackupId"]
    objects, last = [len(vault_of(machine.service))], first
    for number in range(1, 5):
        machine.service.advance(40 * 24 * 3600)
        machine.service.log_in()
        changing.write_text(str(number))
        last = machine.back_up(configuration)["BackupId"]
        objects.append(len(vault_of(machine.service)))

    assert machine.report(first)["CanRestore"] is False
    assert machine.restore(last)["State"] == "Completed"
    assert machine.tree("restored/data") == {"same": b"same", "changing": b"4"}
    # The newest, and the one that it replaced a moment ago.
    assert objects == [5, 9, 9, 9, 9]


def test_deleting_an_agent_empties_its_vault(machine: Machine) -> None:
    machine.write("data/file")
    machine.back_up(machine.configuration("/data"))
    vault = vault_of(machine.service)
    assert len(vault) > 0

    machine.service.ask("POST", "/agent/delete", 204, MachineAgentId=machine.agent_id)
    machine.service.advance(0)

    assert len(vault) == 0


def test_reset_empties_the_vault_and_keeps_the_machine(machine: Machine) -> None:
    machine.write("data/file")
    machine.back_up(machine.configuration("/data"))
    vault = vault_of(machine.service)

    assert machine.service.call("POST", "/emulator/reset").status_code == 204

    assert len(vault) == 0
    again = make_machine(machine.service, machine.folder)
    assert again.back_up(again.configuration("/data"))["State"] == "Completed"


def test_temporary_vault_goes_with_the_emulator(machine: Machine) -> None:
    machine.write("data/file")
    machine.back_up(machine.configuration("/data"))
    folder = vault_of(machine.service).folder
    assert folder.is_dir()

    machine.service.emulator.close()

    assert not folder.exists()


def test_vault_in_the_machine_is_not_backed_up(make_service: MakeService, tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    folder.mkdir()
    machine = make_machine(
        make_service(machines={"web1": folder}, database=folder / "world"), folder
    )
    machine.write("data/file")

    machine.restore(machine.back_up(machine.configuration("/"))["BackupId"])

    assert "data/file" in machine.tree("restored")
    assert "world.vault" not in machine.tree("restored")


def test_nothing_moves_before_its_time(machine: Machine) -> None:
    machine.write("data/file", "old")
    backup_id = machine.start(machine.configuration("/data"))
    machine.service.advance(17)
    machine.write("data/file", "new")
    machine.service.advance(3)
    assert machine.service.get(f"/backup/{backup_id}")["CurrentState"] == "InProgress"
    machine.write("data/file", "newest")
    machine.service.advance(2)
    assert machine.service.get(f"/backup/{backup_id}")["CurrentState"] == "InProgress"
    machine.service.advance(1)
    assert machine.service.get(f"/backup/{backup_id}")["CurrentState"] == "Completed"

    restore_id = machine.begin_restore(backup_id)
    machine.service.advance(17)
    assert not (machine.folder / "restored").exists()
    machine.service.advance(6)
    assert machine.service.get(f"/restore/report/{restore_id}")["Duration"] == "00:00:23"
    assert machine.tree("restored/data") == {"file": b"new"}


def test_stopped_before_its_time_nothing_moves(machine: Machine) -> None:
    machine.write("data/file")
    configuration = machine.configuration("/data")
    backup_id = machine.back_up(configuration)["BackupId"]
    restore_id = machine.begin_restore(backup_id)
    second = machine.start(configuration)
    for path, number in (("restore", restore_id), ("backup", second)):
        action = {"Action": "StopManual", "Id": number}
        machine.service.call(
            "POST", f"/v1.0/1234/{path}/action-requested", json=action
        ).raise_for_status()

    machine.service.advance(DONE)

    report = machine.service.get(f"/restore/report/{restore_id}")
    assert (report["State"], report["NumFilesRestored"]) == ("Stopped", "0")
    assert (machine.report(second)["State"], machine.report(second)["CanRestore"]) == (
        "Stopped",
        False,
    )
    assert not (machine.folder / "restored").exists()


def test_a_transfer_that_is_moving_is_not_done_however_late_it_is(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.write("data/file")
    configuration = machine.configuration("/data")
    began, may_go_on = threading.Event(), threading.Event()

    def held_up(*arguments: Any) -> Iterator[bytes]:
        began.set()
        may_go_on.wait(60)
        yield from pieces_of(*arguments)

    monkeypatch.setattr("cloud_backup_emulator.machines.moving.pieces_of", held_up)
    backup_id = machine.start(configuration)
    emulator = machine.service.emulator
    with ThreadPoolExecutor() as threads:
        moved = threads.submit(emulator.advance, DONE)
        began.wait(60)
        assert machine.service.get(f"/backup/{backup_id}")["CurrentState"] == "InProgress"
        machine.service.ask("GET", f"/backup/report/{backup_id}", 404)
        assert machine.service.get("/backup/completed/" + str(configuration)) == []
        may_go_on.set()
        moved.result(60)

    assert machine.report(backup_id)["Duration"] == "00:00:23"


def test_fault_of_an_outcome(machine: Machine) -> None:
    machine.write("data/file")
    configuration = machine.configuration("/data")
    machine.service.emulator.faults.add({"outcome": "CompletedWithErrors", "errors": [{}]})
    with_errors = machine.back_up(configuration)
    machine.service.emulator.faults.add({"outcome": "Failed"})
    failed = machine.back_up(configuration)

    assert (with_errors["State"], with_errors["NumErrors"]) == ("CompletedWithErrors", 1)
    assert (failed["State"], failed["FilesSearched"]) == ("Failed", "0")
    assert machine.restore(with_errors["BackupId"])["NumFilesRestored"] == "1"


def test_damage_in_the_vault_is_told(machine: Machine) -> None:
    machine.write("data/good", "good")
    machine.write("data/bad", "bad")
    backup = machine.back_up(machine.configuration("/data"))["BackupId"]
    vault = vault_of(machine.service)
    bad = next(n.decode() for n in vault._store if vault.read(n.decode()) == b"bad")
    vault._store.delete_loose_object(bad.encode())

    report = machine.restore(backup)

    assert report["State"] == "CompletedWithErrors"
    assert errors_of(report) == {"/restored/data/bad": f"object {bad} of the vault is missing"}
    assert machine.tree("restored/data") == {"good": b"good"}


@pytest.mark.parametrize("lost", [b"content", None])
def test_what_the_vault_has_lost_is_sent_again(machine: Machine, lost: bytes | None) -> None:
    machine.write("data/file")
    configuration = machine.configuration("/data", VersionRetention=30)
    first = machine.back_up(configuration)["BackupId"]
    vault = vault_of(machine.service)
    for name in list(vault._store):
        if lost in (None, vault.read(name.decode())):
            vault._store.delete_loose_object(name)

    assert machine.restore(first)["State"] in {"Failed", "CompletedWithErrors"}
    last: dict[str, Any] = {}
    for _ in range(3):  # and old ones are still deleted, or at least in nobody's way
        last = machine.back_up(configuration)
        assert last["State"] == "Completed"
        machine.service.advance(40 * 24 * 3600)
        machine.service.log_in()
    machine.restore(last["BackupId"])
    assert machine.tree("restored/data") == {"file": b"content"}


@pytest.mark.parametrize("path", ["/data/\0", "/data/" + "x" * 300])
def test_a_path_that_no_system_takes_is_told(machine: Machine, path: str) -> None:
    machine.write("data/file")
    configuration = machine.configuration("/data/file", path)

    backup = machine.back_up(configuration)
    report = machine.restore(backup["BackupId"], path)

    assert (backup["State"], backup["NumErrors"]) == ("CompletedWithErrors", 1)
    assert (report["State"], report["NumFilesRestored"]) == ("CompletedWithErrors", "0")


def test_backup_of_an_agent_without_files_cannot_come_to_a_machine(machine: Machine) -> None:
    created = machine.service.ask(
        "PUT",
        "/restore",
        BackupId=134691,
        BackupMachineId=252036,
        DestinationMachineId=machine.agent_id,
        DestinationPath="/restored",
        OverwriteFiles=False,
    )
    action = {"Action": "StartManual", "Id": created["RestoreId"]}
    machine.service.ask("POST", "/restore/action-requested", 204, **action)
    machine.service.advance(3600)

    report = machine.service.get(f"/restore/report/{created['RestoreId']}")
    assert (report["State"], report["NumFilesRestored"]) == ("Failed", "0")
    assert "the vault holds no files of this backup" in str(report["ErrorList"])


def test_a_machine_must_be_a_folder(make_service: MakeService, tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match="not a folder; create it or use another"):
        make_service(machines={"web1": tmp_path / "none"})


def test_a_world_may_have_machines(make_service: MakeService, tmp_path: Path) -> None:
    (tmp_path / "web1").mkdir()
    world = """
        tenants:
          "1234":
            users: [{username: demo}]
            agents: [{MachineAgentId: 7, MachineName: web1, machine: web1}]
    """
    (tmp_path / "world.yaml").write_text(world)

    machine = make_machine(make_service(seed=read_seed(tmp_path / "world.yaml")), tmp_path / "web1")
    machine.write("data/file")

    assert machine.agent_id == 7
    assert machine.restore(machine.back_up(machine.configuration("/data"))["BackupId"])
    assert machine.tree("restored/data") == {"file": b"content"}


def test_a_world_whose_machine_is_missing_is_refused(tmp_path: Path) -> None:
    world = '{"tenants": {"t": {"users": [{"username": "u"}], "agents": [{"MachineAgentId": 7, '
    (tmp_path / "world.yaml").write_text(world + '"MachineName": "m", "machine": "none"}]}}}')

    with pytest.raises(EmulatorError, match=r"tenants/t/agents/0: machine .*none: not a folder"):
        read_seed(tmp_path / "world.yaml")


def test_a_database_keeps_machines_and_what_they_backed_up(
    make_service: MakeService, tmp_path: Path
) -> None:
    folder, database = tmp_path / "machine", tmp_path / "world"
    folder.mkdir()
    first = make_machine(make_service(machines={"web1": folder}, database=database), folder)
    first.write("data/file", "precious")
    backup_id = first.back_up(first.configuration("/data"))["BackupId"]
    first.service.emulator.close()
    moved = folder.rename(tmp_path / "elsewhere")

    again = make_machine(make_service(machines={"web1": moved}, database=database), moved)

    assert again.agent_id == first.agent_id
    again.service.advance(DONE)
    again.restore(backup_id)
    assert again.tree("restored/data") == {"file": b"precious"}


def test_runs_by_schedule_back_up_files(machine: Machine) -> None:
    machine.write("data/file")
    configuration = machine.configuration("/data", Frequency="Hourly", HourInterval=4)

    machine.service.advance(12.5 * 3600)

    completed = machine.service.get(f"/backup/completed/{configuration}")
    assert len(completed) == 3
    assert machine.restore(completed[0]["BackupId"])["NumFilesRestored"] == "1"


def test_a_large_file_is_never_in_memory_whole(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        for number in range(24):
            file.write(bytes([number]) * PIECE)
    vault = Vault(tmp_path / "vault")
    tracemalloc.start()
    mover = Mover(vault)
    mover.back_up(tmp_path, ["/large"], [])
    assert mover.moved.snapshot is not None
    with open_root(tmp_path) as root:
        writer = Writer(root, overwrite=False, temporary="part")
        Mover(vault).bring_back(mover.moved.snapshot, writer, "/restored", [], [])
        writer.close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert mover.moved.size == 24 * PIECE
    assert filecmp.cmp(tmp_path / "large", tmp_path / "restored/large", shallow=False)
    assert peak < 4 * PIECE


@given(
    st.dictionaries(
        st.lists(
            st.binary(min_size=1, max_size=8).filter(
                lambda name: name not in {b".", b".."} and not {0, 47} & set(name)
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
        st.binary(max_size=100),
        max_size=8,
    )
)
def test_whatever_is_there_comes_back(files: dict[tuple[bytes, ...], bytes]) -> None:
    with TemporaryDirectory() as scratch:
        source, target = Path(scratch, "source"), Path(scratch, "target")
        source.mkdir()
        target.mkdir()
        for names, content in files.items():
            path = source.joinpath(*map(os.fsdecode, names))
            if not any(parent.is_file() for parent in path.parents) and not path.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        vault = Vault(Path(scratch, "vault"))
        key = bytes(range(64))
        mover, again = Mover(vault, key), Mover(vault, key)
        mover.back_up(source, [], [])
        again.back_up(source, ["/"], [], mover.moved.snapshot)
        assert (again.moved.files, again.moved.sent_files) == (mover.moved.files, 0)
        with open_root(target) as root:
            writer = Writer(root, overwrite=True, temporary=".part")
            Mover(vault, key).bring_back(again.moved.snapshot or "", writer, "/", [], [])

        assert tree(target) == tree(source)
        assert not again.moved.problems


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", ()),
        ("/var//www/./x/../html/", ("var", "www", "html")),
        ("/../../etc", ("etc",)),
        ("../../etc", ("etc",)),
        ("C:\\", ("C",)),
        ("c:/Users\\jo", ("C", "Users", "jo")),
        ("C:\\..\\..\\etc", ("C", "etc")),
        ("C:relative", ("C", "relative")),
        ("\\\\host\\share\\folder", ("host", "share", "folder")),
        ("\\\\?\\C:\\Users", ("C", "Users")),
        ("", ()),
    ],
)
def test_where_a_path_of_an_agent_is(path: str, names: tuple[str, ...]) -> None:
    assert names_of(path) == names


@given(st.text())
def test_no_path_leads_out_of_the_machine(path: str) -> None:
    assert all(name not in {"", ".", ".."} and "/" not in name for name in names_of(path))
