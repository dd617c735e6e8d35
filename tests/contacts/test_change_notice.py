"""A change of the numbers or the e-mail is mailed, and taken back with one press, once."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from pages.models import site_version
from pages.outbox.sending import send_waiting
from tests.contacts.own_pages import CHANGE, HISTORY, form_data, held_entry, opened, signed_in, typed_names
from tests.contacts.sign_ins import editor
from tests.mail import NO_MAIL_SERVER, text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

SIGN_IN, EDITOR, OLD, NEW = "hemlig@example.org", "redaktor@example.org", "ny@example.se", "bytt@example.se"


@pytest.fixture
def entry(mail):
    editor()
    return held_entry("040-628 04 11", sign_in=SIGN_IN, email=OLD)


@pytest.fixture
def save(entry, django_capture_on_commit_callbacks):
    """Return a function that changes the entry as its coordinator."""

    def change(**typed: str) -> None:
        own = signed_in(entry)
        with django_capture_on_commit_callbacks(execute=True):
            assert own.post(CHANGE, opened(own, CHANGE) | typed_names(typed)).status_code == 302

    return change


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Return a function that opens a link and presses its button, as somebody who has not signed in."""

    def press_button(path: str, data: dict[str, str] | None = None):
        anyone = Client(enforce_csrf_checks=True)
        data = data or form_data(soup(anyone.get(path)))
        with django_capture_on_commit_callbacks(execute=True):
            return anyone.post(path, data)

    return press_button


def link(mail, address: str = EDITOR) -> str:
    """Return the path of the link in the latest mail that has one."""
    bodies = [text(message) for message in mail.to(address) if "aterstall" in text(message)]
    (found,) = re.findall(r"^http\S+/koordinator/aterstall/\S+$", bodies[-1], re.MULTILINE)
    return urlsplit(found).path


def live(entry: Coordinator) -> Coordinator:
    return Coordinator.objects.get(pk=entry.pk)


def number(entry: Coordinator) -> str:
    return live(entry).phones.get().number.as_national


def receivers(mail) -> list[str]:
    return sorted(str(message["To"]) for message in mail.messages())


def test_number_is_mailed_to_editors_the_public_and_the_sign_in_address(save, mail):
    save(number="040-628 04 22")
    assert receivers(mail) == sorted([EDITOR, OLD, SIGN_IN])
    message = mail.to(EDITOR)[0]
    assert "Ny Koordinator" in message["Subject"]
    assert "040-628 04 11 (direkt)" in text(message)
    assert "040-628 04 22 (direkt)" in text(message)
    assert SIGN_IN not in text(message)


def test_email_is_mailed_to_the_old_address_and_not_to_the_new(save, mail):
    save(email=NEW)
    assert receivers(mail) == sorted([EDITOR, OLD, SIGN_IN])
    assert NEW in text(mail.to(OLD)[0])


def test_first_email_is_not_mailed_to_itself(save, mail, entry):
    Coordinator.objects.filter(pk=entry.pk).update(email="")
    save(email=NEW)
    assert receivers(mail) == sorted([EDITOR, SIGN_IN])


def test_nothing_else_is_mailed(save, mail):
    save(employer="Lunds kommun", note_sv="Ring gärna")
    assert mail.messages() == []


def test_mail_that_fails_stops_neither_the_change_nor_the_rest(save, mail, entry, settings):
    working, settings.MAILERS = settings.MAILERS, NO_MAIL_SERVER
    save(number="040-628 04 22")
    assert number(entry) == "040-628 04 22"
    assert send_waiting().failed == 1
    settings.MAILERS = working
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert receivers(mail) == sorted([EDITOR, OLD, SIGN_IN])


def test_refused_save_mails_nothing(mail, entry):
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": "x"})
    assert mail.messages() == []


def test_opening_the_link_changes_nothing(save, mail, entry, client, strict_templates):
    save(number="040-628 04 22")
    for _scanner in range(2):
        response = client.get(link(mail))
        assert response.status_code == 200
        client.head(link(mail))
    page = words(soup(response).main)
    assert "040-628 04 22" in page
    assert "040-628 04 11" in page
    assert number(entry) == "040-628 04 22"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_button_puts_back_and_tells(save, mail, entry, press, client):
    save(number="040-628 04 22", email=NEW, employer="Lunds kommun")
    version = site_version()
    response = press(link(mail))
    assert response.status_code == 200
    assert not response.cookies
    assert (number(entry), live(entry).email, live(entry).employer) == ("040-628 04 11", OLD, "Lunds kommun")
    assert "040-628 04 11" in words(soup(client.get("/kontakt/skane-lan/")))
    assert site_version() > version
    told = [message for message in mail.messages() if "tillbaka" in message["Subject"]]
    assert sorted(str(message["To"]) for message in told) == sorted([EDITOR, OLD, SIGN_IN])
    assert not any("aterstall" in text(message) for message in told)
    row = ModelLogEntry.objects.for_instance(entry).filter(action="contacts.own_entry.revert").get()
    assert row.user is None
    assert row.data["changes"]["email"] == {"old": NEW, "new": OLD}
    assert "länken" in words(soup(signed_in(entry).get(HISTORY)).select_one(".history > li"))


def test_link_works_once(save, mail, entry, press):
    save(number="040-628 04 22")
    path = link(mail)
    sent = form_data(soup(Client().get(path)))
    press(path)
    save(number="040-628 04 22")  # the coordinator means it
    assert "redan" in words(soup(Client().get(path), 410).main)
    assert press(path, sent).status_code == 410
    assert number(entry) == "040-628 04 22"


def test_part_that_was_saved_while_the_page_was_open_is_left_alone(save, mail, entry, press):
    save(number="040-628 04 22", email=NEW)
    path = link(mail)
    seen = form_data(soup(Client().get(path)))
    save(email="ater@example.se")
    response = press(path, seen)
    assert "040-628 04 11" in words(soup(response, 409).main)
    assert NEW not in words(soup(response, 409).main)
    assert number(entry) == "040-628 04 22"
    press(path, form_data(soup(response, 409)))
    assert (number(entry), live(entry).email) == ("040-628 04 11", "ater@example.se")


@pytest.mark.parametrize(("typed", "status"), [({}, 410), ({"phones-0-number": "040-628 04 22"}, 200)])
def test_address_that_has_become_the_sign_in_is_not_put_back(save, mail, entry, press, typed, status):
    save(email=NEW, **typed)
    path = link(mail)
    give_sign_in(entry, OLD)
    answer = Client().get(path)
    assert OLD not in words(soup(answer, status))
    if status == 200:
        press(path)
    assert (live(entry).email, number(entry)) == (NEW, "040-628 04 11")


def test_draft_takes_what_was_put_back(save, mail, entry, press):
    draft = live(entry)
    draft.name = "Nytt Namn"
    draft.save_revision()
    save(number="040-628 04 22")
    press(link(mail))
    live(entry).latest_revision.publish()
    assert (live(entry).name, number(entry)) == ("Nytt Namn", "040-628 04 11")
