"""The emulator without HTTP: operations by their ids, each in its own transaction."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from cloud_backup_emulator.accounts import Account
from cloud_backup_emulator.agent_facts import is_online
from cloud_backup_emulator.clock import Anchor, Clock
from cloud_backup_emulator.contract import Contract, Operation
from cloud_backup_emulator.entities import Agent
from cloud_backup_emulator.errors import EmulatorError, Forbidden
from cloud_backup_emulator.faults import Faults
from cloud_backup_emulator.machines.folder import check_machine
from cloud_backup_emulator.machines.transfers import Transfers
from cloud_backup_emulator.request_log import RequestLog
from cloud_backup_emulator.scheduled_runs import make_due_runs
from cloud_backup_emulator.seed import Seed
from cloud_backup_emulator.starting_data import STARTING_DATA, add_machines
from cloud_backup_emulator.store import NO_TENANT, Store
from cloud_backup_emulator.world import World

__all__ = ["Answer", "Call", "Emulator"]


@dataclass(frozen=True)
class Call:
    """A call of an operation.

    Attributes:
        operation: The operation.
        host: The URL by which the emulator was called, without a trailing slash.
        parameters: The parameters in the path, as sent.
        others: Returns the values of another parameter, given its place and name.
        body: Decodes the body; None if there is none. It is called last, so that callers without
            permission learn nothing about bodies.
        token: The `X-Auth-Token` header.
        tenant: The tenant in the path; None if omitted.
    """

    operation: Operation
    host: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    others: Callable[[str, str], Sequence[str]] = field(
        default=lambda _place, _name: (), repr=False
    )
    body: Callable[[], Any] = field(default=lambda: None, repr=False)
    token: str | None = field(default=None, repr=False)
    tenant: str | None = None


@dataclass(frozen=True)
class Answer:
    """The answer to a call.

    Attributes:
        status: The HTTP status.
        body: The body; None if there is none.
        is_example: Whether it is the document's example.
    """

    status: int
    body: Any = None
    is_example: bool = False


class Emulator:
    """The service and Identity, in this process. A `with` block closes it at its end.

    Args:
        database: The file that stores its world; None keeps it in memory.
        clock: Its clock; None continues the database's clock, or starts one at the current time.
        rate: How fast that clock runs; see `Clock`.
        empty: Whether to start with the accounts alone.
        seed: The world to start with instead of the starting data.
        validate_answers: Whether to check each answer against the contract, for tests.
        document: An OpenAPI document to use instead of the service's own. Operations that aren't
            emulated return the document's example.
        machines: Folders of this computer, by machine name: tenant 1234 gets an online agent for
            each. Other machines in the database keep their folders.

    Attributes:
        contract: The contract that it follows.
        emulated: The ids of the emulated operations, in the document's order.
        examples: The ids of the operations that return the document's example.
        clock: Its clock.
        faults: The pending faults.
        requests: The latest HTTP requests, without secrets.

    Raises:
        EmulatorError: The database or the document can't be used, or the document lacks an
            emulated operation.
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
        document: Path | None = None,
        machines: Mapping[str, Path] | None = None,
    ) -> None:
        for folder in (machines or {}).values():
            check_machine(folder)
        self.contract = Contract.load(document)
        missing = HANDLERS.keys() - self.contract.operations.keys()
        if missing:
            raise EmulatorError(
                f"the document lacks emulated operations: {', '.join(sorted(missing))}; "
                "add them to the document, or remove their handlers"
            )
        self.emulated = [name for name in self.contract.operations if name in HANDLERS]
        self.examples = [name for name in self.contract.operations if name not in HANDLERS]
        self.faults = Faults(set(self.contract.operations))
        self.requests = RequestLog()
        self._seed = (seed or STARTING_DATA).without_data() if empty else (seed or STARTING_DATA)
        self._validate_answers = validate_answers
        self._machines = machines or {}
        self._lock = threading.RLock()
        self._transfers: Transfers | None = None
        self._store = Store(database)
        try:
            self.clock = clock or Clock(rate, anchor=self._kept_anchor(rate))
            with self._store.transaction():
                self._keep_clock()
                if self._store.setting("filled") is None:
                    self._fill()
                add_machines(self._store, self._machines)
            vault = None if database is None else database.with_name(f"{database.name}.vault")
            self._transfers = Transfers(self._store, self._lock, self.clock, vault)
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
        """Close the database. Closing it again does nothing."""
        if self._transfers is not None:
            self._transfers.close()
        with self._lock:
            self._store.close()

    def call(self, call: Call) -> Answer:
        """Answer a call. Calls run one at a time.

        Raises:
            Refusal: The service refuses it. Nothing has changed.
        """
        with self._at_present() as now:
            answer = self._answer(call, now)
            if self._validate_answers:
                self.contract.validate_response(call.operation, answer.status, answer.body)
        return answer

    def tenants(self, most: int) -> list[dict[str, Any]]:
        """Return an overview of each tenant's current world, ordered by tenant.

        Args:
            most: The most agents, and the most backups and restores, to return for each tenant:
                running jobs first, then the newest.
        """
        with self._at_present() as now:
            users: dict[str, list[Account]] = {}
            for account in self._store.all(Account, NO_TENANT):
                users.setdefault(account.tenant, []).append(account)
            return [
                {
                    "tenant": tenant,
                    "users": _users(users[tenant]),
                    **self._overview(tenant, now, most),
                }
                for tenant in sorted(users)
            ]

    def _overview(self, tenant: str, now: int, most: int) -> dict[str, Any]:
        world = World(self._store, tenant, now // 1000 * 1000)
        all_agents = world.all(Agent)
        jobs, total = activity.current_activity(world, most)
        return {
            "agents": [
                {
                    "MachineAgentId": agent.agent_id,
                    "MachineName": agent.document["MachineName"],
                    "Status": "Online" if is_online(agent, now) else "Offline",
                    "IsDisabled": agent.document["IsDisabled"],
                    "IsEncrypted": agent.document["IsEncrypted"],
                }
                for agent in sorted(all_agents, key=lambda agent: agent.agent_id)[:most]
            ],
            "agents_total": len(all_agents),
            "activity": jobs,
            "activity_total": total,
        }

    @contextmanager
    def _at_present(self) -> Iterator[int]:
        """Yield the time, in a transaction, after everything due by then is done."""
        with self._lock:
            now = self.clock.now()
            # In another transaction than the call, whose refusal must not undo it.
            self._make_due_runs(now)
            with self._store.transaction():
                yield now

    def advance(self, seconds: float) -> None:
        """Advance the clock. When this returns, all transfers due by then are done.

        Args:
            seconds: By how much: finite, not negative.

        Raises:
            ValueError: `seconds` is out of that range.
        """
        with self._lock:
            with self._store.transaction():
                self.clock.advance(seconds)
                self._keep_clock()
            if self._store.having(Agent, "machine"):
                self._make_due_runs(self.clock.now())
        self._settle()

    def reset(self) -> None:
        """Return to the starting data. The clock keeps running, and ids are not reused."""
        with self._lock, self._store.transaction():
            self._store.clear()
            self._fill()
            add_machines(self._store, self._machines)
            self.faults.clear()
            self.requests.clear()
            self._look(sweep=True)
        self._settle()

    def _look(self, *, sweep: bool = False) -> None:
        if self._transfers is not None:
            self._transfers.look(sweep=sweep)

    def _settle(self) -> None:
        if self._transfers is not None:
            self._transfers.settle()

    def _make_due_runs(self, now: int) -> None:
        make_due_runs(self._store, now // 1000 * 1000, self.faults.take_outcome, self._look)

    def _fill(self) -> None:
        self._seed.fill(self._store, self.clock.now() // 1000 * 1000)
        self._store.set_setting("filled", "yes")

    def _kept_anchor(self, rate: float) -> Anchor | None:
        """Continue the database's clock. It kept running while no emulator did, unless manual."""
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
                raise Forbidden("tenant_id: the token belongs to another tenant")
            if operation.tag != "identity" and not user.may(
                operation.operation_id, operation.method
            ):
                raise Forbidden(
                    f"the roles of user {user.username} do not permit {operation.operation_id}"
                )
        parameters = {}
        for parameter in operation.parameters:
            name, place = parameter.name, parameter.place
            sent = [call.parameters[name]] if place == "path" else call.others(place, name)
            parameters[name] = self.contract.parameter(operation, parameter, sent)
        body = None
        if operation.body_schema is not None:
            body = call.body()
            if body is not None or operation.body_required:
                body = self.contract.body(operation, body)
        handler = HANDLERS.get(operation.operation_id)
        if handler is None:
            return Answer(*self.contract.example(operation), is_example=True)
        # The service's times are whole seconds; Identity's have milliseconds.
        second = now // 1000 * 1000
        world = World(self._store, tenant, second, self.faults.take_outcome, self._look)
        request = _Request(world, now, parameters, body, call)
        return handler(request)


@dataclass(frozen=True)
class _Request:
    world: World
    now: int
    parameters: Mapping[str, Any]
    body: Any
    call: Call


Handler = Callable[[_Request], Answer]


def _users(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    return [{"username": account.username, "roles": account.roles} for account in accounts]


def _versions(request: _Request) -> Answer:
    """List the versions of the service: v1.0."""
    link = {"rel": "self", "href": f"{request.call.host}/v1.0"}
    return Answer(200, {"versions": [{"id": "v1.0", "status": "CURRENT", "links": [link]}]})


def _authenticate(request: _Request) -> Answer:
    """Return a token that lives 24 hours: the current one until its last hour, then a new one."""
    world = request.world
    return Answer(
        200, identity.authenticate(world.store, request.now, request.call.host, request.body)
    )


def _revoke(request: _Request) -> Answer:
    """Revoke a token."""
    identity.revoke_token(request.world.store, request.call.token or "")
    return Answer(204)


def _backup_action(request: _Request) -> Answer:
    """Start a backup of a configuration, or stop a backup."""
    started = backups.request_backup_action(request.world, request.body)
    return Answer(204) if started is None else Answer(200, started)


def _documented(function: Callable[..., object], handler: Handler) -> Handler:
    handler.__doc__ = function.__doc__
    return handler


def _reads(read: Callable[..., Any], *parameters: str) -> Handler:
    """Return a handler that answers with the result of a function of world and parameters."""
    return _documented(
        read,
        lambda request: Answer(
            200, read(request.world, *(request.parameters[name] for name in parameters))
        ),
    )


def _does(status: int, do: Callable[..., object], *parameters: str, body: bool = False) -> Handler:
    """Return a handler that does something and answers with a status alone."""

    def handler(request: _Request) -> Answer:
        arguments = [request.parameters[name] for name in parameters]
        do(request.world, *arguments, *([request.body] if body else []))
        return Answer(status)

    return _documented(do, handler)


def _changes(change: Callable[..., Any], *parameters: str) -> Handler:
    """Return a handler that creates or changes something, and answers with it."""
    return _documented(
        change,
        lambda request: Answer(
            200,
            change(request.world, *(request.parameters[name] for name in parameters), request.body),
        ),
    )


HANDLERS: Final[Mapping[str, Handler]] = {
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
"""The handler of each operation. Its docstring is its row in docs/emulator.md."""
