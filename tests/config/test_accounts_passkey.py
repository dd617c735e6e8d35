"""Passkeys, checked as the server checks them: real keys, challenges and signatures."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contacts.models import Coordinator
from tests.config.accounts import CONFIRM, OVERVIEW, admin_user, ask_code, coordinator_account, mailed_code, sign_in
from tests.config.passkeys import USE_PASSKEY, Passkey, add_passkey, use_passkey
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client, mail) -> User:
    """Return a coordinator who has signed in with a code."""
    user = coordinator_account()
    ask_code(client, user.email)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    return user


def test_coordinator_signs_in_with_a_passkey_or_a_code(client, mail, coordinator):
    passkey = Passkey()
    assert add_passkey(client, passkey) == OVERVIEW
    assert "Min telefon" in words(soup(client.get(OVERVIEW)))
    assert use_passkey(other := Client(), passkey) == "/koordinator/"
    assert other.get("/koordinator/").status_code == 200
    ask_code(again := Client(), coordinator.email)
    assert again.post(CONFIRM, {"code": mailed_code(mail, coordinator.email)}).url == "/koordinator/"


def test_admin_user_signs_in_with_a_passkey_alone(client, settings):
    settings.SITE_LIVE = True
    sign_in(client, admin_user())
    passkey = Passkey()
    assert add_passkey(client, passkey) == "/konto/tva-steg/codes/"
    assert client.get("/admin/").status_code == 200
    assert use_passkey(other := Client(), passkey) == "/admin/"
    assert other.get("/admin/").status_code == 200


def test_removed_passkey_signs_in_no_more(client, coordinator):
    passkey = Passkey()
    add_passkey(client, passkey)
    remove = soup(client.get(OVERVIEW)).select_one('a[href*="/remove/"]')["href"]
    client.post(remove)
    assert "Min telefon" not in words(soup(client.get(OVERVIEW)))
    assert use_passkey(Client(), passkey) == "/konto/login/"


@pytest.mark.parametrize("flaw", [{"origin": "http://evil.example"}, {"verifies": False}])
def test_passkey_from_elsewhere_or_of_an_unlocked_device_is_refused(client, coordinator, flaw):
    assert add_passkey(client, Passkey(**flaw)) == ""
    passkey = Passkey()
    add_passkey(client, passkey)
    for name, value in flaw.items():
        setattr(passkey, name, value)
    assert use_passkey(other := Client(), passkey) == "/konto/login/"
    assert "_auth_user_id" not in other.session


def test_key_of_another_is_refused(client, coordinator):
    passkey = Passkey()
    add_passkey(client, passkey)
    forged = Passkey(user_handle=passkey.user_handle)
    assert use_passkey(other := Client(), forged) == "/konto/login/"
    assert "_auth_user_id" not in other.session


def test_old_answer_is_refused(client, coordinator):
    passkey = Passkey()
    add_passkey(client, passkey)
    other = Client()
    options = json.loads(other.get(USE_PASSKEY, headers={"accept": "application/json"}).content)["request_options"]
    answer = passkey.get(options)
    assert other.post(USE_PASSKEY, {"credential": answer}).url == "/koordinator/"
    other.post("/konto/logout/")
    assert other.post(USE_PASSKEY, {"credential": answer}).url == "/konto/login/"


def test_coordinator_who_has_left_is_refused(client, coordinator):
    passkey = Passkey()
    add_passkey(client, passkey)
    Coordinator.objects.filter(user=coordinator).update(user=None)
    assert use_passkey(other := Client(), passkey) == "/konto/login/"
    assert "Kontot kan inte längre logga in." in words(soup(other.get("/konto/login/")))
