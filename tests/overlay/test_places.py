"""A client in several processes and event loops: each has connections of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.wire import Wire, answer, wire

from cloud_backup import AsyncCloudBackup, CloudBackup, UsedElsewhere
from cloud_backup_api.api.restores import get_restore

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from tests.overlay.conftest import FakeService

RESTORE = {"RestoreId": 8, "BackupId": 9, "RestoreStateId": 0}
CREATE: dict[str, Any] = {
    "backup_id": 9,
    "source": 5,
    "destination": 5,
    "path": "/restored",
    "overwrite": False,
}


@pytest.fixture
def server() -> Iterator[Wire]:
    with wire() as made:
        made.answers["/restore"] = answer(RESTORE)
        made.answers["/restore/8"] = answer(RESTORE)
        yield made


async def create(backup: AsyncCloudBackup) -> int:
    return (await backup.restores.create(**CREATE)).restore_id


def test_one_client_in_two_loops(server: Wire) -> None:
    backup = AsyncCloudBackup(**server.options())

    assert [asyncio.run(create(backup)) for _ in range(2)] == [8, 8]

    # One login, two restores, by two connections, which are closed with their loops.
    assert [path for path, _ in server.ports] == ["/v2.0/tokens", "/restore", "/restore"]
    assert len({port for _, port in server.ports}) == 2
    assert all(closed.wait(10) for closed in server.closed.values())


def test_one_client_in_two_with_blocks(server: Wire) -> None:
    backup = AsyncCloudBackup(**server.options())

    async def main() -> int:
        async with backup:
            return await create(backup)

    assert [asyncio.run(main()) for _ in range(2)] == [8, 8]
    with CloudBackup(**server.options()) as other:
        other.restores.get(8)
    with other:
        assert other.restores.get(8).restore_id == 8


def test_loops_in_several_threads(server: Wire) -> None:
    backup = AsyncCloudBackup(**server.options())
    meet = threading.Barrier(4, timeout=10)
    done: list[int] = []

    async def main() -> None:
        await backup.restores.get(8)
        await asyncio.to_thread(meet.wait)
        done.append(await create(backup))

    threads = [threading.Thread(target=asyncio.run, args=[main()]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == [8] * 4
    assert len({port for path, port in server.ports if path == "/restore/8"}) == 4


def test_a_loop_that_is_closed_without_further_ado(server: Wire) -> None:
    backup = AsyncCloudBackup(**server.options())
    loop = asyncio.new_event_loop()
    loop.run_until_complete(create(backup))
    # As libraries do that know nothing of asynchronous generators; the test's own connection.
    loop.run_until_complete(backup._http._clients[loop].aclose())
    loop.close()

    assert asyncio.run(create(backup)) == 8
    assert loop not in backup._http._clients


@pytest.mark.parametrize("brought", ["http_client", "transport"])
def test_what_the_caller_brings_stays_where_it_is(server: Wire, brought: str) -> None:
    options: dict[str, Any] = {
        "http_client": httpx.AsyncClient,
        "transport": httpx.AsyncHTTPTransport,
    }
    its_own = options[brought]()
    backup = AsyncCloudBackup(**server.options(), **{brought: its_own})

    async def first() -> int:
        made = await create(backup)
        await its_own.aclose()
        return made

    async def by_the_generated_client() -> None:
        await get_restore.asyncio_detailed(8, client=backup.api)

    assert asyncio.run(first()) == 8
    for again in (create(backup), by_the_generated_client()):
        with pytest.raises(UsedElsewhere, match="make a client in each"):
            asyncio.run(again)

    assert [path for path, _ in server.ports] == ["/v2.0/tokens", "/restore"]


def test_what_answers_in_process_may_be_used_anywhere(
    service: FakeService, async_backup: AsyncCloudBackup
) -> None:
    service.answer("PUT", "/restore", RESTORE)

    assert [asyncio.run(create(async_backup)) for _ in range(2)] == [8, 8]


FORKED = """
import os, sys
import httpx
from cloud_backup import CloudBackup, UsedElsewhere

url, brought = sys.argv[1:]
options = {}
if brought != "nothing":
    options[brought] = {"http_client": httpx.Client, "transport": httpx.HTTPTransport}[brought]()
with CloudBackup(
    "demo", "key", auth_url=f"{url}/v2.0", base_url=f"{url}/v1.0/1234", **options
) as backup:
    backup.restores.get(8)
    child = os.fork()
    try:
        backup.restores.get(8)
    except UsedElsewhere as error:
        assert child == 0, error
        print("refused")
    if child:
        assert os.waitpid(child, 0)[1] == 0
        backup.restores.get(8)
    if not child:
        print("forked", flush=True)
        backup.close()
        sys.stdout.flush()
        os._exit(0)
if brought == "http_client":
    options[brought].close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system doesn't fork")
@pytest.mark.parametrize("brought", ["nothing", "http_client", "transport"])
def test_a_forked_client_opens_its_own_connections(server: Wire, brought: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FORKED, server.url, brought],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
    read = [port for path, port in server.ports if path == "/restore/8"]
    if brought == "nothing":
        # The parent's three times two reads, and the child's one.
        assert done.stdout == "forked\n"
        assert sorted(read.count(port) for port in set(read)) == [1, 3]
        assert read.count(read[0]) == 3
    else:
        assert done.stdout == "refused\nforked\n"
        assert len(set(read)) == 1
        assert len(read) == 3


FORKED_WHILE_LOGGING_IN = """
import os, sys, threading
from cloud_backup import CloudBackup

url = sys.argv[1]
with CloudBackup(
    "demo", "key", auth_url=f"{url}/v2.0", base_url=f"{url}/v1.0/1234", deadline=10
) as backup:
    thread = threading.Thread(target=backup.restores.get, args=[8])
    thread.start()
    sys.stdin.readline()
    if os.fork() == 0:
        os._exit(backup.restores.get(8).restore_id)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
    thread.join()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system doesn't fork")
def test_a_fork_while_another_thread_logs_in(server: Wire) -> None:
    logging_in, forked = threading.Event(), threading.Event()
    logged_in = server.answers["/v2.0/tokens"]
    first = True

    def login(connection: socket.socket) -> None:
        nonlocal first
        if first:
            first = False
            logging_in.set()
            forked.wait(30)
        assert isinstance(logged_in, bytes)
        connection.sendall(logged_in)

    server.answers["/v2.0/tokens"] = login
    with subprocess.Popen(
        [sys.executable, "-c", FORKED_WHILE_LOGGING_IN, server.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert logging_in.wait(30)
        process.stdin.write("\n")
        process.stdin.flush()
        try:
            assert process.stdout.readline() == "8\n"
        finally:
            forked.set()


def test_a_closed_client_says_so(server: Wire) -> None:
    with CloudBackup(**server.options()) as backup:
        backup.restores.get(8)

    with pytest.raises(RuntimeError, match="the client is closed"):
        backup.restores.get(8)

    async def main() -> None:
        async with AsyncCloudBackup(**server.options()) as other:
            await other.restores.get(8)
        await other.restores.get(8)

    with pytest.raises(RuntimeError, match="the client is closed"):
        asyncio.run(main())
