"""The account pages themselves: which there are, for whom, and what no browser or search engine may keep."""

import pytest

from tests.config.accounts import ADDRESS, LOGIN, OVERVIEW, SESSIONS, admin_user, coordinator_account
from tests.reading import soup

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # templates give the same of the same rows
]

ACCOUNT_PAGES = [LOGIN, "/konto/login/code/", "/konto/password/reset/", "/konto/password/reset/done/"]
OWN_PAGES = [OVERVIEW, ADDRESS, SESSIONS]
ABOUT_PAGES = ["", "inloggningar/", "password/change/"]
SECOND_STEP_PAGES = ["", "mail/", "app/", "app/remove/", "codes/", "codes/new/", "codes/file/", "passkeys/add/"]
UNUSED = [
    *["signup", "signup/passkey", "email", "confirm-email", "confirm-email/abc"],
    *["inactive", "password/set", "phone/change"],
]


@pytest.mark.parametrize("door", UNUSED)
def test_doors_that_the_site_does_not_use_are_not_there(client, door):
    for user in (None, admin_user(), coordinator_account()):
        if user:
            client.force_login(user)
        for method in ("get", "post"):
            assert getattr(client, method)(f"/konto/{door}/").status_code == {"get": 404, "post": 405}[method]


@pytest.mark.parametrize("page", ACCOUNT_PAGES[:3])
def test_browsers_may_fill_in_the_address_of_an_account(client, page):
    (field,) = soup(client.get(page)).select("main input[type=email]")
    assert field["autocomplete"] == "username"


@pytest.mark.parametrize("page", ["tva-steg/app/", "tva-steg/codes/", "tva-steg/codes/new/", "password/change/"])
def test_coordinators_have_no_pages_about_passwords(client, page):
    client.force_login(coordinator_account())
    assert client.get(f"/konto/{page}").status_code == 404


@pytest.mark.parametrize("page", [*ABOUT_PAGES, *(f"tva-steg/{page}" for page in SECOND_STEP_PAGES)])
def test_pages_about_an_account_ask_for_sign_in_and_lead_back(client, page):
    address = f"/konto/{page}"
    assert client.get(address).url == f"{LOGIN}?next={address}"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", ACCOUNT_PAGES + OWN_PAGES)
def test_account_pages_are_neither_stored_nor_found(client, address, prefix):
    if address in OWN_PAGES:
        client.force_login(admin_user())
    answer = client.get(prefix + address)
    page = soup(answer)
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert "noindex" in page.select_one('meta[name="robots"]')["content"]
    assert page.html["lang"] == (prefix[1:] or "sv")
    assert len(page.find_all("h1")) == 1
    inline = [script for script in page.find_all("script") if not script.get("src")]
    assert {script["type"] for script in inline} <= {"application/json"}
    assert not page.select("style, [style], [onclick]")
    assert "script-src 'self';" in f"{answer['Content-Security-Policy']};"
