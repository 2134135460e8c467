"""Tokens kept on disk, by choice, so that a script that runs often doesn't log in each time.

A file per login, readable by its owner alone. A file that anybody else could have written or read,
that is broken, or whose token has expired, is as good as none.
"""

import contextlib
import hashlib
import json
import logging
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from cloud_backup.secret import Secret
from cloud_backup.signing_in.private_file import read_privately, write_privately

__all__ = ["CachedToken", "TokenCache"]

LOGGER: Final = logging.getLogger("cloud_backup")

_FOLDER: Final = "rackspace-cloud-backup"


def _folder(path: Path | str | None) -> Path:
    if path is not None:
        return Path(path).expanduser()
    try:
        platformdirs = import_module("platformdirs")
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            "TokenCache() without a path needs platformdirs: give TokenCache(path), or "
            "pip install 'rackspace-cloud-backup[cache]'",
            name=missing.name,
        ) from None
    return Path(platformdirs.user_cache_dir(_FOLDER, appauthor=False))


@frozen(kw_only=True)
class CachedToken:
    """A token as it is kept.

    Attributes:
        token: The token.
        endpoint: The service's URL that goes with it.
        fresh_until: Until when it is used, in seconds since 1970.
    """

    token: Secret
    endpoint: str
    fresh_until: float


@frozen
class TokenCache:
    """A folder of tokens, one file for each URL of Identity, user, tenant and region.

    The folder is made with mode 0700, the files with 0600, each written as a whole or not at all.
    A token serves whoever can read it until it expires, a day at most; the API key or password is
    not kept. A client that finds a token here uses it without checking its API key or password.

    Args:
        path: The folder; None for the user's cache folder, which takes the package `platformdirs`
            (`pip install 'rackspace-cloud-backup[cache]'`).

    Raises:
        ModuleNotFoundError: There is no path, and no `platformdirs`.
    """

    path: Path = field(default=None, converter=_folder)

    def load(self, key: Sequence[str | None], now: float) -> CachedToken | None:
        """Return the token of a login; None if there is none to be used.

        Args:
            key: What tells the login from others.
            now: The time, in seconds since 1970.
        """
        document = self._read(self._file(key))
        try:
            token = Secret(_text(document.pop("token")))
            kept = CachedToken(
                token=token,
                endpoint=str(document["endpoint"]),
                fresh_until=float(document["fresh_until"]),
            )
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None
        return kept if token.reveal() and now < kept.fresh_until else None

    def save(self, key: Sequence[str | None], kept: CachedToken) -> None:
        """Keep the token of a login. Where that can't be, a warning is logged.

        Args:
            key: What tells the login from others.
            kept: The token.
        """
        try:
            self._write(self._file(key), kept)
        except OSError as error:
            LOGGER.warning("the token is not kept in %s: %s", self.path, error.strerror)

    def drop(self, key: Sequence[str | None], token: Secret) -> None:
        """Forget the token of a login, if it is still this one.

        Args:
            key: What tells the login from others.
            token: The token that the service refuses.
        """
        file = self._file(key)
        document = self._read(file)
        if isinstance(document, dict) and document.pop("token", None) == token.reveal():
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget all tokens. Those that a process has in use stay good until they expire."""
        with contextlib.suppress(OSError):
            for file in self.path.glob("[0-9a-f]" * 64 + ".json"):
                file.unlink(missing_ok=True)

    def _file(self, key: Sequence[str | None]) -> Path:
        text = json.dumps(list(key)).encode()
        return self.path / f"{hashlib.sha256(text).hexdigest()}.json"

    def _read(self, file: Path) -> Any:
        content = read_privately(file)
        try:
            return None if content is None else json.loads(content)
        except (ValueError, RecursionError):
            LOGGER.debug("%s is not used: it cannot be read", file)
            return None

    def _write(self, file: Path, kept: CachedToken) -> None:
        document = {
            "token": kept.token.reveal(),
            "endpoint": kept.endpoint,
            "fresh_until": kept.fresh_until,
        }
        write_privately(file, json.dumps(document), make_folder=True)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not (value.isascii() and value.isprintable()):
        raise TypeError("a token is a text that a header can hold")
    return value
