"""nginx answers for the names of the site alone, and tells nobody which nginx it is."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from getpass import getuser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command

from tests.config.nginx import BROTLI, MAIN, need_nginx, running_nginx
from tests.pages.startup.starting import free_port

pytestmark = [pytest.mark.long, pytest.mark.any_database]

HOST = "stod.example.org"


@pytest.fixture
def ports(db: None, tmp_path: Path, settings: Any) -> Iterator[tuple[int, int]]:
    """nginx as it is configured for a live site, with TLS; the site itself is away."""
    need_nginx()
    settings.SITE_URL, settings.SITE_HOST, settings.DATA_DIR = f"https://{HOST}", HOST, tmp_path
    call_command("nginx_conf", str(tmp_path), application=[f"127.0.0.1:{free_port()}"], stdout=StringIO())
    plain, encrypted = free_port(), free_port()
    config = (tmp_path / "site.conf").read_text()
    for old, new in {
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{encrypted}",
        f"/etc/ssl/certs/{HOST}": f"{tmp_path}/certificate",
        f"/etc/ssl/private/{HOST}": f"{tmp_path}/private",
        "/var/log/nginx": str(tmp_path),
    }.items():
        assert old in config
        config = config.replace(old, new)
    (tmp_path / "site.conf").write_text(config)
    (tmp_path / "mime.types").touch()
    (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path, brotli=BROTLI, user=getuser()))
    write_certificate(tmp_path)
    with running_nginx(tmp_path, plain):
        yield plain, encrypted


def write_certificate(folder: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={HOST}")
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    formats = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "private.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *formats))


def ask(port: int, request: str, *, name: str = "") -> str:
    """Send a request as it is, over TLS where a name is given; return all that is answered, which may be nothing."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with ExitStack() as stack:
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
        if name:
            connection = stack.enter_context(context.wrap_socket(connection, server_hostname=name))
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def request(host: str, path: str = "/") -> str:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{HOST}.evil.example", "localhost"])
def test_other_hosts_get_no_answer(ports, host):
    plain, encrypted = ports
    assert ask(plain, request(host)) == ""
    assert ask(encrypted, request(host), name=HOST) == ""
    with pytest.raises(ssl.SSLError):  # nor a certificate, which would tell the name
        ask(encrypted, request(host), name="evil.example")


def test_request_without_a_host_gets_none_either(ports):
    assert ask(ports[0], "GET / HTTP/1.0\r\n\r\n") == ""


def test_site_is_answered_for_and_no_version_told(ports):
    plain, encrypted = ports
    answers = [
        ask(plain, request(HOST)),
        ask(encrypted, request(HOST), name=HOST),
        ask(encrypted, request(HOST, "/static/missing.css"), name=HOST),
        ask(plain, "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"),
        ask(encrypted, request(HOST, "/" + "x" * 20_000), name=HOST),
        ask(encrypted, request(HOST)),
    ]
    assert [answer.split(" ")[1] for answer in answers] == ["301", "503", "404", "400", "414", "400"]
    for answer in answers:
        assert "\nServer: nginx\r\n" in answer
        assert "nginx/" not in answer
