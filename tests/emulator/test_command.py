"""`cloud-backup-emulator`, as a process."""

import contextlib
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from cloud_backup_emulator.server import bind

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "cloud_backup_emulator"]
RESTORE = {
    "BackupId": 134691,
    "BackupMachineId": 252036,
    "DestinationMachineId": 252036,
    "DestinationPath": "/restored",
    "OverwriteFiles": False,
}


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [*COMMAND, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield process, line.split()[-1]
        finally:
            process.kill()


def token(url: str) -> dict[str, str]:
    credentials = {"username": "demo", "apiKey": "demo-key"}
    answer = httpx.post(
        f"{url}/v2.0/tokens", json={"auth": {"RAX-KSKEY:apiKeyCredentials": credentials}}
    )
    return {"X-Auth-Token": answer.json()["access"]["token"]["id"]}


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_quietly(stop: signal.Signals) -> None:
    with running() as (process, url):
        assert httpx.get(f"{url}/emulator/health").json()["status"] == "ok"

        process.send_signal(stop)
        output, errors = process.communicate(timeout=20)

    assert (output, errors) == ("", "")
    assert process.returncode == 0


@pytest.mark.parametrize("clock", [["--manual-clock"], ["--time-scale", "60"]])
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path, clock: list[str]) -> None:
    options = ["--database", str(tmp_path / "world.db"), *clock]
    with running(*options) as (process, url):
        headers = token(url)
        service = f"{url}/v1.0/1234"
        restore = httpx.put(f"{service}/restore", json=RESTORE, headers=headers).json()
        number = restore["RestoreId"]
        start = {"Action": "StartManual", "Id": number}
        httpx.post(f"{service}/restore/action-requested", json=start, headers=headers)
        httpx.post(f"{url}/emulator/clock", json={"advance_seconds": 3600})
        now = httpx.get(f"{url}/emulator/clock").json()["now"]
        process.kill()
        process.wait()

    with running(*options) as (_, url):
        service = f"{url}/v1.0/1234"
        kept: dict[str, Any] = httpx.get(f"{service}/restore/{number}", headers=headers).json()
        assert kept["RestoreStateId"] == 3
        assert {**kept, "RestoreStateId": 0} == restore
        assert httpx.get(f"{url}/emulator/clock").json()["now"] >= now
        again = httpx.put(f"{service}/restore", json=RESTORE, headers=headers).json()
        assert again["RestoreId"] > number


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--port", "65536"], "port"),
        (["--time-scale", "0"], "number"),
        (["--time-scale", "2", "--manual-clock"], "not allowed"),
        (["--database", "/"], "database"),
        (["--database", __file__], "database"),
        (["--host", "nowhere.invalid"], "nowhere.invalid"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(options: list[str], says: str) -> None:
    refused = subprocess.run([*COMMAND, *options], capture_output=True, text=True, check=False)

    assert refused.returncode in {1, 2}
    assert refused.stdout == ""
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "yaml", "jsonschema_rs"])
def test_without_the_extra_it_says_what_to_install(name: str) -> None:
    lines = (
        f"import sys; sys.modules[{name!r}] = None;"
        "from cloud_backup_emulator.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", lines]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("cloud-backup-emulator: ")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
    assert "pip install 'rackspace-cloud-backup[emulator]'" in done.stderr
    subprocess.run([*command, "--help"], stdout=subprocess.DEVNULL, check=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "--port", "0"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=20,
        )

    assert done.returncode == 1
    assert done.stderr == "cloud-backup-emulator: [Errno 28] No space left on device\n"


@pytest.mark.parametrize("table", ["", "create table theirs (x)"])
def test_another_programs_database_is_left_alone(tmp_path: Path, table: str) -> None:
    database = tmp_path / "theirs.db"
    with contextlib.closing(sqlite3.connect(database)) as theirs:
        theirs.executescript(f"pragma user_version = 1; {table};")
    before = database.read_bytes()

    refused = subprocess.run(
        [*COMMAND, "--port", "0", "--database", str(database)],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert str(database) in refused.stderr
    assert database.read_bytes() == before


def test_a_database_is_one_emulators_at_a_time(tmp_path: Path) -> None:
    options = ["--database", str(tmp_path / "world.db")]
    with running(*options):
        refused = subprocess.run(
            [*COMMAND, "--port", "0", *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )

    assert refused.returncode == 1
    assert "in use" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_port_in_use_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        refused = subprocess.run(
            [*COMMAND, "--port", port], capture_output=True, text=True, check=False
        )

    assert refused.returncode == 1
    assert port in refused.stderr


def test_answers_are_not_held_back() -> None:
    # asyncio sets TCP_NODELAY only on sockets that say they are TCP's.
    with bind("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_another_document_has_more_operations(tmp_path: Path) -> None:
    more = (
        (ROOT / "openapi.yaml")
        .read_text(encoding="utf-8")
        .replace(
            "\npaths:\n",
            """
paths:
  /user/floppies:
    get:
      operationId: listFloppies
      responses:
        "200":
          description: The floppies.
          content: {application/json: {schema: {type: object}, example: {Bytes: 1}}}
""",
        )
    )
    (tmp_path / "more.yaml").write_text(more, encoding="utf-8")

    with running("--document", str(tmp_path / "more.yaml")) as (_, url):
        answer = httpx.get(f"{url}/v1.0/1234/user/floppies", headers=token(url))
        health = httpx.get(f"{url}/emulator/health").json()

    assert (answer.json(), answer.headers["X-Emulator-Answer"]) == ({"Bytes": 1}, "example")
    assert "listFloppies" in health["operations"]["example"]
