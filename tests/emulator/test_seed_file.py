"""A world of the user's own, from a file."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cloud_backup_emulator import Emulator, read_seed
from cloud_backup_emulator.errors import EmulatorError

from .conftest import MakeService, Service, encrypted_with

WORLD = """
tenants:
  "777":
    users:
      - username: alice
      - {username: bob, roles: ["cloudbackup:observer"], api_key: secret-of-bob, password: pw}
    agents:
      - {MachineAgentId: 11, MachineName: web1, Datacenter: ORD}
      - {MachineAgentId: 12, MachineName: db1, awake: when woken, passphrase: of db1}
    configurations:
      - BackupConfigurationId: 21
        BackupConfigurationName: Nightly
        MachineAgentId: 11
        Frequency: Daily
        StartTimeHour: 2
        StartTimeMinute: 0
        StartTimeAmPm: AM
        Inclusions: [{FilePath: /var/www, FileItemType: Folder}]
      - {BackupConfigurationId: 22, BackupConfigurationName: Database, MachineAgentId: 12}
    backups:
      - {BackupId: 31, BackupConfigurationId: 21, hours_ago: 34, files: 10, bytes: 2048}
      - {BackupId: 32, BackupConfigurationId: 21, hours_ago: 10, CurrentState: Failed}
      - {BackupId: 33, BackupConfigurationId: 22, hours_ago: 0.5, CurrentState: Stopped}
      - {BackupId: 34, BackupConfigurationId: 22, hours_ago: 7, CurrentState: Missed}
      - BackupId: 35
        BackupConfigurationId: 22
        hours_ago: 100
        CurrentState: CompletedWithErrors
        errors: [{Path: /var/lib/db/lock}]
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "world.yaml"
        path.write_text(text)
        return path

    return written


@pytest.fixture
def world(write: Write, make_service: MakeService) -> Service:
    service = make_service(seed=read_seed(write(WORLD)))
    service.log_in("alice")
    return service


def get(service: Service, path: str) -> Any:
    answer = service.call("GET", f"/v1.0/777{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_world_is_that_of_the_file(world: Service) -> None:
    assert [agent["MachineName"] for agent in get(world, "/user/agents")] == ["web1", "db1"]
    assert get(world, "/agent/11")["Datacenter"] == "ORD"
    assert get(world, "/agent/12")["Status"] == "Offline"
    nightly = get(world, "/backup-configuration/21")
    assert nightly["BackupConfigurationName"] == "Nightly"
    assert nightly["LastRunBackupReportId"] == 32
    report = get(world, "/backup/report/31")
    assert (report["State"], report["BytesBackedUp"], report["CanRestore"]) == (
        "Completed",
        "2 KB",
        True,
    )
    states = {n: get(world, f"/backup/report/{n}")["State"] for n in range(31, 36)}
    assert states == {
        31: "Completed",
        32: "Failed",
        33: "Stopped",
        34: "Missed",
        35: "CompletedWithErrors",
    }
    assert get(world, "/backup/report/35")["ErrorList"][0]["Path"] == "/var/lib/db/lock"
    available = get(world, "/backup/availableforrestore")
    assert {row["BackupConfigurationId"] for row in available} == {21, 22}
    # 34 hours before noon on 14 February 2013.
    (completed,) = get(world, "/backup/completed/21")
    assert completed["CompletedTime"] == "/Date(1360720800000)/"


def test_its_configurations_run(world: Service) -> None:
    world.advance(24 * 3600)
    world.log_in("alice")

    assert get(world, "/backup-configuration/21")["LastRunBackupReportId"] > 200_000_000


def test_its_users_log_in(world: Service) -> None:
    assert not world.log_in("demo").is_success
    world.headers = {}
    answer = world.call(
        "POST",
        "/v2.0/tokens",
        json={"auth": {"passwordCredentials": {"username": "bob", "password": "pw"}}},
    )
    token = answer.json()["access"]["token"]
    assert token["tenant"]["id"] == "777"
    world.headers = {"X-Auth-Token": token["id"]}
    get(world, "/user/agents")
    assert world.call("POST", "/v1.0/777/user/wakeupagents").status_code == 403


def test_its_agents_are_encrypted_as_it_says(world: Service) -> None:
    key = get(world, "/agent/12")["PublicKey"]
    body = {
        "MachineAgentId": 12,
        "OldEncryptedPasswordHex": encrypted_with(key, "of db1"),
        "NewEncryptedPasswordHex": encrypted_with(key, "another"),
    }

    assert world.call("POST", "/v1.0/777/agent/changeencryption", json=body).is_success


def test_reset_returns_to_it(world: Service) -> None:
    world.call("DELETE", "/v1.0/777/backup-configuration/21")
    world.call("POST", "/emulator/reset")
    world.log_in("alice")

    assert get(world, "/backup-configuration/21")["IsDeleted"] is False


def test_a_database_keeps_its_world(write: Write, tmp_path: Path) -> None:
    database = tmp_path / "world.sqlite"
    Emulator(database=database, seed=read_seed(write(WORLD))).close()

    again = Emulator(database=database)

    service = Service(again)
    assert service.log_in("alice").is_success
    again.close()


def changed(*path: Any, value: Any) -> str:
    world = yaml.safe_load(WORLD)
    node = world
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return yaml.safe_dump(world)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tenants: [", "YAML"),
        ("[]", "object"),
        ("tenants: {}", "tenants"),
        (changed("tenants", "777", "users", value=[]), "tenants/777/users"),
        (changed("tenants", "777", "users", 0, "roles", value=["god"]), "users/0/roles/0"),
        (changed("tenants", "777", "users", 1, "username", value="alice"), "duplicate user alice"),
        (changed("tenants", "777", "agents", 0, "MachineAgentId", value="x"), "agents/0"),
        (changed("tenants", "777", "agents", 1, "MachineAgentId", value=11), "agents/1"),
        (changed("tenants", "777", "agents", 0, "Machine", value=11), "agents/0"),
        (
            changed("tenants", "777", "configurations", 0, "MachineAgentId", value=99),
            "configurations/0: MachineAgentId",
        ),
        (
            changed("tenants", "777", "configurations", 0, "StartTimeHour", value=None),
            "configurations/0: StartTimeHour",
        ),
        (
            changed("tenants", "777", "configurations", 0, "Frequency", value="Yearly"),
            "configurations/0: Frequency",
        ),
        (
            changed("tenants", "777", "backups", 0, "BackupConfigurationId", value=99),
            "backups/0: BackupConfigurationId",
        ),
        (changed("tenants", "777", "backups", 0, "BackupId", value=32), "backups/1: BackupId"),
        (changed("tenants", "777", "backups", 0, "hours_ago", value=-1), "backups/0/hours_ago"),
    ],
)
def test_what_is_no_world_is_refused_with_its_place(write: Write, text: str, place: str) -> None:
    path = write(text)

    with pytest.raises(EmulatorError) as refused:
        read_seed(path)

    assert str(path) in str(refused.value)
    assert place in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match="can't read"):
        read_seed(tmp_path / "nothing.yaml")


def bomb(item: str) -> str:
    """Ten lines that stand for ten to the tenth values."""
    lines = ["a0: &a0 {k: 1}"]
    lines += [f"a{n}: &a{n} {item % ', '.join([f'*a{n - 1}'] * 10)}" for n in range(1, 11)]
    return "\n".join(lines)


USER = 'users: [{username: "a"}]'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (bomb("[%s]"), "line 7: aliases expand to more than 1,000,000 values"),
        (bomb("{<<: [%s]}"), "line 7: aliases expand to more than 1,000,000 values"),
        ("tenants: &a [*a]", "line 1: *a contains itself"),
        ("tenants: " + "[" * 100_000, "nested more than 50 levels deep"),
        ("tenants: " + "[" * 60 + "]" * 60, "nested more than 50 levels deep"),
        ('{"tenants": ' + "[" * 60 + "]" * 60 + "}", "nested more than 50 levels deep"),
        ('{"tenants": ' + "[" * 100_000, "nested more than 50 levels deep"),
        ("- " * 3000 + "x", "nested more than 50 levels deep"),
        (f"tenants: {{777: {{{USER}}}}}", "tenants: the key 777 isn't a string; quote it"),
        (f"tenants: {{~: {{{USER}}}}}", "the key None isn't a string"),
        (f"tenants:\n  '7': {{{USER}}}\n  '7': {{{USER}}}", "line 3: duplicate key '7'"),
        ('{"tenants": {"7": {}, "7": {}}}', "line 1: duplicate key '7'"),
        ("tenants: {'7': {users: [{username: 2001-01-01}]}}", "2001-01-01 isn't a string"),
        ("tenants: !!set {a, b}", "isn't a string"),
        ('{"tenants": "\\ud800"}', "invalid Unicode"),
        ("tenants: " + "9" * 5000, "4300 digits"),
        ('{"tenants": NaN}', 'not of type "object"'),
    ],
)
def test_what_would_break_the_reader_is_refused(write: Write, text: str, says: str) -> None:
    with pytest.raises(EmulatorError, match=re.escape(says)):
        read_seed(write(text))


def test_aliases_merges_and_emoji_are_taken(write: Write, make_service: MakeService) -> None:
    text = """
        tenants:
          "777":
            users: [{username: alice}]
            agents:
              - &web {MachineAgentId: 11, MachineName: web1, Datacenter: ORD}
              - {<<: *web, MachineAgentId: 12, MachineName: "\\U0001F600"}
    """
    service = make_service(seed=read_seed(write(text)))
    service.log_in("alice")

    one, other = get(service, "/user/agents")
    assert (one["Datacenter"], other["Datacenter"]) == ("ORD", "ORD")
    assert other["MachineName"] == "\N{GRINNING FACE}"
    as_json = yaml.safe_load(text)
    assert "\\ud83d" in json.dumps(as_json)
    same = make_service(seed=read_seed(write(json.dumps(as_json))))
    same.log_in("alice")
    assert get(same, "/user/agents") == [one, other]
