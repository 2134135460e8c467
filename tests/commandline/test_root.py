"""The command itself: help, version, options, exit codes, and how failures are told."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest

from cloud_backup.commandline.root import cloud_backup
from cloud_backup.commandline.running.exit_codes import MEANINGS, ExitCode
from cloud_backup.commandline.running.failures import failure_of
from cloud_backup.errors import (
    CloudBackupError,
    CredentialsMissing,
    RegionNotFound,
    UnexpectedAnswer,
    Unreachable,
    status_error,
)

from .conftest import CommandLine, helped

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


def commands(
    command: click.Command = cloud_backup, path: str = ""
) -> Iterator[tuple[str, click.Command]]:
    """Give every command but the groups that do nothing by themselves, with its name."""
    if not isinstance(command, click.Group):
        yield path.strip(), command
        return
    if command.invoke_without_command:
        yield path.strip(), command
    ctx = click.Context(command)
    for name in command.list_commands(ctx):
        found = command.get_command(ctx, name)
        assert found is not None
        yield from commands(found, f"{path} {name}")


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_that_teaches(name: str) -> None:
    shown = helped(*name.split(), "--help").stdout

    assert re.search(rf"^  Examples?:\n    .*cloud-backup.*{name}", shown, re.MULTILINE), shown


@pytest.mark.parametrize("name", ALL)
def test_every_command_is_documented_with_an_example(name: str) -> None:
    assert f"cloud-backup {name}" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_no_command_takes_a_secret_as_an_argument(name: str) -> None:
    for param in [*ALL[name].params, *cloud_backup.params]:
        secrets = {"api_key", "password", "passphrase", "old_passphrase", "new_passphrase"}
        if param.name in secrets:
            assert isinstance(param, click.Option)
            assert param.is_flag


def test_help_lists_commands_and_exit_codes() -> None:
    shown = helped("--help").stdout

    for name in {name.split()[0] for name in ALL}:
        assert re.search(rf"^  {name} +\S", shown, re.MULTILINE)
    for code, meaning in MEANINGS.items():
        assert f"{code.value}  {meaning}" in shown
    assert set(MEANINGS) == set(ExitCode)


def test_exit_codes_are_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")

    for code, meaning in MEANINGS.items():
        assert f"| {code.value} | {meaning} |" in page


def documented() -> list[str]:
    """Give the command lines of the page."""
    page = PAGE.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^\$ (cloud-backup .*)$", page, re.MULTILINE)
    return [re.split(r" [|>] ", line)[0] for line in lines]


@pytest.mark.parametrize("line", documented())
def test_the_lines_of_the_page_have_commands_and_options_that_exist(line: str) -> None:
    _, *arguments = shlex.split(line, comments=True)

    shown = helped(*arguments, "--help")

    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.startswith(("Usage: cloud-backup", "cloud-backup "))


LOADED = """
import sys
sys.argv = ["cloud-backup", {argument!r}]
from cloud_backup.commandline.__main__ import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
heavy = ("httpx", "rich", "yaml", "attrs", "attr", "cryptography", "keyring", "cloud_backup_api")
print("LOADED", *(name for name in heavy if name in sys.modules))
"""


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(argument: str) -> None:
    lines = LOADED.format(argument=argument)

    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "LOADED"
    assert done.stdout.startswith(("cloud-backup ", "Usage: cloud-backup "))


def test_without_click_it_says_what_to_install() -> None:
    lines = (
        "import sys; sys.modules['click'] = None;"
        "from cloud_backup.commandline.__main__ import main; main()"
    )

    done = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "pip install 'rackspace-cloud-backup[cli]'" in done.stderr


def test_an_extra_that_is_missing_is_named(
    cloud: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)

    ended = cloud.run("agents", "list", "-o", "yaml")

    assert ended.exit_code == 1
    assert "yaml" in ended.stderr
    assert "pip install 'rackspace-cloud-backup[cli]'" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "No such command 'nonsense'; see `cloud-backup --help`"),
        (("agents", "nonsense"), "No such command 'nonsense'; see `cloud-backup agents --help`"),
        (("--api-key", "x", "agents", "list"), "No such option"),
        (("--password", "x", "agents", "list"), "No such option"),
        (("agents", "list", "-o", "xml"), "'xml' is not one of"),
        (("--timeout", "0", "agents", "list"), "0.0 is not in the range"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    ended = helped(*arguments)

    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("cloud-backup: ")
    assert ended.stderr.count("\n") == 1
    assert said in ended.stderr


def test_without_a_verb_the_help_is_on_stderr() -> None:
    ended = helped("agents")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Usage: cloud-backup agents")
    assert "\nCommands:\n" in ended.stderr


def test_no_credentials(cloud: CommandLine) -> None:
    cloud.environment = {}

    ended = cloud.run("agents", "list")

    assert ended.exit_code == 3
    assert "RS_USERNAME" in ended.stderr
    assert "cloud-backup login" in ended.stderr


def test_credentials_that_are_refused(cloud: CommandLine) -> None:
    cloud.environment["RS_API_KEY"] = "wrong-key"

    ended = cloud.run("agents", "list")

    assert ended.exit_code == 3
    assert "wrong-key" not in ended.stderr


def test_credentials_in_the_file(cloud: CommandLine, nobodys_home: Path) -> None:
    for name in ("RS_USERNAME", "RS_API_KEY"):
        del cloud.environment[name]
    file = nobodys_home / ".rackspace_cloud_credentials"
    file.write_text("[rackspace_cloud]\nusername = observer\napi_key = observer-key\n")

    assert cloud.json("login", "--check")["username"] == "observer"
    assert cloud.json("--username", "observer", "login", "--check")["username"] == "observer"
    assert cloud.run("--username", "creator", "login", "--check").exit_code == 3


def test_the_report_of_what_is_not_done_yet(cloud: CommandLine) -> None:
    ended = cloud.run("restores", "report", "13689")

    assert ended.exit_code == 4
    assert "cloud-backup wait" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("agents", "show", "999"), "`cloud-backup agents list`"),
        (("configurations", "show", "999"), "`cloud-backup configurations list`"),
        (("restores", "show", "999"), "`cloud-backup activity list`"),
    ],
)
def test_what_is_not_there_is_to_be_seen_elsewhere(
    cloud: CommandLine, arguments: tuple[str, ...], hint: str
) -> None:
    assert hint in cloud.run(*arguments).stderr


def test_roles_that_may_not(cloud: CommandLine) -> None:
    cloud.environment |= {"RS_USERNAME": "observer", "RS_API_KEY": "observer-key"}

    ended = cloud.run("agents", "disable", "MBP0")

    assert ended.exit_code == 1
    assert "roles" in ended.stderr


def test_where_is_told_by_options(cloud: CommandLine) -> None:
    auth_url, tenant = cloud.environment.pop("RS_AUTH_URL"), "1234"
    del cloud.environment["RS_REGION_NAME"]

    shown = cloud.json(
        *("--auth-url", auth_url, "--region", "ord", "--tenant", tenant, "--timeout", "20"),
        *("--username", "demo", "login", "--check"),
    )

    assert (shown["auth_url"], shown["region"], shown["tenant_id"]) == (auth_url, "ord", tenant)


def test_a_call_is_given_up_at_its_deadline(cloud: CommandLine) -> None:
    late = cloud.run("--call-deadline", "0.00001s", "agents", "list")
    in_time = cloud.run("agents", "list", "--call-deadline", "1h")

    assert late.exit_code == 1
    assert "the time is up" in late.stderr
    assert in_time.exit_code == 0, in_time.stderr


def test_a_region_for_an_account_that_has_none(cloud: CommandLine) -> None:
    cloud.environment |= {"RS_USERNAME": "other", "RS_API_KEY": "other-key"}

    ended = cloud.run("agents", "list")

    assert ended.exit_code == 2
    assert "unset RS_REGION_NAME" in ended.stderr
    del cloud.environment["RS_REGION_NAME"]
    assert cloud.run("agents", "list").exit_code == 0


def test_a_region_that_there_is_none_of(cloud: CommandLine) -> None:
    ended = cloud.run("--region", "MOON", "agents", "list")

    assert ended.exit_code == 2
    assert "MOON" in ended.stderr


def test_an_api_key_in_the_environment_is_not_taken_for_another_users(cloud: CommandLine) -> None:
    ended = cloud.run("--username", "creator", "agents", "list")

    assert ended.exit_code == 3


def test_the_api_key_of_another_user_is_asked_for(cloud: CommandLine) -> None:
    ended = cloud.done(
        "--username", "creator", "login", "--check", "-o", "json", typed="creator-key\n"
    )

    assert ended.json["username"] == "creator"
    assert "creator-key" not in ended.stdout + ended.stderr


def test_calls_are_sent_again_unless_told(cloud: CommandLine) -> None:
    cloud.emulator.fault(operation="listAgents", status=503)
    assert cloud.json("agents", "list")

    cloud.emulator.fault(operation="listAgents", status=503)
    ended = cloud.run("--no-retries", "agents", "list")
    assert ended.exit_code == 1
    assert "try again later" in ended.stderr

    cloud.emulator.fault(operation="listAgents", status=503, count=None)
    assert re.search(r"after \d+ attempts; ", cloud.run("agents", "list").stderr)


def test_the_token_is_kept_on_disk_by_choice(cloud: CommandLine, nobodys_home: Path) -> None:
    cloud.done("agents", "wake")
    cloud.done("--no-token-cache", "agents", "wake")
    assert not (nobodys_home / "cache").exists()
    assert cloud.asked("authenticate") == 2

    cloud.done("--token-cache", "agents", "wake")
    cloud.done("--token-cache", "agents", "wake")
    assert cloud.asked("authenticate") == 3


def test_nobody_answers(cloud: CommandLine) -> None:
    cloud.environment["RS_AUTH_URL"] = "http://127.0.0.1:1/v2.0"

    ended = cloud.run("--no-retries", "agents", "list")

    assert ended.exit_code == 1
    assert "RS_AUTH_URL" in ended.stderr
    assert ended.stderr.count("\n") == 1


def answer(status: int) -> CloudBackupError:
    request = httpx.Request("GET", "https://backup.example/agents")
    return status_error(httpx.Response(status, json={"message": "no"}, request=request), "getAgent")


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (CredentialsMissing("none"), ExitCode.NO_CREDENTIALS),
        (answer(401), ExitCode.NO_CREDENTIALS),
        (answer(403), ExitCode.FAILED),
        (answer(404), ExitCode.NOT_FOUND),
        (answer(409), ExitCode.FAILED),
        (answer(429), ExitCode.FAILED),
        (answer(500), ExitCode.FAILED),
        (RegionNotFound("X", ["DFW"]), ExitCode.WRONG_USAGE),
        (Unreachable("getAgent", "no route"), ExitCode.FAILED),
        (UnexpectedAnswer("getAgent", "no id"), ExitCode.FAILED),
        (ValueError("no id: -1"), ExitCode.WRONG_USAGE),
        (PermissionError(13, "Permission denied", "/secret"), ExitCode.FAILED),
        (RuntimeError("two\nlines"), ExitCode.FAILED),
    ],
)
def test_exit_codes_of_exceptions(error: Exception, exit_code: ExitCode) -> None:
    failure = failure_of(error)

    assert failure.exit_code is exit_code
    assert "\n" not in failure.message + failure.hint


KEYS = {"type", "message", "hint", "status", "operation", "exit_code"}


@pytest.mark.parametrize("output", [("-o", "json"), ("-ojson",), ("--output=json",)])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("agents", "show", "999"), ("NotFound", 404, "getAgent", 4)),
        (("agents", "nonsense"), ("UsageError", None, None, 2)),
        (("agents", "list", "--nonsense"), ("UsageError", None, None, 2)),
        (("--region", "MOON", "agents", "list"), ("RegionNotFound", None, None, 2)),
    ],
)
def test_errors_are_json_where_json_is_asked_for(
    cloud: CommandLine, arguments: tuple[str, ...], output: tuple[str, ...], told: tuple[object]
) -> None:
    ended = cloud.run(*arguments, *output)

    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert ended.error.keys() == KEYS
    assert tuple(ended.error[key] for key in ("type", "status", "operation", "exit_code")) == told
    assert ended.exit_code == ended.error["exit_code"]
    assert ended.error["message"]


@pytest.mark.parametrize("format_", ["table", "yaml", "csv"])
def test_errors_are_a_line_of_text_else(cloud: CommandLine, format_: str) -> None:
    assert cloud.run("agents", "show", "999", "-o", format_).stderr.startswith("cloud-backup: ")


def test_the_keys_of_an_error_are_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")

    rows = re.findall(r"^\| `(\w+)` \| .* \|$", page.split("## For scripts")[1], re.MULTILINE)
    assert set(rows) == KEYS


def in_shell(cloud: CommandLine, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash with `$cloud_backup` for the command; its status is of that command."""
    return subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            **cloud.environment,
            "cloud_backup": f"{sys.executable} -m cloud_backup.commandline",
        },
    )


@pytest.mark.parametrize(
    "arguments",
    ["--version", "--help", "agents list", "agents list -o csv", "emulator --help", "agents wake"],
)
def test_a_closed_stdout_is_no_success(cloud: CommandLine, arguments: str) -> None:
    done = in_shell(cloud, f"$cloud_backup {arguments} >&-")

    assert done.returncode == 1
    assert done.stderr.startswith("cloud-backup: stdout is closed; ")
    assert done.stderr.count("\n") == 1
    assert cloud.emulator.requests == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "arguments", ["--version", "agents list", "agents list -o csv", "emulator --help"]
)
def test_a_full_disk_is_no_success(cloud: CommandLine, arguments: str) -> None:
    done = in_shell(cloud, f"$cloud_backup {arguments} > /dev/full")

    assert done.returncode == 1
    assert done.stderr == "cloud-backup: No space left on device\n"


@pytest.mark.parametrize(
    "arguments", ["--help", "activity list", "activity list -o json", "emulator --help"]
)
def test_nobody_who_reads_on_is_no_success(cloud: CommandLine, arguments: str) -> None:
    nobody, stdout = os.pipe()
    os.close(nobody)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cloud_backup.commandline", *arguments.split()],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, **cloud.environment},
        )
    finally:
        os.close(stdout)

    assert (done.returncode, done.stderr) == (1, b"")


def test_errors_with_a_closed_stderr_keep_their_exit_code(cloud: CommandLine) -> None:
    assert in_shell(cloud, "$cloud_backup agents show 999 2>&-").returncode == 4


def test_a_bug_is_told_in_one_line_and_shown_with_debug(
    cloud: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("it broke")

    monkeypatch.setattr("cloud_backup.commandline.commands.agents.print_list", broken)

    ended = cloud.run("agents", "list")
    assert ended.exit_code == 1
    assert ended.stderr.startswith("cloud-backup: unexpected RuntimeError: it broke; this is a bug")
    assert "Traceback" not in ended.stderr

    assert "Traceback" in cloud.run("agents", "list", "--debug").stderr


def test_ctrl_c_ends_with_130_and_no_traceback(cloud: CommandLine) -> None:
    command = [sys.executable, "-m", "cloud_backup.commandline", "activity", "list", "--follow"]
    with subprocess.Popen(
        [*command, "-o", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **cloud.environment},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("id,type,")
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()

    assert process.returncode == 130
    assert stderr.strip() == "cloud-backup: interrupted"


def test_as_a_program_of_its_own(cloud: CommandLine) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cloud_backup.commandline", "backups", "show", "999"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **cloud.environment},
    )

    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("cloud-backup: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--region", "MOON", "agents", "list"),
        ("agents", "--region", "MOON", "list"),
        ("agents", "list", "--region", "MOON"),
        ("--region", "DFW", "agents", "list", "--region", "MOON"),
        ("restore", "BackupConfig1", "--region", "MOON"),
    ],
)
def test_options_of_all_commands_may_stand_anywhere(
    cloud: CommandLine, arguments: tuple[str, ...]
) -> None:
    ended = cloud.run(*arguments)

    assert ended.exit_code == 2
    assert "no Cloud Backup in region 'MOON'" in ended.stderr


@pytest.mark.parametrize("name", ALL)
def test_every_command_that_asks_the_service_takes_all_options(name: str) -> None:
    everywhere = {param.name for param in cloud_backup.params}

    if name not in {"completion", "emulator"}:
        assert everywhere - {param.name for param in ALL[name].params} == {"version"}


def test_the_environment_does_not_overrule_an_option(
    cloud: CommandLine, nobodys_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUD_BACKUP_TOKEN_CACHE", "1")

    cloud.done("--no-token-cache", "agents", "wake")
    cloud.done("agents", "wake", "--no-token-cache")
    assert not (nobodys_home / "cache").exists()

    cloud.done("agents", "wake")
    assert (nobodys_home / "cache").exists()


@pytest.mark.parametrize("name", ALL)
def test_whoever_confirms_takes_y(name: str) -> None:
    for param in ALL[name].params:
        if param.name == "yes":
            assert param.opts == ["--yes", "-y"]
