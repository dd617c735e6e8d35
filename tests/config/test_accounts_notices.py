"""What the account pages say of what has happened, and of what is not right."""

import pytest

from tests.config.accounts import LOGIN, OVERVIEW, PASSWORD, add_app, admin_user, confirm_address, sign_in
from tests.config.passkeys import ADD_PASSKEY, Passkey, add_passkey, script_data
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

CODES = "/konto/tva-steg/codes/"
NEW = {"password1": "ett nytt och långt lösenord", "password2": "ett nytt och långt lösenord"}


@pytest.fixture
def browser(client):
    """Return the browser of an admin user who has just signed in."""
    sign_in(client, admin_user())
    return client


def notices(browser, address=OVERVIEW):
    """Return what the next page tells."""
    return words(soup(browser.get(address)).select_one("[role=status]"))


@pytest.mark.django_db(transaction=True)  # allauth tells some of it when it is committed
def test_authenticator_app_that_comes_and_goes_is_told_on_the_next_page(browser):
    add_app(browser)
    assert "En autentiseringsapp lades till." in words(soup(browser.get(CODES)))
    browser.post("/konto/tva-steg/codes/new/")
    assert "Reservkoder skapades. Tidigare koder gäller inte längre." in notices(browser, CODES)
    browser.post("/konto/tva-steg/app/remove/")
    assert "Autentiseringsappen togs bort." in notices(browser)


def test_passkey_that_comes_and_goes_is_told_on_the_next_page(browser):
    add_passkey(browser, Passkey())
    html = soup(browser.get(OVERVIEW))
    assert "En lösennyckel lades till." in words(html.select_one("[role=status]"))
    browser.post(html.select_one('a[href*="/remove/"]')["href"])
    assert "En lösennyckel togs bort." in notices(browser)


def test_passkey_is_bound_to_the_site_and_named_after_it(browser, settings):
    confirm_address(browser)
    site = script_data(browser.get(ADD_PASSKEY))["creation_options"]["publicKey"]["rp"]
    assert site == {"id": settings.SITE_HOST, "name": settings.WAGTAIL_SITE_NAME}


def test_who_signs_out_is_told_so(browser):
    browser.post("/konto/logout/")
    assert "Du är utloggad." in notices(browser, LOGIN)


def test_new_password_is_told_and_a_wrong_old_one_too(browser):
    page = "/konto/password/change/"
    assert "Lösenordet stämmer inte." in words(soup(browser.post(page, {"oldpassword": "fel"} | NEW)).form)
    browser.post(page, {"oldpassword": PASSWORD} | NEW)
    assert "Lösenordet ändrades." in notices(browser)


def test_wrong_password_is_told_where_one_is_asked_for_again(browser):
    answer = browser.post("/konto/reauthenticate/", {"password": "fel"})
    assert "Lösenordet stämmer inte." in words(soup(answer).form)


def test_other_ways_are_named_in_the_words_of_the_site(browser):
    add_passkey(browser, Passkey())
    page = words(soup(browser.get("/konto/reauthenticate/")).main)
    assert "Använd en lösennyckel" in page
