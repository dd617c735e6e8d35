"""Answers of the guide for a place, as Django gives them: asked for as a server would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils.translation import override

from contacts.guide.addresses import answers_path
from contacts.guide.graph import Result
from contacts.models import GuidePage
from pages.page_cache.building import minimal_environ
from tests.contacts.guide.graphs import every_visit

PLACES = ["1280", "2580", "0114", "1480", "01", "25"]


def ways_past_the_place() -> list[str]:
    """Return the address of every result for which it is asked where, in each language."""
    found = []
    for page in GuidePage.objects.live().select_related("locale"):
        with override(page.locale.language_code):
            ends = [visit for visit in every_visit(page.graph) if isinstance(visit.node, Result)]
            found += [page.url + answers_path(visit) for visit in ends if visit.has_passed_place]
    return found


@contextmanager
def connection_kept() -> Iterator[None]:
    """Keep requests from closing a connection that is in a test's transaction, as the test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def asking() -> Callable[[], bytes]:
    """Return a function that asks for the next result, for the next place, and returns its HTML."""
    application = WSGIHandler()
    turns = zip(cycle(ways_past_the_place()), cycle(PLACES), strict=False)

    def ask() -> bytes:
        path, code = next(turns)
        statuses: list[str] = []
        environ = minimal_environ(("localhost", path, f"place={code}"))
        with connection_kept():
            answer = application(environ, lambda status, _headers: statuses.append(status))
            body = b"".join(answer)
            answer.close()
        assert statuses == ["200 OK"]
        assert b"guide-calls" in body
        return body

    return ask
