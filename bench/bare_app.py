"""A bare Starlette application that answers given bytes: what the emulator's speed is held against.

Usage: python -m bench.bare_app ANSWERS

ANSWERS is a file of JSON: a list of method, path, status, media type (or null) and body.
"""

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cloud_backup_emulator.server import bind, url_of


def endpoint(
    status: int, media_type: str | None, body: str
) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint that reads what is sent and answers always the same."""
    content = body.encode()

    async def answer(request: Request) -> Response:
        await request.body()
        return Response(content, status, media_type=media_type)

    return answer


def main(answers: Path) -> None:
    """Serve until told to stop."""
    routes = [
        Route(path, endpoint(status, media_type, body), methods=[method])
        for method, path, status, media_type, body in json.loads(answers.read_text())
    ]
    config = uvicorn.Config(
        Starlette(routes=routes),
        http="h11",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
    )
    with bind("127.0.0.1", 0) as listener:
        print(url_of(listener), flush=True)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
