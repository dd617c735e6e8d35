"""Requests that are answered where they are read: as the application would, and nothing else."""

import socket
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from pages.page_cache import direct
from pages.page_cache.cached_response import CachedResponse
from pages.page_cache.direct import MAX_HEAD, MAX_KNOWN, DirectAnswers, read_request
from tests.pages.page_cache.hostile_requests import hostile_requests
from tests.pages.page_cache.servers import (
    SECONDS,
    Cached,
    a_response,
    ask,
    cached_pages,
    parts,
    raw,
    running,
)

PAGE = b"GET /kontakt/ HTTP/1.1\r\nHost: localhost\r\n"
END = b"\r\n"
COUNT = 1500


@pytest.fixture
def cached() -> Cached:
    return cached_pages()


@pytest.fixture
def port(cached: Cached) -> Iterator[int]:
    with running(cached) as port:
        yield port


@pytest.mark.parametrize("accepted", [b"", b"gzip", b"br", b"gzip;q=0", b"*"])
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_page_is_answered_as_by_the_application_without_asking_it(cached, port, accepted, method):
    request = PAGE.replace(b"GET", method) + b"Accept-Encoding: " + accepted + END + END
    with running(other := cached_pages(), at_once=False) as by_application:
        status, headers, body = parts(ask(by_application, request))
    assert other.asked == ["/kontakt/"]
    for _time in range(2):  # the second is known
        assert parts(ask(port, request)) == (status, headers, body)
    assert status == b"HTTP/1.1 200 OK"
    assert bool(body) == (method == b"GET")
    assert cached.asked == []


def test_known_tag_is_answered_without_content_until_the_page_changes(cached, port):
    tag = dict(parts(ask(port, PAGE + b"Accept-Encoding: br\r\n\r\n"))[1])[b"etag"]
    request = PAGE + b"Accept-Encoding: br\r\nIf-None-Match: " + tag + END + END
    status, headers, body = parts(ask(port, request))
    assert (status, body) == (b"HTTP/1.1 304 Not Modified", b"")
    assert dict(headers)[b"etag"] == tag
    cached.responses["localhost", "/kontakt/", ""] = a_response("other")
    assert ask(port, request).startswith(b"HTTP/1.1 200 OK")
    assert cached.asked == []


@pytest.mark.parametrize(
    "request_",
    [
        PAGE.replace(b"GET", b"POST") + END,
        PAGE + b"Content-Length: 4\r\n\r\nbody",
        PAGE + b"Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
        PAGE + b"Connection: close\r\n\r\n",
        PAGE + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        PAGE + b"Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n\r\n",
        PAGE + b"Cookie: sessionid=x\r\n\r\n",
        PAGE + b"X: " + b"x" * MAX_HEAD + END + END,
        PAGE.replace(b"1.1", b"1.0") + END,
        PAGE.replace(b"/kontakt/", b"/other/") + END,
        PAGE.replace(b"/kontakt/", b"//kontakt/") + END,
        PAGE.replace(b"/kontakt/", b"http://localhost/kontakt/") + END,
        PAGE.replace(b"/kontakt/", b"/kontakt/?x=1") + END,
        PAGE.replace(b"localhost", b"other.example") + END,
    ],
)
def test_what_is_not_plain_is_for_the_application(cached, port, request_):
    assert ask(port, request_).startswith(b"HTTP/1.")
    assert len(cached.asked) == 1


def test_request_that_comes_in_pieces_is_one(cached, port):
    request = PAGE + END
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for place in range(0, len(request), 7):
            connection.sendall(request[place : place + 7])
            time.sleep(0.01)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")
    assert cached.asked == ["/kontakt/"]


def test_requests_that_come_together_are_answered_in_their_order(cached, port):
    first, second = PAGE + END, PAGE.replace(b"/kontakt/", b"/en/") + END
    answers = ask(port, first + second + first)
    assert [answers.find(text) >= 0 for text in (b"/kontakt/ ", b"/en/ ")] == [True, True]
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.index(b"/kontakt/ ") < answers.index(b"/en/ ") < answers.rindex(b"/kontakt/ ")


def test_reader_who_reads_slowly_gets_everything(cached, port):
    cached.responses["localhost", "/kontakt/", ""] = a_response("long", 900_000)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(SECONDS)
        connection.connect(("127.0.0.1", port))
        connection.sendall(PAGE + END)
        assert ask(port, PAGE.replace(b"/kontakt/", b"/en/") + END).startswith(b"HTTP/1.1 200 OK")  # meanwhile
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert parts(answer)[2] == cached.responses["localhost", "/kontakt/", ""].body()
    assert cached.asked == []


def test_hostile_requests_get_the_same_answer_with_and_without(cached):
    other = cached_pages()
    requests = [raw(environ) for environ in hostile_requests(COUNT, "raw")]
    with running(cached) as port, running(other, at_once=False) as by_application:
        for request in requests:
            assert parts(ask(port, request)) == parts(ask(by_application, request)), request
    assert COUNT / 20 < len(other.asked) - len(cached.asked) < COUNT  # answered at once


def test_requests_are_remembered_up_to_a_number(cached):
    answer, padding = DirectAnswers(cached.responses.get), b"x" * (MAX_HEAD - 100)
    tracemalloc.start()
    try:
        for number in range(3 * MAX_KNOWN):
            assert answer(PAGE + b"X: %d%b\r\n\r\n" % (number, padding))
        assert tracemalloc.get_traced_memory()[0] < MAX_KNOWN * (MAX_HEAD + 1000)
    finally:
        tracemalloc.stop()


def test_each_answer_says_when_it_was_given(cached, monkeypatch):
    answer = DirectAnswers(cached.responses.get)
    now = [1_796_000_000.0]
    monkeypatch.setattr(direct.time, "time", lambda: now[0])
    first = answer(PAGE + END)
    now[0] += 1
    assert tuple(
        dict.fromkeys(line for each in (first, answer(PAGE + END)) for line in each.split(b"\r\n") if b"Date" in line)
    ) == (b"Date: Mon, 30 Nov 2026 00:53:20 GMT", b"Date: Mon, 30 Nov 2026 00:53:21 GMT")


def test_expired_response_is_not_found_at_once(cached):
    found: list[CachedResponse | None] = []
    assert DirectAnswers(lambda key: found.append(None))(PAGE + END) is None
    assert found == [None]
    assert read_request(PAGE + END).key == ("localhost", "/kontakt/", "")
