"""The mail that tells a coordinator how to sign in."""

import pytest

from pages.models import WaitingMail
from tests.contacts.sign_ins import action, editing, invite
from tests.factories import coordinator
from tests.mail import NO_MAIL_SERVER, MailFolder, text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def test_mail_tells_in_swedish_how_to_sign_in_and_where(mail: MailFolder, settings):
    invite(editing(), coordinator(name="Ada Ek", email="publik@example.se"), "ada@example.org")
    (message,) = mail.messages()
    assert message["To"] == "ada@example.org"
    assert "Hej Ada Ek" in text(message)
    assert f"{settings.SITE_URL}/koordinator/" in text(message)
    assert "kod" in text(message)
    assert message["Subject"] == "Dina uppgifter på webbplatsen Stöd till yrkesverksamma"
    assert message["Reply-To"] == "redaktor@example.org"


def test_nobody_who_saves_waits_for_the_mail_server(settings, mail):
    settings.MAILERS = NO_MAIL_SERVER
    entry, browser = coordinator(), editing()
    answer = browser.post(action("sign_in", entry), {"address": "ada@example.org"}, follow=True)
    assert "är på väg till ada@example.org" in words(soup(answer).select_one(".messages .success"))
    entry.refresh_from_db()
    assert entry.user.email == "ada@example.org"
    assert WaitingMail.objects.get().to == "ada@example.org"
