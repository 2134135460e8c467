"""Tokens on disk, optionally, so that a script that runs often doesn't log in each time."""

import contextlib
import hashlib
import json
import math
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from cloud_backup.secret import Secret
from cloud_backup.signing_in.identity import Session, http_url
from cloud_backup.signing_in.private_file import read_privately, write_privately
from cloud_backup.wire.view import LOGGER

_LONGEST_LIFE: Final = 48 * 60 * 60.0
"""In seconds: twice that of Rackspace's tokens. Longer ones were saved with a wrong clock."""


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
    return Path(platformdirs.user_cache_dir("rackspace-cloud-backup", appauthor=False))


@frozen
class TokenCache:
    """A folder of tokens, one file for each URL of Identity, user, tenant and region.

    The folder has mode 0700, the files 0600; each is written completely or not at all. A file that
    is broken or that others could have read or written is not used. Anyone who can read a token can
    use it until it expires, within a day; API key and password are not kept. A client that finds a
    token here uses it without checking its API key or password.

    Args:
        path: The folder; None for the user's cache folder, which needs the package `platformdirs`
            (`pip install 'rackspace-cloud-backup[cache]'`).
    """

    path: Path = field(default=None, converter=_folder)

    def load(self, key: Sequence[str | None], now: float) -> Session | None:
        """Return the session of a login by its `Identity.key`; None if there is no usable one."""
        document = self._read(self._file(key))
        try:
            token = Secret(_text(document.pop("token")))
            kept = Session(token, http_url(document["endpoint"]), float(document["fresh_until"]))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None
        return kept if now < kept.fresh_until <= now + _LONGEST_LIFE else None

    def save(self, key: Sequence[str | None], session: Session) -> None:
        """Save the session of a login, if its end is known; a failure is logged as a warning."""
        if session.fresh_until == math.inf:
            return
        document = {
            "token": session.token.reveal(),
            "endpoint": str(session.endpoint),
            "fresh_until": session.fresh_until,
        }
        try:
            write_privately(self._file(key), json.dumps(document), make_folder=True)
        except OSError as error:
            LOGGER.warning("the token is not kept in %s: %s", self.path, error.strerror)

    def drop(self, key: Sequence[str | None], token: Secret) -> None:
        """Delete the token of a login that the service refuses, unless it was replaced."""
        file = self._file(key)
        document = self._read(file)
        if isinstance(document, dict) and document.pop("token", None) == token.reveal():
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    def clear(self) -> None:
        """Delete all tokens. Those in use stay valid until they expire."""
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
            LOGGER.debug("%s is not used: it can't be read", file)
            return None


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value or not (value.isascii() and value.isprintable()):
        raise TypeError("expected a value for a header")
    return value
