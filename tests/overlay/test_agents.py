"""Every operation on agents, against the emulator; encryption against one who can decrypt."""

from __future__ import annotations

import asyncio
import logging
import pickle
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.overlay.test_secrets import with_locals

from cloud_backup import (
    Agent,
    AgentNotFound,
    AgentNotOnline,
    AgentStatus,
    AsyncCloudBackup,
    CloudBackup,
    CloudBackupError,
    EncryptionUnavailable,
    InvalidRequest,
    LogLevel,
    NotFound,
    PublicKey,
    UnexpectedAnswer,
    WaitTimeout,
)
from cloud_backup.wire import arguments as ids
from cloud_backup_api.models import PublicKey as PublicKeyView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService
    from tests.overlay.emulated import Emulated

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY = {"ModulusHex": f"{PRIVATE.public_key().public_numbers().n:X}", "ExponentHex": 10001}
CANARY = "canary-of-the-passphrase"
ANSWER = UUID("1f2d3c4b-5a69-4788-97a6-b5c4d3e2f100")
SLEEPER, SWITCHED_OFF = 252034, 1311839


def decrypted(hexadecimal: str) -> str:
    return PRIVATE.decrypt(bytes.fromhex(hexadecimal), padding.PKCS1v15()).decode()


@pytest.fixture
def cloud(emulated: Emulated) -> CloudBackup:
    return emulated.client()


def test_all_that_is_known_of_an_agent(cloud: CloudBackup) -> None:
    agent = cloud.agents.get(213564)
    by_server = cloud.agents.get_by_host_server("87C3B6E1-fb1a-41f9-91e5-313ae35a5a06")

    assert by_server.machine_agent_id == agent.machine_agent_id
    assert agent.is_online
    assert (agent.architecture, agent.flavor) == ("64-bit", "RaxCloudServer")
    assert agent.operating_system_version is None
    assert agent.host_server_id == UUID("87c3b6e1-fb1a-41f9-91e5-313ae35a5a06")
    assert (agent.use_service_net, by_server.use_service_net) == (True, True)
    assert by_server.backup_container is not None
    assert agent.cleanup_allowed is True
    assert isinstance(agent.public_key, PublicKeyView)
    listed = cloud.agents.list()[13].public_key
    assert listed is not None
    assert PublicKey.from_answer(agent.public_key) == PublicKey.from_answer(listed)
    assert pickle.loads(pickle.dumps(agent)) == agent


def test_there_may_be_no_agent_on_a_server(cloud: CloudBackup) -> None:
    with pytest.raises(NotFound, match="getAgentByHostServer"):
        cloud.agents.get_by_host_server(UUID(int=5))


def test_update(cloud: CloudBackup) -> None:
    agent = cloud.agents.update(213564, use_service_net=False, backup_data_center="dfw")

    assert (agent.use_service_net, agent.backup_datacenter) == (False, "DFW")
    assert cloud.agents.update(agent, use_service_net=True).use_service_net is True
    with pytest.raises(InvalidRequest, match="no server in SYD"):
        cloud.agents.update(agent, use_service_net=True, backup_data_center="SYD")


def test_enable_and_disable(cloud: CloudBackup) -> None:
    cloud.agents.disable(213564)
    disabled = cloud.agents.get(213564).is_disabled
    cloud.agents.enable(213564)

    assert (disabled, cloud.agents.get(213564).is_disabled) == (True, False)


def test_log_level(service: FakeService, emulated: Emulated) -> None:
    seen: list[httpx.Request] = []
    service.answer("PUT", "/agent/logging", httpx.Response(200))
    original = service.handle

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/agent/logging"):
            seen.append(request)
            return httpx.Response(200)
        return original(request)

    with CloudBackup("demo", "key", transport=httpx.MockTransport(handle)) as backup:
        backup.agents.set_log_level(5, LogLevel.ALL)
    emulated.client().agents.set_log_level(213564, LogLevel.FATAL)

    assert seen[0].content == b"MachineAgentId=5&LoggingLevelId=6"
    assert seen[0].headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert [int(level) for level in LogLevel] == [1, 2, 3, 4, 5, 6]


def test_delete(cloud: CloudBackup) -> None:
    cloud.agents.delete(224193)

    with pytest.raises(NotFound):
        cloud.agents.get(224193)
    with pytest.raises(NotFound):
        cloud.agents.delete(224193)


def test_migrate_vault(cloud: CloudBackup) -> None:
    cloud.agents.migrate_vault(source=1, destination=2)

    with pytest.raises(ValueError, match="source and destination are the same agent, 1"):
        cloud.agents.migrate_vault(1, cloud.agents.get(1))
    with pytest.raises(CloudBackupError, match="migrateVault"):
        cloud.agents.migrate_vault(213564, 2)


def test_an_agent_that_is_online_is_not_woken(emulated: Emulated, cloud: CloudBackup) -> None:
    assert cloud.agents.wait_online(213564).machine_agent_id == 213564
    assert emulated.slept == []


def test_a_sleeping_agent_is_woken(emulated: Emulated, cloud: CloudBackup) -> None:
    assert cloud.agents.get(SLEEPER).status is AgentStatus.OFFLINE

    assert cloud.agents.wait_online(SLEEPER).is_online
    assert emulated.slept == [5.0, 5.0, 5.0]


def test_it_is_woken_again_every_70_seconds(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    offline = {"MachineAgentId": SWITCHED_OFF, "Status": "Offline"}
    service.answer("GET", f"/agent/{SWITCHED_OFF}", offline)
    service.answer("POST", "/user/wakeupagents", httpx.Response(200))

    with pytest.raises(
        AgentNotOnline, match=r"agent 1311839 is not online after 180\.\d s, but Offline"
    ) as e:
        backup.agents.wait_online(SWITCHED_OFF, timeout=180, poll_interval=10)

    assert sum(slept) == pytest.approx(180, abs=1)
    assert [seen.method for seen in service.seen].count("POST") == 3
    assert isinstance(e.value, WaitTimeout)
    assert isinstance(e.value.last, Agent)
    again = pickle.loads(pickle.dumps(e.value))
    assert (again.last, again.waited, str(again)) == (e.value.last, e.value.waited, str(e.value))


def test_no_time_at_all_is_one_look(emulated: Emulated, cloud: CloudBackup) -> None:
    with pytest.raises(AgentNotOnline):
        cloud.agents.wait_online(SWITCHED_OFF, timeout=0)

    assert emulated.slept == []


def test_async(emulated: Emulated) -> None:
    async def main() -> None:
        async with emulated.async_client() as backup:
            agent = await backup.agents.wait_online(SLEEPER, timeout=60)
            assert agent.is_online
            await backup.agents.disable(agent)
            assert (await backup.agents.get(agent)).is_disabled
            await backup.agents.enable(agent)
            await backup.agents.set_log_level(agent, LogLevel.WARN)
            await backup.agents.migrate_vault(1, 2)
            await backup.agents.delete(1)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda b: b.agents.get_by_host_server("web1"), "server must be a UUID"),
        (
            lambda b: b.agents.update(5, use_service_net=True, backup_data_center="MOON"),
            "backup_data_center must be one of DFW",
        ),
        (lambda b: b.agents.set_log_level(5, 7), "level must be one of 1, 2, 3, 4, 5, 6"),
        (lambda b: b.agents.set_log_level(5, True), "level must be one of 1, 2, 3, 4, 5, 6"),
        (lambda b: b.agents.set_log_level(0, LogLevel.ALL), "agent must be an id"),
        (lambda b: b.agents.migrate_vault(5, 0), "destination must be an id"),
        (lambda b: b.agents.delete(-5), "agent must be an id"),
        (lambda b: b.agents.wait_online(5, poll_interval=0), "poll_interval must be above 0"),
        (lambda b: b.agents.enable_encryption(5, ""), "passphrase is empty"),
        (lambda b: b.agents.change_passphrase(5, "", "new"), "old is empty"),
        (lambda b: b.agents.change_passphrase(5, "old", ""), "new is empty"),
    ],
)
def test_what_cannot_be_right_is_not_sent(
    service: FakeService, backup: CloudBackup, ask: Callable[[CloudBackup], object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        ask(backup)

    assert service.logins == []


@pytest.fixture
def encrypting(service: FakeService) -> FakeService:
    """A service that has an agent with a key, and takes passphrases for it."""
    service.answer("GET", "/agent/5", {"MachineAgentId": 5, "PublicKey": KEY})
    service.answer("POST", "/agent/encrypt", str(ANSWER))
    service.answer("POST", "/agent/changeencryption", str(ANSWER))
    return service


def test_encryption_is_enabled(encrypting: FakeService, backup: CloudBackup) -> None:
    assert backup.agents.enable_encryption(5, "Grüße") == ANSWER

    asked, sent = encrypting.seen
    assert (asked.method, sent.method) == ("GET", "POST")
    assert sent.body.keys() == {"MachineAgentId", "EncryptedPasswordHex"}
    assert len(sent.body["EncryptedPasswordHex"]) == 512
    assert decrypted(sent.body["EncryptedPasswordHex"]) == "Grüße"


def test_a_passphrase_is_changed(encrypting: FakeService, backup: CloudBackup) -> None:
    assert backup.agents.change_passphrase(5, "old one", "new one") == ANSWER

    body = encrypting.seen[1].body
    assert decrypted(body["OldEncryptedPasswordHex"]) == "old one"
    assert decrypted(body["NewEncryptedPasswordHex"]) == "new one"


def test_the_emulator_can_decrypt(cloud: CloudBackup) -> None:
    agent = cloud.agents.get(252036)
    cloud.agents.enable_encryption(agent, "Grüße")

    assert cloud.agents.get(agent).is_encrypted is True
    assert isinstance(cloud.agents.change_passphrase(agent, "Grüße", "new"), UUID)
    with pytest.raises(InvalidRequest, match="changeAgentEncryptionPassword"):
        cloud.agents.change_passphrase(agent, "Grüße", "newer")


def test_encryption_async(encrypting: FakeService, async_backup: AsyncCloudBackup) -> None:
    async def main() -> None:
        async with async_backup as backup:
            assert await backup.agents.enable_encryption(5, "one") == ANSWER
            assert await backup.agents.change_passphrase(5, "one", "two") == ANSWER

    asyncio.run(main())
    assert decrypted(encrypting.seen[3].body["NewEncryptedPasswordHex"]) == "two"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (None, "no PublicKey"),
        ({"ModulusHex": "CA75", "ExponentHex": 10001}, "too short"),
        ({**KEY, "ExponentHex": "09528"}, "the exponent is 38184"),
    ],
)
def test_an_agent_without_a_key_that_can_be(
    encrypting: FakeService, backup: CloudBackup, key: Any, said: str
) -> None:
    encrypting.answer("GET", "/agent/5", {"MachineAgentId": 5, "PublicKey": key})

    with pytest.raises(UnexpectedAnswer, match=said) as e:
        backup.agents.enable_encryption(5, "passphrase")

    assert (e.value.operation, e.value.field) == ("getAgent", "PublicKey")


def test_no_key_is_asked_for_in_vain(
    encrypting: FakeService, backup: CloudBackup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)

    with pytest.raises(EncryptionUnavailable, match="pip install"):
        backup.agents.enable_encryption(5, "passphrase")

    assert encrypting.seen == []


def enable(backup: CloudBackup, passphrase: str) -> None:
    backup.agents.enable_encryption(5, passphrase)


def change_old(backup: CloudBackup, passphrase: str) -> None:
    backup.agents.change_passphrase(5, passphrase, "new")


def change_new(backup: CloudBackup, passphrase: str) -> None:
    backup.agents.change_passphrase(5, "old", passphrase)


@pytest.mark.parametrize("ask", [enable, change_old, change_new])
@pytest.mark.parametrize("trouble", ["too long", "half a character", "refused", "no key", "broken"])
def test_a_passphrase_is_not_shown(
    encrypting: FakeService,
    backup: CloudBackup,
    caplog: pytest.LogCaptureFixture,
    ask: Callable[[CloudBackup, str], None],
    trouble: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    passphrase = CANARY
    if trouble == "too long":
        passphrase *= 20
    if trouble == "half a character":
        passphrase += "\ud800"
    if trouble == "no key":
        encrypting.answer("GET", "/agent/5", {"MachineAgentId": 5})
    if trouble == "refused":
        for path in ("/agent/encrypt", "/agent/changeencryption"):
            encrypting.answer("POST", path, httpx.Response(400, json={"message": "no"}))
    if trouble == "broken":
        for path in ("/agent/encrypt", "/agent/changeencryption"):
            encrypting.answer("POST", path, httpx.Response(200, text="no JSON"))

    with pytest.raises((CloudBackupError, ValueError)) as e:
        ask(backup, passphrase)

    error: BaseException | None = e.value
    while error is not None:
        below = error.__traceback__
        # All but the frames that gave it.
        while below is not None and below.tb_frame.f_code.co_filename == __file__:
            below = below.tb_next
        assert "canary-of-the-pass" not in with_locals(error.with_traceback(below))
        assert "canary-of-the-pass" not in f"{error!r} {error} {vars(error)}"
        error = error.__cause__ or error.__context__
    assert "canary-of-the-pass" not in caplog.text


def test_what_was_received_is_at_hand(cloud: CloudBackup) -> None:
    assert cloud.agents.get(213564).received["MachineAgentId"] == 213564


def named(agent: int, name: str | None) -> dict[str, Any]:
    return {"MachineAgentId": agent, "MachineName": name}


NAMED = [named(1, "MBP0"), named(2, "web"), named(3, "WEB"), named(4, "twin"), named(5, "twin")]


@pytest.mark.parametrize(("name", "agent"), [("MBP0", 1), ("mbp0", 1), ("web", 2), ("WEB", 3)])
def test_an_agent_is_found_by_its_machine(
    service: FakeService, backup: CloudBackup, name: str, agent: int
) -> None:
    service.answer("GET", "/user/agents", [*NAMED, named(6, None)])
    service.answer("GET", f"/agent/{agent}", NAMED[agent - 1])

    assert backup.agents.get(name).machine_agent_id == agent


@pytest.mark.parametrize(
    ("name", "candidates", "said"),
    [
        ("MBP1", (), "no agent's machine is named 'MBP1': did you mean 'MBP0'?"),
        ("other", (), "no agent's machine is named 'other': agents.list() lists them all"),
        ("", (), "no agent's machine is named ''"),
        ("twin", (4, 5), "2 machines are named 'twin': give an id: 4, 5"),
        ("Web", (2, 3), "2 machines are named 'Web': give an id: 2, 3"),
    ],
)
def test_an_agent_that_no_name_tells(
    service: FakeService,
    backup: CloudBackup,
    name: str,
    candidates: tuple[int, ...],
    said: str,
) -> None:
    service.answer("GET", "/user/agents", NAMED)

    with pytest.raises(AgentNotFound) as e:
        backup.agents.get(name)

    assert said in str(e.value)
    assert (e.value.name, e.value.candidates) == (name, candidates)
    assert [seen.url.rpartition("/")[2] for seen in service.seen] == ["agents"]


class Index:
    """A number of NumPy's is such a one."""

    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize(
    ("read", "attribute"),
    [
        (ids.agent_id, "machine_agent_id"),
        (ids.configuration_id, "backup_configuration_id"),
        (ids.backup_id, "backup_id"),
        (ids.restore_id, "restore_id"),
    ],
)
def test_what_is_no_id_is_told_what_is_wanted(read: Callable[[Any], int], attribute: str) -> None:
    assert read(Index()) == 7
    assert read(SimpleNamespace(**{attribute: 5})) == 5
    thing = attribute.removesuffix("_id").removeprefix("machine_").removeprefix("backup_")
    for wrong in ("MBP0", None, 2.5, [5], SimpleNamespace(**{attribute: None}), object()):
        with pytest.raises(TypeError) as e:
            read(wrong)
        assert f"must be an id, a number above 0, or a value with {attribute}, not" in str(e.value)
        assert str(e.value).startswith((thing, "backup"))
    for number in (0, -1, True):
        with pytest.raises(ValueError, match="must be an id, a number above 0, not"):
            read(number)


def test_a_name_where_an_id_is_needed() -> None:
    with pytest.raises(TypeError, match=r"agents\.get\('MBP0'\) finds an agent by the name"):
        ids.agent_id("MBP0")
