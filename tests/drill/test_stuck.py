"""Drills whose restore never leaves a state."""

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from cloud_backup import CloudBackupError
from cloud_backup.drill import drill

from .drill_world import DrillWorld, verdicts

START = "/restore/action-requested"


class Enough(BaseException):
    """The drill had a week."""


def _run(world: DrillWorld, tmp_path: Path) -> dict[int, str]:
    began = world.now()

    def sleep(seconds: float) -> None:
        world.sleep(seconds)
        if world.now() - began > timedelta(days=7):
            raise Enough

    return verdicts(
        drill(
            world.client(),
            configurations=[21],
            journal=tmp_path / "drill.jsonl",
            deadline=timedelta(hours=1),
            now=world.now,
            monotonic=world.monotonic,
            sleep=sleep,
            poll_interval=600,
        )
    )


def test_a_start_that_is_acknowledged_but_never_carried_out(
    world: DrillWorld, tmp_path: Path
) -> None:
    inner = world.transport.inner

    class Swallows(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith(START):
                return httpx.Response(204)
            return inner.handle_request(request)

    world.transport.inner = Swallows()
    assert _run(world, tmp_path) == {21: "timed_out"}


@pytest.mark.parametrize("carried_out", [False, True])
def test_a_create_that_always_fails(
    world: DrillWorld, tmp_path: Path, *, carried_out: bool
) -> None:
    inner = world.transport.inner
    asked: list[datetime] = []

    class Fails(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "PUT" and request.url.path.endswith("/restore"):
                asked.append(world.now())
                if carried_out:
                    inner.handle_request(request)
                return httpx.Response(500, json={"message": "out of order"})
            return inner.handle_request(request)

    world.transport.inner = Fails()
    assert _run(world, tmp_path) == ({21: "restored"} if carried_out else {21: "error"})
    assert len(asked) < 10


@pytest.mark.parametrize("status", [500, 503, 429, 404, 400, 403])
def test_a_start_that_always_fails(world: DrillWorld, tmp_path: Path, status: int) -> None:
    inner = world.transport.inner

    class Fails(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith(START):
                return httpx.Response(status, json={"message": "out of order"})
            return inner.handle_request(request)

    world.transport.inner = Fails()
    assert _run(world, tmp_path)[21] in {"error", "timed_out", "agent_offline"}


@pytest.mark.parametrize("path", ["/backup/completed/21", "/agent/11", "/activity", "/restore/"])
@pytest.mark.parametrize("status", [500, 404, 200])
def test_a_path_that_always_fails(
    world: DrillWorld, tmp_path: Path, path: str, status: int
) -> None:
    inner = world.transport.inner

    class Fails(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "GET" and path in request.url.path:
                return httpx.Response(status, content=b'{"message": "out of order"')
            return inner.handle_request(request)

    world.transport.inner = Fails()
    try:
        verdict = _run(world, tmp_path)[21]
    except CloudBackupError:
        return
    assert verdict
