"""Debian's nginx with the configuration that the site writes, in front of a started one."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from tests.pages.startup.starting import Place
from tests.tools import tool_or_skip

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MAIN = """
load_module {brotli};
user {user}; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/default.log; keepalive_requests 1000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include site.conf;
}}
"""


def need_nginx() -> None:
    """Skip the test, or fail it in CI, where nginx or its module for brotli is missing."""
    tool_or_skip("nginx", Path(NGINX).exists() and BROTLI.exists(), "apt install nginx libnginx-mod-http-brotli-static")


def configure(
    folder: Path,
    port: int,
    place: Place,
    extra: str = "",
    application_port: int | None = None,
    other_ports: Sequence[int] = (),
) -> None:
    """Let a site write its configuration into a folder, and change what the tests need otherwise.

    nginx listens on `port`, without TLS; the data folder is `folder / "data"` where there is one.
    """
    ports = [application_port or place.port, *other_ports]
    place.manage("nginx_conf", str(folder), *(f"--application=127.0.0.1:{number}" for number in ports))
    site = (folder / "site.conf").read_text()
    data = folder / "data"
    values = {
        # The server without TLS, which leads to the other one, goes by a name that no test uses.
        r"listen 80 default_server;\n    listen 443 ssl default_server;": f"listen 127.0.0.1:{port} default_server;",
        r"ssl_reject_handshake on;": "",
        r"listen 80;\n    server_name localhost;": f"listen 127.0.0.1:{port};\n    server_name plain.example.org;",
        r"listen 443 ssl;": f"listen 127.0.0.1:{port};",
        r"server_name localhost;": "server_name localhost 127.0.0.1;",
        r"ssl_certificate.*": "",
        r"set \$data .*": f"set $data {data if data.exists() else place.folder};",
        r"/var/log/nginx/": f"{folder}/",
    }
    _write(folder, site, values, extra)


def _write(folder: Path, site: str, values: dict[str, str], extra: str = "") -> None:
    for pattern, value in values.items():
        site, count = re.subn(pattern, value, site)
        assert count, pattern
    (folder / "site.conf").write_text(site + extra)
    shutil.copy("/etc/nginx/mime.types", folder)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, brotli=BROTLI, user=getuser()))


@contextmanager
def running_nginx(folder: Path, port: int, *before: str) -> Iterator[None]:
    """Run nginx as configured in a folder; `before` goes before the command."""
    command = [*before, NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for_port(port, process, folder)
            yield
        finally:
            process.terminate()


def wait_for_port(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until something listens; fail with nginx's own words if it ends."""
    for _attempt in range(200):
        assert process.poll() is None, (folder / "error.log").read_text()
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nginx does not listen on {port}")


def configure_tls(folder: Path, ports: dict[str, int]) -> None:
    """Change what lies in `folder`, as `nginx_conf` has written it, only where an operator must.

    That is what the two servers listen on, which are `ports` by scheme, and the folders of the machine; key.pem and
    certificate.pem lie there.
    """
    site = (folder / "site.conf").read_text()
    values = {
        r"listen 80;": f"listen 127.0.0.1:{ports['http']};",
        r"listen 443 ssl;": f"listen 127.0.0.1:{ports['https']} ssl;",
        r"ssl_certificate .*": f"ssl_certificate {folder}/certificate.pem;",
        r"ssl_certificate_key .*": f"ssl_certificate_key {folder}/key.pem;",
        r"/var/log/nginx/": f"{folder}/",
    }
    _write(folder, site, values)
