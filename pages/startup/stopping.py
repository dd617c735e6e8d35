"""How `serve` ends: at the first signal, whatever else is sent to it, and without a request lost behind nginx.

nginx looks for the file that `stop_file` names and sends new requests to the other server as long as it is there. The
file is made before a server stops, and removed when it listens again.

Handlers of signals run between any two steps of the main thread. Those of granian take the lock of an event, which the
main thread may hold already: of bursts of signals, a quarter stopped it for ever. So no handler is ever run: signals
are blocked in every thread, the parent waits for the first, and the worker is told by the end of a pipe.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any, NoReturn

from django.conf import settings
from granian.server.common import AbstractServer

from pages.public_files import make_public_folder

SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PAUSE_SECONDS = 0.5  # in which nginx sends what it had decided to send
KILL_SECONDS = 2  # for what has begun; with the pause and the end of Python that makes three


def stop_file(port: int) -> Path:
    """Return the file by which nginx knows that the server on this port is about to stop, or has."""
    return Path(settings.DATA_DIR / "ready" / f"stopping-{port}")


class FirstSignal(Event):
    """What granian's main loop waits for in the parent; `stop` is called with the signal."""

    def __init__(self, signals: set[signal.Signals], stop: Callable[[int], None]) -> None:
        super().__init__()
        self._signals = signals
        self._call = stop

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a signal; those that follow stay blocked."""
        self._call(signal.sigwait(self._signals))
        return True

    def set(self) -> None:
        """Wake the main loop: granian has seen the worker end by itself."""
        os.kill(os.getpid(), signal.SIGTERM)


def serve_until_signal(
    server: AbstractServer[Any], load: Callable[[], Any], listens: Callable[[], None], address: str, port: int
) -> NoReturn:
    """Serve what `load` returns in the one worker of `server`, which it must fork; then end this process.

    `listens` is called in the worker when it takes requests.
    """
    alive, held = os.pipe()  # the parent alone holds the second end, so that the worker sees it go even by a kill

    def stop(number: int) -> None:
        if number == signal.SIGTERM:  # else somebody at a terminal, who need not wait
            _tell_nginx(port)
        server.interrupt_signal = True
        for worker in server.wrks:
            worker.interrupt_by_parent = True
        os.close(held)

    def load_in_worker() -> Any:
        os.close(held)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # in place of the parent's, until granian has its own
        Thread(target=_stop_with_parent, args=[alive], daemon=True).start()
        application = load()
        Thread(target=_announce, args=[listens, address, port], daemon=True).start()
        return application

    signals = _heeded()
    server.main_loop_interrupt = FirstSignal(signals, stop)
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # here, so that every thread and the worker inherit it
    server.serve(target_loader=load_in_worker, wrap_loader=False)
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
    time.sleep(PAUSE_SECONDS)


def _stop_with_parent(alive: int) -> None:
    """Stop this worker when the parent says so, or is gone: nobody else could, and it would keep the port."""
    os.read(alive, 1)  # returns when the other end is closed
    while not callable(handler := signal.getsignal(signal.SIGTERM)):
        time.sleep(0.01)  # granian has not begun yet
    handler(signal.SIGTERM, None)


def _announce(listens: Callable[[], None], address: str, port: int) -> None:
    """Let the next start, nginx and systemd know as soon as this server listens."""
    while True:
        with suppress(OSError), socket.create_connection((address, port), timeout=1):
            break
        time.sleep(0.02)
    listens()
    with suppress(OSError):
        stop_file(port).unlink(missing_ok=True)
    if name := os.environ.get("NOTIFY_SOCKET", ""):
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.connect(name.replace("@", "\0", 1) if name.startswith("@") else name)
            notify.send(b"READY=1")
