"""How passwords are hashed, and how much memory that may take at once."""

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AT_ONCE = 4  # in one process: 76 MiB, where one for each of 64 threads would be 1.2 GiB
WAIT_SECONDS = 5.0


class HashingBusyError(Exception):
    """So many passwords are being hashed that one more had to wait for too long."""


def _leave_signals_to_others() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())


# Of their own: the C library keeps what was freed for the thread that had it.
threads = ThreadPoolExecutor(AT_ONCE, "hashing", initializer=_leave_signals_to_others)


def in_turn[**P, R](work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Hash in one of the few threads; raise HashingBusyError when that takes more than WAIT_SECONDS."""
    waiting = threads.submit(work, *args, **kwargs)
    try:
        return waiting.result(WAIT_SECONDS)
    except TimeoutError as error:
        waiting.cancel()
        raise HashingBusyError from error


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two rounds and one lane, as OWASP's cheat sheet on password storage has it."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return the hash of a password."""
        return in_turn(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether a hash is that of a password."""
        return in_turn(super().verify, password, encoded)


class HashingBusyMiddleware:
    """Ask whoever had to wait for too long to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 with whom to call."""
        if not isinstance(exception, HashingBusyError):
            return None
        response = render(request, "account/busy.html", status=503)
        response.headers["Retry-After"] = "10"
        return response
