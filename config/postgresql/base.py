"""PostgreSQL as Django's backend has it, whose silence a web server notices.

`connect_timeout` is of no help where a server accepts connections and stops answering later, and limits that the
server keeps are of none where it stands still. So whoever waits for an answer gives up after a while. From then on
everybody is refused at once, and a thread of its own asks until there is an answer.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2  # libpq takes no less; a name may have two addresses
ANSWER_SECONDS = 3.5  # readers wait for five at most for the page that says whom to call, in a queue too
LONG_SECONDS = 1  # that is to wait in vain; a server that refuses at once may be asked again
AGAIN_SECONDS = 0.2  # from one question to a silent server to the next
# Kept by the server, in milliseconds: for a statement, for a lock, and for a transaction that waits for its next one,
# for example while a picture is read.
SERVER_LIMITS = {"statement_timeout": 3500, "lock_timeout": 3000, "idle_in_transaction_session_timeout": 60_000}


class Silence:
    """Whether the server has stopped answering. `ask` raises OperationalError as long as there is no answer."""

    def __init__(self, ask: Callable[[dict[str, Any]], None]) -> None:
        self.is_known = False
        self._ask = ask
        self._lock = Lock()

    @contextmanager
    def noticed(self, params: dict[str, Any]) -> Iterator[None]:
        """Wait for an answer of the server that has these parameters of a connection.

        Raise OperationalError without waiting while silence is known: who reads has no time for it.
        """
        if self.is_known:
            raise OperationalError("the database does not answer; it is asked again and again")
        began = time.monotonic()
        try:
            yield
        except OperationalError as error:
            # What the server itself says, for example of a lock that it did not get, is an answer.
            if error.sqlstate is None and time.monotonic() - began >= LONG_SECONDS:
                self._begin(params)
            raise

    def _begin(self, params: dict[str, Any]) -> None:
        with self._lock:
            if not self.is_known:
                self.is_known = True
                Thread(target=self._ask_again, args=[params], name="silent database", daemon=True).start()

    def _ask_again(self, params: dict[str, Any]) -> None:
        while self.is_known:
            try:
                self._ask(params)
                self.is_known = False
            except OperationalError:
                time.sleep(AGAIN_SECONDS)
            except Exception:
                logger.exception("A database that was silent cannot be asked; everybody may try again.")
                self.is_known = False


class PatientConnection(Connection[Any]):
    """A connection that is closed when an answer does not come in time."""

    def wait(self, *args: Any, **kwargs: Any) -> Any:
        """Wait as psycopg does, but not for ever."""
        try:
            return super().wait(*args, **kwargs | {"timeout": ANSWER_SECONDS})
        except OperationalError as error:
            if error.diag.sqlstate is None:
                self.pgconn.finish()  # else Django would ask over it whether it can still be used
            raise


def ask(params: dict[str, Any]) -> None:
    """Ask a server for anything, over a connection of its own."""
    with PatientConnection.connect(**params) as connection:
        connection.execute("SELECT 1")


silence = Silence(ask)
_is_limited = False


def limit_waiting() -> None:
    """Let this process give up on a database that does not answer, as a web server must; commands wait."""
    global _is_limited  # noqa: PLW0603 (a process serves or does not)
    _is_limited = True


class AnsweringConnection(PatientConnection):
    """A connection over which nothing is asked while the server is known to be silent."""

    params: dict[str, Any]

    def wait(self, *args: Any, **kwargs: Any) -> Any:
        """Wait where there is hope."""
        with silence.noticed(self.params):
            return super().wait(*args, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's backend, with limits in a web server."""

    def get_connection_params(self) -> dict[str, Any]:
        """Add the limits that the server keeps."""
        params = super().get_connection_params()
        if _is_limited:
            limits = " ".join(f"-c {name}={value}" for name, value in SERVER_LIMITS.items())
            params |= {"connect_timeout": CONNECT_SECONDS, "options": f"{params.get('options', '')} {limits}".strip()}
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, to a server that answers in time."""
        if not _is_limited:
            return super().get_new_connection(conn_params)
        with silence.noticed(conn_params):
            connection = super().get_new_connection(conn_params)
        connection.__class__ = AnsweringConnection  # Django has no setting for it; the class adds a method and this:
        connection.params = conn_params
        return connection
