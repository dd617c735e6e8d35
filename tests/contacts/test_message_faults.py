"""What is wrong in a message is told, and nothing that somebody wrote is lost."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.utils import timezone

from contacts.messages.protection import FORM_AGE
from contacts.models import Coordinator, ReaderMessage
from tests.contacts.message_form import FORMS, SAME_ORIGIN, filled_in, send
from tests.factories import coordinator
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "mail")]


@pytest.fixture
def entry() -> Coordinator:
    return coordinator(name="Nya Exempel", email="nya@example.se")


@pytest.mark.any_database  # what is refused never gets to the database
@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"kind": ""}, "id_kind", "Choose what it is about"),
        ({"kind": "nonsense"}, "id_kind", ""),
        ({"text": " \r\n "}, "id_text", "Write your message"),
        ({"text": "å" * 2001}, "id_text", "Shorten your message to 2000 characters. It has 2001."),
        ({"text": "a\0b"}, "id_text", ""),
        ({"reply_to": "lasare@"}, "id_reply_to", "Write the whole address"),
        ({"reply_to": "a@exempel\ufdd9.se"}, "id_reply_to", "Write the whole address"),
        ({"reply_to": "a@example.se\r\nBcc: b@example.se"}, "id_reply_to", ""),
        ({"leave_empty": "http://example.org"}, "id_leave_empty", "Empty the field"),
    ],
)
def test_fault_is_told_at_the_top_and_at_its_field(client, entry, changes, field, message):
    written = {"kind": "accessibility", "text": "Det\r\nfungerar inte", "reply_to": "lasare@example.se"} | changes
    response = send(client, f"?coordinator={entry.uid}&page=/manual/", language=1, **written)
    page = soup(response, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert words(page.title).startswith("Error: ")
    summary = page.main.find(attrs={"role": "alert"})
    assert summary.has_attr("autofocus")
    (link,) = summary.find_all("a")
    assert link["href"] == f"#{field}"
    assert message in words(link)
    assert page.main.find(id=field)
    error = page.main.find(id=f"{field}_error")
    assert words(error) == words(link)
    assert page.main.find(attrs={"aria-describedby": lambda ids: ids and error["id"] in ids.split()})
    kept = filled_in(page)
    expected = {name: value.strip().replace("\r\n", "\n") for name, value in written.items() if name != "kind"}
    expected["text"] = expected["text"].replace("\0", "\N{REPLACEMENT CHARACTER}")  # as browsers show it
    assert ("\0" in response.text) == ("\0" in written["text"])  # but sent as it was typed
    assert {name: kept[name].strip().replace("\r\n", "\n") for name in expected} == expected
    assert (kept["page"], kept["coordinator"]) == ("/manual/", str(entry.uid))
    assert ReaderMessage.objects.count() == 0


def test_line_break_counts_as_one_character(client):
    assert send(client, text="\r\n".join("a" * 1000)[:2999]).status_code == HTTPStatus.FOUND
    assert len(ReaderMessage.objects.get().text) == 1999


def test_trap_is_seen_by_whoever_fell_into_it(client):
    trap = soup(client.get(FORMS[0])).find(class_="form__trap")
    assert trap.find("input", attrs={"name": "leave_empty"})
    fallen = soup(send(client, leave_empty="x"), HTTPStatus.UNPROCESSABLE_ENTITY)
    assert fallen.find(class_="form__trap") is None
    assert fallen.find("input", attrs={"name": "leave_empty"})


@pytest.mark.parametrize("token", ["", "form", "form:1tzzzz:AAAA", "\0", "å" * 5000])
def test_form_that_was_not_given_out_is_not_taken(client, token):
    page = soup(send(client, token=token, text="Viktigt"), HTTPStatus.UNPROCESSABLE_ENTITY)
    assert filled_in(page)["text"] == "Viktigt"
    assert ReaderMessage.objects.count() == 0
    again = client.post(FORMS[0], filled_in(page), headers=SAME_ORIGIN)
    assert again.status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(("age", "status"), [(FORM_AGE - 60, HTTPStatus.FOUND), (FORM_AGE + 60, 422)])
def test_form_grows_old(client, age, status):
    fields = filled_in(soup(client.get(FORMS[0])), {"kind": "page-fault", "text": "Länken är trasig."})
    with time_machine.travel(timezone.now() + timedelta(seconds=age), tick=False):
        assert client.post(FORMS[0], fields, headers=SAME_ORIGIN).status_code == status


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org/",
        "\\\\example.org",
        "javascript:alert(1)",
        "kontakt/",
        "/a\nb",
        "/a\0b",
        "/" + "a" * 500,
        " /",
    ],
)
def test_page_that_is_none_of_ours_is_passed_over(client, page):
    form = soup(client.get(FORMS[0], {"page": page}))
    assert filled_in(form)["page"] == ""
    assert send(client, page=page).status_code == HTTPStatus.FOUND
    assert ReaderMessage.objects.get().page == ""


@pytest.mark.parametrize("uid", ["1", "\0", "00000000-0000-0000-0000-000000000000", "hidden"])
def test_coordinator_that_is_not_published_is_passed_over(client, mail, uid):
    hidden = coordinator(name="Dold Exempel", email="dold@example.se", live=False)
    uid = str(hidden.uid) if uid == "hidden" else uid
    assert "Dold" not in words(soup(client.get(FORMS[0], {"coordinator": uid})))
    assert send(client, coordinator=uid, kind="wrong-number").status_code == HTTPStatus.FOUND
    assert ReaderMessage.objects.get().coordinator is None
    assert mail.messages() == []
