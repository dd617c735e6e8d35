"""`manage.py init`: the first administrator of a live site, who chooses a password by a link."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from contacts.models import Coordinator, HoursStatus, SupportLine
from pages.checks import check_no_example_is_published
from resources.models import Resource
from tests.mail import NO_MAIL_SERVER, MailFolder, text

pytestmark = pytest.mark.django_db

ADDRESS = "chief@agency.example"
LINK = re.compile(r"http://\S+/konto/password/reset/key/\S+")
PASSWORD = "correct horse battery staple"  # noqa: S105


def test_administrator_chooses_a_password_by_the_mailed_link_once(mail: MailFolder, client, capsys):
    call_command("init", admin="Chief@Agency.Example")
    (message,) = mail.to(ADDRESS)
    link = LINK.search(text(message))[0]
    shown = capsys.readouterr()
    assert link not in shown.out + shown.err
    user = User.objects.get(email=ADDRESS)
    assert (user.username, user.is_superuser, user.has_usable_password()) == (ADDRESS, False, False)
    assert [group.name for group in user.groups.all()] == ["administrator"]
    choose(client, link)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert 'name="password1"' not in Client().get(link, follow=True).text


def choose(client: Client, link: str) -> None:
    """Open the link and send the form."""
    page = client.get(link, follow=True)
    done = client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302


def test_given_again_mails_again_and_makes_no_second_account(mail: MailFolder):
    for _ in range(2):
        call_command("init", admin=ADDRESS)
    assert len(mail.to(ADDRESS)) == 2
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_mail_that_cannot_be_sent_is_said_and_nothing_secret(settings, capsys):
    settings.MAILERS = NO_MAIL_SERVER
    with pytest.raises(CommandError) as refusal:
        call_command("init", admin=ADDRESS)
    said = str(refusal.value) + "".join(capsys.readouterr())
    assert "mail was not sent" in said
    assert "--show-link" in said
    assert "/reset/key/" not in said


def test_link_is_shown_where_it_is_asked_for_and_no_mail_is_sent(settings, capsys, client):
    settings.MAILERS = NO_MAIL_SERVER
    call_command("init", admin=ADDRESS, show_link=True)
    choose(client, LINK.search(capsys.readouterr().out)[0])
    assert User.objects.get(email=ADDRESS).check_password(PASSWORD)


@pytest.mark.parametrize("kind", ["no address", "a coordinator", "closed"])
def test_other_accounts_are_left_as_they_are(mail: MailFolder, kind):
    address = "no address" if kind == "no address" else ADDRESS
    if kind != "no address":
        User.objects.create_user("other", ADDRESS, is_active=kind != "closed")
    with pytest.raises(CommandError):
        call_command("init", admin=address)
    assert not User.objects.filter(groups__name="administrator").exists()
    assert list(mail.folder.iterdir()) == []


def test_examples_are_named_and_taken_down_and_nothing_is_lost(capsys):
    invented = Coordinator.objects.filter(is_example=True, live=True).count()
    made = Resource.objects.filter(is_example=True, live=True).count()
    assert min(invented, made) >= 3
    found = [str(message) for message in check_no_example_is_published(None)]
    assert len(found) == invented + made + 1
    some = Coordinator.objects.filter(is_example=True)[0]
    assert any(some.name in line and f"/coordinator/edit/{some.pk}/" in line for line in found)
    assert all("init --take-down-examples" in line for line in found)
    others = Resource.objects.filter(is_example=False, live=True).count()
    counts = Coordinator.objects.count(), Resource.objects.count()
    call_command("init", take_down_examples=True)
    assert check_no_example_is_published(None) == []
    assert capsys.readouterr().out.count("Taken down: ") == len(found)
    assert (Coordinator.objects.count(), Resource.objects.count()) == counts
    assert Resource.objects.filter(live=True).count() == others > 0
    assert not SupportLine.objects.filter(hours_status=HoursStatus.EXAMPLE).exists()


def test_one_example_of_each_kind_is_an_error():
    call_command("init", take_down_examples=True)
    for row in (Coordinator.objects.first(), Resource.objects.filter(is_example=True).first()):
        row.save_revision().publish()
        (error,) = check_no_example_is_published(None)
        assert str(row) in error.msg
        row.refresh_from_db()
        row.unpublish()
    SupportLine.objects.filter(level="advice").update(hours_status=HoursStatus.EXAMPLE)
    (error,) = check_no_example_is_published(None)
    assert "020-390 000" in error.msg


def test_texts_are_for_a_site_without_pages():
    with pytest.raises(CommandError, match="There are pages already"):
        call_command("init", texts=True)
