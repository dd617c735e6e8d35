"""The three numbers: how they are kept, shown and dialled, and what editors may enter."""

import pytest
from django.core.exceptions import ValidationError

from contacts.models import SupportLine
from tests.config.accounts import admin_user
from tests.contacts.editing import errors, line_form, send_form
from tests.reading import FROM_ABROAD, NUMBERS, PAIRS, assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LINES = "/admin/snippets/contacts/supportline/"


def test_numbers_are_stored_as_their_owners_write_them():
    assert list(SupportLine.objects.with_hours().values_list("number", flat=True)) == ["112", "114 14", "020-390 000"]


@pytest.mark.parametrize(("kind", "language"), [("home", 0), ("home", 1), ("step", 0), ("step", 1)])
def test_numbers_are_shown_as_stored_and_dialled_in_digits_in_english_from_abroad_too(client, kind, language):
    block = soup(client.get(PAIRS[kind][language])).select_one(".call")
    links = [(words(link), link["href"]) for link in block.select(".call__row a")]
    assert links == [*NUMBERS.items(), *[*FROM_ABROAD.items()][:language]]


@pytest.mark.parametrize(
    ("number", "tel"),
    [("+46(0)8-465 004 00", "tel:+46846500400"), ("+46 8 465 004 00", "tel:+46846500400"), ("", "")],
)
def test_number_from_abroad_is_stored_as_typed(client, editor, line, number, tel):
    assert send_form(editor(), line_form(line), {"international_number": number}).status_code == 302
    link = soup(client.get("/en/")).select_one(".call__abroad a")
    assert (words(link), link["href"]) == (number, tel) if number else link is None


@pytest.mark.parametrize("number", ["020-390 000", "+", "+46(8)465 004 00", "+46(0)20", "0046 8 465 004 00", "ring"])
def test_number_that_cannot_be_dialled_from_abroad_is_refused(editor, line, number):
    assert errors(send_form(editor(), line_form(line), {"international_number": number}))
    line.refresh_from_db()
    assert line.international_number == "+46(0)20-390 000"


def test_editor_changes_a_number_once_and_every_page_has_it(client, editor, line):
    assert_numbers(soup(client.get("/manual/")))
    assert send_form(editor(), line_form(line), {"number": "020-40 50 60"}).status_code == 302
    for address, status in (("/", 200), ("/en/manual/", 200), ("/kontakt/skane-lan/", 200), ("/finns-inte/", 404)):
        html = soup(client.get(address), status)
        assert {words(link) for link in html.select('a[href="tel:020405060"]')} == {"020-40 50 60"}
        assert not html.select('a[href="tel:020390000"]')


@pytest.mark.parametrize("number", ["112", "114 14", "11414", "1177", "020-390 000", "08-465 004 00", "+46 20 390 000"])
def test_number_that_can_be_dialled_is_stored_as_typed(editor, line, number):
    assert send_form(editor(), line_form(line), {"number": number}).status_code == 302
    line.refresh_from_db()
    assert line.number == number
    assert line.tel == f"tel:{number.replace(' ', '').replace('-', '')}"


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        ("", "obligatoriskt", "required"),
        ("ring oss", "Skriv siffror", "Write digits"),
        ("020-390 000 (växel)", "Skriv siffror", "Write digits"),
        ("020/390 000", "Skriv siffror", "Write digits"),
        ("020", "inte giltigt", "not valid"),
        ("020-39", "inte giltigt", "not valid"),
        ("020-390 000 000 000", "inte giltigt", "not valid"),
    ],
)
def test_number_that_cannot_be_dialled_is_refused_with_a_message(editor, line, number, swedish, english):
    assert swedish in errors(send_form(editor("sv"), line_form(line), {"number": number}))
    assert english in errors(send_form(editor("en"), line_form(line), {"number": number}))
    line.refresh_from_db()
    assert line.number == "020-390 000"


@pytest.mark.parametrize(
    ("level", "changes", "swedish", "english"),
    [
        ("advice", {"hours_status": "confirmed"}, "Skriv vilken dag öppettiderna", "Write the date on which"),
        ("urgent", {"hours_status": "example"}, "De andra svarar alltid", "the others always answer"),
        ("danger", {"hours_status": "confirmed", "hours_confirmed_on": "2026-11-24"}, "De andra", "the others"),
    ],
)
def test_hours_are_confirmed_on_a_date_and_are_those_of_the_advice_line(editor, level, changes, swedish, english):
    line = SupportLine.objects.get(level=level)
    for language, message in (("sv", swedish), ("en", english)):
        assert message in words(soup(send_form(editor(language), line_form(line), changes)).select_one(".messages"))
    line.refresh_from_db()
    assert line.hours_status == {"advice": "example"}.get(level, "unknown")


def test_level_has_one_number():
    with pytest.raises(ValidationError, match="level"):
        SupportLine(level="danger", number="113 13", heading_sv="Två", heading_en="Two").full_clean()


@pytest.mark.parametrize("role", ["editor", "administrator", "superuser"])
def test_number_is_changed_and_never_deleted(client, role):
    user = admin_user("administrator", is_superuser=True) if role == "superuser" else admin_user(role)
    client.force_login(user)
    ids = list(SupportLine.objects.values_list("pk", flat=True))
    listed = soup(client.get(LINES))
    assert len(listed.select(f'a[href^="{LINES}edit/"]')) >= 3
    assert not listed.select(f'a[href^="{LINES}delete/"]')
    for pk in ids:
        assert not soup(client.get(f"{LINES}edit/{pk}/")).select('a[href*="delete"]')
        for method in (client.get, client.post):
            assert method(f"{LINES}delete/{pk}/").url == "/admin/"
    bulk = f"/admin/bulk/contacts/supportline/delete/?id={'&id='.join(map(str, ids))}"
    assert "Du får inte radera dessa" in words(soup(client.get(bulk)))
    client.post(bulk)
    assert SupportLine.objects.count() == 3
    assert_numbers(soup(client.get("/")))
