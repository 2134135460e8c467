"""Reads a custom world from a YAML file, for `--seed`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from cloud_backup_emulator.accounts import Account
from cloud_backup_emulator.backups import work_of
from cloud_backup_emulator.configurations import add_backup_configuration
from cloud_backup_emulator.contract import Contract
from cloud_backup_emulator.entities import Agent, Backup, BackupConfiguration
from cloud_backup_emulator.errors import Conflict, EmulatorError, Refusal
from cloud_backup_emulator.faults import ERROR
from cloud_backup_emulator.job_states import STOPPING, WORK_BEGINS
from cloud_backup_emulator.machines.folder import check_machine
from cloud_backup_emulator.seed import Seed
from cloud_backup_emulator.starting_data import agent_keys, agent_of
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.world import World
from cloud_backup_emulator.yaml_data import read_foreign_yaml, read_yaml

__all__ = ["read_seed"]

HOUR: Final = 60 * 60 * 1000

CONFIGURATION_DEFAULTS: Final[dict[str, Any]] = {
    "IsActive": True,
    "VersionRetention": 0,
    "MissedBackupActionId": 1,
    "Frequency": "Manually",
    "StartTimeHour": None,
    "StartTimeMinute": None,
    "StartTimeAmPm": None,
    "DayOfWeekId": None,
    "HourInterval": None,
    "TimeZoneId": "UTC",
    "NotifyRecipients": "user@example.com",
    "NotifySuccess": False,
    "NotifyFailure": True,
    "Inclusions": [],
    "Exclusions": [],
}
"""The default fields of a configuration."""


def read_seed(path: Path) -> Seed:
    """Read a world from a file.

    Args:
        path: A YAML file; `seed_schema.yaml` is its schema.

    Raises:
        EmulatorError: It can't be read or is invalid; the message says where.
    """
    try:
        world = read_foreign_yaml(path)
    except (OSError, ValueError) as error:
        raise EmulatorError(f"can't read {path} as YAML: {error}") from None
    schema = read_yaml(files("cloud_backup_emulator") / "seed_schema.yaml")
    for complaint in jsonschema_rs.Draft7Validator(schema, mask="the value").iter_errors(world):
        place = "/".join(str(step) for step in complaint.instance_path)
        raise EmulatorError(f"{path}: {place or 'top level'}: {complaint.message}")
    seed = Seed(accounts=tuple(_accounts(path, world)), plant=_Planter(path, world).plant)
    # Try it once, so that errors show now and not at the first request.
    with closing(Store()) as trial, trial.transaction():
        seed.fill(trial, 0)
    return seed


def _accounts(path: Path, world: Any) -> Iterable[Account]:
    seen: set[str] = set()
    for tenant, entry in world["tenants"].items():
        for user in entry["users"]:
            name = user["username"]
            if name in seen:
                raise EmulatorError(f"{path}: tenants/{tenant}/users: duplicate user {name}")
            seen.add(name)
            yield Account(
                name,
                str(len(seen)),
                tenant,
                user.get("roles", ["identity:user-admin"]),
                api_key=user.get("api_key", f"{name}-key"),
                password=user.get("password", f"{name}-password"),
                **({"regions": entry["regions"]} if "regions" in entry else {}),
            )


class _Planter:
    """Adds the world of a file to a store."""

    def __init__(self, path: Path, world: Any) -> None:
        self._path = path
        self._tenants = world["tenants"]
        contract = Contract.load()
        creation = contract.operations["createBackupConfiguration"]
        self._checked: Callable[[Any], Any] = lambda body: contract.body(creation, body)

    def plant(self, store: Store, now: int) -> None:
        # Generating keys is slow, and these protect nothing: agents share the existing ones.
        keys = cycle(agent_keys().values())
        for tenant, entry in self._tenants.items():
            world = World(store, tenant, now)
            for index, agent in enumerate(entry.get("agents", [])):
                with self._place(tenant, "agents", index):
                    _put_agent(world, self._with_folder(agent), next(keys))
            for index, configuration in enumerate(entry.get("configurations", [])):
                with self._place(tenant, "configurations", index):
                    self._put_configuration(world, configuration)
            for index, backup in enumerate(entry.get("backups", [])):
                with self._place(tenant, "backups", index):
                    _put_backup(world, backup)

    @contextmanager
    def _place(self, tenant: str, kind: str, index: int) -> Iterator[None]:
        """Add the place in the file to errors."""
        try:
            yield
        except (Refusal, EmulatorError) as error:
            place = f"tenants/{tenant}/{kind}/{index}"
            raise EmulatorError(f"{self._path}: {place}: {error}") from None

    def _with_folder(self, agent: dict[str, Any]) -> dict[str, Any]:
        """Return an agent's entry with the absolute path of its machine's folder."""
        if "machine" not in agent:
            return agent
        folder = (self._path.parent / agent["machine"]).absolute()
        check_machine(folder)
        return {**agent, "machine": str(folder)}

    def _put_configuration(self, world: World, entry: dict[str, Any]) -> None:
        body = {**CONFIGURATION_DEFAULTS, **entry}
        configuration_id = body.pop("BackupConfigurationId")
        _check_new(world, BackupConfiguration, configuration_id, "BackupConfigurationId")
        add_backup_configuration(world, self._checked(body), configuration_id)


def _check_new(world: World, kind: type[Any], own_id: int, name: str) -> None:
    if world.find(kind, own_id) is not None:
        raise Conflict(f"{name}: duplicate id {own_id}")


def _put_agent(world: World, entry: dict[str, Any], key: list[str]) -> None:
    _check_new(world, Agent, entry["MachineAgentId"], "MachineAgentId")
    agent = agent_of(world.tenant, {**entry, "IsEncrypted": "passphrase" in entry}, key)
    world.put(agent.agent_id, agent)


def _put_backup(world: World, entry: dict[str, Any]) -> None:
    """Add a backup that ended some time ago."""
    _check_new(world, Backup, entry["BackupId"], "BackupId")
    configuration_id = entry["BackupConfigurationId"]
    configuration = world.get(BackupConfiguration, configuration_id, "BackupConfigurationId")
    state = entry.get("CurrentState", "Completed")
    done = (world.now - round(entry["hours_ago"] * HOUR)) // 1000 * 1000
    backup = Backup(entry["BackupId"], configuration_id, configuration.agent_id)
    if state in ("Missed", "Skipped"):
        backup.state, backup.since, backup.started = state, done, done
    else:
        backup.files, backup.size = entry.get("files", 1200), entry.get("bytes", 2**30)
        backup.work = work_of(backup.size)
        backup.outcome = "Completed" if state == "Stopped" else state
        backup.errors = [{**ERROR, **error} for error in entry.get("errors", [])]
        if state == "Stopped":
            stopped = done - STOPPING
            backup.started, backup.stopped = stopped - WORK_BEGINS, stopped
        else:
            backup.started = done - (backup.job.ends - backup.started)
    world.put(backup.backup_id, backup)
