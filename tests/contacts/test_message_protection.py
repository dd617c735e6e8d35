"""The form for messages sets no cookie; what stands in for one keeps strangers and floods out."""

from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contacts.messages.protection import MOST_MESSAGES, PERIOD
from contacts.models import ReaderMessage
from tests.contacts.message_form import FORMS, SAME_ORIGIN, THANKS, filled_in, send
from tests.reading import soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("strict_templates", "mail"),
    pytest.mark.any_database,  # tokens are signed and counts are kept in files
]


@pytest.mark.parametrize("address", [*FORMS, *THANKS])
def test_answer_sets_no_cookie_and_is_not_stored(client, address):
    response = client.get(address)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" not in response.headers.get("Vary", "")


def test_sending_sets_no_cookie_and_is_not_stored(client):
    for response in (send(client), send(client, text="")):
        assert response.headers["Cache-Control"] == "no-store"
    assert not client.cookies


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-origin, cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://example.org"}, False),
        ({"Origin": "http://testserver.example.org"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "null", "Referer": "http://testserver/meddelande/"}, False),
        ({"Origin": "http://["}, False),
        ({"Referer": "http://testserver/meddelande/?page=/"}, True),
        ({"Referer": "http://example.org/http://testserver/"}, False),
        ({}, False),
    ],
)
def test_only_what_comes_from_our_own_page_is_taken(headers, is_taken):
    # As in production: Django's own check must neither help nor stand in the way.
    client = Client(enforce_csrf_checks=True)
    response = send(client, headers=headers)
    assert response.status_code == (HTTPStatus.FOUND if is_taken else HTTPStatus.FORBIDDEN)
    assert ReaderMessage.objects.count() == int(is_taken)


def test_refusal_offers_the_form_again_without_what_a_stranger_wrote(client):
    page = soup(
        send(client, text="Skrivet av en annan", headers={"Origin": "http://example.org"}), HTTPStatus.FORBIDDEN
    )
    assert words(page.title).startswith("Fel: ")
    assert "skickades inte" in words(page.main.find(attrs={"role": "alert"}))
    assert filled_in(page)["text"] == ""


def test_too_many_messages_from_one_network_have_to_wait(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _message in range(MOST_MESSAGES):
            assert send(client).status_code == HTTPStatus.FOUND
        response = send(client, text="En till")
        page = soup(response, HTTPStatus.TOO_MANY_REQUESTS)
        assert response.headers["Retry-After"] == str(PERIOD)
        assert filled_in(page)["text"] == "En till"
        assert ReaderMessage.objects.count() == MOST_MESSAGES
        other = Client(REMOTE_ADDR="192.0.2.7")
        assert send(other).status_code == HTTPStatus.FOUND
        clock.shift(PERIOD + 1)
        assert send(client).status_code == HTTPStatus.FOUND


def test_addresses_of_one_ipv6_network_count_together():
    for number in range(MOST_MESSAGES):
        assert send(Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}")).status_code == HTTPStatus.FOUND
    assert send(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1")).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert send(Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == HTTPStatus.FOUND


def test_forged_address_of_the_client_does_not_help(client):
    for number in range(MOST_MESSAGES):
        send(client, headers=SAME_ORIGIN | {"X-Forwarded-For": f"192.0.2.{number}"})
    assert send(client, headers=SAME_ORIGIN | {"X-Forwarded-For": "192.0.2.99"}).status_code == 429


@pytest.mark.parametrize("address", FORMS)
def test_other_methods_are_refused(address):
    client = Client(enforce_csrf_checks=True)
    assert client.head(address).status_code == HTTPStatus.OK
    for method in ("put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert response.headers["Allow"] == "GET, HEAD, POST"
    assert client.post(THANKS[0]).status_code == HTTPStatus.METHOD_NOT_ALLOWED
