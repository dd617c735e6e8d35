"""Requests of somebody who wants to break the store, or to fill it, or to have others see what is not theirs."""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

# Of the starter content, so that many requests are nearly right.
PATHS = [
    *("/", "/en/", "/vagledning/", "/vagledning/betanketid/", "/manual/akut-skydd/", "/manual/andringar/"),
    *("/kontakt/", "/kontakt/alla/", "/kontakt/skane-lan/", "/register/coordinators.json", "/robots.txt"),
    *("/register/lookup/names.json", "/sitemap.xml", "/finns-inte/", "/admin/", "/meddelande/", "/konto/login/"),
]
PIECES = [
    *("..", ".", "", "//", "%2e%2e", "%00", "\0", "a" * 300, "index.ready", "index.html", "current", "live"),
    *("\xff\xfe", "\xc3\xa5", "åäö", "\u202e", "'", '"', "<b>", ";", "\\", "%", "*", "?", "#", "\r\nX: y", " "),
    *(
        "CON",
        ".git",
        "~",
        "$(id)",
        "{{7*7}}",
        "-1",
        "1e999",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ),
]
NAMES = ["actor", "person", "permit", "year", "since", "minor", "q", "utm_source", "actor[]", "Actor", "", "page", "_"]
VALUES = ["police", "adult", "child", "with", "without", "2026", "1", "", "x", "%ff", "a" * 500, "%00", "police,x", "+"]
METHODS = ["GET"] * 12 + ["HEAD"] * 3 + ["POST", "PUT", "OPTIONS", "TRACE", "get", "PURGE", "GET /"]
HOSTS = ["localhost"] * 12 + [
    *(
        "LOCALHOST:8000",
        "localhost:99999",
        "localhost:0",
        "127.0.0.1",
        "[::1]",
        "[::1]:80",
        "localhost.",
        "example.com",
    ),
    *(
        "localhost:80:80",
        "localhost@example.com",
        "example.com:localhost",
        "",
        " localhost",
        "localhost/..",
        "../current",
    ),
]
HEADERS: dict[str, list[str]] = {
    "HTTP_ACCEPT_ENCODING": ["gzip", "br", "gzip;q=0", "*", "br;q=nan", "identity;q=0", "gzip" * 500, ",,,;q=", "zstd"],
    "HTTP_IF_NONE_MATCH": ["*", '"x"', "W/", '"' * 99, '"a-br", "a-gzip"'],
    "HTTP_IF_MODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"],
    "HTTP_RANGE": ["bytes=0-0", "bytes=-1", "bytes=9-1,0-", "lines=1"],
    "HTTP_COOKIE": ["theme=x", "sessionid=x", "csrftoken=<b>", "messages=W10:1", "a=b; " * 200, "sessionid"],
    "HTTP_X_FORWARDED_HOST": ["example.com", "localhost, example.com"],
    "HTTP_X_FORWARDED_PROTO": ["https", "http,https"],
    "HTTP_X_FORWARDED_FOR": ["127.0.0.1", "' OR 1=1"],
    "HTTP_X_ORIGINAL_URL": ["/admin/"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["POST"],
    "HTTP_ACCEPT_LANGUAGE": ["en", "xx-" * 90],
    "HTTP_ACCEPT": ["application/json"],
    "HTTP_AUTHORIZATION": ["Basic eDp4"],
    "HTTP_CACHE_CONTROL": ["no-cache", "only-if-cached"],
    "HTTP_FORWARDED": ["host=example.com"],
    "HTTP_REFERER": ["https://example.com/<b>"],
    "HTTP_USER_AGENT": ["<script>poison</script>", ""],
    "SCRIPT_NAME": ["/x"],
    "SERVER_NAME": ["example.com"],
    "CONTENT_LENGTH": ["5", "-1", "x"],
    "CONTENT_TYPE": ["multipart/form-data", "text/html; charset=utf-7"],
}


def hostile_requests(count: int, seed: str) -> list[dict[str, Any]]:
    """Return requests as changes to an ordinary WSGI environment, the same for the same seed."""
    return list(islice(_requests(random.Random(seed)), count))  # noqa: S311 (the same each time is what it is for)


def _requests(chance: random.Random) -> Iterator[dict[str, Any]]:
    while True:
        headers = {name: chance.choice(HEADERS[name]) for name in chance.sample(list(HEADERS), chance.randrange(4))}
        yield headers | {
            "REQUEST_METHOD": chance.choice(METHODS),
            "PATH_INFO": _path(chance).encode("utf-8", "replace").decode("latin-1"),
            "QUERY_STRING": _query(chance),
            "HTTP_HOST": chance.choice(HOSTS),
        }


def _path(chance: random.Random) -> str:
    path = chance.choice(PATHS)
    match chance.randrange(6):
        case 0 | 1 | 2:
            return path
        case 3:
            place = chance.randrange(len(path) + 1)
            return path[:place] + chance.choice(PIECES) + path[place:]
        case 4:
            return chance.choice(
                [path.upper(), path.rstrip("/"), f"/{path}", f"{path}/", path * 3, f"{path}{path[1:]}"]
            )
        case _:
            return "/" + "/".join(chance.choice([*PIECES, *PATHS]) for _piece in range(chance.randrange(5)))


def _query(chance: random.Random) -> str:
    pairs = [
        f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _pair in range(chance.choice([0, 0, 0, 1, 1, 2, 12]))
    ]
    return chance.choice(["&", "&", "&", ";", "&&"]).join(pairs)
