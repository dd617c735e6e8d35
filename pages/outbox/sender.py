"""The thread of a server that sends mail as soon as the answer is out, so that nobody waits for the mail server."""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread

from django.db import connections

logger = logging.getLogger(__name__)

AFTER_ANSWER = 0.25  # seconds; so that what sending costs is not in the time of the answer
_is_awaited = Event()


def wake() -> None:
    """Let this process's thread send what has been committed; without one the job does so within a minute."""
    _is_awaited.set()


def start(send: Callable[[], object]) -> None:
    """Send from now on, in a thread that ends with the process: what it leaves lying is sent later."""
    Thread(target=_run, args=[send], name="mail", daemon=True).start()


def _run(send: Callable[[], object]) -> None:
    while True:
        _is_awaited.wait()
        time.sleep(AFTER_ANSWER)
        _is_awaited.clear()
        try:
            send()
        except Exception:  # it must go on; the job sends what waits
            logger.exception("Mail could not be sent.")
        finally:
            connections.close_all()  # mail is rare
