"""What may be stored, and which requests are answered from it."""

from collections.abc import Iterator

import pytest

from pages.page_cache.rules import cache_key, canonical_query, is_cacheable_path, is_cacheable_response, known_host
from pages.render_context import RenderContext, collecting, set_canonical_query

HTML = [("Content-Type", "text/html; charset=utf-8")]
PAGE = ("localhost", "/vagledning/", "")
SUGGESTIONS = (
    "/register/lookup/names.json",
    "/register/lookup/localities.json",
    "/sok/titlar.json",
    "/en/search/titles.json",
)


def request(**changes: str) -> dict[str, str]:
    return {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": "localhost",
        "PATH_INFO": "/vagledning/",
        "QUERY_STRING": "",
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "get"},
        {"HTTP_COOKIE": "a=b; sessionid=x"},
        {"HTTP_COOKIE": "csrftoken=x"},
        {"HTTP_COOKIE": "theme=dark; messages=x"},
        {"HTTP_HOST": "example.com"},
        {"HTTP_HOST": "localhost:8000x"},
        {"HTTP_HOST": "localhost@example.com"},
        {"HTTP_HOST": "localhost."},
        {"HTTP_HOST": ""},
        {"QUERY_STRING": "q=lund"},
        {"QUERY_STRING": "actor=police&utm_source=x"},
        {"QUERY_STRING": "actor=police&actor=police"},
        {"QUERY_STRING": "actor"},
        {"QUERY_STRING": "actor=%ff"},
        {"QUERY_STRING": "&" * 20},
        {"QUERY_STRING": "actor=" + "x" * 200},
        {"HTTP_HOST": "localhost" + ":" * 300},
    ],
)
def test_request_that_is_for_django(changes):
    assert cache_key(request(**changes)) is None


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, PAGE),
        ({"REQUEST_METHOD": "HEAD", "HTTP_HOST": "LOCALHOST:8000", "HTTP_COOKIE": "theme=dark"}, PAGE),
        ({"QUERY_STRING": "permit=&actor=police"}, ("localhost", "/vagledning/", "actor=police")),
        ({"QUERY_STRING": "person=child&actor=police"}, ("localhost", "/vagledning/", "actor=police&person=child")),
        ({"QUERY_STRING": "actor="}, PAGE),
    ],
)
def test_request_is_looked_up_under_what_matters(changes, key):
    assert cache_key(request(**changes)) == key


@pytest.fixture
def live_site(settings) -> Iterator[None]:
    settings.SECURE_SSL_REDIRECT = True
    known_host.cache_clear()
    yield
    known_host.cache_clear()


@pytest.mark.usefixtures("live_site")
def test_live_site_is_stored_for_https_alone():
    assert cache_key(request()) is None
    for scheme in ("http", "wss"):
        assert cache_key(request(HTTP_X_FORWARDED_PROTO=scheme)) is None
    assert cache_key(request(HTTP_X_FORWARDED_PROTO="https")) == PAGE


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/vagledning/ny/", "/manual/andringar/", "/" + "a" * 200 + "/", "/" + "ab/" * 133, *SUGGESTIONS],
)
def test_path_of_readers_is_cacheable(path):
    assert is_cacheable_path(path)


@pytest.mark.parametrize(
    "path",
    [
        *("/admin/", "/konto/login/", "/koordinator/", "/meddelande/", "/en/message/sent/", "/media/x.png"),
        *("/documents/1/x.pdf", "//", "/a//b/", "/../etc/", "/a/./b/", "/a%2fb/", "/.git/", "/a\0/", "/a\xff/"),
        *("/a b/", "/a;b/", "/~a/", "/a./", "/" + "a" * 201 + "/", "/" + "\xc3\xa5" * 101 + "/", "x"),
        "/" + "ab/" * 134,
    ],
)
def test_path_is_not_cacheable(path):
    assert not is_cacheable_path(path)


@pytest.mark.parametrize(
    ("status", "headers", "query"),
    [
        ("404 Not Found", [], ""),
        ("206 Partial Content", [], ""),
        ("200 OK", [("Set-Cookie", "a=b")], ""),
        ("200 OK", [("Cache-Control", "max-age=0, No-Store")], ""),
        ("200 OK", [("Cache-Control", "private")], ""),
        ("200 OK", [("Vary", "Accept-Encoding, Cookie")], ""),
        ("200 OK", [("Vary", "*")], ""),
        ("200 OK", [], "actor=nobody"),
    ],
)
def test_response_is_not_stored(status, headers, query):
    key = (*PAGE[:2], query)
    assert not is_cacheable_response(status, [*HTML, *headers], b"", key, RenderContext({}))


def test_response_for_everybody_is_stored_under_the_query_that_asks_for_it():
    headers = [*HTML, ("Vary", "Accept-Encoding"), ("Cache-Control", "public, max-age=0")]
    assert is_cacheable_response("200 OK", headers, b"", PAGE, RenderContext({}))
    with collecting(context := RenderContext({})):
        set_canonical_query("actor=police")
    assert is_cacheable_response("200 OK", headers, b"", (*PAGE[:2], "actor=police"), context)
    assert not is_cacheable_response("200 OK", headers, b"", PAGE, context)
    assert is_cacheable_response("200 OK", headers, b"x" * 1_000_000, PAGE, RenderContext({}))
    assert not is_cacheable_response("200 OK", headers, b"x" * 1_000_001, PAGE, RenderContext({}))


def test_spelling_of_a_query_does_not_matter():
    spellings = ("year=2026", "year=2026&person=", "person=&year=%32026")
    assert {canonical_query(query) for query in spellings} == {"year=2026"}
