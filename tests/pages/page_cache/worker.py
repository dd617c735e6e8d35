"""One process of the site, told what to do by lines of JSON; it answers each with one.

`python -m tests.pages.page_cache.worker readers` has the page cache, `… editors` only Django.
"""

import gc
import json
import re
import resource
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import django
import time_machine
from django.conf import settings

gc.disable()  # as `serve` does while it loads
# Plain names, as in the other tests: hashed ones need `collectstatic`.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT.mkdir(exist_ok=True)
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0  # a database that is taken away is noticed at once
django.setup()

from django.core.signals import request_started  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import close_old_connections  # noqa: E402

from tests.pages.page_cache import changes  # noqa: E402

OF_THE_FORM = {"Content-Length", "ETag", "Vary"}
# Times at which an answer was made.
OF_THE_MOMENT = re.compile(rb'<span class="call__as-of">.*?</span>|"generated_at": "[^"]+"', re.DOTALL)
rendered: list[str] = []


def count(environ: dict[str, Any], **kwargs: Any) -> None:
    rendered.append(environ["PATH_INFO"])


request_started.connect(count)
clock: time_machine.Traveller | None = None
if sys.argv[1] == "readers":
    from config.wsgi import application, site
else:
    application = get_wsgi_application()
uncached = get_wsgi_application()  # Django alone


def environ_of(path: str, headers: dict[str, str], method: str) -> dict[str, Any]:
    path, _mark, query = path.partition("?")
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        **named,
    }


def ask(path: str, headers: dict[str, str] | None = None, method: str = "GET", fresh: bool = False) -> dict[str, Any]:
    """Answer a request, by Django alone where it is to be fresh."""
    head: list[Any] = []
    environ = environ_of(path, headers or {}, method)
    answer = (uncached if fresh else application)(environ, lambda *given: head.extend(given))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return {"status": int(head[0][:3]), "headers": dict(head[1]), "body": b64encode(body).decode()}


def send(requests: list[dict[str, str]]) -> list[tuple[dict[str, str], int]]:
    """Send requests, each given as changes to an ordinary one; return each with the status of its answer."""
    answers = []
    for request in requests:
        status: list[str] = []
        answer = application(
            environ_of("/", {}, "GET") | request, lambda given, *_rest, into=status: into.append(given)
        )
        b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        answers.append((request, int(status[-1][:3])))
    return answers


def stored() -> int:
    """Return how many answers are in memory."""
    return len(site.switch.current.responses)


def forget(path: str) -> None:
    """Let a page of the generation in use be built when it is asked for next."""
    site.switch.current.responses.pop(("localhost", path, ""), None)


def poisoned() -> list[tuple[str, str, str]]:
    """Return the keys of what is stored and not what Django answers to a plain request."""
    wrong = []
    for (host, path, query), response in list(site.switch.current.responses.items()):
        head: list[Any] = []
        environ = environ_of("/", {"Host": host}, "GET") | {"PATH_INFO": path, "QUERY_STRING": query}
        fresh = b"".join(uncached(environ, lambda *given, into=head: into.extend(given)))
        headers = {name: value for name, value in head[1] if name not in OF_THE_FORM}
        same_head = head[0] == response.status and headers.items() <= dict(response.headers).items()
        if not same_head or OF_THE_MOMENT.sub(b"", fresh) != OF_THE_MOMENT.sub(b"", response.body()):
            wrong.append((host, path, query))
    return wrong


def memory() -> float:
    """Return the megabytes that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_000_000


def ask_at_once(path: str, times: int) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _number: ask(path), range(times)))


def begin_to_ask(path: str) -> None:
    """Ask in the background; nobody waits for the answer."""
    Thread(target=ask, args=[path], daemon=True).start()


def renders(path: str) -> int:
    """Return how often Django has been asked for a path."""
    return rendered.count(path)


def set_clock(moment: str) -> None:
    """Let this process think that it is another time, from which its clock goes on."""
    global clock  # noqa: PLW0603
    now = datetime.fromisoformat(moment)
    if clock:  # in one step, as `move_to` is not: other threads must not see any other time in between
        clock.shift(now - datetime.now(UTC))
    else:
        clock = time_machine.travel(now).start()


OWN = (ask, send, stored, forget, poisoned, memory, ask_at_once, begin_to_ask, renders, set_clock)
COMMANDS = {function.__name__: function for function in (*OWN, *changes.CHANGES)}

if __name__ == "__main__":
    gc.freeze()
    gc.enable()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        name, arguments = json.loads(line)
        close_old_connections()  # as between two requests
        try:
            answer = {"value": COMMANDS[name](**arguments)}
        except Exception as error:  # noqa: BLE001  (told to who asked)
            answer = {"error": repr(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
