"""A coordinator leaves: entry and sign-in are closed in one place, and can be opened again."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from contacts.activation import deactivate, reactivate
from contacts.models import Coordinator
from pages.models import site_version
from pages.roles import ADMINISTRATOR, EDITOR
from tests.contacts.sign_ins import LIST, action, admin_form, editing, signing_in, working_in_admin
from tests.factories import coordinator
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

COUNTY_PAGE = "/kontakt/skane-lan/"
ENTRY = reverse("own_entry:entry")


def signed_in(entry: Coordinator) -> Client:
    browser = Client()
    browser.force_login(entry.user)
    return browser


def again(entry: Coordinator) -> Coordinator:
    """Read an entry anew, as another process would."""
    return Coordinator.objects.get(pk=entry.pk)


def test_one_action_closes_entry_and_sign_in():
    entry, browser = signing_in(name="Ada Ek"), editing()
    own = signed_in(entry)
    assert "Ada Ek" in words(soup(Client().get(COUNTY_PAGE)))
    assert own.get(ENTRY).status_code == 200
    version = site_version()

    assert "Ada Ek" in words(soup(browser.get(action("leave", entry))))
    assert again(entry).left_on is None  # looking changes nothing
    assert browser.post(action("leave", entry)).url == action("edit", entry)

    assert "Ada Ek" not in words(soup(Client().get(COUNTY_PAGE)))
    assert site_version() > version
    assert own.get(ENTRY).status_code == 302
    entry = again(entry)
    assert (entry.left_on, entry.live, entry.user.is_active) == (timezone.localdate(), False, False)


def test_leaver_gets_no_code_by_mail(mail):
    entry = signing_in("ada@example.org", name="Ada")
    Client().post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    assert len(mail.to("ada@example.org")) == 1
    deactivate(entry)
    Client().post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    assert len(mail.to("ada@example.org")) == 1


def test_passkeys_and_sessions_are_gone_also_after_coming_back():
    entry = signing_in()
    Authenticator.objects.create(user=entry.user, type=Authenticator.Type.WEBAUTHN, data={})
    own = signed_in(entry)
    deactivate(entry)
    reactivate(entry)
    assert not Authenticator.objects.filter(user=entry.user).exists()
    assert own.get(ENTRY).status_code == 302


def test_nobody_has_a_leaver_as_deputy_any_longer():
    leaver = signing_in(name="Ada Ek")
    other = coordinator(name="Bo Ås", deputy=leaver)
    draft_of_other = other.save_revision()
    assert "Ada Ek" in words(soup(Client().get(COUNTY_PAGE)))
    version = site_version()
    deactivate(leaver)
    assert again(other).deputy is None
    assert site_version() > version
    assert ModelLogEntry.objects.for_instance(other).filter(action="contacts.deputy_left").exists()
    again(other).revisions.get(pk=draft_of_other.pk).publish()
    assert again(other).deputy is None
    assert "Ada Ek" not in words(soup(Client().get(COUNTY_PAGE)))


def test_deputy_of_a_leaver_keeps_the_entry_no_longer():
    today = timezone.localdate()
    deputy = signing_in("bo@example.org", name="Bo")
    leaver = signing_in("ada@example.org", name="Ada", deputy=deputy, leave_from=today, leave_until=today)
    assert list(Coordinator.objects.entrusted_to(deputy.user)) == [leaver]
    deactivate(leaver)
    reactivate(leaver)
    assert list(Coordinator.objects.entrusted_to(deputy.user)) == []


def test_leaver_cannot_be_chosen_as_deputy():
    leaver, other = coordinator(name="Ada"), coordinator(name="Bo")
    deactivate(leaver)
    other.deputy = again(leaver)
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert set(refused.value.message_dict) == {"deputy"}


def test_planned_publication_of_a_leaver_is_called_off():
    entry = coordinator(live=False, go_live_at=timezone.now() + dt.timedelta(days=1))
    entry.save_revision().publish()
    assert entry.scheduled_revision
    deactivate(entry)
    assert again(entry).scheduled_revision is None


def test_leaver_cannot_be_published_by_an_editor():
    entry, browser = coordinator(), editing()
    deactivate(entry)
    html = soup(browser.get(action("edit", entry)))
    assert html.select("[name=action-publish]") == []
    sent = admin_form(browser, entry) | {"note_sv": "Sparat", "action-publish": "action-publish"}
    assert browser.post(action("edit", entry), sent).status_code == 302
    assert again(entry).get_latest_revision_as_object().note_sv == "Sparat"
    assert again(entry).live is False


def test_database_publishes_no_leaver():
    entry = coordinator()
    deactivate(entry)
    with pytest.raises(IntegrityError, match="left_is_not_live"), transaction.atomic():
        Coordinator.objects.filter(pk=entry.pk).update(live=True)


def test_coming_back_opens_the_sign_in_and_leaves_publishing_to_the_editor():
    entry, browser = signing_in(name="Ada Ek", note_sv="Säger vad läsarna såg"), editing()
    browser.post(action("leave", entry))
    assert browser.post(action("come_back", entry)).url == action("edit", entry)
    entry = again(entry)
    assert (entry.left_on, entry.live, entry.user.is_active) == (None, False, True)
    assert "Säger vad läsarna såg" in str(soup(browser.get(action("edit", entry))))
    entry.get_latest_revision().publish()
    assert "Säger vad läsarna såg" in words(soup(Client().get(COUNTY_PAGE)))
    assert signed_in(entry).get(ENTRY).status_code == 200


def test_coming_back_keeps_the_editors_draft():
    entry = coordinator(note_sv="Publicerad")
    entry.note_sv = "Utkast"
    entry.save_revision()
    deactivate(entry)
    reactivate(entry)
    assert again(entry).get_latest_revision_as_object().note_sv == "Utkast"


@pytest.mark.parametrize(("role", "may"), [(EDITOR, False), (ADMINISTRATOR, True)])
def test_account_that_opens_the_admin_too_is_closed_and_opened_by_administrators_alone(role, may):
    entry, browser = working_in_admin(), editing(role)
    answer = browser.post(action("leave", entry))
    assert (answer.status_code == 302) == may
    assert may or "administratör" in words(soup(answer).main)
    assert ((again(entry).left_on is None), again(entry).live, again(entry).user.is_active) == (not may,) * 3
    if not may:
        deactivate(entry)
    assert (browser.post(action("come_back", entry)).status_code == 302) == may
    assert ((again(entry).left_on is None), again(entry).user.is_active) == (may, may)


def test_coming_back_does_not_open_what_an_administrator_had_closed():
    entry = signing_in()
    for may_sign_in in (False, True):
        User.objects.filter(pk=entry.user_id).update(is_active=may_sign_in)
        deactivate(entry)
        assert not again(entry).user.is_active
        reactivate(entry)
        assert again(entry).user.is_active == may_sign_in


def test_twice_is_as_once():
    entry = signing_in()
    deactivate(entry)
    Coordinator.objects.filter(pk=entry.pk).update(left_on=dt.date(2026, 1, 1))
    deactivate(entry)
    assert again(entry).left_on == dt.date(2026, 1, 1)
    reactivate(entry)
    reactivate(entry)
    assert ModelLogEntry.objects.for_instance(entry).filter(action="contacts.deactivate").count() == 1
    assert ModelLogEntry.objects.for_instance(entry).filter(action="contacts.reactivate").count() == 1


def test_leaver_is_not_invited_again_before_coming_back(mail):
    entry = signing_in("ada@example.org")
    deactivate(entry)
    assert editing().post(action("sign_in", entry), {"address": "ny@example.org"}).status_code == 200
    assert (mail.messages(), User.objects.filter(email="ny@example.org").count()) == ([], 0)


def test_audit_log_tells_who_closed_and_opened():
    entry, browser = coordinator(), editing()
    browser.post(action("leave", entry))
    browser.post(action("come_back", entry))
    logged = ModelLogEntry.objects.for_instance(entry).filter(action__startswith="contacts.").order_by("timestamp")
    assert [(log.action, log.user.username) for log in logged] == [
        ("contacts.deactivate", "redaktor"),
        ("contacts.reactivate", "redaktor"),
    ]


def test_list_offers_a_leaver_only_the_way_back():
    entry = coordinator()
    deactivate(entry)
    links = {link["href"] for link in soup(editing().get(reverse(LIST))).select("a[href]")}
    assert action("come_back", entry) in links
    assert {action("leave", entry), action("sign_in", entry)}.isdisjoint(links)
