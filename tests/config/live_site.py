"""The live site as it is run: its server, and nginx with TLS in front as `nginx_conf` writes it."""

import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from tests.config.nginx import configure_tls, need_nginx, running_nginx
from tests.config.observatory import Response, Scan
from tests.config.processes import LIVE, PROXIED
from tests.pages.startup.starting import SERVE_APPLICATION, Place, free_port
from tests.tools import tool_or_skip

HOST = PROXIED["Host"]
MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class LiveSite:
    """A live site behind nginx: its ports for http and https, and the certificate that it shows."""

    ports: dict[str, int]
    certificate: Path

    def ask(self, url: str, **headers: str) -> Response:
        parts = urlsplit(url)
        assert parts.hostname == HOST, url
        port = self.ports[parts.scheme]
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=self.certificate)
            connection: HTTPConnection = HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
        else:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
        response = connection.getresponse()
        body = response.read().decode(errors="replace")
        connection.close()
        return Response(url, response.status, response.getheaders(), body)

    def follow(self, url: str, **headers: str) -> list[Response]:
        """Return the answers on the way, with the cookies that were set."""
        way: list[Response] = []
        kept: dict[str, str] = {}
        for _step in range(MOST_REDIRECTS):
            cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items())} if kept else {}
            way.append(self.ask(url, Host=HOST, **headers, **cookie))
            kept |= dict(header.split(";")[0].split("=", 1) for header in way[-1].values("set-cookie"))
            if not 300 <= way[-1].status < 400:
                return way
            url = urljoin(url, way[-1].values("location")[0])
        raise AssertionError([response.url for response in way])

    def scan(self, path: str) -> Scan:
        from_http = self.follow(f"http://{HOST}{path}")
        way = self.follow(f"https://{HOST}{path}")
        others = self.follow(f"https://{HOST}{path}", Origin="https://other.example.org")
        set_cookies = [header for response in (*from_http, *way) for header in response.values("set-cookie")]
        return Scan(way[-1], from_http, others[-1], set_cookies)


@contextmanager
def running_live_site(place: Place, folder: Path) -> Iterator[LiveSite]:
    """Run a copied site as a live one behind nginx, whose files go to `folder`."""
    need_nginx()
    tool_or_skip("openssl", shutil.which("openssl") is not None, "apt-get install openssl")
    ports = {"http": free_port(), "https": free_port()}
    make_certificate(folder)
    manage_live(place, "nginx_conf", str(folder), "--application", f"127.0.0.1:{place.port}")
    configure_tls(folder, ports)
    address = f"http://127.0.0.1:{place.port}"
    with (
        place.run("-c", SERVE_APPLICATION, str(place.port), address=address, **LIVE) as start,
        running_nginx(folder, ports["https"]),
    ):
        site = LiveSite(ports, folder / "certificate.pem")
        start.wait_until(lambda: site.ask(f"https://{HOST}/robots.txt", Host=HOST).status == 200)
        yield site


def make_certificate(folder: Path) -> None:
    """Make key.pem and certificate.pem, for the site's name and this machine's address."""
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={HOST}", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)


def manage_live(place: Place, *command: str) -> None:
    """Run a command of the live site."""
    environment = place.environment() | LIVE
    subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, check=True)
