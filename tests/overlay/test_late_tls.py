"""TLS is set up when the first connection needs it, and trusts whom httpx trusts."""

from __future__ import annotations

import asyncio
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cloud_backup import AsyncCloudBackup, CloudBackup, Retries, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOGIN = (
    b'{"access": {"token": {"id": "t", "expires": "2099-01-01T00:00:00Z"}, "serviceCatalog": []}}'
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost, signed by nobody, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    kept = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *kept))
    return file


class Service(BaseHTTPRequestHandler):
    """Logs everybody in, and has no agents."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(LOGIN)

    def do_GET(self) -> None:
        self.answer(b"[]")

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that doesn't trust it hangs up."""


@pytest.fixture
def url(certificate: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server(("127.0.0.1", 0), Service) as server:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"https://localhost:{server.server_port}"
        server.shutdown()


def agents(url: str) -> list[object]:
    login, none = f"{url}/v2.0", Retries.off()
    with CloudBackup("demo", "key", auth_url=login, base_url=url, retries=none) as backup:
        return [*backup.agents.list()]


async def agents_async(url: str) -> list[object]:
    login, none = f"{url}/v2.0", Retries.off()
    async with AsyncCloudBackup(
        "demo", "key", auth_url=login, base_url=url, retries=none
    ) as backup:
        return [*await backup.agents.list()]


def test_who_is_trusted_is_spoken_to(
    url: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert agents(url) == []
    assert asyncio.run(agents_async(url)) == []


def test_who_is_not_trusted_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)

    with pytest.raises(Unreachable, match="self-signed certificate"):
        agents(url)
    with pytest.raises(Unreachable, match="self-signed certificate"):
        asyncio.run(agents_async(url))


def test_another_host_than_the_certificates_is_refused(
    url: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with pytest.raises(Unreachable, match="certificate"):
        agents(url.replace("localhost", "127.0.0.1"))


@pytest.mark.parametrize("broken", [None, "no certificate"], ids=["missing", "unreadable"])
def test_a_file_of_certificates_that_cannot_be_read_is_named(
    url: str, tmp_path: Path, broken: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "trusted.pem"
    if broken is not None:
        file.write_text(broken)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with pytest.raises(Unreachable, match="SSL_CERT_FILE") as e:
        agents(url)
    with pytest.raises(Unreachable, match="SSL_CERT_FILE"):
        asyncio.run(agents_async(url))

    assert str(file) in str(e.value)
    assert (e.value.not_carried_out, e.value.may_pass) == (True, False)


def test_a_client_is_made_without_reading_what_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(**_: object) -> None:
        raise AssertionError("it reads what is trusted")

    monkeypatch.setattr(ssl, "create_default_context", read)
    with pytest.raises(AssertionError):
        httpx.Client()
    CloudBackup("demo", "key").close()
    asyncio.run(AsyncCloudBackup("demo", "key").aclose())
