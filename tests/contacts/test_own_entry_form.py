"""What is typed wrong is told beside the field, and nothing that was typed is lost."""

import pytest

from contacts.models import Coordinator
from tests.contacts.own_pages import CHANGE, ENTRY, HISTORY, form_data, held_entry, opened, signed_in
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def entry(mail):
    return held_entry("040-628 04 11")


WRONG = {
    "not a number": ({"phones-0-number": "ring växeln"}, "phones-0-number"),
    "too short": ({"phones-0-number": "040-62"}, "phones-0-number"),
    "no such series": ({"phones-0-number": "0999-999 999 99"}, "phones-0-number"),
    "emergency number": ({"phones-0-number": "112"}, "phones-0-number"),
    "extension": ({"phones-0-number": "040-628 04 11 anknytning 5"}, "phones-0-number"),
    "extension as libraries write it": ({"phones-0-number": "+46 40 628 04 11;ext=5"}, "phones-0-number"),
    "no number": ({"phones-0-number": ""}, "phones-0-number"),
    "twice the same": ({"phones-1-number": "+46 40 6280411"}, "phones-1-number"),
    "no such kind": ({"phones-0-kind": "fax"}, "phones-0-kind"),
    "e-mail": ({"email": "namn(at)example.se"}, "email"),
    "e-mail that no mail can carry": ({"email": "a@exempel\ufdd9.se"}, "email"),
    "sign-in address": ({"email": "Hemlig@Example.org"}, "email"),
    "no role": ({"role_sv": ""}, "role_sv"),
    "no employer": ({"employer": "  "}, "employer"),
    "too long a note": ({"note_sv": "å" * 251}, "note_sv"),
    "no such target group": ({"target_group": "everybody"}, "target_group"),
    "no day": ({"leave_from": "i sommar", "leave_until": "2027-08-01"}, "leave_from"),
    "one day": ({"leave_from": "2027-07-01"}, "leave_until"),
    "nul": ({"employer": "Malmö\0stad"}, "employer"),
}


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG)
def test_fault_is_told_beside_its_field(typed, field, entry):
    own = signed_in(entry)
    html = soup(own.post(CHANGE, opened(own, CHANGE) | {"employer": "Lunds kommun"} | typed), 422)
    control = html.select_one(f"[name={field}]")
    assert control["aria-invalid"] == "true"
    error = html.select_one(f"#{control['aria-describedby'].split()[-1]}")
    assert words(error)
    assert words(html.select_one(f'[role=alert] a[href="#{control["id"]}"]')) == words(error)
    assert html.title.text.startswith("Fel: ")
    assert Coordinator.objects.get(pk=entry.pk).employer == "Malmö stad"


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG)
def test_what_was_typed_is_kept(typed, field, entry):
    own = signed_in(entry)
    sent = opened(own, CHANGE) | {"note_en": "Mornings <b>only</b>", "role_en": 'Ad"viser'} | typed
    html = soup(own.post(CHANGE, sent), 422)
    again = form_data(html)
    assert html.b is None  # shown as text
    # A choice that does not exist cannot be shown, nor a character that HTML does not have; a row may be added.
    kept = {
        name: value for name, value in sent.items() if not name.startswith(("phones-0-kind", "phones-TOTAL", "target"))
    }
    kept = {name: value for name, value in kept.items() if "\0" not in value}
    assert kept.items() <= again.items()


def test_leave_that_ends_before_it_begins_is_told(entry):
    own = signed_in(entry)
    typed = {"leave_from": "2027-08-01", "leave_until": "2027-07-01"}
    html = soup(own.post(CHANGE, opened(own, CHANGE) | typed), 422)
    assert "slutar innan den börjar" in words(html.select_one("[role=alert]"))


def test_several_faults_are_told_at_once(entry):
    own = signed_in(entry)
    html = soup(own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": "x", "email": "x", "role_sv": ""}), 422)
    assert len(html.select("[role=alert] a")) == 3


def test_mending_the_fault_saves(entry):
    own = signed_in(entry)
    sent = opened(own, CHANGE) | {"employer": "Lunds kommun", "phones-0-number": "040"}
    again = form_data(soup(own.post(CHANGE, sent), 422))
    assert own.post(CHANGE, again | {"phones-0-number": "040-628 04 22"}).status_code == 302
    saved = Coordinator.objects.get(pk=entry.pk)
    assert saved.employer == "Lunds kommun"
    assert [phone.number.as_e164 for phone in saved.phones.all()] == ["+46406280422"]


def test_empty_row_is_added_when_every_row_is_filled(entry):
    own = signed_in(entry)
    sent = opened(own, CHANGE) | {"phones-1-number": "040-628 04 22", "phones-1-kind": "mobile", "email": "x"}
    again = form_data(soup(own.post(CHANGE, sent), 422))
    assert (again["phones-1-number"], again["phones-1-kind"]) == ("040-628 04 22", "mobile")
    added = {"phones-2-number": "040-628 04 33", "phones-2-kind": "switchboard"}
    assert added.keys() <= again.keys()
    assert own.post(CHANGE, again | added | {"email": ""}).status_code == 302
    saved = Coordinator.objects.get(pk=entry.pk).phones.all()
    assert [(phone.kind, phone.number.as_e164[-2:]) for phone in saved] == [
        ("direct", "11"),
        ("mobile", "22"),
        ("switchboard", "33"),
    ]


@pytest.mark.parametrize("rows", ["", "x", "-1", "0", "51", "9" * 30])
def test_number_of_rows_that_no_page_has_is_refused(rows, entry):
    own = signed_in(entry)
    html = soup(own.post(CHANGE, opened(own, CHANGE) | {"phones-TOTAL_FORMS": rows, "employer": "Annan"}), 422)
    assert words(html.select_one("main fieldset .errorlist"))
    assert Coordinator.objects.get(pk=entry.pk).employer == "Malmö stad"


@pytest.mark.parametrize(
    "typed", ["040-628 04 22", "0406280422", "+46 (0)40 628 04 22", "0046406280422", "+46406280422"]
)
def test_numbers_are_understood_however_they_are_written(typed, entry):
    own = signed_in(entry)
    assert own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": typed}).status_code == 302
    assert opened(own, CHANGE)["phones-0-number"] == "040-628 04 22"


def test_foreign_number_keeps_its_country_code(entry):
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": "+45 33 12 34 56"})
    assert opened(own, CHANGE)["phones-0-number"] == "+45 33 12 34 56"


def test_markup_is_text_everywhere(client, entry):
    script = "<script>alert(1)</script>'\"&"
    own = signed_in(entry)
    typed = {"note_sv": script, "role_sv": script, "employer": script, "role_en": script, "note_en": script}
    assert own.post(CHANGE, opened(own, CHANGE) | typed).status_code == 302
    for reader, address in [(own, ENTRY), (own, CHANGE), (own, HISTORY), (client, "/kontakt/skane-lan/")]:
        html = reader.get(address).content.decode()
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert(1)" not in html


@pytest.mark.parametrize("edit_token", ["", "x", "W10:1abc:def", "\0", "å" * 5000])
def test_form_without_an_edit_token_saves_nothing_unseen(edit_token, entry):
    own = signed_in(entry)
    html = soup(own.post(CHANGE, opened(own, CHANGE) | {"edit_token": edit_token, "employer": "Lunds kommun"}), 409)
    assert "Lunds kommun" in words(html.select_one("[role=alert]"))
    assert Coordinator.objects.get(pk=entry.pk).employer == "Malmö stad"


def test_empty_post_is_answered(entry):
    assert signed_in(entry).post(CHANGE, {}).status_code == 422
