"""The mail that tells a coordinator how to sign in."""

from collections.abc import Sequence

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from tests.contacts.sign_ins import action, editing, invite
from tests.factories import coordinator
from tests.mail import NO_MAIL_SERVER, MailFolder, text
from tests.reading import soup

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


class MailServerThatTakesItsTime(EmailBackend):
    """Takes mail only from who keeps nobody else from saving."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        assert not connection.in_atomic_block
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_nobody_who_saves_waits_for_the_mail_server(settings, mailoutbox):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.{MailServerThatTakesItsTime.__name__}"}}
    invite(editing(), coordinator(), "ada@example.org")
    assert [message.to for message in mailoutbox] == [["ada@example.org"]]


def test_editor_is_told_when_the_mail_was_not_sent(settings):
    settings.MAILERS = NO_MAIL_SERVER
    entry, browser = coordinator(), editing()
    answer = browser.post(action("sign_in", entry), {"address": "ada@example.org"}, follow=True)
    assert soup(answer).select_one(".messages .error")
    entry.refresh_from_db()
    assert entry.user.email == "ada@example.org"
