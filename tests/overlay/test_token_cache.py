"""Tokens kept on disk: for their owner alone, and never beyond their time."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.conftest import API_KEY, AUTH_URL

from cloud_backup import CloudBackup, Credentials, RackspaceAuth, TokenCache
from cloud_backup.secret import Secret
from cloud_backup.signing_in.auth import PLACEHOLDER_URL
from cloud_backup.signing_in.identity import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.overlay.conftest import FakeService

NOW = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
HOUR = 3600.0

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes say nothing on Windows")


@pytest.fixture
def cache(tmp_path: Path) -> TokenCache:
    return TokenCache(tmp_path / "cache")


def ask(
    service: FakeService, cache: TokenCache | None, now: float = NOW, **options: Any
) -> httpx.Response:
    endpoint = options.pop("endpoint", None)
    usual = {"username": "demo", "api_key": API_KEY, "auth_url": AUTH_URL}
    login = Credentials(**{**usual, **options})
    auth = RackspaceAuth(login, endpoint=endpoint, token_cache=cache, clock=lambda: now)
    with httpx.Client(auth=auth, transport=service.transport()) as client:
        return client.get(PLACEHOLDER_URL)


def files(cache: TokenCache) -> list[Path]:
    return sorted(cache.path.iterdir()) if cache.path.exists() else []


def test_the_second_process_does_not_log_in(service: FakeService, cache: TokenCache) -> None:
    ask(service, cache)
    ask(service, cache)

    assert len(service.logins) == 1
    assert [seen.token for seen in service.seen] == ["canary-of-the-token-1"] * 2
    assert len({seen.url for seen in service.seen}) == 1


def test_without_a_cache_each_logs_in(service: FakeService) -> None:
    ask(service, None)
    ask(service, None)

    assert len(service.logins) == 2


@posix
def test_only_the_owner_can_read_it(service: FakeService, cache: TokenCache) -> None:
    before = os.umask(0)
    try:
        ask(service, cache)
    finally:
        os.umask(before)

    (file,) = files(cache)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.path.stat().st_mode) == 0o700


def test_neither_key_nor_user_is_kept(service: FakeService, cache: TokenCache) -> None:
    ask(service, cache)

    (file,) = files(cache)
    assert set(json.loads(file.read_text())) == {"token", "endpoint", "fresh_until"}
    assert API_KEY not in file.read_text() + file.name
    assert "demo" not in file.read_text() + file.name


@pytest.mark.parametrize(
    "other",
    [
        {"username": "another"},
        {"tenant_id": "99"},
        {"region": "ORD"},
        {"auth_url": "https://other.example/v2.0"},
        {"endpoint": "https://elsewhere.example/v1.0/1234"},
    ],
    ids=str,
)
def test_another_login_has_a_token_of_its_own(
    service: FakeService, cache: TokenCache, other: dict[str, Any]
) -> None:
    ask(service, cache)
    ask(service, cache, **other)

    assert len(service.logins) == 2


def test_a_token_is_not_used_beyond_its_time(service: FakeService, cache: TokenCache) -> None:
    ask(service, cache)
    ask(service, cache, NOW + 24 * HOUR - 301)
    assert len(service.logins) == 1

    ask(service, cache, NOW + 24 * HOUR - 299)
    assert len(service.logins) == 2


def test_a_token_of_a_wrong_clock_is_not_used(service: FakeService, cache: TokenCache) -> None:
    ask(service, cache, NOW)
    ask(service, cache, NOW - 30 * HOUR)

    assert len(service.logins) == 2


def test_a_refused_token_is_forgotten(service: FakeService, cache: TokenCache) -> None:
    ask(service, cache)
    service.revoked.add("canary-of-the-token-1")

    assert ask(service, cache).status_code == 200
    ask(service, cache)

    assert len(service.logins) == 2
    assert service.seen[-1].token == "canary-of-the-token-2"


def test_a_refused_token_leaves_a_newer_one_alone(cache: TokenCache) -> None:
    newer = Session(Secret("newer"), httpx.URL("https://x.example"), NOW + 1)
    cache.save(("a",), newer)

    cache.drop(("a",), Secret("older"))
    kept = cache.load(("a",), NOW)
    assert kept is not None
    assert kept.token.reveal() == "newer"

    cache.drop(("a",), Secret("newer"))
    assert cache.load(("a",), NOW) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"token": "t", "endpoint": "not a URL", "fresh_until": 1e12}',
        b'{"token": "", "endpoint": "https://x.example", "fresh_until": 1767229200}',
        b'{"token": 5, "endpoint": "https://x.example", "fresh_until": 1767229200}',
        b'{"token": "t", "endpoint": "file:///etc", "fresh_until": 1767229200}',
        b'{"token": "t", "endpoint": "https://x.example", "fresh_until": "soon"}',
        b'{"token": "t", "endpoint": "https://x.example", "fresh_until": NaN}',
        b'{"token": "t", "endpoint": "https://x.example", "fresh_until": Infinity}',
        b'{"token": "t", "endpoint": "https://x.example", "fresh_until": 1' + b"0" * 400 + b"}",
        b'{"token": "\\ud800", "endpoint": "https://x.example", "fresh_until": 1767229200}',
        b'{"token": "a\\nb", "endpoint": "https://x.example", "fresh_until": 1767229200}',
    ],
    ids=lambda content: repr(content[:30]),
)
def test_a_broken_file_is_as_good_as_none(
    service: FakeService, cache: TokenCache, content: bytes
) -> None:
    ask(service, cache)
    (file,) = files(cache)
    file.write_bytes(content)

    assert ask(service, cache).status_code == 200

    assert len(service.logins) == 2
    # And it has been written anew.
    ask(service, cache)
    assert len(service.logins) == 2


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_can_open_is_not_used(
    service: FakeService, cache: TokenCache, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    ask(service, cache)
    files(cache)[0].chmod(mode)

    ask(service, cache)

    assert len(service.logins) == 2
    assert "open to other users" in caplog.text
    assert "canary" not in caplog.text


@posix
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_not_used(service: FakeService, cache: TokenCache, kind: str) -> None:
    ask(service, cache)
    (file,) = files(cache)
    elsewhere = file.rename(cache.path.parent / "elsewhere")
    if kind == "link":
        file.symlink_to(elsewhere)
    elif kind == "pipe":
        os.mkfifo(file, 0o600)
    else:
        file.mkdir(0o700)

    assert ask(service, cache).status_code == 200

    assert len(service.logins) == 2


@posix
def test_a_folder_that_others_can_write_is_not_used(
    service: FakeService, cache: TokenCache, caplog: pytest.LogCaptureFixture
) -> None:
    cache.path.mkdir()
    cache.path.chmod(0o777)

    assert ask(service, cache).status_code == 200

    assert files(cache) == []
    assert "is not kept" in caplog.text


@posix
def test_a_folder_that_cannot_be_made_is_a_warning(
    service: FakeService, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()

    assert ask(service, TokenCache(tmp_path / "file" / "cache")).status_code == 200
    assert "is not kept" in caplog.text


def test_a_write_that_fails_leaves_nothing(
    cache: TokenCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    cache.save(("a",), Session(Secret("t"), httpx.URL("https://x"), NOW))

    assert files(cache) == []


def test_clearing_forgets_tokens_and_nothing_else(service: FakeService, cache: TokenCache) -> None:
    cache.clear()
    ask(service, cache)
    other = cache.path / "settings.json"
    other.touch()

    cache.clear()

    assert files(cache) == [other]


def test_the_folder_is_the_users_own() -> None:
    assert TokenCache().path.name == "rackspace-cloud-backup"


def test_without_platformdirs_a_path_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "platformdirs", None)

    with pytest.raises(ModuleNotFoundError, match=r"TokenCache\(path\)"):
        TokenCache()


def test_a_client_with_a_cache(service: FakeService, tmp_path: Path) -> None:
    service.expires = "2099-01-02T00:00:00.000Z"
    service.date = None
    for _ in range(2):
        with CloudBackup(
            "demo",
            API_KEY,
            auth_url=AUTH_URL,
            transport=service.transport(),
            token_cache=TokenCache(str(tmp_path)),
        ) as backup:
            backup.agents.list()

    # A token that is to live for decades is not believed.
    assert len(service.logins) == 2
    assert "canary" not in repr(TokenCache(tmp_path))
