"""How fast servers answer: wrk for as much as they can, a steady stream for how long readers wait."""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from bs4 import BeautifulSoup
from django.conf import settings

SERVER_CORE, LOAD_CORE = "0", "1"  # where they are apart
SECONDS = 3
PER_SECOND = 500
RANDOM_PATHS = """
local paths, is_numbered = {%s}, %s
local at, number = 0, 0
request = function()
  at, number = at %% #paths + 1, number + 1
  return wrk.format("GET", paths[at], is_numbered and {["Accept-Encoding"] = "gzip", ["X-Number"] = number} or nil)
end
"""
FIRST_VIEW = "link[rel=stylesheet]:not([media=print]), svg use, script[src]"
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """What wrk saw; `p99` in milliseconds."""

    per_second: float
    p99: float


def wrk(address: str, paths: list[str], connections: int = 32, core: str = "", *, numbered: bool = False) -> Rate:
    """Ask for pages in turn, gzipped, as fast as the server answers; on a core of its own, if one is named.

    No two requests are the same where they are `numbered`. Fails if the server answers with errors.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(RANDOM_PATHS % (", ".join(f'"{path}"' for path in paths), str(numbered).lower()))
        script.flush()
        command = _wrk_command(address, connections, SECONDS, core)
        if len(paths) == 1 and not numbered:
            command[-1] += paths[0]
        else:
            command += ["-s", script.name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Non-2xx" not in done.stdout, done.stdout
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", done.stdout).groups()
    return Rate(float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), float(number) * UNITS[unit])


def _wrk_command(address: str, connections: int, seconds: float, core: str) -> list[str]:
    load = ["taskset", "-c", core] if core else []
    load += ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency"]
    return [*load, "-H", "Accept-Encoding: gzip", address]


@contextmanager
def saturated(address: str, path: str, connections: int, core: str = "") -> Iterator[None]:
    """Keep connections asking for a page that is never stored."""
    command = _wrk_command(address, connections, 60, core)
    command[-1] += path
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        time.sleep(0.5)
        yield
        process.terminate()


def steady(
    address: str, paths: list[str], seconds: float, meanwhile: Callable[[], object] | None = None
) -> list[float]:
    """Ask 500 times a second for random pages; return the sorted seconds from when each request was due."""
    if meanwhile:
        threading.Thread(target=meanwhile).start()
    return sorted(asyncio.run(_steady(address, paths, int(seconds * PER_SECOND))))


async def _steady(address: str, paths: list[str], count: int) -> list[float]:
    chance = random.Random(500)  # noqa: S311 (the same each time)
    weights = [1 / (place + 1) for place in range(len(paths))]
    due: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
    times: list[float] = []
    readers = [asyncio.create_task(_reader(address, due, times)) for _reader_number in range(64)]
    begin = time.perf_counter()
    for number in range(count):
        moment = begin + number / PER_SECOND
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        due.put_nowait((moment, chance.choices(paths, weights)[0]))
    for _reader_number in readers:
        due.put_nowait(None)
    await asyncio.gather(*readers)
    return times


async def _reader(address: str, due: "asyncio.Queue[tuple[float, str] | None]", times: list[float]) -> None:
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while asked := await due.get():
        moment, path = asked
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), (path, head)
        await reader.readexactly(int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1]))
        times.append(time.perf_counter() - moment)
    writer.close()


def fetch(address: str, path: str, encoding: str = "identity") -> bytes:
    request = Request(address + path, headers={"Accept-Encoding": encoding})  # noqa: S310 (our own address)
    with urlopen(request, timeout=60) as response:  # noqa: S310
        return response.read()


def read_all(address: str, paths: list[str]) -> None:
    """Read each page once, so that all are ready."""
    for path in paths:
        fetch(address, path)


def until(address: str, path: str, text: str) -> float:
    """Return the seconds until a page shows a text."""
    begin = time.perf_counter()
    while text not in fetch(address, path).decode():
        time.sleep(0.005)
    return time.perf_counter() - begin


def first_view(address: str, page: str) -> int:
    """Return the bytes of a page with styles, icons and scripts, compressed; what is for paper is not waited for."""
    html = BeautifulSoup(fetch(address, page), "html.parser")
    files = {each.get("href") or each["src"] for each in html.select(FIRST_VIEW)}
    return sum(len(fetch(address, path, "br")) for path in (page, *{file.partition("#")[0] for file in files}))


def content(address: str, page: str) -> str:
    """Return what stands in the body of a page."""
    return str(BeautifulSoup(fetch(address, page), "html.parser").select_one("main .body").decode_contents())


def processor_time(module: str, environment: dict[str, str], text: str = "") -> dict[str, float]:
    """Run a module that measures one page in a process of its own, which reads a text."""
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", module]
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | environment,  # the first run writes it for the others
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def median_of(module: str) -> float:
    """Return the median milliseconds that a bench of its own tells."""
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    return float(re.search(r"median ([\d.]+) ms", done.stdout)[1])
