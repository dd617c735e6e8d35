"""The log as JSON: which request, which object, and nobody's address."""

import json
import logging

import pytest
from django.contrib.auth.models import User

from config.log_lines import JsonLine, request_id, without_addresses
from pages.log_names import ObjectName
from tests.config.processes import VISITOR, get, run
from tests.pages.startup.starting import free_port

pytestmark = pytest.mark.any_database

ADDRESSES = [
    ("from 192.0.2.10 by password", "from … by password"),
    ("from 2001:db8:1::/64", "from …"),
    ("(anna.berg@example.org)", "(…)"),
    ("Internal Server Error: /sok/?q=hemligt", "Internal Server Error: /sok/?…"),
    ("Key (email)=(a@b.se) exists", "Key (email)=(…) exists"),
    ("took 12:30:05, version 6.1", "took 12:30:05, version 6.1"),
    ("What now?", "What now?"),
]


@pytest.mark.parametrize(("text", "left"), ADDRESSES)
def test_addresses_and_queries_are_left_out(text, left):
    assert without_addresses(text) == left


def line(message: str, *arguments: object, **extra: object) -> dict[str, object]:
    record = logging.makeLogRecord({"name": "test", "levelname": "ERROR", "msg": message, "args": arguments, **extra})
    return json.loads(JsonLine().format(record))


def test_line_names_request_and_object_by_key():
    token = request_id.set("a" * 32)
    user = User(pk=7, email="anna@example.org")
    told = line("Signed in: %s from %s", ObjectName(user, "account 7 (anna@example.org)"), "192.0.2.1")
    request_id.reset(token)
    assert told.pop("time")
    assert told == {
        "level": "ERROR",
        "logger": "test",
        "message": "Signed in: account 7 (…) from …",
        "request_id": "a" * 32,
        "objects": ["auth.user:7"],
    }


def test_request_of_django_is_not_written_with_its_query():
    assert "secret" not in json.dumps(line("Bad Request: %s", "/path/", request="<WSGIRequest: GET '/?q=secret'>"))


def test_each_line_of_a_failing_request_has_its_number():
    requests = [
        get("/sok/?q=hemligt", {"Host": "localhost", "X-Request-ID": number, "Referer": "https://hemlig.example/"})
        for number in ("0123456789abcdef" * 2, "not a number of nginx")
    ]
    away = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    done = run(VISITOR, given=json.dumps(requests), LOG_JSON="true", DATABASE_URL=away)
    assert [answer["status"] for answer in json.loads(done.stdout)] == [503, 503]
    told = [json.loads(text) for text in done.stderr.splitlines() if text.startswith("{")]
    assert told
    assert told[0]["request_id"] == "0123456789abcdef" * 2
    assert "Traceback" in told[0]["error"]
    assert "hemlig" not in done.stderr
