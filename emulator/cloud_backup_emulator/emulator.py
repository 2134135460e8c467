"""The emulator without HTTP: operations by their ids, each in a transaction of its own."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cloud_backup_emulator import (
    activity,
    agents,
    backups,
    configurations,
    identity,
    restores,
    vaults,
)
from cloud_backup_emulator.clock import Anchor, Clock
from cloud_backup_emulator.contract import Contract, Operation
from cloud_backup_emulator.errors import EmulatorError, Forbidden, InvalidRequest, NotFound
from cloud_backup_emulator.faults import Faults
from cloud_backup_emulator.request_log import RequestLog
from cloud_backup_emulator.scheduled_runs import make_due_runs
from cloud_backup_emulator.seed import Seed
from cloud_backup_emulator.starting_data import STARTING_DATA
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.world import World

__all__ = ["Answer", "Call", "Emulator"]

LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True)
class Call:
    """A call of an operation.

    Attributes:
        operation: The operation.
        host: The URL under which the emulator was asked, without a slash at the end.
        parameters: The parameters in the path, as they were sent.
        body: Decodes the body. It is asked for last: who may not call learns nothing about bodies.
        token: What `X-Auth-Token` said.
        tenant: The tenant in the path; None if it was left out.
    """

    operation: Operation
    host: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[], Any] = field(default=lambda: None, repr=False)
    token: str | None = field(default=None, repr=False)
    tenant: str | None = None


@dataclass(frozen=True)
class Answer:
    """What is answered to a call: a status, and a body or none."""

    status: int
    body: Any = None


class Emulator:
    """The service, and Identity, on one's own machine, closed at the end of a `with` block.

    Args:
        database: The file that keeps its world; None keeps it in memory.
        clock: Its clock; None continues the one of the database, or sets one by the machine's.
        rate: How fast that one runs; see `Clock`.
        empty: Whether to start with the accounts alone.
        seed: The world to start with in place of the starting data.
        validate_answers: Whether each answer is checked against the contract, for tests.

    Attributes:
        contract: The contract that it keeps.
        clock: Its clock.
        faults: The faults that are due.
        requests: What came in over HTTP last, without secrets.

    Raises:
        EmulatorError: The database can't be used, or an operation of the contract isn't known here.
    """

    def __init__(
        self,
        *,
        database: Path | None = None,
        clock: Clock | None = None,
        rate: float = 1.0,
        empty: bool = False,
        seed: Seed | None = None,
        validate_answers: bool = False,
    ) -> None:
        self.contract = Contract.load()
        unknown = set(self.contract.operations) - set(HANDLERS)
        if unknown:
            raise EmulatorError(f"no handler for {', '.join(sorted(unknown))}")
        self.faults = Faults(set(self.contract.operations))
        self.requests = RequestLog()
        self._seed = (seed or STARTING_DATA).without_data() if empty else (seed or STARTING_DATA)
        self._validate_answers = validate_answers
        self._lock = threading.RLock()
        self._store = Store(database)
        try:
            self.clock = clock or Clock(rate, anchor=self._kept_anchor(rate))
            with self._store.transaction():
                self._keep_clock()
                if self._store.setting("filled") is None:
                    self._fill()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; again does nothing."""
        with self._lock:
            self._store.close()

    def call(self, call: Call) -> Answer:
        """Answer a call. Calls are answered one after another.

        Raises:
            Refusal: The service refuses it; nothing has changed.
        """
        with self._lock:
            now = self.clock.now()
            # Apart from the call, whose refusal undoes nothing of it.
            make_due_runs(self._store, now // 1000 * 1000, self.faults.take_outcome)
            with self._store.transaction():
                answer = self._answer(call, now)
                if self._validate_answers:
                    self.contract.validate_response(call.operation, answer.status, answer.body)
            return answer

    def advance(self, seconds: float) -> None:
        """Move the clock ahead.

        Raises:
            ValueError: By a negative time, or none that is finite.
        """
        with self._lock, self._store.transaction():
            self.clock.advance(seconds)
            self._keep_clock()

    def reset(self) -> None:
        """Return to the starting data. The clock goes on, and ids are not used again."""
        with self._lock, self._store.transaction():
            self._store.clear()
            self._fill()
            self.faults.clear()
            self.requests.clear()

    def _fill(self) -> None:
        self._seed.fill(self._store, self.clock.now() // 1000 * 1000)
        self._store.set_setting("filled", "yes")

    def _kept_anchor(self, rate: float) -> Anchor | None:
        """Continue the database's clock: it went on while no emulator ran, unless it stood."""
        kept = self._store.setting("clock")
        if kept is None:
            return None
        wall, own, was = kept.split()
        then = Clock(float(was), anchor=Anchor(int(wall), int(own)))
        return (
            then.anchor
            if float(was) == rate
            else Anchor(wall=int(time.time() * 1000), own=then.now())
        )

    def _keep_clock(self) -> None:
        anchor = self.clock.anchor
        self._store.set_setting("clock", f"{anchor.wall} {anchor.own} {self.clock.rate}")

    def _answer(self, call: Call, now: int) -> Answer:
        operation, tenant = call.operation, ""
        if not operation.open_to_all:
            user = identity.user_of(self._store, now, call.token)
            tenant = user.tenant
            if call.tenant not in (None, tenant):
                raise Forbidden("tenant_id: the token is not of this tenant")
            if operation.tag != "identity" and not user.may(
                operation.operation_id, operation.method
            ):
                raise Forbidden(
                    f"the roles of user {user.username} do not permit {operation.operation_id}"
                )
        parameters = {
            name: _parameter(name, call.parameters[name], schema)
            for name, schema in operation.path_parameters.items()
        }
        body = None
        if operation.body_schema is not None:
            body = self.contract.body(operation, call.body())
        # What happens in the service happens on the second; Identity counts milliseconds.
        world = World(self._store, tenant, now // 1000 * 1000, self.faults.take_outcome)
        request = _Request(world, now, parameters, body, call)
        return HANDLERS[operation.operation_id](request)


@dataclass(frozen=True)
class _Request:
    world: World
    now: int
    parameters: Mapping[str, Any]
    body: Any
    call: Call


def _parameter(name: str, sent: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") != "integer":
        return sent
    if not sent.isascii() or not sent.removeprefix("-").isdigit():
        raise InvalidRequest(f"{name}: must be a whole number")
    if len(sent) > len(str(LARGEST_ID)) or not 0 < int(sent) <= LARGEST_ID:
        raise NotFound(f"{name}: there is nothing under this id")
    return int(sent)


def _versions(request: _Request) -> Answer:
    link = {"rel": "self", "href": f"{request.call.host}/v1.0"}
    return Answer(200, {"versions": [{"id": "v1.0", "status": "CURRENT", "links": [link]}]})


def _authenticate(request: _Request) -> Answer:
    world = request.world
    return Answer(
        200, identity.authenticate(world.store, request.now, request.call.host, request.body)
    )


def _revoke(request: _Request) -> Answer:
    identity.revoke_token(request.world.store, request.call.token or "")
    return Answer(204)


def _backup_action(request: _Request) -> Answer:
    started = backups.request_backup_action(request.world, request.body)
    return Answer(204) if started is None else Answer(200, started)


def _reads(read: Callable[..., Any], *parameters: str) -> Callable[[_Request], Answer]:
    """Make a handler that answers what a function of the world and some parameters returns."""
    return lambda request: Answer(
        200, read(request.world, *(request.parameters[name] for name in parameters))
    )


def _does(
    status: int, do: Callable[..., object], *parameters: str, body: bool = False
) -> Callable[[_Request], Answer]:
    """Make a handler that does something and answers with a status alone."""

    def handler(request: _Request) -> Answer:
        arguments = [request.parameters[name] for name in parameters]
        do(request.world, *arguments, *([request.body] if body else []))
        return Answer(status)

    return handler


def _changes(change: Callable[..., Any], *parameters: str) -> Callable[[_Request], Answer]:
    """Make a handler that creates or changes what the body says, and answers with it."""
    return lambda request: Answer(
        200,
        change(request.world, *(request.parameters[name] for name in parameters), request.body),
    )


HANDLERS: Final[Mapping[str, Callable[[_Request], Answer]]] = {
    "authenticate": _authenticate,
    "revokeToken": _revoke,
    "listVersions": _versions,
    "listAgents": _reads(agents.list_agents),
    "getAgent": _reads(agents.get_agent, "machineAgentId"),
    "getAgentByHostServer": _reads(agents.get_agent_by_host_server, "hostServerId"),
    "updateAgent": _changes(agents.update_agent, "machineAgentId"),
    "setAgentEnabled": _does(204, agents.set_agent_enabled, body=True),
    "setAgentLogLevel": _does(200, agents.set_agent_log_level, body=True),
    "enableAgentEncryption": _changes(agents.enable_agent_encryption),
    "changeAgentEncryptionPassword": _changes(agents.change_agent_encryption_password),
    "deleteAgent": _does(204, vaults.delete_agent, body=True),
    "migrateVault": _does(200, vaults.migrate_vault, body=True),
    "wakeAgents": _does(200, agents.wake_agents),
    "createBackupConfiguration": _changes(configurations.create_backup_configuration),
    "updateBackupConfiguration": _does(
        200, configurations.update_backup_configuration, "backupConfigurationId", body=True
    ),
    "setBackupConfigurationEnabled": _changes(
        configurations.set_backup_configuration_enabled, "backupConfigurationId"
    ),
    "listAgentBackupConfigurations": _reads(
        configurations.list_agent_backup_configurations, "machineAgentId"
    ),
    "listBackupConfigurations": _reads(configurations.list_backup_configurations),
    "getBackupConfiguration": _reads(
        configurations.get_backup_configuration, "backupConfigurationId"
    ),
    "deleteBackupConfiguration": _does(
        200, configurations.delete_backup_configuration, "backupConfigurationId"
    ),
    "requestBackupAction": _backup_action,
    "getBackup": _reads(backups.get_backup, "backupId"),
    "listCompletedBackups": _reads(backups.list_completed_backups, "backupConfigurationId"),
    "getBackupReport": _reads(backups.get_backup_report, "backupId"),
    "listBackupsAvailableForRestore": _reads(backups.list_available_backups),
    "createRestore": _changes(restores.create_restore),
    "updateRestore": _does(204, restores.update_restore, body=True),
    "addRestoreFile": _does(200, restores.add_restore_file, body=True),
    "listRestoreFiles": _reads(restores.list_restore_files, "restoreId"),
    "deleteRestoreFile": _does(204, restores.delete_restore_files, "restoreId"),
    "requestRestoreAction": _does(204, restores.request_restore_action, body=True),
    "getRestore": _reads(restores.get_restore, "restoreId"),
    "getRestoreReport": _reads(restores.get_restore_report, "restoreId"),
    "listActivity": _reads(activity.list_activity),
    "listAgentActivity": _reads(activity.list_agent_activity, "agentId"),
}
