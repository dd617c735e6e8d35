"""A site with so many pages, nginx in front of it, and nginx serving the same bytes as files."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.rates import SERVER_CORE, fetch
from tests.config.nginx import configure, running_nginx
from tests.pages.page_cache.processes import Process
from tests.pages.startup.starting import Place, Start, free_port

ON_CORE = ("taskset", "-c", SERVER_CORE)
REFERENCE = """
server {{
    listen 127.0.0.1:{port};
    root {folder}/reference;
    types {{ text/html html; }}
    index index.html;
    gzip_static on;
}}
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """Addresses of the three servers, the paths of the pages, and what changes them."""

    application: str
    nginx: str
    reference: str
    paths: list[str]
    editor: Process
    start: Start
    environment: dict[str, str]

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
        return [self.start.process.pid, *self.start.workers]


@contextmanager
def bench(folder: Path, pages: int, threads: int) -> Iterator[Bench]:
    """Start all of it in a folder, on SQLite, the servers pinned to one core."""
    data = folder / "data"
    data.mkdir()
    place = Place(data, "", free_port(), folder / "bytecode")
    nginx_port, reference_port = free_port(), free_port()
    environment = {"DATA_DIR": str(data), "DATABASE_URL": "", "SITE_URL": place.address}
    arguments = ("--port", str(place.port), "--threads", str(threads))
    with place.start(*arguments) as start:
        start.wait_for_answer()  # the first start makes the database
        start.stop()
    editor = Process("editors", environment).wait()
    try:
        paths = editor.do("make_pages", count=pages)
        (folder / "reference").mkdir()
        configure(folder, nginx_port, place, REFERENCE.format(port=reference_port, folder=folder))
        with (
            place.start(*arguments) as start,
            running_nginx(folder, nginx_port, *ON_CORE),
        ):
            start.wait_for_answer()
            for number in (start.process.pid, *start.workers):
                subprocess.run(["taskset", "-acp", SERVER_CORE, str(number)], check=True, stdout=subprocess.DEVNULL)
            _copy_pages(place.address, [*paths, "/vagledning/betanketid/"], folder / "reference")
            reference = f"http://localhost:{reference_port}"
            yield Bench(place.address, f"http://localhost:{nginx_port}", reference, paths, editor, start, environment)
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
