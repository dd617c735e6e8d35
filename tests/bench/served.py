"""A site with so many pages, nginx in front of it, and nginx serving the same bytes as files, with the same headers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.bench.rates import LOAD_CORE, SERVER_CORE, Rate, fetch, wrk
from tests.config.nginx import configure, running_nginx
from tests.pages.page_cache.processes import Process
from tests.pages.startup.starting import Place, Start, free_port

EVERY_CORE = ",".join(map(str, sorted(os.sched_getaffinity(0))))
REFERENCE = """
server {{
    listen 127.0.0.1:{port};
    root {folder}/reference;
    types {{ text/html html; }}
    index index.html;
    gzip_static on;
    include {folder}/reference.conf;
}}
"""
# What nginx says by itself, of a file.
ITS_OWN = {"content-length", "content-type", "content-encoding", "date", "server", "etag", "connection"}


@dataclass(frozen=True, slots=True)
class Condition:
    """How a measurement shares the machine.

    The servers have a core of their own, or all as they are started; beside them a process keeps a core busy, or none.
    """

    name: str
    is_pinned: bool = False
    is_busy: bool = False


AS_STARTED, PINNED = Condition("as started"), Condition("pinned", is_pinned=True)
BUSY, PINNED_BUSY = (
    Condition("as started, a core busy", is_busy=True),
    Condition("pinned, a core busy", is_pinned=True, is_busy=True),
)


@dataclass(slots=True)
class Bench:
    """Addresses of the three servers, the paths of the pages, and what changes them.

    `first_start` and `second_start` are how long these took until they answered (seconds).
    """

    application: str
    nginx: str
    reference: str
    paths: list[str]
    editor: Process
    start: Start
    environment: dict[str, str]
    folder: Path
    first_start: float
    second_start: float
    load_core: str = ""

    @contextmanager
    def under(self, condition: Condition) -> Iterator[None]:
        """Let the servers and the load run so meanwhile."""
        self.load_core = LOAD_CORE if condition.is_pinned else ""
        nginx = (self.folder / "nginx.pid").read_text().strip()
        children = Path(f"/proc/{nginx}/task/{nginx}/children").read_text().split()
        cores = SERVER_CORE if condition.is_pinned else EVERY_CORE
        for number in (*self._processes(), nginx, *children):
            subprocess.run(["taskset", "-acp", cores, str(number)], check=True, stdout=subprocess.DEVNULL)
        busy = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if condition.is_busy else None
        try:
            yield
        finally:
            if busy:
                busy.kill()
                busy.wait()

    def rate(self, address: str, paths: list[str], connections: int = 32, *, numbered: bool = False) -> Rate:
        """Return how fast one of the servers answers."""
        return wrk(address, paths, connections, self.load_core, numbered=numbered)

    def memory(self) -> float:
        """Return the megabytes of the server's processes; what they share is counted once."""
        rollups = [Path(f"/proc/{number}/smaps_rollup").read_text() for number in self._processes()]
        return sum(int(rollup.split("\nPss:")[1].split()[0]) for rollup in rollups) / 1000

    def wait_until_idle(self) -> None:
        """Wait until the server has built what it builds ahead, after which it does next to nothing."""
        used = self._processor_time()
        while True:
            time.sleep(2)
            before, used = used, self._processor_time()
            if used - before < 0.2:
                return

    def _processor_time(self) -> float:
        """Return the seconds that the server's processes have used so far."""
        fields = [Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split() for number in self._processes()]
        return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")

    def _processes(self) -> list[int]:
        return [self.start.process.pid]


@contextmanager
def bench(folder: Path, pages: int, threads: int) -> Iterator[Bench]:
    """Start all of it in a folder, on SQLite."""
    data = folder / "data"
    data.mkdir()
    place = Place(data, "", free_port(), folder / "bytecode")
    nginx_port, reference_port = free_port(), free_port()
    environment = {"DATA_DIR": str(data), "DATABASE_URL": "", "SITE_URL": place.address}
    arguments = ("--port", str(place.port), "--threads", str(threads))
    begun = time.perf_counter()
    with place.start(*arguments) as start:
        start.wait_for_answer()  # the first start makes the database
        first_start = time.perf_counter() - begun
        start.stop()
    editor = Process("editors", environment).wait()
    try:
        paths = editor.do("make_pages", count=pages)
        (folder / "reference").mkdir()
        (folder / "reference.conf").touch()
        configure(folder, nginx_port, place, REFERENCE.format(port=reference_port, folder=folder))
        begun = time.perf_counter()
        with place.start(*arguments) as start, running_nginx(folder, nginx_port):
            start.wait_for_answer()
            second_start = time.perf_counter() - begun
            _copy_pages(place.address, [*paths, "/vagledning/betanketid/"], folder / "reference")
            _copy_headers(place.address, folder)
            yield Bench(
                place.address,
                f"http://localhost:{nginx_port}",
                f"http://localhost:{reference_port}",
                paths,
                editor,
                start,
                environment,
                folder,
                first_start,
                second_start,
            )
            start.stop()
    finally:
        editor.kill()


def _copy_pages(address: str, paths: list[str], target: Path) -> None:
    """Write what the site answers as files, as nginx serves them fastest."""
    for path in paths:
        place = target / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        for name, encoding in (("index.html", "identity"), ("index.html.gz", "gzip")):
            (place / name).write_bytes(fetch(address, path, encoding))


def _copy_headers(address: str, folder: Path) -> None:
    """Let nginx send with its files what the site sends with a page."""
    with urlopen(f"{address}/vagledning/betanketid/", timeout=60) as response:  # noqa: S310 (our own address)
        headers = [header for header in response.getheaders() if header[0].lower() not in ITS_OWN]
    lines = [f'add_header {name} "{value}";' for name, value in headers]
    (folder / "reference.conf").write_text("\n".join(lines))
    os.kill(int((folder / "nginx.pid").read_text()), signal.SIGHUP)
    time.sleep(1)  # the worker of before ends
