"""During leave the deputy may change the entry, and only then."""

from datetime import date

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from tests.contacts.own_pages import CHANGE, CONFIRM, ENTRY, HISTORY, SWITCH, held_entry, opened, signed_in
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

BEFORE, FIRST, LAST, AFTER = "2027-06-30 23:59", "2027-07-01 00:01", "2027-08-01 23:59", "2027-08-02 00:01"


@pytest.fixture
def deputy(mail):
    return held_entry("040-628 04 11", name="Vera Vikarie", sign_in="vera@example.org", counties=("10",))


@pytest.fixture
def entry(deputy):
    return held_entry(
        "040-628 04 22",
        name="Lena Ledig",
        deputy=deputy,
        leave_from=date(2027, 7, 1),
        leave_until=date(2027, 8, 1),
    )


def at(moment: str) -> time_machine.travel:
    return time_machine.travel(f"{moment}+02:00", tick=False)


def number(entry: Coordinator) -> str:
    return Coordinator.objects.get(pk=entry.pk).phones.get().number.as_national


@pytest.mark.parametrize(("moment", "status"), [(BEFORE, 404), (FIRST, 302), (LAST, 302), (AFTER, 404)])
def test_switches_during_leave_alone(moment, status, deputy, entry):
    with at(moment):
        own = signed_in(deputy)
        assert ("Lena Ledig" in words(soup(own.get(ENTRY)).main)) == (status == 302)
        assert own.post(SWITCH, {"entry": str(entry.uid)}).status_code == status
        shown = words(soup(own.get(ENTRY)).h1)
    assert shown == ("Lena Ledig" if status == 302 else "Vera Vikarie")


@at(FIRST)
def test_deputy_changes_and_confirms_and_both_are_logged_as_the_deputys(deputy, entry, strict_templates):
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    assert "som ersättare" in words(soup(own.get(CHANGE)).main)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": "040-628 04 33"})
    own.post(CONFIRM, {"edit_token": soup(own.get(ENTRY)).select_one("[name=edit_token]")["value"]})
    assert (number(deputy), number(entry)) == ("040-628 04 11", "040-628 04 33")
    assert Coordinator.objects.get(pk=entry.pk).confirmed_on == date(2027, 7, 1)
    assert {row.user for row in ModelLogEntry.objects.for_instance(entry)} == {deputy.user}
    assert "Vera Vikarie" in words(soup(own.get(HISTORY)).select_one(".history"))


@at(FIRST)
def test_deputy_cannot_make_the_leave_longer(deputy, entry):
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    sent = opened(own, CHANGE)
    assert not {"leave_from", "leave_until"} & set(sent)
    own.post(CHANGE, sent | {"leave_from": "2027-07-01", "leave_until": "2099-01-01", "employer": "Lunds kommun"})
    saved = Coordinator.objects.get(pk=entry.pk)
    assert (saved.employer, saved.leave_until) == ("Lunds kommun", date(2027, 8, 1))


@at(FIRST)
def test_deputy_publishes_no_sign_in_address(deputy, entry):
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    for address in ("Vera@example.org", "hemlig@example.org"):
        html = soup(own.post(CHANGE, opened(own, CHANGE) | {"email": address}), 422)
        assert "används för inloggning" in words(html.select_one("[role=alert]"))


@at(FIRST)
def test_deputy_goes_back(deputy, entry):
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    own.post(SWITCH, {"entry": str(deputy.uid)})
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": "040-628 04 33"})
    assert (number(deputy), number(entry)) == ("040-628 04 33", "040-628 04 22")


@at(FIRST)
def test_page_of_the_other_entry_changes_neither(deputy, entry):
    """A second tab: its form is about the entry that was left in the first."""
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    sent = opened(own, CHANGE) | {"phones-0-number": "040-628 04 33"}
    own.post(SWITCH, {"entry": str(deputy.uid)})
    response = own.post(CHANGE, sent, follow=True)
    assert "Inget sparades" in words(soup(response).select_one("[role=alert]"))
    assert (number(deputy), number(entry)) == ("040-628 04 11", "040-628 04 22")


def end_leave(entry):
    Coordinator.objects.filter(pk=entry.pk).update(leave_until=date(2027, 6, 30), leave_from=None)


def take_deputy_away(entry):
    Coordinator.objects.filter(pk=entry.pk).update(deputy=None)


def leave_for_good(entry):
    Coordinator.objects.filter(pk=entry.pk).update(live=False, left_on=date(2027, 7, 1))


@pytest.mark.parametrize("end", [end_leave, take_deputy_away, leave_for_good])
@at(FIRST)
def test_right_is_asked_at_each_request(end, deputy, entry):
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    sent = opened(own, CHANGE) | {"phones-0-number": "040-628 04 33"}
    end(entry)
    response = own.post(CHANGE, sent, follow=True)
    assert "Ledigheten är slut" in words(soup(response).select_one("[role=alert]"))
    assert words(soup(response).h1) == "Vera Vikarie"
    assert (number(deputy), number(entry)) == ("040-628 04 11", "040-628 04 22")


@at(FIRST)
def test_deputy_who_has_left_keeps_nothing(deputy, entry):
    own = signed_in(deputy)
    own.post(SWITCH, {"entry": str(entry.uid)})
    Coordinator.objects.filter(pk=deputy.pk).update(live=False, left_on=date(2027, 7, 1))
    assert own.get(ENTRY).status_code == 403


@at(FIRST)
def test_owner_still_holds_the_entry_while_on_leave(deputy, entry):
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"leave_until": "2027-07-15"})
    assert Coordinator.objects.get(pk=entry.pk).leave_until == date(2027, 7, 15)


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-0000-0000-000000000000", "\0"])
def test_choice_that_is_none_is_not_found(chosen, deputy):
    assert signed_in(deputy).post(SWITCH, {"entry": chosen}).status_code == 404
