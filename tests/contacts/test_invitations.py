"""An editor gives a coordinator a sign-in, and is the only one who changes its address."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.sign_in import works_in_admin
from pages.roles import ADMINISTRATOR, AUTHOR, EDITOR
from tests.contacts.sign_ins import LIST, action, editing, invite, signing_in, working_in_admin
from tests.factories import coordinator
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def test_invitation_makes_an_account_without_rights_and_without_password(mail):
    entry = coordinator(name="Ada Ek")
    answer = invite(editing(), entry, " Ada.Ek@Kommun.example.org ")
    assert answer.url == action("edit", entry)
    entry.refresh_from_db()
    user = entry.user
    assert user.email == "ada.ek@kommun.example.org"
    assert user.is_active
    assert not user.has_usable_password()
    assert not works_in_admin(user)


def test_invited_person_reaches_the_own_entry_and_not_the_admin(mail):
    entry = coordinator(name="Ada Ek")
    invite(editing(), entry, "ada@example.org")
    browser = Client()
    browser.force_login(User.objects.get(email="ada@example.org"))
    assert "Ada Ek" in words(soup(browser.get(reverse("own_entry:entry"))))
    assert browser.get(reverse("wagtailadmin_home")).status_code in {302, 403}
    assert browser.get(reverse(LIST)).status_code in {302, 403}


@pytest.mark.parametrize("address", ["", "ada", "ada@", "ada@example.org, bo@example.org", "a\0b@example.org"])
def test_what_is_no_address_is_refused(mail, address):
    entry = coordinator()
    answer = invite(editing(), entry, address)
    assert soup(answer).select_one("#id_address[aria-invalid], .w-field__errors, .error-message")
    entry.refresh_from_db()
    assert entry.user is None
    assert mail.messages() == []


def test_published_address_is_refused(mail):
    entry = coordinator(email="ny@example.se")
    coordinator(name="Bo", email="bo@example.se")
    browser = editing()
    for address in ("NY@example.se", "bo@example.se"):
        assert invite(browser, entry, address).status_code == 200
    entry.refresh_from_db()
    assert entry.user is None
    assert User.objects.filter(email__endswith="example.se").count() == 0


def admin_user(**fields: Any) -> User:
    return User.objects.create_user("vakt", "vakt@example.org", "password", **fields)


def author() -> User:
    user = admin_user()
    user.groups.add(Group.objects.get(name=AUTHOR))
    return user


@pytest.mark.parametrize(
    "make", [author, lambda: admin_user(is_superuser=True), lambda: admin_user(is_active=False, is_staff=True)]
)
def test_address_of_somebody_in_the_admin_is_refused(mail, make):
    entry, holder = coordinator(), make()
    before = (holder.password, holder.is_active)
    answer = invite(editing(), entry, "VAKT@example.org")
    assert "admin" in words(soup(answer).select_one(".w-field__errors"))
    holder.refresh_from_db()
    entry.refresh_from_db()
    assert (entry.user, (holder.password, holder.is_active)) == (None, before)
    assert mail.messages() == []


@pytest.mark.parametrize(
    ("name", "address"), [("ada@example.org", "annan@example.org"), ("annan@example.org", "Ada@example.org")]
)
def test_address_of_another_account_is_refused(mail, name, address):
    User.objects.create_user(name, address)
    entry = coordinator()
    assert invite(editing(), entry, "ada@example.org").status_code == 200
    entry.refresh_from_db()
    assert entry.user is None


def test_address_of_another_coordinator_is_refused(mail):
    first, second = signing_in("ada@example.org", name="Ada"), coordinator(name="Bo")
    assert invite(editing(), second, "Ada@example.org").status_code == 200
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.user.email, second.user) == ("ada@example.org", None)


def test_new_address_takes_the_place_of_the_old_and_ends_its_sign_ins(mail):
    entry = signing_in("gammal@example.org")
    browser = Client()
    browser.force_login(entry.user)
    assert browser.get(reverse("own_entry:entry")).status_code == 200
    invite(editing(), entry, "ny.adress@example.org")
    entry.user.refresh_from_db()
    assert (entry.user.email, entry.user.username) == ("ny.adress@example.org",) * 2
    assert browser.get(reverse("own_entry:entry")).status_code == 302
    assert User.objects.filter(email="gammal@example.org").count() == 0


@pytest.mark.parametrize(("role", "address"), [(EDITOR, "ada@example.org"), (ADMINISTRATOR, "ny@example.org")])
def test_sign_in_that_opens_the_admin_too_is_moved_by_administrators_alone(mail, role, address):
    entry = working_in_admin("ada@example.org")
    entry.user.set_password("password")
    entry.user.save()
    Authenticator.objects.create(user=entry.user, type=Authenticator.Type.TOTP, data={})
    refused = invite(editing(role), entry, "ny@example.org").status_code == 200
    user = User.objects.get(pk=entry.user.pk)
    kept = (user.has_usable_password(), Authenticator.objects.filter(user=user).exists())
    assert (refused, user.email, kept) == (role == EDITOR, address, (refused, refused))
    assert len(mail.to("ny@example.org")) == (not refused)


@pytest.mark.parametrize("address", ["ada@example.org", "ny@example.org"])
def test_sign_in_that_an_administrator_has_closed_is_not_invited(mail, address):
    entry = signing_in("ada@example.org")
    User.objects.filter(pk=entry.user.pk).update(is_active=False)
    answer = invite(editing(), entry, address)
    assert "En administratör har stängt" in words(soup(answer).select_one(".w-field__errors"))
    assert (mail.messages(), User.objects.filter(email="ada@example.org").count()) == ([], 1)


def test_same_address_again_sends_the_mail_and_ends_nothing(mail):
    entry = signing_in("ada@example.org")
    browser = Client()
    browser.force_login(entry.user)
    invite(editing(), entry, "ada@example.org")
    assert len(mail.to("ada@example.org")) == 1
    assert browser.get(reverse("own_entry:entry")).status_code == 200


def test_invitation_leaves_draft_and_published_entry_as_they_are(mail):
    entry = coordinator(name="Ada Ek", note_sv="Publicerad")
    entry.note_sv = "Utkast"
    entry.save_revision()
    invite(editing(), entry, "ada@example.org")
    entry = Coordinator.objects.get(pk=entry.pk)
    assert (entry.note_sv, entry.live, entry.has_unpublished_changes) == ("Publicerad", True, True)
    assert entry.get_latest_revision_as_object().note_sv == "Utkast"
    assert entry.get_latest_revision_as_object().user == entry.user


def test_audit_log_tells_who_gave_which_address(mail):
    entry = coordinator()
    invite(editing(), entry, "ada@example.org")
    logged = ModelLogEntry.objects.for_instance(entry).get(action="contacts.invite")
    assert logged.user.username == "redaktor"
    assert logged.data["address"] == "ada@example.org"


@pytest.mark.parametrize("name", ["sign_in", "leave", "come_back"])
def test_author_coordinator_and_reader_get_no_action(mail, name):
    entry = signing_in("ada@example.org")
    for user in (author(), entry.user, None):
        browser = Client()
        if user:
            browser.force_login(user)
        for answer in (
            browser.get(action(name, entry)),
            browser.post(action(name, entry), {"address": "b@example.org"}),
        ):
            assert answer.status_code in {302, 403}
            assert answer.status_code == 403 or action("edit", entry) not in answer.url
    entry.refresh_from_db()
    assert (entry.user.email, entry.left_on, entry.live) == ("ada@example.org", None, True)


@pytest.mark.parametrize("name", ["sign_in", "leave", "come_back"])
def test_entry_that_is_not_there_is_not_found(name):
    assert editing().get(reverse(f"wagtailsnippets_contacts_coordinator:{name}", args=[999999])).status_code == 404


def test_list_and_form_lead_to_the_actions():
    browser, entry = editing(), coordinator()
    for address in (reverse(LIST), action("edit", entry)):
        links = {link["href"] for link in soup(browser.get(address)).select("a[href]")}
        assert {action("sign_in", entry), action("leave", entry)} <= links
        assert action("come_back", entry) not in links


def test_deleted_entry_takes_its_account_along():
    entry = signing_in("ada@example.org")
    Coordinator.objects.filter(pk=entry.pk).delete()
    assert not User.objects.filter(email="ada@example.org").exists()


def test_sign_in_address_cannot_be_published():
    entry = signing_in("ada@example.org")
    entry.email = "Ada@example.org"
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert set(refused.value.message_dict) == {"email"}
