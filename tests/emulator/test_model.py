"""Random operations on the emulator beside a simple model of the service: every answer compared."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from cloud_backup_emulator import Clock, Emulator
from cloud_backup_emulator.emulator import Call
from cloud_backup_emulator.errors import Refusal

ALWAYS, SLEEPER, NEVER = 252036, 252034, 1311839
AGENTS = (ALWAYS, SLEEPER, NEVER)
FIRST_OWN_ID = 200_000_001
STATE_IDS = {
    "Creating": 0,
    "Queued": 1,
    "InProgress": 2,
    "Completed": 3,
    "Stopped": 4,
    "StartRequested": 6,
    "StopRequested": 7,
    "Preparing": 9,
}


@dataclass
class Job:
    """A backup or a restore of a gigabyte: 18 seconds until it works, and 20 that it does."""

    own_id: int
    source: int
    agent: int
    started: int | None = None
    stopped: int | None = None
    files: list[str] = field(default_factory=list)
    gone: bool = False

    def state(self, now: int) -> str:
        if self.started is None:
            return "Creating"
        age = now - self.started
        if self.stopped is not None:
            return "StopRequested" if now - self.stopped < 5 else "Stopped"
        for name, until in (
            ("StartRequested", 3),
            ("Queued", 8),
            ("Preparing", 18),
            ("InProgress", 38),
        ):
            if age < until:
                return name
        return "Completed"

    def is_busy(self, now: int) -> bool:
        return self.state(now) not in ("Creating", "Completed", "Stopped")

    def stop(self, now: int) -> None:
        if self.stopped is None:
            self.stopped = now


@dataclass
class Configuration:
    """A backup configuration."""

    own_id: int
    agent: int
    name: str
    active: bool = True
    deleted: bool = False
    gone: bool = False


class ServiceMachine(RuleBasedStateMachine):
    """The emulator, and what it should be like."""

    configurations = Bundle("configurations")
    backups = Bundle("backups")
    restores = Bundle("restores")

    def __init__(self) -> None:
        super().__init__()
        start = datetime(2013, 2, 14, 12, tzinfo=UTC)
        self.emulator = Emulator(clock=Clock(rate=0, wall=start.timestamp), validate_answers=True)
        self.now = 0
        self.woken: int | None = None
        self.disabled: set[int] = set()
        self.known: dict[str, dict[int, Any]] = {
            "configurations": {},
            "backups": {},
            "restores": {},
        }
        self.largest = FIRST_OWN_ID - 1
        self.tokens: dict[str, str] = {}
        self.log_in()

    def log_in(self) -> None:
        for user in ("demo", "observer", "other"):
            credentials = {"username": user, "apiKey": f"{user}-key"}
            body = {"auth": {"RAX-KSKEY:apiKeyCredentials": credentials}}
            _, answer = self.call("authenticate", body=body)
            self.tokens[user] = answer["access"]["token"]["id"]

    def call(
        self, operation_id: str, *, user: str = "demo", body: Any = None, **parameters: Any
    ) -> tuple[int, Any]:
        """Call an operation; give the status and the body."""
        try:
            answer = self.emulator.call(
                Call(
                    operation=self.emulator.contract.operations[operation_id],
                    host="http://emulator",
                    parameters={name: str(value) for name, value in parameters.items()},
                    body=lambda: body,
                    token=self.tokens.get(user),
                )
            )
        except Refusal as refusal:
            return refusal.status, None
        return answer.status, answer.body

    def refusal_of(self, agent: int) -> int | None:
        """The status with which work for an agent is refused."""
        if agent in self.disabled:
            return 400
        online = agent == ALWAYS or (
            agent == SLEEPER
            and self.woken is not None
            and self.woken + 15 <= self.now < self.woken + 96
        )
        return None if online else 403

    def new(self, kind: str, own_id: int, entity: Any) -> Any:
        """Take note of something new; ids only ever grow."""
        assert own_id > self.largest
        self.largest = own_id
        self.known[kind][own_id] = entity
        return entity

    @rule(target=configurations, agent=st.sampled_from(AGENTS), name=st.sampled_from("abc"))
    def create_configuration(self, agent: int, name: str) -> Any:
        body = {
            "BackupConfigurationName": name,
            "MachineAgentId": agent,
            "IsActive": True,
            "VersionRetention": 0,
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
        }
        taken = any(
            (other.agent, other.name, other.deleted) == (agent, name, False)
            for other in self.known["configurations"].values()
        )
        status, answer = self.call("createBackupConfiguration", body=body)

        assert status == (409 if taken else 200)
        if taken:
            return multiple()
        own_id = answer["BackupConfigurationId"]
        created = self.new("configurations", own_id, Configuration(own_id, agent, name))
        self.largest = max(self.largest, answer["BackupConfigurationScheduleId"])
        return created

    @rule(configuration=configurations)
    def delete_configuration(self, configuration: Configuration) -> None:
        status, _ = self.call(
            "deleteBackupConfiguration", backupConfigurationId=configuration.own_id
        )

        if configuration.gone:
            assert status == 404
            return
        assert status == (404 if configuration.deleted else 200)
        configuration.deleted, configuration.active = True, False

    @rule(configuration=configurations, enable=st.booleans())
    def enable_configuration(self, configuration: Configuration, *, enable: bool) -> None:
        status, _ = self.call(
            "setBackupConfigurationEnabled",
            backupConfigurationId=configuration.own_id,
            body={"Enable": enable},
        )

        if configuration.gone:
            assert status == 404
            return
        assert status == (404 if configuration.deleted else 200)
        if not configuration.deleted:
            configuration.active = enable

    @rule(target=backups, configuration=configurations)
    def start_backup(self, configuration: Configuration) -> Any:
        expected = 404 if configuration.deleted else self.refusal_of(configuration.agent)
        if expected is None and any(
            backup.source == configuration.own_id and backup.is_busy(self.now)
            for backup in self.known["backups"].values()
        ):
            expected = 400

        status, answer = self.call(
            "requestBackupAction", body={"Action": "StartManual", "Id": configuration.own_id}
        )

        if configuration.gone:
            assert status == 404
            return multiple()
        assert status == (expected or 200)
        if expected:
            return multiple()
        job = Job(answer, configuration.own_id, configuration.agent, started=self.now)
        return self.new("backups", answer, job)

    @rule(backup=backups)
    def stop_backup(self, backup: Job) -> None:
        busy = backup.is_busy(self.now)

        status, _ = self.call(
            "requestBackupAction", body={"Action": "StopManual", "Id": backup.own_id}
        )

        if backup.gone:
            assert status == 404
            return
        assert status == (204 if busy else 400)
        if busy:
            backup.stop(self.now)

    @rule(target=restores, backup=backups, destination=st.sampled_from(AGENTS))
    def create_restore(self, backup: Job, destination: int) -> Any:
        body = {
            "BackupId": backup.own_id,
            "BackupMachineId": backup.agent,
            "DestinationMachineId": destination,
            "DestinationPath": "/restored",
            "OverwriteFiles": False,
        }
        restorable = backup.state(self.now) == "Completed"

        status, answer = self.call("createRestore", body=body)

        if backup.gone:
            assert status == 404
            return multiple()
        assert status == (200 if restorable else 400)
        if not restorable:
            return multiple()
        own_id = answer["RestoreId"]
        assert answer["RestoreStateId"] == 0
        return self.new("restores", own_id, Job(own_id, backup.own_id, destination))

    @rule(restore=restores)
    def start_restore(self, restore: Job) -> None:
        expected = 400 if restore.started is not None else self.refusal_of(restore.agent)

        status, _ = self.call(
            "requestRestoreAction", body={"Action": "StartManual", "Id": restore.own_id}
        )

        if restore.gone:
            assert status == 404
            return
        assert status == (expected or 204)
        if expected is None:
            restore.started = self.now

    @rule(restore=restores)
    def stop_restore(self, restore: Job) -> None:
        busy = restore.is_busy(self.now)

        status, _ = self.call(
            "requestRestoreAction", body={"Action": "StopManual", "Id": restore.own_id}
        )

        if restore.gone:
            assert status == 404
            return
        assert status == (204 if busy else 400)
        if busy:
            restore.stop(self.now)

    @rule(restore=restores, path=st.sampled_from(["/etc", "/var"]))
    def add_file(self, restore: Job, path: str) -> None:
        body = {"FilePath": path, "Filter": "1", "ParentId": restore.own_id, "FileItemType": "1"}

        status, _ = self.call("addRestoreFile", body=body)

        if restore.gone:
            assert status == 404
            return
        assert status == (200 if restore.started is None else 400)
        if restore.started is None and path not in restore.files:
            restore.files.append(path)

    @rule(restore=restores)
    def delete_files(self, restore: Job) -> None:
        busy = restore.is_busy(self.now)

        status, _ = self.call("deleteRestoreFile", restoreId=restore.own_id)

        if restore.gone:
            assert status == 404
            return
        assert status == (400 if busy else 204)
        if not busy:
            restore.files.clear()

    @rule(agent=st.sampled_from(AGENTS), enable=st.booleans())
    def enable_agent(self, agent: int, *, enable: bool) -> None:
        body = {"MachineAgentId": agent, "Enable": enable}

        assert self.call("setAgentEnabled", body=body)[0] == 204
        (self.disabled.discard if enable else self.disabled.add)(agent)

    @rule()
    def wake(self) -> None:
        assert self.call("wakeAgents")[0] == 200
        if self.woken is not None and self.now < self.woken + 15:
            return  # it is on its way
        online = self.woken is not None and self.now < self.woken + 96
        self.woken = self.now - 15 if online else self.now

    @rule(seconds=st.integers(1, 60))
    def advance(self, seconds: int) -> None:
        self.emulator.advance(seconds)
        self.now += seconds

    @rule()
    def reset(self) -> None:
        self.emulator.reset()
        self.log_in()
        self.woken = None
        self.disabled.clear()
        # What there was is gone, and its ids are nobody's from then on.
        for known in self.known.values():
            for entity in known.values():
                entity.gone = True
            known.clear()

    def teardown(self) -> None:
        self.emulator.close()

    @invariant()
    def configurations_are_as_they_should(self) -> None:
        for own_id, configuration in self.known["configurations"].items():
            _, told = self.call("getBackupConfiguration", backupConfigurationId=own_id)
            assert (told["BackupConfigurationName"], told["IsDeleted"], told["IsActive"]) == (
                configuration.name,
                configuration.deleted,
                configuration.active,
            )
        _, listed = self.call("listBackupConfigurations")
        assert {
            row["BackupConfigurationId"]
            for row in listed
            if row["BackupConfigurationId"] >= FIRST_OWN_ID
        } == {own_id for own_id, c in self.known["configurations"].items() if not c.deleted}

    @invariant()
    def jobs_are_as_they_should(self) -> None:
        for own_id, backup in self.known["backups"].items():
            state = backup.state(self.now)
            assert self.call("getBackup", backupId=own_id)[1]["CurrentState"] == state
            status, report = self.call("getBackupReport", backupId=own_id)
            assert status == (404 if backup.is_busy(self.now) else 200)
            if status == 200:
                assert (report["State"], report["CanRestore"]) == (state, state == "Completed")
        for own_id, restore in self.known["restores"].items():
            state = restore.state(self.now)
            told = self.call("getRestore", restoreId=own_id)[1]
            assert told["RestoreStateId"] == STATE_IDS[state]
            files = self.call("listRestoreFiles", restoreId=own_id)[1]
            assert [file["FilePath"] for file in files] == restore.files
            done = state in ("Completed", "Stopped")
            assert self.call("getRestoreReport", restoreId=own_id)[0] == (200 if done else 404)

    @invariant()
    def activity_tells_the_same(self) -> None:
        _, rows = self.call("listActivity")
        told = {row["ID"]: row["CurrentState"] for row in rows if row["ID"] >= FIRST_OWN_ID}
        assert told == {
            own_id: job.state(self.now)
            for kind in ("backups", "restores")
            for own_id, job in self.known[kind].items()
        }

    @invariant()
    def others_see_nothing_and_observers_change_nothing(self) -> None:
        for own_id in self.known["restores"]:
            assert self.call("getRestore", user="other", restoreId=own_id)[0] == 404
            assert self.call("getRestore", user="observer", restoreId=own_id)[0] == 200
            assert self.call("deleteRestoreFile", user="observer", restoreId=own_id)[0] == 403


TestService = ServiceMachine.TestCase
TestService.settings = settings(max_examples=60, stateful_step_count=30)
