"""A way to a server that can be gone or fall silent: then it goes on accepting connections and passes nothing on."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class TcpProxy:
    """Passes on what comes to `port`, to a host and port, while it is there and not silent."""

    def __init__(self, host: str, port: int) -> None:
        self._to = host, port
        self._ends: set[socket.socket] = set()
        self._passes = Event()
        self._passes.set()
        self.port = 0
        self._open()

    @contextmanager
    def silent(self) -> Iterator[float]:
        """Pass nothing on; yield when that began (monotonic)."""
        self._passes.clear()
        try:
            yield time.monotonic()
        finally:
            self._passes.set()

    @contextmanager
    def away(self) -> Iterator[float]:
        """Cut off who is connected and refuse all others, as a stopped server; yield when that began (monotonic)."""
        self.close()
        for end in list(self._ends):
            _shut(end)
        try:
            yield time.monotonic()
        finally:
            self._open()

    def close(self) -> None:
        """Accept nothing more."""
        _shut(self._listener)  # wakes the thread that waits for it
        self._listener.close()

    def _open(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _address = listener.accept()
                Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._passes.wait()
        with client, socket.create_connection(self._to) as server:
            self._ends |= {client, server}
            back = Thread(target=self._pass, args=[server, client], daemon=True)
            back.start()
            self._pass(client, server)
            back.join()
            self._ends -= {client, server}

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):  # one of them is gone
            while data := source.recv(65536):
                self._passes.wait()
                target.sendall(data)
        for end in (source, target):
            _shut(end)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
