"""The emulator in process, for both clients, its clock moved by their sleep."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx

from cloud_backup import AsyncCloudBackup, CloudBackup
from cloud_backup_emulator import Clock, Emulator, create_app

AUTH_URL = "https://emulator/v2.0"
START = datetime(2013, 2, 14, 12, 0, 0, tzinfo=UTC)


class InProcess(httpx.BaseTransport):
    """Calls an ASGI application from sync code."""

    def __init__(self, transport: httpx.ASGITransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def send() -> httpx.Response:
            response = await self._transport.handle_async_request(request)
            return httpx.Response(
                response.status_code, headers=response.headers, content=await response.aread()
            )

        return asyncio.run(send())


class Emulated:
    """An emulator whose clock stands still, and clients of it.

    Args:
        start: Where its clock stands.
    """

    def __init__(self, start: datetime = START) -> None:
        self.emulator = Emulator(clock=Clock(rate=0, wall=start.timestamp), validate_answers=True)
        self._transport = httpx.ASGITransport(create_app(self.emulator, allowed_hosts=["emulator"]))
        self.slept: list[float] = []

    def client(self) -> CloudBackup:
        """Make a sync client."""

        def sleep(seconds: float) -> None:
            self._pass(seconds)

        return CloudBackup(
            "demo",
            "demo-key",
            auth_url=AUTH_URL,
            base_url="https://emulator/v1.0/1234",
            transport=InProcess(self._transport),
            sleep=sleep,
        )

    def async_client(self) -> AsyncCloudBackup:
        """Make an async client."""

        async def sleep(seconds: float) -> None:
            self._pass(seconds)

        return AsyncCloudBackup(
            "demo",
            "demo-key",
            auth_url=AUTH_URL,
            base_url="https://emulator/v1.0/1234",
            transport=self._transport,
            sleep=sleep,
        )

    def _pass(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.emulator.advance(seconds)
