"""Turns an exception into one line, a hint and an exit code."""

import re
from typing import Final

import httpx
from attrs import frozen

from cloud_backup.commandline.running.exit_codes import ExitCode
from cloud_backup.errors import (
    AgentNotOnline,
    AuthenticationError,
    BackupFailed,
    CloudBackupError,
    CredentialsMissing,
    InsecureURL,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    RegionNotFound,
    RestoreFailed,
    ServerError,
    StatusError,
    UnexpectedAnswer,
    Unreachable,
    WaitTimeout,
)

__all__ = ["Failure", "failure_of", "message_of", "plain_url"]

_NOT_REACHED: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
_ERRNO: Final = re.compile(r"^\[Errno -?\d+\] ")


@frozen
class Failure:
    """How to report a failure.

    Attributes:
        message: What went wrong, in one line.
        hint: What to do about it; empty if nothing.
        exit_code: The exit code.
    """

    message: str
    hint: str
    exit_code: ExitCode


_BY_KIND: tuple[tuple[type[Exception], ExitCode, str], ...] = (
    (
        CredentialsMissing,
        ExitCode.NO_CREDENTIALS,
        "`cloud-backup login` stores them in the keyring",
    ),
    (
        AuthenticationError,
        ExitCode.NO_CREDENTIALS,
        "check RS_USERNAME and RS_API_KEY, or run `cloud-backup login` again",
    ),
    (NotFound, ExitCode.NOT_FOUND, ""),
    (BackupFailed, ExitCode.NOT_COMPLETED, "`cloud-backup backups report` has the details"),
    (RestoreFailed, ExitCode.NOT_COMPLETED, "`cloud-backup restores report` has the details"),
    (AgentNotOnline, ExitCode.DEADLINE_PASSED, "check that its machine is on"),
    (WaitTimeout, ExitCode.DEADLINE_PASSED, "it is still running: wait again"),
    (InsecureURL, ExitCode.WRONG_USAGE, "use https"),
    (RegionNotFound, ExitCode.WRONG_USAGE, ""),
    (PermissionDenied, ExitCode.FAILED, ""),
    (
        RateLimited,
        ExitCode.FAILED,
        "too many requests: try again later",
    ),
    (InvalidRequest, ExitCode.FAILED, "--debug shows the exchange"),
    (ServerError, ExitCode.FAILED, "the service failed: try again later"),
    (Unreachable, ExitCode.FAILED, "check the network, the proxy and RS_AUTH_URL"),
    (UnexpectedAnswer, ExitCode.FAILED, "--debug shows the exchange"),
    (CloudBackupError, ExitCode.FAILED, ""),
    (ValueError, ExitCode.WRONG_USAGE, ""),
    (ModuleNotFoundError, ExitCode.FAILED, ""),
    (httpx.HTTPError, ExitCode.FAILED, "check the network, the proxy and RS_AUTH_URL"),
)
"""From specific to general; the first match counts."""


def failure_of(error: Exception) -> Failure:
    """Return how to report an exception.

    Args:
        error: What a command raised, except click's own exceptions.
    """
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return Failure(f"{where}{error.strerror or error}", "", ExitCode.FAILED)
    for kind, exit_code, hint in _BY_KIND:
        if isinstance(error, kind):
            return Failure(_message(error), hint or _hint(error), exit_code)
    return Failure(
        f"unexpected {type(error).__name__}: {_message(error)}",
        "this is a bug: please report it, with the output of --debug",
        ExitCode.FAILED,
    )


def _hint(error: Exception) -> str:
    """Return the hint for an error whose type alone isn't enough."""
    if isinstance(error, RegionNotFound):
        if error.regions:
            return "choose one with --region or RS_REGION_NAME"
        return "unset RS_REGION_NAME, and omit --region"
    if isinstance(error, NotFound):
        return _of_not_found(error)
    if isinstance(error, PermissionDenied):
        return _of_permission(error)
    if isinstance(error, ModuleNotFoundError) and "pip install" not in str(error):
        return "pip install 'rackspace-cloud-backup[cli]'"
    return ""


def _of_not_found(error: NotFound) -> str:
    """Return where to find the existing ids."""
    if error.operation in {"getBackupReport", "getRestoreReport"}:
        return "there is no report until it finishes: use `cloud-backup wait`"
    if "Configuration" in error.operation:
        return "`cloud-backup configurations list` lists them"
    if "Agent" in error.operation:
        return "`cloud-backup agents list` lists them"
    return "`cloud-backup activity list` lists the latest"


def _of_permission(error: PermissionDenied) -> str:
    """Return the hint for an agent that isn't ready, or for a missing role."""
    said = error.message.casefold()
    if "agent" in said or "online" in said or "awake" in said:
        return "`cloud-backup agents wait-online AGENT` wakes it and waits until it is online"
    return "the user's roles may not permit this"


def message_of(error: Exception) -> str:
    """Return in one line what went wrong.

    Args:
        error: What was raised.
    """
    text = str(error)
    if isinstance(error, StatusError):
        # The operation's name is for programs.
        text = f"{error.message} ({error.status}, {error.operation})"
    elif isinstance(error, Unreachable) and (request := _request_of(error.__cause__)) is not None:
        reached = not isinstance(error.__cause__, _NOT_REACHED)
        begun = "no answer from" if reached else "can't reach"
        reason = _ERRNO.sub("", str(error.__cause__)) or type(error.__cause__).__name__
        text = f"{begun} {plain_url(request.url)}: {reason}"
    return " ".join(text.split())


def plain_url(url: httpx.URL) -> str:
    """Return a URL without user, password, query and fragment.

    Args:
        url: The URL.
    """
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _request_of(error: BaseException | None) -> httpx.Request | None:
    try:
        return error.request if isinstance(error, httpx.RequestError) else None
    except RuntimeError:  # it has none
        return None


def _message(error: Exception) -> str:
    text = message_of(error)
    if isinstance(error, CloudBackupError) and error.attempts > 1:
        text += f", after {error.attempts} attempts"
    return text
