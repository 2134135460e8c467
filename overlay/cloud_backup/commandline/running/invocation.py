"""One run of `cloud-backup`, which every command receives.

`@pass_invocation` passes it as the first argument:

    @click.command("show", cls=Verb)
    @click.argument("agent")
    @pass_invocation
    def show(invocation: Invocation, agent: str) -> None:
        found = find_agent(invocation.client, agent)
        print_one(invocation, found)

`cloud_backup.commandline.rendering.output` prints data, `Invocation.say` everything else. Commands
don't catch the client's exceptions: `root` prints one line, and exits with the matching code.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

import cloud_backup
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.printable import one_line, printable
from cloud_backup.commandline.running.status_line import StatusLine

if TYPE_CHECKING:
    from httpx import Request, Response
    from rich.console import Console

    from cloud_backup import CloudBackup, CloudBackupError, Credentials, Secret

__all__ = ["OUTPUTS", "Invocation", "pass_invocation"]

OUTPUTS: Final = ("table", "json", "yaml", "csv")
"""The output formats."""


class Invocation:
    """One run of `cloud-backup`.

    Args:
        environ: The environment; `os.environ` if None.
        sleep: Waits for a number of seconds, between retries and polls.
        interactive: Whether to prompt; None to prompt if stdin and stderr are a terminal.

    Attributes:
        environ: The environment.
        sleep: Waits for a number of seconds.
        output: The output format, one of `OUTPUTS`.
        utc: Whether tables show times in UTC; the other formats always do.
        debug: Whether to print the HTTP exchange.
        color: Whether to use colours.
        username: `--username`; None if not given.
        region: `--region`; None if not given.
        auth_url: `--auth-url`; None if not given.
        tenant: `--tenant`; None if not given.
        timeout: `--timeout`, seconds to wait for each part of an answer; None if not given.
        call_deadline: `--call-deadline`, seconds that a call may take; None if not given.
        retries: Whether to retry failed calls.
        token_cache: Whether to keep the token on disk.
    """

    def __init__(
        self,
        *,
        environ: Mapping[str, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        interactive: bool | None = None,
    ) -> None:
        self.environ = os.environ if environ is None else environ
        self.sleep = sleep
        self._interactive = interactive
        self.output = "table"
        self.utc = False
        self.debug = False
        self.color = True
        self.username: str | None = None
        self.region: str | None = None
        self.auth_url: str | None = None
        self.tenant: str | None = None
        self.timeout: float | None = None
        self.call_deadline: float | None = None
        self.retries = True
        self.token_cache = False
        self._client: CloudBackup | None = None
        self._console: Console | None = None
        self._trouble = ""
        self.status = StatusLine(self._on_stderr)
        self._closers: list[Callable[[], None]] = []

    @property
    def interactive(self) -> bool:
        """Whether the user can be prompted."""
        if self._interactive is None:
            # A closed stream is None.
            return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
        return self._interactive

    @property
    def client(self) -> "CloudBackup":
        """The client. It is created on first use, and closed at the end.

        Raises:
            CredentialsMissing: There are no credentials; the message says what to set.
        """
        if self._client is None:
            self._client = self.open_client(self.credentials())
        return self._client

    @property
    def console(self) -> "Console":
        """A rich console on stderr, for progress and messages, never for data.

        Brackets in names aren't taken for markup. From its first use on, the status line is off.
        """
        self.status.end()
        self.status.is_silent = True
        return self._on_stderr()

    @contextlib.contextmanager
    def drawing(self) -> Iterator["Console"]:
        """Yield the console, with the status line off meanwhile."""
        before = self.status.is_silent
        try:
            yield self.console
        finally:
            self.status.is_silent = before

    def _on_stderr(self) -> "Console":
        if self._console is None:
            from rich.console import Console  # noqa: PLC0415 - slow to import

            self._console = Console(
                stderr=True,
                no_color=None if self.color else True,  # None leaves it to NO_COLOR
                highlight=False,
                markup=False,
                emoji=False,
            )
        return self._console

    def say(self, message: str) -> None:
        """Print a line for people, to stderr."""
        # The command carries on even if stderr is closed.
        with self.status.paused(), contextlib.suppress(OSError):
            click.echo(printable(message), err=True)

    def credentials(self, *, ask: bool = True) -> "Credentials":
        """Find the credentials: in the options, environment, file or keyring, or by a prompt.

        Args:
            ask: Whether to prompt, if there is a terminal.

        Raises:
            CredentialsMissing: There are none.
        """
        from attrs import evolve  # noqa: PLC0415 - slow to import

        from cloud_backup.commandline.running.sign_in import find_credentials  # noqa: PLC0415 - for httpx

        asks = self.ask_secret if ask and self.interactive else None
        found = find_credentials(self.environ, self.username, asks)
        return evolve(
            found,
            region=self.region or found.region,
            auth_url=self.auth_url or found.auth_url,
            tenant_id=self.tenant or found.tenant_id,
        )

    def open_client(self, credentials: "Credentials", **options: Any) -> "CloudBackup":
        """Create a client, which is closed at the end.

        Args:
            credentials: The credentials.
            options: More arguments of `CloudBackup`.
        """
        from cloud_backup.commandline.running import exchange  # noqa: PLC0415 - for httpx

        if self.timeout is not None:
            options["timeout"] = self.timeout
        retries = (
            cloud_backup.Retries(on_retry=self._retrying)
            if self.retries
            else cloud_backup.Retries.off()
        )
        options.setdefault("retries", retries)
        options.setdefault("deadline", self.call_deadline)
        if self.token_cache:
            options.setdefault("token_cache", cloud_backup.TokenCache())
        if credentials.auth_url is not None:
            options["auth_url"] = credentials.auth_url
        options.setdefault("allow_http", credentials.allow_http)
        self._closers.append(exchange.log_to(self.say, debug=self.debug))
        client = cloud_backup.CloudBackup(
            credentials.username,
            credentials.api_key,
            password=credentials.password,
            tenant_id=credentials.tenant_id,
            region=credentials.region,
            sleep=self.sleep,
            **options,
        )
        self._closers.append(client.close)
        # Both see the login too.
        http = client.api.get_httpx_client()
        if self.debug:
            secrets = [credentials.api_key, credentials.password]
            shown = [secret for secret in secrets if secret is not None]
            exchange.Exchange(self.say, shown).show(http)
        if self.status.is_on:
            http.event_hooks["request"].append(self._asking)
            http.event_hooks["response"].append(self._answered)
        return client

    def _asking(self, request: "Request") -> None:
        from cloud_backup.commandline.running.failures import plain_url  # noqa: PLC0415 - for httpx

        self.status.begin(f"waiting for {plain_url(request.url)}")
        if self._trouble:
            self.status.tell(f"{self._trouble}; trying again")

    def _answered(self, response: "Response") -> None:
        del response
        self._trouble = ""

    def _retrying(self, error: "CloudBackupError", pause: float) -> None:
        """Report that a call failed and is retried: each time on a terminal, elsewhere once."""
        from cloud_backup.commandline.running.failures import message_of  # noqa: PLC0415 - for httpx

        self._trouble = message_of(error)
        if self.status.is_on:
            again = f"attempt {error.attempts + 1} in {pause:.0f} s"
            self.status.tell(f"{self._trouble}; {again}")
        elif error.attempts == 1:
            self.say(f"{self._trouble}; trying again")

    def confirm(self, consequences: str, question: str, *, yes: bool) -> None:
        """Print the consequences of a command, and prompt for confirmation.

        Args:
            consequences: What will happen: one or more sentences.
            question: The question, without a question mark.
            yes: Whether `--yes` was given, which skips the prompt.

        Raises:
            CommandFailed: The answer is no, or there is no terminal (exit code 2).
        """
        self.say(consequences)
        if yes:
            return
        if not self.interactive:
            raise CommandFailed(
                "can't prompt for confirmation: there is no terminal",
                ExitCode.WRONG_USAGE,
                hint="--yes proceeds without a prompt",
            )
        if not self.agrees(question):
            raise CommandFailed("not confirmed: nothing was changed")

    def agrees(self, question: str) -> bool:
        """Ask a yes-or-no question at the terminal. The default is no.

        Args:
            question: The question, without a question mark.
        """
        self.status.end()
        return click.confirm(printable(f"{question}?"), err=True)

    def ask_secret(self, what: str, *, twice: bool = False) -> "Secret":
        """Prompt for a secret, without echoing it.

        Args:
            what: What to ask for.
            twice: Whether it must be typed twice, as a new one.
        """
        again = f"{what}, again" if twice else False
        self.status.end()
        return cloud_backup.Secret(
            click.prompt(one_line(what), hide_input=True, err=True, confirmation_prompt=again)
        )

    def ask(self, question: str, **options: Any) -> Any:
        """Prompt for a value.

        Args:
            question: What to ask for.
            options: More arguments of `click.prompt`.
        """
        self.status.end()
        return click.prompt(printable(question), err=True, **options)

    def close(self) -> None:
        """Close the client and restore the log."""
        self.status.end()
        while self._closers:
            self._closers.pop()()
        self._client = None


pass_invocation = click.make_pass_decorator(Invocation)
"""Passes the invocation to a command as its first argument."""
