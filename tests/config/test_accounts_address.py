"""The first factor of an account is added by who reads its mail, not by who knows its password alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.config.accounts import (
    ADDRESS,
    CONFIRM,
    LOGIN,
    OVERVIEW,
    RESET,
    SECOND_STEP,
    add_app,
    admin_user,
    ask_code,
    confirm_address,
    coordinator_account,
    mailed_code,
    sign_in,
    totp,
)
from tests.config.passkeys import ADD_PASSKEY, Passkey, add_passkey
from tests.mail import text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

APP = "/konto/tva-steg/app/"


@pytest.fixture
def browser(client):
    """Return the browser of an admin user who has just signed in with the password."""
    sign_in(client, admin_user())
    return client


@pytest.mark.parametrize("page", [APP, ADD_PASSKEY])
def test_first_factor_asks_for_a_code_by_mail_and_leads_on(browser, mail, page):
    asked = browser.get(page).url
    assert asked == f"{ADDRESS}?next=%2Fkonto%2Ftva-steg%2F{page.removeprefix('/konto/tva-steg/').replace('/', '%2F')}"
    assert "till editor@example.org" in words(soup(browser.get(asked)).main)
    assert not mail.messages(), "nothing is mailed before it is asked for"
    assert browser.post(asked).url == asked
    code = mailed_code(mail, "editor@example.org")
    assert "lägga till en lösennyckel" in text(mail.messages()[0])
    assert browser.post(asked, {"code": f" {code.lower().replace('-', '')} "}).url == page
    assert browser.get(page).status_code == 200


def test_password_alone_adds_no_factor(browser):
    for page, data in ((APP, {"code": totp("A" * 32)}), (ADD_PASSKEY, {"name": "x", "credential": "{}"})):
        assert browser.post(page, data).url.startswith(ADDRESS)
    assert not Authenticator.objects.exists()


def test_code_is_void_after_three_wrong_ones_and_after_a_quarter_of_an_hour(browser, mail):
    browser.post(ADDRESS)
    code = mailed_code(mail, "editor@example.org")
    for _ in range(2):
        assert "Koden stämmer inte" in words(soup(browser.post(ADDRESS, {"code": "BBBB-BBBB"})))
    answer = browser.post(ADDRESS, {"code": "BBBB-BBBB"}, follow=True)
    assert "inte längre" in words(soup(answer))
    browser.post(ADDRESS, {"code": code})
    assert browser.get(APP).status_code == 302
    browser.post(ADDRESS)
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert browser.get(ADDRESS).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = browser.post(ADDRESS, {"code": mailed_code(mail, "editor@example.org")}, follow=True)
        assert "för gammal" in words(soup(answer))


def test_code_of_another_account_or_browser_is_wrong(browser, mail):
    browser.post(ADDRESS)
    other = Client()
    sign_in(other, admin_user("author"))
    other.post(ADDRESS)
    other.post(ADDRESS, {"code": mailed_code(mail, "editor@example.org")})
    assert other.get(APP).status_code == 302


def test_code_that_was_mailed_outlives_a_change_of_the_key(browser, mail, settings):
    browser.post(ADDRESS)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert browser.post(ADDRESS, {"code": "AAAA-AAAA"}).status_code == 200
    assert browser.post(ADDRESS, {"code": mailed_code(mail, "editor@example.org")}).url == OVERVIEW


def test_what_was_shown_lasts_a_quarter_of_an_hour(browser):
    confirm_address(browser)
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert browser.get(APP).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert browser.get(APP).status_code == 302


def test_second_factor_needs_no_mail_once_there_is_a_first(browser, mail):
    add_app(browser)
    before = len(mail.messages())
    assert browser.get(ADDRESS).url == OVERVIEW
    assert browser.get(ADD_PASSKEY).status_code == 200
    assert add_passkey(browser, Passkey())
    assert not any("kod:" in str(message["Subject"]) for message in mail.messages()[before:])


def test_coordinators_sign_in_by_mail_has_shown_it(client, mail):
    user = coordinator_account()
    ask_code(client, user.email)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    assert client.get(ADD_PASSKEY).status_code == 200


def test_page_never_leads_to_another_site(browser):
    confirm_address(browser)
    assert browser.get(f"{ADDRESS}?next=https://evil.example/").url == OVERVIEW


def test_mails_are_limited(browser, mail):
    for _ in range(5):
        browser.post(ADDRESS)
    answer = browser.post(ADDRESS, follow=True)
    assert "För många försök." in words(soup(answer))
    assert len(mail.messages()) == 5


def test_forgotten_password_does_not_open_an_account_with_a_factor(browser, mail):
    add_app(browser)
    browser.post("/konto/logout/")
    browser.post(RESET, {"email": "editor@example.org"})
    link = re.search(r"/konto/password/reset/key/\S+", text(mail.messages()[-1]))
    form = browser.get(link[0], follow=True).redirect_chain[-1][0]
    new = "ett nytt och långt lösenord"
    browser.post(form, {"password1": new, "password2": new})
    answer = browser.post(LOGIN, {"login": "editor@example.org", "password": new})
    assert answer.url == SECOND_STEP
    assert "_auth_user_id" not in browser.session
