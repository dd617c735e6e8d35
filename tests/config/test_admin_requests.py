"""What the admin's scripts may send, and which requests are one transaction."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contacts.sign_ins import editing

pytestmark = pytest.mark.django_db

PUT_AWAY = "/admin/dismissibles/"


def begins_with_a_savepoint(request) -> bool:
    """Tell whether what a request does is one transaction: a savepoint in that of the test."""
    with CaptureQueriesContext(connection) as queries:
        request()
    at = [number for number, query in enumerate(queries) if query["sql"].startswith("SAVEPOINT")]
    changes = [n for n, query in enumerate(queries) if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return bool(at) and at[0] < min(changes, default=len(queries))


def test_what_an_editor_puts_away_stays_away():
    browser = editing()
    answer = browser.patch(PUT_AWAY, json.dumps({"tip": True}), content_type="application/json")
    assert answer.json() == {"tip": True}
    assert browser.get(PUT_AWAY).json() == {"tip": True}
    assert browser.patch("/admin/").status_code == 405


def test_change_in_the_admin_is_one_transaction():
    browser = editing()
    body = json.dumps({"tip": True})
    assert begins_with_a_savepoint(lambda: browser.patch(PUT_AWAY, body, content_type="application/json"))


@pytest.mark.parametrize("address", ["/admin/", PUT_AWAY])
def test_reading_in_the_admin_is_none(address):
    browser = editing()
    browser.get(address)  # a session that no sign-in has begun is noted once
    assert not begins_with_a_savepoint(lambda: browser.get(address))


def test_what_readers_and_those_who_sign_in_send_is_none(client):
    # Not the form to sign in, which counts attempts in a transaction of its own.
    assert not begins_with_a_savepoint(lambda: client.post("/konto/logout/"))
