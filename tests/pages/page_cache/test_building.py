"""One build per page: what is read, what is built, what is stored, and what two may not share."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from config.postgresql.base import ANSWER_SECONDS
from pages.page_cache import building
from pages.page_cache.building import Builder, minimal_environ
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation, GenerationKey
from pages.page_cache.workers import SLOT_SECONDS, Workers
from pages.render_context import expire_at, next_midnight, say_it_takes_long, with_fallback
from tests.pages.page_cache.generations import CODE, PAGE, a_response

HTML = ("Content-Type", "text/html; charset=utf-8")


class Site:
    """A Django that answers as the test says, and counts."""

    def __init__(self) -> None:
        self.status = "200 OK"
        self.headers = [HTML]
        self.asked: list[dict[str, Any]] = []
        self.body: Callable[[], str] = lambda: "built"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ)
        body = self.body()
        start_response(self.status, self.headers)
        return [body.encode()]


@pytest.fixture
def django() -> Site:
    return Site()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "ready")


@pytest.fixture
def generation(folder: Folder) -> Generation:
    """The generation in use."""
    key = GenerationKey.of(1, CODE, time.time())
    with folder.locked():
        folder.begin(key)
    return Generation(key)


@pytest.fixture
def builder(django: Site, folder: Folder) -> Builder:
    return Builder(django, folder, Workers())


def test_page_is_built_from_nothing_but_its_key_and_stored(builder, django, folder, generation):
    response = builder.get(PAGE, generation)
    assert response.body() == b"built"
    assert response.expires_at == next_midnight().timestamp()
    assert generation.responses == {PAGE: response}
    assert folder.read(generation.key, PAGE).body() == b"built"
    (environ,) = django.asked
    same = minimal_environ(PAGE)
    del environ["wsgi.input"], same["wsgi.input"]
    assert environ == same


def test_page_is_stored_with_its_fallback_until_its_expiry(builder, django, generation):
    soon = datetime(2000, 1, 1, 15, tzinfo=UTC)

    def body() -> str:
        expire_at(soon)
        return "<p>" + with_fallback("open", lambda: "from 8") + "</p>"

    django.body = body
    response = builder.get(PAGE, generation)
    assert (response.body(), response.body(fallback=True)) == (b"<p>open</p>", b"<p>from 8</p>")
    assert response.expires_at == generation.expires_at == soon.timestamp()


def test_what_another_process_has_written_is_read_and_not_built(builder, django, folder, generation):
    folder.write(generation.key, PAGE, a_response("written", time.time() + 60))
    assert builder.get(PAGE, generation).body().startswith(b"written")
    assert generation.responses[PAGE].body().startswith(b"written")
    assert django.asked == []


def test_what_has_expired_is_built_again(builder, folder, generation):
    """As when the clock was put back over an expiry, and the time has come again."""
    folder.write(generation.key, PAGE, a_response("written", time.time() - 1))
    assert builder.get(PAGE, generation).body() == b"built"
    assert generation.expires_at > time.time()


@pytest.mark.parametrize(("status", "is_kept"), [("503 Service Unavailable", True), ("404 Not Found", False)])
def test_page_of_the_version_before_goes_when_the_page_is_gone_and_not_when_django_fails(
    builder, django, generation, status, is_kept
):
    generation.previous[PAGE] = a_response("before")
    django.status = status
    assert builder.get(PAGE, generation).status == status
    assert generation.responses == {}
    assert (PAGE in generation.previous) is is_kept


def test_page_that_is_gone_is_not_read_from_who_built_it_earlier(builder, django, folder, generation):
    """Two processes share a generation: the other built it before the page was withdrawn, and writes it after that."""
    generation.previous[PAGE] = a_response("before")
    django.status = "410 Gone"
    builder.get(PAGE, generation)
    folder.write(generation.key, PAGE, a_response("before", time.time() + 60))
    assert builder.get(PAGE, generation).status == "410 Gone"
    django.status = "200 OK"
    assert builder.get(PAGE, generation).body() == b"built"  # published again
    assert (generation.gone, list(generation.responses)) == ({}, [PAGE])


def test_error_is_raised_and_the_next_one_asks_again(builder, django, generation):
    django.body = lambda: str(1 // 0)
    with pytest.raises(ZeroDivisionError):
        builder.get(PAGE, generation)
    django.body = lambda: "again"
    assert builder.get(PAGE, generation).body() == b"again"


@pytest.fixture
def asked_twice(builder, django, generation) -> Callable[[], tuple[Future, Future]]:
    """Ask for the page twice at once; the first one is built while the second one waits."""

    def ask() -> tuple[Future, Future]:
        is_building, may_end = Event(), Event()

        def body() -> str:
            is_building.set()
            assert may_end.wait(10)
            return "built"

        django.body = body
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(builder.get, PAGE, generation)
            assert is_building.wait(10)
            second = pool.submit(builder.get, PAGE, generation)
            time.sleep(0.05)
            may_end.set()
        return first, second

    return ask


def test_two_who_ask_at_once_get_what_is_built_once(asked_twice, django):
    first, second = (asked.result() for asked in asked_twice())
    assert first is second
    assert len(django.asked) == 1


def test_response_for_one_person_is_not_given_to_two(asked_twice, django):
    django.headers = [HTML, ("Set-Cookie", "a=b")]
    first, second = (asked.result() for asked in asked_twice())
    assert first.body() == b"built"
    assert second is None


def test_error_is_raised_for_both_who_ask_at_once(asked_twice, django):
    django.headers = None  # a broken Django
    for asked in asked_twice():
        with pytest.raises(TypeError):
            asked.result()


def test_who_has_waited_too_long_is_given_nothing(asked_twice, monkeypatch):
    monkeypatch.setattr(building, "WAIT_SECONDS", 0.01)
    first, second = (asked.result() for asked in asked_twice())
    assert first.body() == b"built"
    assert second is None


def test_nobody_waits_for_the_database_after_waiting_for_who_waits_for_it():
    assert ANSWER_SECONDS + SLOT_SECONDS < building.WAIT_SECONDS < 5


def test_slot_of_django_is_free_after_a_quarter_of_a_second():
    """Who holds it may be waiting for who waits: nobody waits for ever."""
    workers, is_held, may_end = Workers(), Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(workers.run, lambda: (is_held.set(), may_end.wait(10)))
        assert is_held.wait(10)
        began = time.monotonic()
        assert workers.run(lambda: "done") == "done"
        assert SLOT_SECONDS <= time.monotonic() - began < 5
        may_end.set()
        held.result(10)
    began = time.monotonic()
    assert workers.run(lambda: "done") == "done"
    assert time.monotonic() - began < SLOT_SECONDS


def test_nobody_waits_for_a_build_that_says_that_it_takes_long(builder, django, generation):
    began, goes_on = Event(), Event()

    def body() -> str:
        say_it_takes_long()
        began.set()
        goes_on.wait(30)
        return "built in the end"

    django.body = body
    with ThreadPoolExecutor(1) as first:
        building_it = first.submit(builder.get, PAGE, generation)
        assert began.wait(30)
        asked = time.monotonic()
        assert builder.get(PAGE, generation) is None
        assert time.monotonic() - asked < building.WAIT_SECONDS / 2
        goes_on.set()
        assert building_it.result(30).body() == b"built in the end"
    assert builder.get(PAGE, generation).body() == b"built in the end"
    assert len(django.asked) == 1
