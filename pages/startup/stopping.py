"""How `serve` ends: at the first signal, whatever else is sent to it, and without a request lost behind nginx.

nginx looks for the file that `stop_file` names and sends new requests to the other server as long as it is there. The
file is made before a server stops, and removed when it listens again.
"""

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from django.conf import settings

from pages.public_files import make_public_folder
from pages.startup.server import Server

SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PAUSE_SECONDS = 0.5  # in which nginx sends what it had decided to send
FINISH_SECONDS = 2  # for what has begun; with the pause and the end of Python that makes three


def stop_file(port: int) -> Path:
    """Return the file by which nginx knows that the server on this port is about to stop, or has."""
    return Path(settings.DATA_DIR / "ready" / f"stopping-{port}")


class FirstSignal:
    """Keeps the number of the first signal, and wakes the server; those that follow change nothing.

    A handler runs between any two steps of the main thread, so it takes no lock.
    """

    def __init__(self, server: Server) -> None:
        self.number: int | None = None
        self._server = server
        for each in _heeded():
            signal.signal(each, self._take)

    def has_not_come(self) -> bool:
        return self.number is None

    def _take(self, number: int, _frame: object) -> None:
        if self.number is None:
            self.number = number
            self._server.pull_trigger()


def serve_until_signal(server: Server, first: FirstSignal, port: int) -> NoReturn:
    """Serve until the first signal, finish what has begun, and end this process."""
    _announce(port)
    server.serve_while(first.has_not_come)
    if first.number == signal.SIGTERM:  # else somebody at a terminal, who need not wait
        _tell_nginx(port)
        server.serve_while(lambda: True, time.monotonic() + PAUSE_SECONDS)
    server.close_to_new_connections()
    server.serve_while(lambda: server.is_busy, time.monotonic() + FINISH_SECONDS)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # else Python takes apart all that is loaded, which a busy machine does for three seconds


def _heeded() -> set[signal.Signals]:
    """Return the signals to end at: not that of a closed terminal where whoever started us said so (`nohup`)."""
    hangs_up = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
    return SIGNALS if hangs_up else SIGNALS - {signal.SIGHUP}


def _tell_nginx(port: int) -> None:
    with suppress(OSError):  # nothing can be written: then nginx finds out by itself
        make_public_folder(stop_file(port).parent)
        stop_file(port).touch()


def _announce(port: int) -> None:
    """Let nginx and systemd know that this server listens."""
    with suppress(OSError):
        stop_file(port).unlink(missing_ok=True)
    if name := os.environ.get("NOTIFY_SOCKET", ""):
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.connect(name.replace("@", "\0", 1) if name.startswith("@") else name)
            notify.send(b"READY=1")
