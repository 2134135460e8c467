"""Breaks of the client: calls, retries, authentication, limits."""

from typing import Final

from .mutant import Mutant

__all__ = ["CLIENT"]

CLIENT_CODE: Final = "overlay/cloud_backup"


def _call(name: str, module: str, old: str, new: str, *tests: str) -> Mutant:
    paths = tuple(f"tests/overlay/test_{test}.py" for test in tests)
    return Mutant(name, f"{CLIENT_CODE}/{module}.py", old, new, paths)


CALLS: Final = (
    _call(
        "a write is sent again after a 503 with Retry-After",
        "calling/retries",
        "        if isinstance(error, RateLimited):",
        "        if isinstance(error, RateLimited) or getattr(error, 'retry_after', None):",
        "retries",
    ),
    _call(
        "a row that can't be read hides the others",
        "wire/view",
        "        except UnexpectedAnswer as error:\n            problem",
        "        except ZeroDivisionError as error:\n            problem",
        "wrong_answers",
    ),
    _call(
        "an answer about something else is taken",
        "calling/operations",
        "            if told is not None and told != asked:",
        "            if False:",
        "wrong_answers",
    ),
    _call(
        "bytes are counted before they are unpacked",
        "calling/answer",
        "self.count(len(parts[-1]))",
        "self.count(len(chunk))",
        "answers",
    ),
    _call(
        "all of a chunk is unpacked at once",
        "calling/answer",
        "self._gzip.decompress(chunk, _PART)",
        "self._gzip.decompress(chunk)",
        "answers",
    ),
    _call(
        "gzip that ends too soon is taken for whole",
        "calling/answer",
        "        if self._begun and not self._gzip.eof:",
        "        if False:",
        "answers",
    ),
    _call(
        "keys of long answers may be fewer than their colons",
        "calling/answer",
        "if keys == colons:",
        "if keys <= colons:",
        "answers",
    ),
    _call(
        "deep JSON raises what Python raises",
        "calling/answer",
        "    except RecursionError:",
        "    except ZeroDivisionError:",
        "answers",
    ),
    _call(
        "a forked client goes on with its parent's connections",
        "calling/http_clients",
        "return self._clients.get(here) or self._another(here)",
        "return next(iter(self._clients.values()), None) or self._another(here)",
        "places",
    ),
    _call(
        "an event loop is taken for any other",
        "calling/async_http_clients",
        "_here = staticmethod(asyncio.get_running_loop)",
        "_here = staticmethod(lambda: asyncio)",
        "places",
    ),
    _call(
        "connections outlive their event loop",
        "calling/async_http_clients",
        "        finally:\n            await self.aclose()",
        "        finally:\n            pass",
        "places",
    ),
    _call(
        "a client of the caller's goes anywhere",
        "calling/http_clients",
        "if self._tied and",
        "if not self and",
        "places",
    ),
    _call(
        "a deadline is for each wait alone",
        "calling/http_clients",
        "_Network(pool._network_backend)",
        "pool._network_backend",
        "deadlines",
    ),
    _call(
        "looking up a host has no end",
        "calling/http_clients",
        "connect() if seconds is None else _connected(connect, seconds)",
        "connect()",
        "deadlines",
    ),
    _call(
        "an async call goes on after its deadline",
        "calling/async_http_clients",
        "asyncio.timeout(seconds + _GRACE)",
        "asyncio.timeout(None)",
        "deadlines",
    ),
    _call(
        "a login has no timeouts",
        "calling/http_clients",
        'request.extensions.get("timeout") or self.timeout.as_dict()',
        'request.extensions.get("timeout") or {}',
        "deadlines",
    ),
    _call(
        "a certificate that nobody signed is trusted",
        "calling/http_clients",
        "context = httpx.create_ssl_context()",
        "context = httpx.create_ssl_context(verify=False)",
        "late_tls",
    ),
    _call(
        "waiting for another's login has no end",
        "signing_in/auth",
        "step.result(left())",
        "step.result()",
        "deadlines",
    ),
    _call(
        "the last look may take for ever",
        "waiting/pauses",
        "return LAST_LOOK if self.is_over else self.left",
        "return None",
        "deadlines",
    ),
)

SECRETS: Final = (
    _call(
        "what the service echoes is not masked",
        "signing_in/auth",
        "            self._secrets.clean(response)",
        "            pass",
        "echoes",
    ),
    _call(
        "a success may echo the token",
        "calling/answer",
        "self.extensions.get(MASKING, bytes)(self.content)",
        "self.content",
        "echoes",
    ),
    _call(
        "tokens of earlier logins are forgotten",
        "secret",
        "        known = {**self._known, value: None}",
        "        known = {value: None}",
        "echoes",
    ),
    _call(
        "a redirect keeps the request that it leads to",
        "secret",
        "        response.next_request = None  # it has the token, too",
        "        pass",
        "echoes",
    ),
    _call(
        "an escaped secret is not found",
        "secret",
        '*(rb"&(?:amp;)*%s;?" % name.encode() for name in names if name),',
        "",
        "echoes",
    ),
    _call(
        "an error of the wire quotes what came",
        "secret",
        "return self.masked_text(value) if isinstance(value, str) else value",
        "return value",
        "echoes",
    ),
    _call(
        "Identity's errors quote its catalogue",
        "signing_in/identity",
        "            self.secrets.clean_error(error)",
        "            pass",
        "echoes",
    ),
    _call(
        "a token goes by plain http",
        "signing_in/identity",
        'if url.scheme == "https" or self.login.allow_http or',
        "if True or",
        "auth",
    ),
    _call(
        "any host that looks local is this machine",
        "signing_in/identity",
        'host == "localhost" or host.endswith(".localhost")',
        'host.startswith(("localhost", "127."))',
        "auth",
    ),
    _call(
        "a token on disk goes wherever its file says",
        "signing_in/auth",
        '            self._identity.secure(kept.endpoint, "the endpoint on disk")',
        "            pass",
        "auth",
    ),
    _call(
        "a token is used to the second it expires",
        "signing_in/identity",
        "    return seconds - min(_MARGIN, seconds / 2)",
        "    return seconds",
        "identity",
    ),
    _call(
        "a zone is known by its new name only",
        "schedules/windows_zones",
        "    for known in iana_names()[windows][:2]:",
        "    for known in iana_names()[windows][:1]:",
        "windows_zones",
    ),
)

NAMES: Final = (
    _call(
        "of several machines of a name the first is taken",
        "_sync/agents",
        "    if len(matching) != 1:",
        "    if not matching:",
        "agents",
    ),
    _call(
        "True is an id",
        "wire/arguments",
        "isinstance(number, bool) or ",
        "",
        "agents",
    ),
)

CLIENT: Final[tuple[Mutant, ...]] = (*CALLS, *SECRETS, *NAMES)
