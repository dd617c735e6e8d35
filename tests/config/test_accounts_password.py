"""Admin users sign in with a password, then with what they have added; nobody else can."""

import re

import pytest
from django.contrib.auth.models import User

from tests.config.accounts import (
    LOGIN,
    OVERVIEW,
    PASSWORD,
    RESET,
    SECOND_STEP,
    add_app,
    admin_user,
    coordinator_account,
    sign_in,
    totp,
)
from tests.mail import text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

WRONG = "Adressen eller lösenordet stämmer inte."


def refusal(response) -> str:
    """Return what the page says after a sign-in that failed."""
    return words(soup(response).select_one(".notice--error"))


@pytest.mark.parametrize("role", ["author", "editor", "administrator"])
def test_password_leads_into_the_admin(client, role):
    answer = sign_in(client, admin_user(role))
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_address_is_found_whatever_its_case(client):
    admin_user("editor", "Anna.Berg@example.org")
    answer = client.post(LOGIN, {"login": "anna.berg@EXAMPLE.org", "password": PASSWORD})
    assert answer.status_code == 302


def test_sign_in_leads_to_the_page_that_was_asked_for(client):
    user = admin_user()
    asked = client.get("/admin/reports/pages-to-review/")
    assert asked.url == f"{LOGIN}?next=/admin/reports/pages-to-review/"
    answer = client.post(asked.url, {"login": user.email, "password": PASSWORD})
    assert answer.url == "/admin/reports/pages-to-review/"


def test_sign_in_never_leads_to_another_site(client):
    user = admin_user()
    answer = client.post(f"{LOGIN}?next=https://evil.example/", {"login": user.email, "password": PASSWORD})
    assert answer.url == "/admin/"


def test_wrong_password_and_unknown_address_get_one_answer(client):
    user = admin_user()
    wrong = refusal(sign_in(client, user, "fel lösenord"))
    unknown = refusal(client.post(LOGIN, {"login": "ingen@example.org", "password": PASSWORD}))
    assert wrong == unknown == WRONG


def test_nobody_but_admin_users_signs_in_with_a_password(client):
    coordinator = coordinator_account()
    nobody = User.objects.create_user("nobody", "nobody@example.org")
    closed = admin_user("editor", "closed@example.org", is_active=False)
    for user in (coordinator, nobody, closed):
        user.set_password(PASSWORD)
        user.save()
        assert refusal(sign_in(client, user)) == WRONG
        assert "_auth_user_id" not in client.session


def test_authenticator_app_is_the_second_step(client):
    user = admin_user()
    sign_in(client, user)
    secret = add_app(client)
    client.post("/konto/logout/")
    assert sign_in(client, user).url == SECOND_STEP
    assert client.get("/admin/").status_code == 302
    assert "Koden stämmer inte" in words(soup(client.post(SECOND_STEP, {"code": "000000"})))
    code = totp(secret)
    assert client.post(SECOND_STEP, {"code": code}).url == "/admin/"
    client.post("/konto/logout/")
    sign_in(client, user)
    assert "Koden stämmer inte" in words(soup(client.post(SECOND_STEP, {"code": code}))), "a code works once"


def test_recovery_code_works_once(client):
    user = admin_user()
    sign_in(client, user)
    add_app(client)
    codes = [words(code) for code in soup(client.get("/konto/tva-steg/codes/")).select("main code")]
    assert len(codes) == 10
    assert client.get("/konto/tva-steg/codes/file/").content.decode().split() == codes
    for expected in (302, 200):
        client.post("/konto/logout/")
        sign_in(client, user)
        assert client.post(SECOND_STEP, {"code": codes[0]}).status_code == expected


def test_changes_of_the_second_step_are_mailed(client, mail, django_capture_on_commit_callbacks):
    user = admin_user()
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        add_app(client)
    client.post("/konto/tva-steg/app/remove/")
    _code, added, removed = (text(message) for message in mail.to(user.email))
    assert "En autentiseringsapp lades till." in added
    assert "Autentiseringsappen togs bort." in removed


def test_forgotten_password_is_chosen_through_a_mail(client, mail, settings):
    settings.SITE_URL = "https://stod.example.org"
    user = admin_user()
    user.set_unusable_password()  # as an administrator makes accounts
    user.save()
    page = client.post(RESET, {"email": user.email}, follow=True, headers={"host": "127.0.0.1"})
    assert "Titta i din e-post" in words(soup(page))
    link = re.search(r"https://stod\.example\.org(/konto/password/reset/key/\S+)", text(mail.to(user.email)[0]))
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    new = "ett nytt och långt lösenord"
    assert client.post(address, {"password1": new, "password2": new}, follow=True).status_code == 200
    assert sign_in(client, user, new).url == "/admin/"
    client.post("/konto/logout/")
    assert "Länken är använd" in words(soup(client.get(link[1], follow=True)))


def test_forgotten_password_tells_nobody_who_has_an_account(client, mail):
    coordinator = coordinator_account()
    known = client.post(RESET, {"email": admin_user().email}, follow=True)
    for address in ("ingen@example.org", coordinator.email):
        page = client.post(RESET, {"email": address}, follow=True)
        assert words(soup(page)) == words(soup(known))
        assert page.redirect_chain == known.redirect_chain
        assert not mail.to(address)
    assert len(mail.messages()) == 1


def test_change_of_password_asks_for_the_old_one_and_ends_other_sessions(client, mail):
    user = admin_user()
    other = type(client)()
    for browser in (client, other):
        sign_in(browser, user)
    new = {"password1": "ett nytt och långt lösenord", "password2": "ett nytt och långt lösenord"}
    page = "/konto/password/change/"
    assert client.post(page, {"oldpassword": "fel"} | new).status_code == 200
    assert client.post(page, {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}).status_code == 200
    assert client.post(page, {"oldpassword": PASSWORD} | new).url == OVERVIEW
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert "Lösenordet ändrades." in text(mail.to(user.email)[0])
