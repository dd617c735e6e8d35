"""A form whose token is missing or old gets a page of ours, and what was written is not lost."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from contacts.models import Coordinator, SupportLine
from tests.config.accounts import (
    LOGIN,
    OVERVIEW,
    PASSWORD,
    RESET,
    SECOND_STEP,
    admin_user,
    coordinator_account,
    sign_in,
)
from tests.contacts.editing import line_form
from tests.contacts.own_pages import CHANGE, ENTRY, form_data
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OWN = {"HTTP_ORIGIN": "http://testserver"}
ELSEWHERE = {"HTTP_ORIGIN": "https://evil.example"}
SENT = {"tips": "rad ett\nrad två", "many": ["a", "b"]}


@pytest.fixture
def browser():
    """Return a browser whose forms are checked."""
    return Client(enforce_csrf_checks=True)


def signed_in(browser, user):
    token = soup(browser.get(LOGIN)).select_one("[name=csrfmiddlewaretoken]")["value"]
    assert sign_in(browser, user, HTTP_X_CSRFTOKEN=token, **OWN).status_code == 302
    return browser


@pytest.mark.parametrize(
    ("prefix", "heading", "help_text"),
    [("", "Inget har sparats än", "Gå bakåt i webbläsaren"), ("/en", "Nothing has been saved yet", "Go back in your")],
)
@pytest.mark.parametrize("path", [LOGIN, RESET, "/konto/login/code/"])
def test_signed_out_failure_is_a_page_in_the_language_of_the_path(browser, path, prefix, heading, help_text):
    answer = browser.post(prefix + path, {"login": "a@example.org", "password": PASSWORD})
    page = soup(answer, 403)
    assert page.html["lang"] == (prefix[1:] or "sv")
    assert words(page.h1) == heading
    assert help_text in words(page.main)
    assert page.select('a[href="tel:112"]')
    assert not answer.cookies
    assert PASSWORD not in str(page)
    assert "no-store" in answer["Cache-Control"]


def test_form_of_an_older_page_is_sent_again_whole(browser):
    signed_in(browser, admin_user())
    known = browser.cookies["csrftoken"].value
    answer = browser.post("/konto/password/reset/?next=/", SENT | {"csrfmiddlewaretoken": "old"}, **OWN)
    form = soup(answer, 403).select_one("main form")
    assert form["action"] == "/konto/password/reset/?next=/"
    fields = [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]
    token, *others = fields
    assert others == [("tips", "rad ett\nrad två"), ("many", "a"), ("many", "b")]
    assert token[0] == "csrfmiddlewaretoken"
    assert {name: cookie.value for name, cookie in answer.cookies.items()} == {"csrftoken": known}
    again = browser.post(form["action"], {"email": "x@example.org", token[0]: token[1]}, **OWN)
    assert again.status_code == 302


def test_form_of_another_site_is_never_offered_to_be_sent(browser):
    signed_in(browser, admin_user())
    for headers in (ELSEWHERE, {}, {"HTTP_ORIGIN": "null"}):
        page = soup(browser.post(RESET, SENT, **headers), 403)
        assert not page.select("main form")
        assert "rad ett" not in str(page)


def test_coordinator_who_was_signed_out_loses_nothing(browser):
    """Sign in in another tab, send again, and once more because the token is new: the change is saved."""
    user = coordinator_account()
    browser.force_login(user)
    typed = form_data(soup(browser.get(CHANGE))) | {"note_sv": "Ring före tio."}
    user.set_unusable_password()  # as when the sign-in ended
    user.save()
    answer = browser.post(CHANGE, typed, **OWN)
    page = soup(answer, 403)
    assert "Du är utloggad" in words(page.h1)
    assert page.select_one("main li a")["href"] == LOGIN
    browser.force_login(user)
    browser.get(ENTRY)
    page = soup(browser.post(CHANGE, hidden(page) | {"csrfmiddlewaretoken": "old"}, **OWN), 403)
    assert "Inget har sparats än" in words(page.h1)
    assert browser.post(CHANGE, hidden(page), **OWN).url == ENTRY
    assert "Ring före tio." in str(Coordinator.objects.filter(user=user).values().get())


def test_editor_whose_session_ended_beside_an_open_form_loses_nothing(browser):
    """What the open editor asks by itself comes first and has the cookie deleted; what she wrote comes after it."""
    user, line = admin_user(), SupportLine.objects.first()
    signed_in(browser, user)
    opened = browser.get(line_form(line)).content.decode()
    form = dict(querydict_from_html(opened, form_id="w-editor-form", exclude_csrf=False).lists())
    form["name_sv"] = ["Linjen som någon skrev om"]
    token = form["csrfmiddlewaretoken"][0]
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        ping = f"/admin/editing-sessions/ping/contacts/supportline/{line.pk}/1/"
        answer = browser.post(ping, HTTP_X_CSRFTOKEN=token, **OWN)
        assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
        forget_session(browser)
        page = soup(browser.post(line_form(line), form, **OWN), 403)
        for _pressed_before_signing_in in range(2):
            assert "Du är utloggad" in words(page.h1)
            page = soup(browser.post(line_form(line), hidden(page), **OWN), 403)
        signed_in(browser, user)
        assert "Inget har sparats än" in words(soup(browser.post(line_form(line), hidden(page), **OWN), 403).h1)
        token = soup(browser.get(OVERVIEW)).select_one("[name=csrfmiddlewaretoken]")["value"]
        assert browser.post(line_form(line), hidden(page) | {"csrfmiddlewaretoken": token}, **OWN).status_code == 302
    line.refresh_from_db()
    assert line.name_sv == "Linjen som någon skrev om"


def forget_session(browser) -> None:
    """Drop the cookie of the session, as a browser does that is told to, or when its time is over."""
    del browser.cookies[settings.SESSION_COOKIE_NAME]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (LOGIN, {"login": "a@example.org", "password": PASSWORD}),
        (RESET + "key/1-set-password/", {"password1": PASSWORD, "password2": PASSWORD}),
        ("/konto/password/change/", {"oldpassword": PASSWORD}),
        ("/konto/reauthenticate/", {"password": PASSWORD}),
        ("/konto/login/code/confirm/", {"code": PASSWORD}),
        (SECOND_STEP, {"code": PASSWORD}),
        ("/en" + SECOND_STEP, {"code": PASSWORD}),
    ],
)
def test_no_page_holds_a_password_or_a_code(browser, path, fields):
    signed_in(browser, admin_user())
    page = soup(browser.post(path, fields, **OWN), 403)
    assert PASSWORD not in str(page)
    assert not page.select("main form")


def hidden(page) -> dict[str, str]:
    return {field["name"]: field["value"] for field in page.select("main form input[type=hidden]")}


def test_reader_without_a_session_is_led_to_the_sign_in_page_as_before(browser):
    client = Client()
    assert client.post(CHANGE, {"a": "b"}, **OWN).status_code == 302
