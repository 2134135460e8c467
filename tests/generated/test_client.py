"""The clients that the endpoints are called with."""

import pickle

import httpx
import pytest

from cloud_backup_api import AuthenticatedClient, Client
from cloud_backup_api.api.restores import get_restore
from cloud_backup_api.models import Restore
from cloud_backup_api.types import Response

URL = "https://dfw.backup.example.invalid/v1.0/1234"
SECRET = "t0p-secret"


def client_that_gets(
    response: httpx.Response, requests: list[httpx.Request]
) -> AuthenticatedClient:
    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return response

    transport = httpx.MockTransport(answer)
    return AuthenticatedClient(base_url=URL, token=SECRET, httpx_args={"transport": transport})


def test_the_token_goes_in_its_header_as_it_is() -> None:
    requests: list[httpx.Request] = []
    with client_that_gets(
        httpx.Response(200, json={"RestoreId": 1394, "BackupId": 1, "RestoreStateId": 0}), requests
    ) as client:
        restore = get_restore.sync(restore_id=1394, client=client)
    assert isinstance(restore, Restore)
    assert restore.restore_id == 1394
    assert requests[0].headers["X-Auth-Token"] == SECRET
    assert requests[0].url == f"{URL}/restore/1394"


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_same_asynchronously() -> None:
    requests: list[httpx.Request] = []
    async with client_that_gets(
        httpx.Response(200, json={"RestoreId": 1394, "BackupId": 1, "RestoreStateId": 0}), requests
    ) as client:
        restore = await get_restore.asyncio(restore_id=1394, client=client)
    assert isinstance(restore, Restore)
    assert requests[0].headers["X-Auth-Token"] == SECRET


def test_no_secret_is_in_a_repr() -> None:
    client = AuthenticatedClient(
        base_url=URL,
        token=SECRET,
        headers={"X-Auth-Token": SECRET},
        cookies={"session": SECRET},
        httpx_args={"auth": ("user", SECRET)},
    )
    client.get_httpx_client()
    assert SECRET not in repr(client)
    assert SECRET not in repr(Client(base_url=URL, headers={"Authorization": SECRET}))
    assert URL in repr(client)
    response = httpx.Response(200, text=SECRET, headers={"X-Subject-Token": SECRET})
    assert SECRET not in repr(Response[None].of(response, None))


def test_a_token_is_not_pickled() -> None:
    client = AuthenticatedClient(base_url=URL, token=SECRET)
    with pytest.raises(TypeError, match="can't be pickled"):
        pickle.dumps(client)


def test_a_time_limit_holds_by_default() -> None:
    limit = httpx.Timeout(30, connect=10)
    client = Client(base_url=URL)
    assert client.get_httpx_client().timeout == limit
    assert client.get_async_httpx_client().timeout == limit
    other = client.with_timeout(httpx.Timeout(5))
    assert other.get_httpx_client().timeout == httpx.Timeout(5)
    assert client.get_httpx_client().timeout == limit
    assert client.with_timeout(None).get_httpx_client().timeout == httpx.Timeout(None)


def test_a_client_made_from_another_leaves_that_one_alone() -> None:
    headers = {"A": "1"}
    client = AuthenticatedClient(base_url=URL, token=SECRET, headers=headers)
    client.get_httpx_client()
    other = client.with_headers({"B": "2"}).with_cookies({"c": "3"})
    assert other.get_httpx_client().headers["B"] == "2"
    assert other.get_httpx_client().headers["X-Auth-Token"] == SECRET
    assert other.get_httpx_client().cookies["c"] == "3"
    assert "B" not in client.get_httpx_client().headers
    assert headers == {"A": "1"}


def test_the_header_can_be_another_one() -> None:
    client = AuthenticatedClient(
        base_url=URL, token=SECRET, prefix="Bearer", auth_header_name="Authorization"
    )
    assert client.get_httpx_client().headers["Authorization"] == f"Bearer {SECRET}"
