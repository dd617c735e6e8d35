"""Coordinators sign in with a code by mail; nobody else can, and nobody learns who is one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.mail.backends.filebased import EmailBackend
from django.utils import timezone

from contacts.activation import deactivate
from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from tests.config.accounts import CODE, CONFIRM, OVERVIEW, admin_user, ask_code, coordinator_account, mailed_code
from tests.mail import text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def test_code_leads_to_the_entry(client, mail):
    user = coordinator_account()
    assert "Skriv koden" in words(soup(ask_code(client, user.email)))
    answer = client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    assert (answer.status_code, answer.url) == (302, "/koordinator/")
    assert client.get("/koordinator/").status_code == 200


def test_code_may_be_written_in_small_letters_without_hyphen(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    code = mailed_code(mail, user.email).lower().replace("-", "")
    assert client.post(CONFIRM, {"code": code}).status_code == 302


def test_mail_says_how_long_the_code_is_valid(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    (message,) = mail.to(user.email)
    assert message["Subject"] == f"Din kod: {mailed_code(mail, user.email)}"
    assert "15 minuter" in text(message)
    assert "<" not in text(message)


def test_every_address_gets_the_same_answer_and_only_a_coordinator_mail(client, mail):
    coordinator = coordinator_account()
    left = coordinator_account("slutat@example.org", place=1)
    Coordinator.objects.filter(user=left).update(live=False, left_on=timezone.localdate())
    closed = coordinator_account("stangd@example.org", place=2)
    closed.is_active = False
    closed.save()
    both = admin_user("editor", "bada@example.org")
    Coordinator.objects.filter(pk=Coordinator.objects.order_by("pk")[3].pk).update(user=both)
    public = Coordinator.objects.get(user=coordinator).email
    assert public
    pages = {}
    for address in (
        coordinator.email,
        left.email,
        closed.email,
        both.email,
        public,
        admin_user().email,
        "ingen@example.org",
    ):
        page = ask_code(type(client)(), address)
        pages[address] = (page.redirect_chain, re.sub(r'value="\w{64}"', "", page.content.decode()))
    assert len(pages) == 7
    assert len({str(page) for page in pages.values()}) == 1
    assert [message["To"] for message in mail.messages()] == [coordinator.email]


def test_answer_for_an_unknown_address_never_lets_in(client, mail):
    ask_code(client, "ingen@example.org")
    for code in ("", "BCDF-GHJK", "-"):
        assert client.post(CONFIRM, {"code": code}).status_code in {200, 302}
    assert "_auth_user_id" not in client.session


def test_code_is_void_after_three_wrong_ones(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    code = mailed_code(mail, user.email)
    for _ in range(2):
        assert "Koden stämmer inte" in words(soup(client.post(CONFIRM, {"code": "BBBB-BBBB"})))
    assert client.post(CONFIRM, {"code": "BBBB-BBBB"}).url == CODE
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_code_is_void_after_a_quarter_of_an_hour(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    code = mailed_code(mail, user.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_code_works_in_the_browser_that_asked_only(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    other = type(client)()
    ask_code(other, "ingen@example.org")
    other.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    assert "_auth_user_id" not in other.session


def test_new_code_can_be_asked_for_and_another_address_given(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    client.post(CONFIRM, {"action": "resend"})
    first, second = (message["Subject"] for message in mail.to(user.email))
    assert first != second
    assert client.get(CODE).url == CONFIRM
    assert client.post("/konto/logout/", {"next": CODE}).url == CODE
    assert client.get(CODE).status_code == 200


@pytest.mark.parametrize("change", [lambda entry: give_sign_in(entry, "ny@example.org"), deactivate])
def test_code_is_void_when_the_address_has_changed_or_its_owner_left(client, mail, change):
    user = coordinator_account()
    ask_code(client, user.email)
    change(user.coordinator)
    answer = client.post(CONFIRM, {"code": mailed_code(mail, user.email)}, follow=True)
    assert "Kontot kan inte längre logga in." in words(soup(answer))
    assert "_auth_user_id" not in client.session
    assert client.get(CODE).status_code == 200, "nothing is pending"


def test_failing_mail_server_gives_the_same_answer(client, mail, monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    known, unknown = (ask_code(type(client)(), address) for address in (coordinator_account().email, "x@example.org"))
    assert known.redirect_chain == unknown.redirect_chain
    assert known.status_code == unknown.status_code == 200


def test_coordinator_who_leaves_is_out_at_once(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    user.is_active = False
    user.save()
    assert client.get("/koordinator/").url == "/konto/login/?next=/koordinator/"


def test_code_is_no_second_factor(client, mail, settings):
    settings.SITE_LIVE = True
    user = coordinator_account()
    ask_code(client, user.email)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    user.groups.add(Group.objects.get(name="editor"))
    assert client.get("/admin/").url == OVERVIEW
