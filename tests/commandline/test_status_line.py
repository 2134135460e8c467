"""What a terminal says while something is waited for."""

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest
from rich.console import Console

from cloud_backup import Retries, Unreachable
from cloud_backup.commandline.running.failures import failure_of, message_of
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup.commandline.running.status_line import StatusLine

from .conftest import CommandLine

DOWN = "http://127.0.0.1:1/v2.0"


class Screen:
    """A terminal, and a status line on it."""

    def __init__(self, *, width: int = 80, delay: float = 0) -> None:
        self.text = io.StringIO()
        self.now = 100.0
        self.console = Console(file=self.text, force_terminal=True, width=width, color_system=None)
        self.line = StatusLine(
            lambda: self.console, is_terminal=True, delay=delay, clock=lambda: self.now
        )

    @property
    def shown(self) -> str:
        """What was ever drawn, without what steers the terminal."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.text.getvalue())

    def drawn(self) -> str:
        """What is drawn now."""
        return self.line.__rich__().plain


def test_it_says_what_is_waited_for_and_for_how_long() -> None:
    screen = Screen()
    screen.line.begin("waiting for the service")
    screen.now += 12

    assert screen.drawn().endswith(" 12 s  waiting for the service")
    assert "0 s  waiting for the service" in screen.shown
    screen.line.end()


def test_a_purpose_says_it_better_than_each_request() -> None:
    screen = Screen()
    with screen.line.waiting("waking MBP2") as change:
        screen.now += 3
        screen.line.begin("waiting for a request")
        assert screen.drawn().endswith(" 3 s  waking MBP2")
        change("MBP2 is awake")
        assert screen.drawn().endswith(" 0 s  MBP2 is awake")
        screen.line.tell("can't reach it")
        assert "can't reach it" in screen.drawn()
        screen.line.begin("waiting for a request")
        assert "MBP2 is awake" in screen.drawn()
    screen.line.begin("waiting for another request")
    assert "another request" in screen.drawn()
    screen.line.end()


def test_what_is_printed_has_the_screen_for_itself() -> None:
    screen = Screen()
    with screen.line.waiting("waking MBP2"):
        with screen.line.paused():
            screen.text.truncate(0)
            screen.text.seek(0)
            screen.text.write("something\n")
        assert screen.shown.startswith("something\n")
        assert "waking MBP2" in screen.shown
    before = screen.shown
    screen.line.end()
    assert screen.shown == before


def test_nothing_is_shown_before_it_has_taken_a_while() -> None:
    screen = Screen(delay=3600)
    screen.line.begin("waiting")
    screen.line.begin("waiting on")
    screen.line.end()

    assert screen.shown == ""


def test_it_stays_away_from_pipes_and_from_whoever_draws() -> None:
    screen = Screen()
    screen.line.is_silent = True
    with screen.line.waiting("waking MBP2"):
        screen.line.begin("waiting")
    assert screen.shown == ""

    piped = StatusLine(lambda: screen.console, is_terminal=False, delay=0)
    piped.begin("waiting")
    assert screen.shown == ""


def test_a_name_steers_no_terminal_and_a_long_one_takes_one_line() -> None:
    screen = Screen(width=40)
    screen.line.begin("waking \x1b[2J\nevil " + "x" * 200)

    assert screen.shown.count("\n") == 0
    assert "\x1b[2J" not in screen.text.getvalue()
    screen.line.end()


def test_the_console_is_drawn_on_by_one(cloud: CommandLine) -> None:
    invocation = Invocation(environ=cloud.environment)
    with invocation.drawing():
        assert invocation.status.is_silent
    assert not invocation.status.is_silent
    assert invocation.console is not None
    assert invocation.status.is_silent


def on_a_terminal(
    arguments: list[str], environment: dict[str, str], until: Callable[[str], bool]
) -> tuple[str, int]:
    """Run the command on a terminal until it has shown something, then press Ctrl-C."""
    ours, theirs = pty.openpty()
    shown = ""
    with subprocess.Popen(
        [sys.executable, "-m", "cloud_backup.commandline", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200", **environment},
    ) as process:
        os.close(theirs)
        pressed = False
        while select.select([ours], [], [], 60)[0]:
            try:
                shown += os.read(ours, 65536).decode()
            except OSError:  # it has ended
                break
            if until(shown) and not pressed:
                process.send_signal(signal.SIGINT)
                pressed = True
    os.close(ours)
    return shown, process.returncode


def test_on_a_terminal_it_says_at_once_what_cannot_be_reached(cloud: CommandLine) -> None:
    cloud.environment["RS_AUTH_URL"] = DOWN

    shown, exit_code = on_a_terminal(
        ["agents", "list"], cloud.environment, lambda text: "; attempt " in text
    )

    assert exit_code == 130
    assert f"can't reach {DOWN}/tokens: Connection refused; attempt " in shown
    assert shown.rstrip().endswith("cloud-backup: interrupted")
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l"), "the cursor is back"


def test_on_a_terminal_it_says_that_an_agent_is_being_woken(cloud: CommandLine) -> None:
    shown, exit_code = on_a_terminal(
        ["agents", "wait-online", "252034"],
        cloud.environment,
        lambda text: "waking agent 252034" in text,
    )

    assert exit_code == 130
    assert "s  waking agent 252034, which takes up to a minute" in shown


def test_in_a_pipe_it_says_once_what_cannot_be_reached(cloud: CommandLine) -> None:
    cloud.environment["RS_AUTH_URL"] = DOWN
    cloud.sleep = lambda _: None

    ended = cloud.run("agents", "list")

    begun, given_up = ended.stderr.splitlines()
    assert begun == f"can't reach {DOWN}/tokens: Connection refused; trying again"
    assert given_up.startswith(
        f"cloud-backup: can't reach {DOWN}/tokens: Connection refused, after 12 attempts; "
    )
    assert ended.exit_code == 1


def unreachable(cause: httpx.RequestError, *, of: str = "https://me:pw@id.example/v2?q=1") -> str:
    cause.request = httpx.Request("GET", of)
    error = Unreachable("listAgents", "no")
    error.__cause__ = cause
    return message_of(error)


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "can't reach {}: Connection ref"),
        (httpx.ConnectTimeout(""), "can't reach {}: ConnectTimeout"),
        (httpx.ReadTimeout("timed out"), "no answer from {}: timed out"),
        (httpx.RemoteProtocolError("peer closed"), "no answer from {}: peer closed"),
    ],
)
def test_what_cannot_be_reached_is_named_by_url(cause: httpx.RequestError, said: str) -> None:
    assert unreachable(cause).startswith(said.format("https://id.example/v2"))


def test_what_no_request_is_known_of() -> None:
    assert failure_of(Unreachable("listAgents", "no route")).message == (
        "listAgents: no answer: no route"
    )


def test_a_program_is_told_of_each_retry(cloud: CommandLine) -> None:
    told: list[tuple[int, bool]] = []
    retries = Retries(on_retry=lambda error, pause: told.append((error.attempts, pause > 0)))
    cloud.emulator.fault(operation="listAgents", status=503, count=2)
    client = Invocation(environ=cloud.environment, sleep=lambda _: None)

    with client.open_client(client.credentials(), retries=retries) as backup:
        backup.agents.list()

    assert told == [(1, True), (2, True)]
