"""How long a sign-in lasts, and what takes a fresh one: whatever decides who may sign in, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.models import Coordinator
from tests.config.accounts import (
    CONFIRM,
    LOGIN,
    OVERVIEW,
    PASSWORD,
    add_app,
    admin_user,
    ask_code,
    confirm_address,
    coordinator_account,
    mailed_code,
    sign_in,
)
from tests.config.passkeys import ADD_PASSKEY, Passkey, add_passkey, script_data
from tests.contacts.own_pages import CHANGE, opened
from tests.mail import text
from tests.reading import soup

pytestmark = pytest.mark.django_db

REAUTHENTICATE = "/konto/reauthenticate/"


def test_session_ends_after_a_long_working_day(client):
    sign_in(client, admin_user())
    begin = timezone.now()
    for minutes in range(100, 600, 100):
        with time_machine.travel(begin + timedelta(minutes=minutes)):
            assert client.get("/admin/").status_code == 200
    with time_machine.travel(begin + timedelta(hours=9, minutes=50)):
        assert client.get("/admin/").status_code == 200
        session = client.session
        session["changed"] = True  # from here Django would let it last for another ten hours
        session.save()
    with time_machine.travel(begin + timedelta(hours=10, minutes=10)):
        assert client.get("/admin/").url == f"{LOGIN}?next=/admin/"


@pytest.mark.parametrize(
    "address",
    [
        "/admin/users/new/",
        "/admin/groups/new/",
        "/admin/bulk/auth/user/delete/?id={user.pk}",
        *(
            f"/admin/snippets/contacts/coordinator/{action}/{{entry.pk}}/"
            for action in ("sign-in", "leave", "come-back")
        ),
    ],
)
def test_who_decides_about_accounts_shows_who_they_are_again(client, address):
    user = admin_user("administrator")
    address = address.format(user=user, entry=Coordinator.objects.first())
    sign_in(client, user)
    assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = client.get(address)
        assert answer.url.startswith(f"{REAUTHENTICATE}?next=%2Fadmin%2F")
        assert client.get("/admin/").status_code == 200
        assert client.post(answer.url, {"password": "fel"}).status_code == 200
        assert client.get(address).status_code == 302
        assert client.post(answer.url, {"password": PASSWORD}).url == address
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("page", ["app/", "passkeys/add/", "codes/", "codes/new/", "app/remove/"])
def test_who_changes_the_second_step_shows_who_they_are_again(client, page):
    sign_in(client, admin_user())
    if page == "app/":
        confirm_address(client)
    else:
        add_app(client)
    address = f"{OVERVIEW}{page}"
    assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = client.get(address)
        assert answer.url.startswith(f"{REAUTHENTICATE}?next=")
        assert client.post(answer.url, {"password": PASSWORD}).url == address


def test_coordinator_adds_a_passkey_after_a_fresh_code_only(client):
    client.force_login(coordinator_account())
    answer = client.get(f"{OVERVIEW}passkeys/add/")
    assert answer.url == "/konto/login/code/?next=%2Fkonto%2Ftva-steg%2Fpasskeys%2Fadd%2F"
    assert "_auth_user_id" not in client.session


def test_coordinator_removes_a_passkey_after_a_fresh_sign_in_only(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    passkey = Passkey()
    add_passkey(client, passkey)
    remove = soup(client.get(OVERVIEW)).select_one('a[href*="/remove/"]')["href"]
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        for method in (client.get, client.post):
            asked = method(remove)
            assert asked.url.startswith("/konto/tva-steg/passkeys/reauthenticate/?next=")
        assert client.get(ADD_PASSKEY).url.startswith("/konto/tva-steg/passkeys/reauthenticate/?next=")
        assert client.get("/koordinator/").status_code == 200
        options = script_data(client.get(asked.url))["request_options"]
        assert user.authenticator_set.filter(type="webauthn").count() == 1
        assert client.post(asked.url, {"credential": passkey.get(options)}).status_code == 302  # and goes on
        assert user.authenticator_set.filter(type="webauthn").count() == 0


def test_coordinator_changes_a_number_without_a_fresh_sign_in(client, mail, django_capture_on_commit_callbacks):
    """Decided so (README): what protects it is the mail to the old address and the editors, with the way back."""
    user, editor = coordinator_account(), admin_user()
    Coordinator.objects.filter(user=user).update(email="publik@example.org")
    ask_code(client, user.email)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    with time_machine.travel(timezone.now() + timedelta(hours=9)):
        typed = opened(client, CHANGE) | {"phones-0-number": "040-628 04 55"}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(CHANGE, typed).url == "/koordinator/"
    assert user.coordinator.phones.first().number.as_e164 == "+46406280455"
    for address in ("publik@example.org", editor.email):
        assert "/koordinator/aterstall/" in text(mail.to(address)[-1])
