"""Messages in the admin, to read and to delete, and their end."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.utils import timezone

from contacts.models import ReaderMessage
from tests.config.accounts import admin_user
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/contacts/readermessage/"


def received(days_ago: float, words_: str = "Hej") -> ReaderMessage:
    message = ReaderMessage.objects.create(kind="page-fault", text=words_)
    ReaderMessage.objects.filter(pk=message.pk).update(received_at=timezone.now() - timedelta(days=days_ago))
    return message


def test_old_messages_are_deleted(settings, capsys):
    settings.MESSAGES_KEPT_DAYS = 30
    received(30.1)
    kept = received(29.9)
    call_command("delete_old_messages")
    assert list(ReaderMessage.objects.all()) == [kept]
    assert capsys.readouterr().out == "1 messages deleted.\n0 mails forgotten.\n"
    call_command("delete_old_messages")
    assert list(ReaderMessage.objects.all()) == [kept]


def test_messages_are_listed_in_the_admin_to_be_read(admin_client):
    message = received(1, "Länken <b>är</b> trasig.")
    listed = soup(admin_client.get(LIST))
    assert "Länken <b>är</b> trasig." in words(listed.main)
    shown = soup(admin_client.get(f"{LIST}inspect/{message.pk}/"))
    assert "Länken <b>är</b> trasig." in words(shown.main)
    assert listed.find("a", href=f"{LIST}add/") is None


@pytest.mark.parametrize(("role", "may_read"), [("editor", True), ("author", False)])
def test_editors_read_messages_and_authors_do_not(client, role, may_read):
    message = received(1)
    client.force_login(admin_user(role))
    for address in (LIST, f"{LIST}inspect/{message.pk}/"):
        assert client.get(address).status_code == (HTTPStatus.OK if may_read else HTTPStatus.FOUND)


def test_nobody_writes_or_changes_messages_in_the_admin(admin_client):
    message = received(1)
    for address in (f"{LIST}add/", f"{LIST}edit/{message.pk}/"):
        for response in (admin_client.get(address), admin_client.post(address, {"text": "Annat"})):
            assert response.status_code == HTTPStatus.FOUND
            assert response.headers["Location"] == "/admin/"
    assert list(ReaderMessage.objects.values_list("text", flat=True)) == ["Hej"]


def test_message_can_be_deleted_in_the_admin(admin_client):
    message = received(1)
    admin_client.post(f"{LIST}delete/{message.pk}/")
    assert not ReaderMessage.objects.exists()
