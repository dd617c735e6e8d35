"""The representations of a cached response, and which of them a request gets."""

import tracemalloc

import pytest

from pages.page_cache.cached_response import CachedResponse, best_encoding

HTML = [("Content-Type", "text/html; charset=utf-8")]
ENVIRON = {"REQUEST_METHOD": "GET"}


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, Br;q=0.4", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("br;q=x, gzip;level=9", "gzip"),
        (",;=,", ""),
    ],
)
def test_best_encoding_that_is_accepted(accepted, best):
    assert best_encoding(accepted) == best


def response(body: bytes = b"x" * 500, fallback: bytes | None = None) -> CachedResponse:
    return CachedResponse.build("200 OK", HTML, body, body if fallback is None else fallback, 1.0)


def ask(stored: CachedResponse, fallback: bool = False, **changes: str) -> tuple[str, dict[str, str], bytes]:
    given: list = []
    body = b"".join(
        stored.respond(ENVIRON | changes, lambda *head: given.extend(head), ("Cache-Status", "x"), fallback=fallback)
    )
    return given[0], dict(given[1]), body


def test_each_representation_has_its_own_tag_and_says_that_it_varies():
    answers = [ask(response(), HTTP_ACCEPT_ENCODING=accepted) for accepted in ("", "gzip", "br")]
    assert {status for status, _headers, _body in answers} == {"200 OK"}
    assert {headers["Vary"] for _status, headers, _body in answers} == {"Accept-Encoding"}
    assert len({headers["ETag"] for _status, headers, _body in answers}) == 3
    assert [headers.get("Content-Encoding") for _status, headers, _body in answers] == [None, "gzip", "br"]
    assert all(headers["Content-Length"] == str(len(body)) for _status, headers, body in answers)


@pytest.mark.parametrize("given", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
def test_known_tag_is_answered_without_content(given):
    _status, headers, _body = ask(response(), HTTP_ACCEPT_ENCODING="br")
    status, again, body = ask(
        response(), HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=given.format(tag=headers["ETag"])
    )
    assert (status, body) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"]
    assert again["Vary"] == "Accept-Encoding"
    assert not {"Content-Length", "Content-Encoding", "Content-Type"} & again.keys()


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_tag_from_before_the_expiry_is_not_known_afterwards(accepted):
    stored = response(b"open " * 100, b"from 8 " * 100)
    _status, headers, _body = ask(stored, HTTP_ACCEPT_ENCODING=accepted)
    answer = ask(stored, fallback=True, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=headers["ETag"])
    assert answer[0] == "200 OK"
    again = ask(stored, fallback=True, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=answer[1]["ETag"])
    assert again[0] == "304 Not Modified"


def test_headers_are_not_remembered_whatever_their_length():
    stored = response()
    ask(stored, HTTP_ACCEPT_ENCODING="x" * 100_000)
    tracemalloc.start()
    try:
        for number in range(50):
            ask(stored, HTTP_ACCEPT_ENCODING=f"{'x' * 100_000}{number}")
        kept, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 500_000  # bytes, of five million


def test_tag_of_another_representation_or_content_is_not_known():
    _status, headers, _body = ask(response(), HTTP_ACCEPT_ENCODING="br")
    assert ask(response(), HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"
    assert ask(response(b"y" * 500), HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_head_has_the_headers_of_get(accepted):
    got, head = (ask(response(), HTTP_ACCEPT_ENCODING=accepted, REQUEST_METHOD=method) for method in ("GET", "HEAD"))
    assert head[:2] == got[:2]
    assert head[2] == b""


def test_response_is_the_same_when_it_is_read_again():
    made = response(b"open " * 100, b"from 8 " * 100)
    again = CachedResponse.from_bytes(made.to_bytes())
    for fallback in (False, True):
        for accepted in ("", "gzip", "br"):
            assert ask(again, fallback, HTTP_ACCEPT_ENCODING=accepted) == ask(
                made, fallback, HTTP_ACCEPT_ENCODING=accepted
            )
    assert again.expires_at == made.expires_at
    assert again.body(fallback=True) == b"from 8 " * 100


@pytest.mark.parametrize("cut", [0, 1, 50, -1])
def test_response_that_is_cut_off_is_none(cut):
    assert CachedResponse.from_bytes(response().to_bytes()[:cut]) is None
