"""The way into the admin: who may, and with what."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.sign_in import INVITE
from tests.config.accounts import (
    LOGIN,
    OVERVIEW,
    PASSWORD,
    SECOND_STEP,
    add_app,
    admin_user,
    coordinator_account,
    sign_in,
    totp,
)
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

# Pages, API, previews, uploads, choosers, and what is not there.
ADMIN = [
    "/admin/",
    "/admin/pages/1/",
    "/admin/api/main/pages/",
    "/admin/block-preview/",
    "/admin/images/multiple/add/",
    "/admin/choose-page/",
    "/admin/snippets/contacts/coordinator/",
    "/admin/account/",
    "/admin/users/",
    "/admin/sprite/",
    "/admin/finns-inte/",
]


@pytest.fixture
def live(settings):
    """Make the site the agency's public one."""
    settings.SITE_LIVE = True


@pytest.mark.parametrize("address", ADMIN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_live_admin_needs_a_second_step(client, live, address, method):
    sign_in(client, admin_user("administrator"))
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer.url) == (302, OVERVIEW)
    assert "Administrationen kräver två steg" in words(soup(client.get(OVERVIEW)))


def test_second_step_that_is_added_opens_the_live_admin(client, live):
    sign_in(client, admin_user())
    add_app(client)
    assert client.get("/admin/").status_code == 200


def test_session_without_second_step_is_asked_for_it(client, live):
    user = admin_user()
    sign_in(client, user)
    secret = add_app(client)
    other = Client()
    other.force_login(user)  # as a session that began before the app was added
    answer = other.get("/admin/pages/1/?p=2")
    assert answer.url == "/konto/tva-steg/reauthenticate/?next=%2Fadmin%2Fpages%2F1%2F%3Fp%3D2"
    assert other.post(answer.url, {"code": "000000"}).status_code == 200
    assert other.get("/admin/").status_code == 302
    assert other.post(answer.url, {"code": totp(secret)}).url == "/admin/pages/1/?p=2"
    assert other.get("/admin/").status_code == 200


def test_second_step_of_another_account_does_not_count(client, live):
    sign_in(client, admin_user())
    add_app(client)
    records = client.session["account_authentication_methods"]
    client.force_login(admin_user("administrator"))
    assert records
    assert client.get("/admin/").status_code == 302


def test_demonstration_needs_no_second_step(client):
    sign_in(client, admin_user())
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", [*ADMIN, "/admin/login/", "/admin/password_reset/", "/admin/logout/"])
def test_coordinator_gets_nothing_in_the_admin(client, address):
    client.force_login(coordinator_account())
    for method in ("get", "post", "head"):
        assert getattr(client, method)(address).status_code == 403
    for method in ("put", "delete", "options"):
        assert getattr(client, method)(address).status_code == 405
    assert "Du har inte behörighet" in words(soup(client.get(address), 403))


def test_account_without_role_gets_nothing_in_the_admin(client):
    client.force_login(User.objects.create_user("nobody", "nobody@example.org"))
    assert client.get("/admin/").status_code == 403


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/1/", "/admin/users/"])
def test_stranger_is_led_to_the_sign_in_page(client, address):
    assert client.get(address).url == f"{LOGIN}?next={address}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("door", "page"),
    [
        ("/admin/login/", LOGIN),
        ("/admin/login/?next=/admin/pages/", f"{LOGIN}?next=/admin/pages/"),
        ("/admin/password_reset/", "/konto/password/reset/"),
        ("/admin/password_reset/done/", "/konto/password/reset/"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "/konto/password/reset/"),
        ("/admin/password_reset/complete/", "/konto/password/reset/"),
    ],
)
def test_ways_in_of_wagtail_lead_to_the_account_pages(client, door, page, method):
    user = admin_user()
    answer = getattr(client, method)(
        door, {"username": user.username, "password": PASSWORD} if method == "post" else {}
    )
    assert (answer.status_code, answer.url) == (302, page)
    assert "_auth_user_id" not in client.session


def test_own_address_and_password_cannot_be_changed_in_the_admin(client):
    user = admin_user()
    sign_in(client, user)
    page = soup(client.get("/admin/account/"))
    assert not page.select('input[type="password"], input[type="email"]')
    assert page.select_one(f'a[href="{OVERVIEW}"]')
    client.post(
        "/admin/account/", {"name_email-first_name": "A", "name_email-last_name": "B", "name_email-email": "x@y.se"}
    )
    user.refresh_from_db()
    assert user.email == "editor@example.org"
    assert user.check_password(PASSWORD)


def test_new_account_is_named_by_its_address_and_chooses_its_own_password(client, mail):
    sign_in(client, admin_user("administrator"))
    page = soup(client.get("/admin/users/new/"))
    assert not page.select('input[type="password"], input[name="username"]')
    fields = {"email": "Ny.Redaktor@example.org", "first_name": "Ny", "last_name": "Redaktör"}
    assert client.post("/admin/users/new/", fields).status_code == 302
    made = User.objects.get(email="ny.redaktor@example.org")
    assert made.username == made.email
    assert not made.has_usable_password()
    again = client.post("/admin/users/new/", fields | {"email": "NY.redaktor@example.org"})
    assert "Ett annat konto har den här adressen." in words(soup(again))
    assert User.objects.filter(email__iexact="ny.redaktor@example.org").count() == 1
    User.objects.filter(pk=made.pk).update(email="flyttad@example.org")  # as by a program, which leaves the name
    again = client.post("/admin/users/new/", fields)
    assert "Ett annat konto har den här adressen." in words(soup(again))


def test_coordinators_new_address_is_not_a_public_one_and_ends_what_the_old_one_opened(client):
    user = coordinator_account()
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    own = Client()
    own.force_login(user)
    sign_in(client, admin_user("administrator"))
    address, fields = f"/admin/users/edit/{user.pk}/", {"first_name": "A", "last_name": "B", "is_active": "on"}
    client.post(address, fields | {"email": user.email.upper()})
    assert own.get("/koordinator/").status_code == 200
    Coordinator.objects.filter(user=None).update(email="publik@example.org")
    refused = client.post(address, fields | {"email": "publik@example.org"})
    assert "Adressen finns på de öppna sidorna." in words(soup(refused))
    assert client.post(address, fields | {"email": "ny@example.org"}).status_code == 302
    moved = User.objects.get(pk=user.pk)
    assert (moved.email, moved.username) == ("ny@example.org", "ny@example.org")
    assert own.get("/koordinator/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    row = ModelLogEntry.objects.filter(action=INVITE).latest("pk")
    assert (row.user.email, row.data["old_address"]) == ("administrator@example.org", "koordinator@example.org")


def test_step_after_the_password_does_not_open_the_admin(client, live):
    user = admin_user()
    sign_in(client, user)
    add_app(client)
    client.post("/konto/logout/")
    assert sign_in(client, user).url == SECOND_STEP
    assert client.get("/admin/").url == f"{LOGIN}?next=/admin/"
