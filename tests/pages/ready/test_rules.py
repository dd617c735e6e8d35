"""What may be stored, and in which form it is sent."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pages.ready.entries import Entry, best_encoding
from pages.ready.notes import Notes, shows_choice, taking, timed, true_until
from pages.ready.rules import is_offered, key_of, known_host, may_be_stored, stored_query

HTML = [("Content-Type", "text/html; charset=utf-8")]
PAGE = ("localhost", "/vagledning/", "")
SUGGESTIONS = ("/register/lookup/names.json", "/sok/titlar.json", "/en/search/titles.json")


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
    assert key_of(request(**changes)) is None


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
    assert key_of(request(**changes)) == key


@pytest.fixture
def live_site(settings) -> Iterator[None]:
    settings.SECURE_SSL_REDIRECT = True
    known_host.cache_clear()
    yield
    known_host.cache_clear()


@pytest.mark.usefixtures("live_site")
def test_live_site_is_stored_for_https_alone():
    assert key_of(request()) is None
    assert key_of(request(HTTP_X_FORWARDED_PROTO="http")) is None
    assert key_of(request(HTTP_X_FORWARDED_PROTO="https")) == PAGE


@pytest.mark.parametrize("path", ["/", "/en/", "/vagledning/ny/", "/manual/andringar/", *SUGGESTIONS])
def test_path_of_readers_is_offered(path):
    assert is_offered(path)


@pytest.mark.parametrize(
    "path",
    [
        *("/admin/", "/konto/login/", "/koordinator/", "/meddelande/", "/en/message/sent/", "/media/x.png"),
        *("/documents/1/x.pdf", "//", "/a//b/", "/../etc/", "/a/./b/", "/a%2fb/", "/.git/", "/a\0/", "/a\xff/"),
        *("/a b/", "/a;b/", "/~a/", "/a./", "/" + "a" * 500 + "/", "/" + "\xc3\xa5" * 101 + "/", "x"),
    ],
)
def test_path_is_not_offered(path):
    assert not is_offered(path)


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
def test_answer_is_not_stored(status, headers, query):
    key = (*PAGE[:2], query)
    assert not may_be_stored(status, [*HTML, *headers], b"", key, Notes({}))


def test_answer_for_everybody_is_stored_under_the_choice_that_it_shows():
    headers = [*HTML, ("Vary", "Accept-Encoding"), ("Cache-Control", "public, max-age=0")]
    assert may_be_stored("200 OK", headers, b"", PAGE, Notes({}))
    with taking(notes := Notes({})):
        shows_choice("actor=police")
    assert may_be_stored("200 OK", headers, b"", (*PAGE[:2], "actor=police"), notes)
    assert not may_be_stored("200 OK", headers, b"", PAGE, notes)
    assert not may_be_stored("200 OK", headers, b"x" * 1_000_001, PAGE, Notes({}))


def test_spelling_of_a_query_does_not_matter():
    assert {stored_query(query) for query in ("year=2026", "year=2026&person=", "person=&year=%32026")} == {"year=2026"}


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


def test_page_is_true_until_the_first_turn_and_reads_differently_afterwards():
    notes = Notes({})
    with taking(notes):
        true_until(datetime(2000, 1, 2, tzinfo=UTC))
        true_until(datetime(2000, 1, 1, tzinfo=UTC))
        true_until(datetime(2000, 1, 3, tzinfo=UTC))
        body = f"<p>{timed('open', lambda: 'from 8 to 4')}, {timed('now', str)}</p>".encode()
    assert notes.until == datetime(2000, 1, 1, tzinfo=UTC)
    assert notes.readings(body) == (b"<p>open, now</p>", b"<p>from 8 to 4, </p>")


def test_outside_a_build_nothing_is_marked():
    assert timed("open", lambda: "from 8 to 4") == "open"


def entry(body: bytes = b"x" * 500, afterwards: bytes | None = None) -> Entry:
    return Entry.made("200 OK", HTML, body, body if afterwards is None else afterwards, 1.0)


def ask(stored: Entry, plain: bool = False, **changes: str) -> tuple[str, dict[str, str], bytes]:
    given: list = []
    body = b"".join(
        stored.answer(request(**changes), lambda *head: given.extend(head), ("Cache-Status", "x"), plain=plain)
    )
    return given[0], dict(given[1]), body


def test_each_form_has_its_own_tag_and_says_that_it_varies():
    answers = [ask(entry(), HTTP_ACCEPT_ENCODING=accepted) for accepted in ("", "gzip", "br")]
    assert {status for status, _headers, _body in answers} == {"200 OK"}
    assert {headers["Vary"] for _status, headers, _body in answers} == {"Accept-Encoding"}
    assert len({headers["ETag"] for _status, headers, _body in answers}) == 3
    assert [headers.get("Content-Encoding") for _status, headers, _body in answers] == [None, "gzip", "br"]
    assert all(headers["Content-Length"] == str(len(body)) for _status, headers, body in answers)


@pytest.mark.parametrize("given", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
def test_known_tag_is_answered_without_content(given):
    _status, headers, _body = ask(entry(), HTTP_ACCEPT_ENCODING="br")
    status, again, body = ask(entry(), HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=given.format(tag=headers["ETag"]))
    assert (status, body) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"]
    assert again["Vary"] == "Accept-Encoding"
    assert not {"Content-Length", "Content-Encoding", "Content-Type"} & again.keys()


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_tag_from_before_the_turn_is_not_known_afterwards(accepted):
    stored = entry(b"open " * 100, b"from 8 " * 100)
    _status, headers, _body = ask(stored, HTTP_ACCEPT_ENCODING=accepted)
    answer = ask(stored, plain=True, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=headers["ETag"])
    assert answer[0] == "200 OK"
    assert ask(stored, plain=True, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=answer[1]["ETag"])[0][:3] == "304"


def test_headers_are_not_remembered_whatever_their_length():
    stored = entry()
    ask(stored, HTTP_ACCEPT_ENCODING="x" * 100_000)
    tracemalloc.start()
    try:
        for number in range(50):
            ask(stored, HTTP_ACCEPT_ENCODING=f"{'x' * 100_000}{number}")
        kept, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 500_000  # bytes, of five million


def test_tag_of_another_form_or_content_is_not_known():
    _status, headers, _body = ask(entry(), HTTP_ACCEPT_ENCODING="br")
    assert ask(entry(), HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"
    assert ask(entry(b"y" * 500), HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_head_has_the_headers_of_get(accepted):
    got, head = (ask(entry(), HTTP_ACCEPT_ENCODING=accepted, REQUEST_METHOD=method) for method in ("GET", "HEAD"))
    assert head[:2] == got[:2]
    assert head[2] == b""


def test_entry_is_the_same_when_it_is_read_again():
    made = entry(b"open " * 100, b"from 8 " * 100)
    again = Entry.unpacked(made.packed())
    for plain in (False, True):
        for accepted in ("", "gzip", "br"):
            assert ask(again, plain, HTTP_ACCEPT_ENCODING=accepted) == ask(made, plain, HTTP_ACCEPT_ENCODING=accepted)
    assert again.until == made.until
    assert again.body(plain=True) == b"from 8 " * 100


@pytest.mark.parametrize("cut", [0, 1, 50, -1])
def test_entry_that_is_cut_off_is_none(cut):
    assert Entry.unpacked(entry().packed()[:cut]) is None
