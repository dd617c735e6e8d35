"""What is left of a coordinator who left long ago: nothing but the identifier and that it was deleted."""

import datetime as dt
import logging
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from contacts.activation import deactivate, reactivate
from contacts.models import Coordinator
from contacts.own_entry.log_actions import CHANGE
from contacts.own_entry.saving import save_entry
from contacts.purging import PURGED, months_before
from pages.models import site_version
from tests.config.accounts import CONFIRM, ask_code, mailed_code
from tests.contacts.sign_ins import action, editing, signing_in
from tests.factories import coordinator

pytestmark = pytest.mark.django_db

LEFT = dt.date(2025, 11, 24)
TRACES = ("Ada Ek", "Ada Gammal", "ada@example.org", "gammal@example.org", "publik@example.se", "406280477")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def purge(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_leavers", *arguments, stdout=out)
    return out.getvalue()


def traces() -> dict[str, list[str]]:
    """Return what the database still holds of the leaver, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (Django's own names)
            rows = str(cursor.fetchall())
            if table == Session._meta.db_table:
                rows = str([session.get_decoded() for session in Session.objects.all()])
            if kept := [trace for trace in TRACES if trace in rows]:
                found[table] = kept
    return found


@pytest.fixture
def leaver(mail) -> Coordinator:
    """Return somebody who has left a year ago, with all that can be known of a person here."""
    browser = editing()
    entry = signing_in("gammal@example.org", name="Ada Gammal", email="publik@example.se")
    browser.post(action("sign_in", entry), {"address": "ada@example.org"})
    entry = Coordinator.objects.get(pk=entry.pk)
    entry.name = "Ada Ek"
    entry.save_revision(log_action=True).publish()
    entry = Coordinator.objects.get(pk=entry.pk)
    save_entry(entry, {"phones": [["direct", "+46406280477"]]}, entry.user, CHANGE)
    coordinator(name="Bo Ås", deputy=entry).save_revision(log_action=True)
    ask_code(own := Client(), "ada@example.org")
    own.post(CONFIRM, {"code": mailed_code(mail, "ada@example.org")})
    ask_code(Client(), "ada@example.org")  # and never gave the code
    deactivate(Coordinator.objects.get(pk=entry.pk), by=User.objects.get(username="redaktor"))
    Authenticator.objects.create(user=entry.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Ada Ek"})
    Coordinator.objects.filter(pk=entry.pk).update(left_on=LEFT)
    return Coordinator.objects.get(pk=entry.pk)


def test_everything_about_the_leaver_is_deleted(leaver, mail):
    before = traces()
    assert {"contacts_coordinator", "contacts_coordinatorphone", "auth_user", "mfa_authenticator"} <= set(before)
    assert {"wagtailcore_revision", "wagtailcore_modellogentry", "django_session"} <= set(before)
    assert set(TRACES) == {trace for kept in before.values() for trace in kept}
    assert f"{leaver.uid}" in purge()
    assert traces() == {}
    assert not User.objects.filter(pk=leaver.user_id).exists()
    assert not Authenticator.objects.filter(user_id=leaver.user_id).exists()
    key = str(leaver.pk)
    content_types = {row.content_type.model_class() for row in ReferenceIndex.objects.filter(object_id=key)}
    assert Coordinator not in content_types
    targets = {row.to_content_type.model_class() for row in ReferenceIndex.objects.filter(to_object_id=key)}
    assert Coordinator not in targets


def test_log_keeps_that_and_when_it_was_done(leaver):
    purge()
    (entry,) = ModelLogEntry.objects.filter(action=PURGED)
    assert (entry.label, entry.data, entry.object_id) == (str(leaver.uid), {}, str(leaver.pk))
    assert (
        ModelLogEntry.objects.filter(object_id=str(leaver.pk), action="contacts.deactivate").get().user.username
        == "redaktor"
    )


def test_output_and_log_carry_no_personal_data(leaver, caplog):
    caplog.set_level(logging.INFO)
    printed = purge()
    assert str(leaver.uid) in caplog.text
    assert "1 deleted" in printed
    for trace in TRACES:
        assert trace not in printed + caplog.text


def test_dry_run_deletes_nothing(leaver):
    before, version = traces(), site_version()
    assert f"{leaver.uid}\n1 would be deleted" in purge("--dry-run")
    assert traces() == before
    assert site_version() == version


@pytest.mark.parametrize(("months", "kept"), [("12", False), ("13", True), ("0", False)])
def test_months_come_from_the_setting(leaver, settings, months, kept):
    settings.LEAVERS_KEPT_MONTHS = int(months)
    purge()
    assert Coordinator.objects.filter(pk=leaver.pk).exists() == kept


def test_leaver_is_kept_until_the_day(leaver):
    Coordinator.objects.filter(pk=leaver.pk).update(left_on=LEFT + dt.timedelta(days=1))
    assert "0 deleted" in purge()
    assert Coordinator.objects.filter(pk=leaver.pk).exists()


def test_who_came_back_is_kept(leaver):
    reactivate(leaver)
    assert "0 deleted" in purge()
    assert Coordinator.objects.get(pk=leaver.pk).name == "Ada Ek"
    assert User.objects.filter(pk=leaver.user_id).exists()


def test_second_run_finds_nothing(leaver):
    purge()
    logged = list(ModelLogEntry.objects.order_by("pk").values())
    assert "0 deleted" in purge()
    assert list(ModelLogEntry.objects.order_by("pk").values()) == logged


def test_sessions_that_are_over_are_deleted_and_others_are_kept():
    editing()
    signed_in = Session.objects.get()
    over = timezone.now() - dt.timedelta(seconds=1)
    Session.objects.create(session_key="over", session_data=signed_in.session_data, expire_date=over)
    purge("--dry-run")
    assert Session.objects.count() == 2
    purge()
    assert Session.objects.get() == signed_in


def test_nobody_else_loses_anything(leaver):
    other = signing_in("bo@example.org", name="Bo Kvar")
    revision = other.save_revision(log_action=True)
    logged = ModelLogEntry.objects.for_instance(other).count()
    purge()
    other = Coordinator.objects.get(pk=other.pk)
    assert (other.name, other.user.email, other.live) == ("Bo Kvar", "bo@example.org", True)
    assert other.revisions.filter(pk=revision.pk).exists()
    assert ModelLogEntry.objects.for_instance(other).filter(label="Bo Kvar").count() == logged > 0


def test_entry_that_an_editor_deleted_is_forgotten_in_the_log_too(mail):
    browser = editing()
    with time_machine.travel(timezone.now() - dt.timedelta(days=400)):
        entry = signing_in("ada@example.org", name="Ada Ek")
        browser.force_login(User.objects.get(username="redaktor"))
        browser.post(action("delete", entry))
    assert traces() == {"wagtailcore_modellogentry": ["Ada Ek", "ada@example.org"]}
    purge()
    assert traces() == {}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-24", 12, "2025-11-24"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-05-31", 0, "2026-05-31"),
    ],
)
def test_months_are_those_of_the_calendar(day, months, expected):
    assert months_before(dt.date.fromisoformat(day), months).isoformat() == expected
