"""`manage.py serve` as a process of its own, with its own folder, port and database."""

import os
import pty
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from itertools import batched
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import psycopg
from django.conf import settings

from config import env

PATIENCE = 600  # seconds; a first start takes twenty on a machine that does nothing else
# `manage.py`, for a program that changes something before
RUN_MANAGE = """
import runpy, sys
sys.argv[0] = "manage.py"
runpy.run_path("manage.py", run_name="__main__")
"""
# Root may write anywhere, unless it gives up its privileges.
WITHOUT_PRIVILEGES = f"""
import ctypes
if hasattr(ctypes.CDLL(None), "capset"):
    ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())
{RUN_MANAGE}
"""
# What `serve` serves, without what it looks at before: on a port.
SERVE_APPLICATION = """
import sys
from config.wsgi import application
from pages.startup.server import Server
Server(application, application.at_once, "127.0.0.1", int(sys.argv[1]), threads=8).serve_while(lambda: True)
"""
SERVE_DEFAULTS = {"--host": "127.0.0.1", "--port": "8000"}


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder, the port and the database of one site."""

    folder: Path
    database_url: str
    port: int
    bytecode: Path | None = None  # where Python keeps it for these starts alone

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        return {"DATA_DIR": str(self.folder), "DATABASE_URL": self.database_url}

    @contextmanager
    def start(
        self, *arguments: str, program: tuple[str, ...] = ("manage.py",), terminal: bool = False, **variables: str
    ) -> "Iterator[Start]":
        """Run `serve`, by default on the port of this place; kill what is left of it afterwards."""
        arguments = arguments or ("--port", str(self.port))
        options = SERVE_DEFAULTS | dict(batched(arguments, 2))
        address = f"http://{options['--host']}:{options['--port']}"
        with self.run(*program, "serve", *arguments, address=address, terminal=terminal, **variables) as start:
            yield start

    @contextmanager
    def run(self, *arguments: str, address: str, terminal: bool = False, **variables: str) -> "Iterator[Start]":
        """Run Python with something that serves on `address`; kill what is left of it afterwards."""
        log = self.folder.parent / f"{self.folder.name}-{time.monotonic_ns()}.log"
        with (_terminal if terminal else _file)(log) as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=settings.BASE_DIR,
                env=self.environment() | variables,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
            try:
                yield Start(process, log, address)
            finally:
                with suppress(ProcessLookupError):  # nothing is left
                    os.killpg(process.pid, signal.SIGKILL)  # what it has started too, which may outlive it
                process.wait()

    def manage(self, *arguments: str) -> None:
        """Run another command on this place."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment() | {"SITE_URL": self.address}, check=True)

    def environment(self) -> dict[str, str]:
        """Return the variables of a demonstration on this place, whatever a developer's `.env` says.

        Python keeps its bytecode, as it does by default.
        """
        unset = {variable.name: "" for variable in env.VARIABLES}
        bytecode = str(self.bytecode) if self.bytecode else os.environ.get("PYTHONPYCACHEPREFIX", "")
        python = {"PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": "", "PYTHONUNBUFFERED": ""}
        quiet = {"JOBS": "false"}  # they would write rows and files at moments of their own
        return os.environ | unset | quiet | self.variables | python

    def rows(self) -> dict[str, list[Any]]:
        """Return every row of every table."""
        if self.database_url:
            tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            connection: Any = psycopg.connect(self.database_url)
        else:
            tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
            connection = sqlite3.connect(self.folder / "db.sqlite3")
        with closing(connection):
            names = [name for (name,) in connection.execute(tables).fetchall()]
            return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall())) for name in names}  # noqa: S608

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table, but not how SQLite stores its search index."""
        return {name: len(rows) for name, rows in self.rows().items() if "_fts_" not in name}

    def copy_static_files(self, other: "Place") -> None:
        """Take over what another place collected, which takes longest."""
        shutil.copytree(other.folder / "static", self.folder / "static")
        shutil.copy(other.folder / "static.stamp", self.folder)


@dataclass(slots=True)
class Start:
    """One run of `serve`."""

    process: subprocess.Popen[bytes]
    log: Path
    address: str
    counts: dict[str, int] = field(default_factory=dict)  # of the rows after the first answer, where a test asks

    @property
    def output(self) -> str:
        return self.log.read_text()  # with \n for the \r\n of a terminal

    @property
    def passwords(self) -> dict[str, str]:
        """The sign-ins that were printed."""
        return dict(re.findall(r"^ +(administrator|editor)@\S+ +(\S+)$", self.output, re.MULTILINE))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that this start brings about."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.output
            assert time.monotonic() < end, self.output
            time.sleep(0.02)

    def listens(self) -> bool:
        """Tell whether the server takes requests, whatever it answers."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", urlsplit(self.address).port), timeout=5):
            return True
        return False

    def answers(self) -> bool:
        """Tell whether the start page answers; fail if it does so with an error."""
        try:
            with build_opener().open(f"{self.address}/", timeout=30) as response:
                return response.status == 200
        except HTTPError:
            raise
        except (URLError, ConnectionError):
            return False

    def wait_for_answer(self) -> None:
        """Wait until the start page answers."""
        self.wait_until(self.answers)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        return self.process.wait(PATIENCE)


class Visitor:
    """A browser without script: keeps cookies, sends forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as response:
            return response.read().decode()

    def sign_in(self, name: str, password: str) -> str:
        """Send the account of this name the form with address and password; return the page that follows."""
        return self.post("/konto/login/", login=f"{name}@example.org", password=password)

    def post(self, path: str, **fields: str) -> str:
        """Send the form of a page and return the page that follows."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token
        data = urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        with self.opener.open(self.address + path, data, timeout=30) as response:
            return response.read().decode()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _file(log: Path) -> Iterator[BinaryIO]:
    with log.open("wb") as output:
        yield output


@contextmanager
def _terminal(log: Path) -> Iterator[int]:
    """Yield a terminal for a process to write to; what it shows is kept in a file."""
    screen, terminal = pty.openpty()

    def keep() -> None:
        with log.open("wb", buffering=0) as file, suppress(OSError):  # how the end of a terminal is told
            while shown := os.read(screen, 4096):
                file.write(shown)

    keeper = Thread(target=keep)
    keeper.start()
    try:
        yield terminal
    finally:
        os.close(terminal)
        keeper.join()
        os.close(screen)
