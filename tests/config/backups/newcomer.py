"""A machine as OPERATIONS.md sets it up, in one folder: versions of the code, settings, two servers, nginx with TLS."""

import os
import shutil
import ssl
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from signal import SIGTERM
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from config import env
from tests.config.live_site import HOST
from tests.copies import copy_repository
from tests.pages.page_cache.processes import wait_until
from tests.pages.startup.starting import PATIENCE

# In the place of systemd, which no container has: restarts the server of a port as its unit does.
SYSTEMCTL = """#!/bin/sh
port="${2#stod@}"
if [ -f "$RUN/$port.pid" ]; then
  kill -TERM "$(cat "$RUN/$port.pid")"
  while kill -0 "$(cat "$RUN/$port.pid")" 2>/dev/null; do sleep 0.1; done
fi
cd "$STOD/current"
setsid .venv/bin/python manage.py serve --no-prepare --port "$port" >>"$RUN/$port.log" 2>&1 &
echo $! >"$RUN/$port.pid"
"""


@dataclass(slots=True)
class Machine:
    """The folder, the variables of the site, and the ports of its servers."""

    folder: Path
    variables: dict[str, str]
    ports: tuple[int, int]

    def __post_init__(self) -> None:
        for name in ("releases", "run", "bin"):
            (self.folder / name).mkdir()
        self._write_variables()
        (self.folder / "bin/systemctl").write_text(SYSTEMCTL)
        (self.folder / "bin/systemctl").chmod(0o755)

    def set(self, name: str, value: str) -> None:
        """Change a variable of the site."""
        self.variables[name] = value
        self._write_variables()

    def _write_variables(self) -> None:
        (self.folder / "env").write_text("".join(f"{name}={value}\n" for name, value in self.variables.items()))

    def add_release(self, name: str) -> Path:
        """Copy the code as a version, with the packages of this test."""
        release = self.folder / "releases" / name
        release.mkdir()
        copy_repository(release)
        (release / ".venv").symlink_to(sys.prefix)
        return release

    def environment(self) -> dict[str, str]:
        """Return what a shell on that machine has: no variable of the site, which are in its file."""
        own = {name: value for name, value in os.environ.items() if name not in {one.name for one in env.VARIABLES}}
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        return own | {
            "PATH": path,
            "STOD": str(self.folder),
            "RUN": str(self.folder / "run"),
            "ENVIRONMENT": str(self.folder / "env"),
            "BACKUPS": str(self.folder),
            "PORTS": " ".join(map(str, self.ports)),
            "SITE_USER": "root",
            "PATIENCE": "300",
        }

    def release(self, release: Path, *backup: Path) -> str:
        """Put a version in service, as operators do, with a backup that is restored before; return what is said."""
        command = [str(settings.BASE_DIR / "config/deploy/release.sh"), str(release), *map(str, backup)]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr + self.logs()
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """Run a command of the version in service."""
        command = [".venv/bin/python", "manage.py", *arguments]
        folder = self.folder / "current"
        done = subprocess.run(command, cwd=folder, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> None:
        """Stop both servers, and wait until they have ended."""
        servers = {int(path.read_text()): path for path in (self.folder / "run").glob("*.pid")}
        for process in servers:
            with suppress(ProcessLookupError):
                os.killpg(process, SIGTERM)
        for process, path in servers.items():
            wait_until(partial(has_ended, process), PATIENCE)
            path.unlink()

    def wipe(self) -> None:
        """Lose the data folder and every version of the code."""
        (self.folder / "current").unlink()
        for folder in (self.variables["DATA_DIR"], self.folder / "releases"):
            shutil.rmtree(folder)
        (self.folder / "releases").mkdir()
        Path(self.variables["DATA_DIR"]).mkdir()

    def logs(self) -> str:
        """Return what the servers have said."""
        return "".join(path.read_text() for path in (self.folder / "run").glob("*.log"))


def has_ended(process: int) -> bool:
    """Tell whether a process is no more, or only waits for whoever began it."""
    try:
        return not Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return True


@dataclass(slots=True)
class Browser:
    """Asks the site through nginx, by its name and with its certificate; keeps cookies."""

    port: int
    certificate: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, url: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, where it leads, and the text."""
        path = urlsplit(url).path + (f"?{urlsplit(url).query}" if urlsplit(url).query else "")
        context = ssl.create_default_context(cafile=self.certificate)
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": HOST, "Referer": f"https://{HOST}/"} | ({"Cookie": cookies} if cookies else {})
        if data is None:
            connection.request("GET", path, headers=headers)
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(data), headers | form)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        connection.close()
        return response.status, response.getheader("Location", ""), text


@contextmanager
def asking(browsers: list[Browser], paths: list[str]):
    """Ask for the paths in turn until the end of the block; yield the statuses that were answered, 0 for none."""
    ended, statuses = Event(), []

    def ask(browser: Browser) -> None:
        while not ended.is_set():
            for path in paths:
                try:
                    statuses.append(browser.ask(path)[0])
                except (OSError, HTTPException):
                    statuses.append(0)

    threads = [Thread(target=ask, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        ended.set()
        for thread in threads:
            thread.join()
