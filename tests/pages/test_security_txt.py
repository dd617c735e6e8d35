"""Whom to tell of a security hole: /.well-known/security.txt (RFC 9116), and its expiry."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.checks.registry import registry
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.checks import check_security_contact
from pages.models import SiteSettings

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # templates give the same of the same rows
]

ADDRESS = "/.well-known/security.txt"


def set_contact(contact="mailto:security@example.org", until=date(2027, 6, 30)):
    row = SiteSettings.objects.get()
    row.security_contact, row.security_until = contact, until
    row.full_clean()
    row.save()


def fields(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_there_is_none_until_it_is_set(client):
    assert client.get(ADDRESS).status_code == 404


@time_machine.travel("2026-11-25T12:00:00+01:00")
def test_file_has_the_fields_of_the_standard(client, settings):
    set_contact()
    assert fields(client) == {
        "Contact": "mailto:security@example.org",
        "Expires": "2027-06-30T21:59:59Z",  # the end of the day in Sweden
        "Preferred-Languages": "sv, en",
        "Canonical": f"{settings.SITE_URL}{ADDRESS}",
    }


def test_file_goes_when_it_expires(client):
    with time_machine.travel("2026-11-25T12:00:00+01:00"):
        set_contact()
    with time_machine.travel("2027-06-30T23:59:00+02:00"):
        assert datetime.fromisoformat(fields(client)["Expires"]) > timezone.now()
    with time_machine.travel("2027-07-01T00:00:01+02:00"):
        assert client.get(ADDRESS).status_code == 404


@time_machine.travel("2026-11-25T12:00:00+01:00")
@pytest.mark.parametrize(
    ("until", "told"),
    [
        (None, ["pages.W001"]),
        (date(2026, 11, 25), ["pages.W002"]),
        (date(2026, 12, 24), ["pages.W002"]),
        (date(2026, 12, 26), []),
    ],
)
def test_operator_of_a_live_site_is_warned_when_it_is_not_set_or_ends(settings, until, told):
    if until:
        set_contact(until=until)
    assert check_security_contact(None, databases=["default"]) == []  # of a demonstration
    settings.SITE_LIVE = True
    assert [warning.id for warning in check_security_contact(None, databases=["default"])] == told


def test_check_is_one_of_those_for_production():
    assert check_security_contact in registry.get_checks(include_deployment_checks=True)
    assert check_security_contact not in registry.get_checks()


def test_it_is_no_longer_valid_and_the_operator_is_told(settings):
    with time_machine.travel("2026-11-25T12:00:00+01:00"):
        set_contact()
    settings.SITE_LIVE = True
    with time_machine.travel("2027-07-01T00:00:01+02:00"):
        assert [warning.id for warning in check_security_contact(None, databases=["default"])] == ["pages.W001"]


@pytest.mark.parametrize(
    ("contact", "days", "field"),
    [
        ("security@example.org", 30, "security_contact"),
        ("http://example.org/", 30, "security_contact"),
        ("https://example.org/\nContact: x", 30, "security_contact"),
        ("https://example.org/security", -1, "security_until"),
        ("https://example.org/security", 366, "security_until"),
        ("https://example.org/security", None, "security_until"),
        ("", 30, "security_contact"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_its_field(contact, days, field):
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        set_contact(contact, until)
    assert list(refused.value.message_dict) == [field]
