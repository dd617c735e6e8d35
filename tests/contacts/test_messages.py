"""The form for messages: reached from everywhere, kept, and told to whom it concerns."""

import re
from datetime import timedelta
from email.message import EmailMessage
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.utils import timezone

from contacts.editors import EDITORS
from contacts.models import ContactsPage, Coordinator, ReaderMessage
from pages.outbox.sending import send_waiting
from tests.contacts.message_form import FORMS, THANKS, filled_in, send
from tests.contacts.sign_ins import signing_in
from tests.factories import coordinator
from tests.mail import NO_MAIL_SERVER, MailFolder, text
from tests.reading import ADDRESSES, PAIRS, soup, words

TOLD = ["anna@example.org", "bo@example.org"]  # the editors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "mail")]


@pytest.fixture(autouse=True)
def editors() -> None:
    """Two active editors; one more has left."""
    group, _new = Group.objects.get_or_create(name=EDITORS)
    for name, is_active in (("anna", True), ("bo", True), ("cia", False)):
        user = User.objects.create_user(name, f"{name}@example.org", is_active=is_active)
        user.groups.add(group)


@pytest.fixture
def entry() -> Coordinator:
    return coordinator(name="Nya Exempel", email="nya@example.se")


def told(mail: MailFolder, address: str) -> EmailMessage:
    (message,) = mail.to(address)
    return message


# Material in another language has no Swedish controls around it.
@pytest.mark.parametrize("address", [address for address in ADDRESSES if not address.endswith("/14e61959/")])
def test_every_page_leads_to_the_form(client, address):
    language = int(address.startswith("/en/"))
    page = soup(client.get(address))
    # What was answered in the guide is told to nobody.
    about = re.sub(rf"(?<=/){['svar', 'answers'][language]}/.*", "", address)
    link = page.find("footer").find("a", href=f"{FORMS[language]}?page={about}")
    assert words(link) == ["Fel nummer eller fel på sidan?", "Wrong number or a problem on the page?"][language]


@pytest.mark.parametrize("language", [0, 1])
def test_missing_page_leads_to_the_form_too(client, language):
    address = ["/finns inte/", "/en/is&not=here/"][language]
    page = soup(client.get(address), HTTPStatus.NOT_FOUND)
    (link,) = [link["href"] for link in page.find("footer").find_all("a") if link["href"].startswith(FORMS[language])]
    assert words(soup(client.get(link)).main.select_one("p strong")) == address


@pytest.mark.parametrize("kind", ["county", "all coordinators"])
@pytest.mark.parametrize("language", [0, 1])
def test_form_beside_a_coordinator_is_about_them(client, entry, kind, language):
    page = soup(client.get(PAIRS[kind][language])).main
    (card,) = [card for card in page.select(".coordinator") if "Nya Exempel" in words(card)]
    (link,) = [link["href"] for link in card.find_all("a") if link["href"].startswith(FORMS[language])]
    form = soup(client.get(link)).main
    assert "Nya Exempel" in words(form)
    assert filled_in(form.parent)["kind"] == "wrong-number"


@pytest.mark.parametrize("language", [0, 1])
def test_statement_leads_to_the_form_with_its_matter_chosen(client, language):
    page = soup(client.get(PAIRS["statement"][language])).main
    (link,) = [link["href"] for link in page.find_all("a") if link["href"].startswith(FORMS[language])]
    assert filled_in(soup(client.get(link)))["kind"] == "accessibility"


@pytest.mark.parametrize("language", [0, 1])
def test_form_warns_against_names_and_of_deletion(client, language, settings):
    settings.MESSAGES_KEPT_DAYS = 33
    form = soup(client.get(FORMS[language])).main
    help_text = form.find(id=form.find("textarea")["aria-describedby"].split()[0])
    assert ["Skriv inga namn på utsatta personer", "Do not name victims"][language] in words(help_text)
    assert "33" in words(form)


def test_form_works_without_a_contacts_page(client):
    ContactsPage.objects.all().update(live=False)
    assert send(client).status_code == HTTPStatus.FOUND
    assert ReaderMessage.objects.count() == 1


@pytest.mark.parametrize("language", [0, 1])
def test_message_is_kept_and_thanked_for(client, language):
    response = send(client, f"?page={PAIRS['step'][language]}", language, text="Rad ett\r\nRad två", reply_to="")
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == f"{THANKS[language]}?{urlencode({'page': PAIRS['step'][language]})}"
    assert ["Tack", "Thank you"][language] in words(soup(client.get(THANKS[language])).h1)
    message = ReaderMessage.objects.get()
    assert (message.kind, message.text) == ("page-fault", "Rad ett\nRad två")
    assert (message.page, message.coordinator, message.reply_to) == (PAIRS["step"][language], None, "")


def test_wrong_number_is_told_to_the_coordinator_and_to_the_editors(client, mail, entry):
    send(client, f"?coordinator={entry.uid}&page=/kontakt/", kind="wrong-number", text="Ingen svarar.\n\nHälsningar")
    assert sorted(str(message["To"]) for message in mail.messages()) == sorted(["nya@example.se", *TOLD])
    for address in ("nya@example.se", *TOLD):
        message = told(mail, address)
        assert "ett nummer som är fel" in str(message["Subject"])
        assert "> Ingen svarar.\n> \n> Hälsningar" in text(message)
        assert "Nya Exempel" in text(message)
        assert "http://localhost:8000/kontakt/" in text(message)
        assert message["Reply-To"] is None
    assert ReaderMessage.objects.get().coordinator == entry


def test_wrong_number_is_told_where_the_coordinator_signs_in_and_to_the_deputy_of_today(client, mail):
    today = timezone.localdate()
    deputy = signing_in("bo@example.net")
    entry = signing_in("ada@example.net", email="", deputy=deputy, leave_from=today, leave_until=today)
    send(client, f"?coordinator={entry.uid}", kind="wrong-number")
    alone = ["ada@example.net", "bo@example.net"]
    assert sorted(str(message["To"]) for message in mail.messages()) == sorted([*alone, *TOLD])
    Coordinator.objects.filter(pk=entry.pk).update(leave_from=today - timedelta(1), leave_until=today - timedelta(1))
    send(client, f"?coordinator={entry.uid}", kind="wrong-number")
    assert [len(mail.to(address)) for address in alone] == [2, 1]


@pytest.mark.parametrize("kind", ["page-fault", "accessibility"])
def test_other_matters_are_told_to_the_editors_alone(client, mail, entry, kind):
    send(client, f"?coordinator={entry.uid}", kind=kind)
    assert sorted(str(message["To"]) for message in mail.messages()) == sorted(TOLD)


def test_answer_to_the_mail_reaches_the_one_who_wants_it(client, mail):
    send(client, reply_to="lasare@example.se")
    message = told(mail, "anna@example.org")
    assert str(message["Reply-To"]) == "lasare@example.se"
    assert "lasare@example.se" in text(message)


def test_mail_is_swedish_whatever_the_reader_reads(client, mail):
    send(client, language=1)
    assert str(told(mail, "anna@example.org")["Subject"]) == "En läsare har anmält ett fel på en sida"


def test_message_and_its_mail_survive_a_server_that_fails(client, settings, mail):
    working = settings.MAILERS
    settings.MAILERS = NO_MAIL_SERVER
    assert send(client).headers["Location"] == THANKS[0]
    assert ReaderMessage.objects.count() == 1
    assert send_waiting().sent == 0
    settings.MAILERS = working
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert sorted(str(message["To"]) for message in mail.messages()) == TOLD


def test_message_is_kept_when_there_is_no_editor(client, mail):
    User.objects.update(is_active=False)
    assert send(client).headers["Location"] == THANKS[0]
    assert ReaderMessage.objects.count() == 1
    assert mail.messages() == []
