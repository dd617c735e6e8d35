"""Mail is kept with what it tells of, sent once, tried again, and never held up by other mail."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from pages.models import MailKind, WaitingMail
from pages.outbox.sending import Outcome, is_refused_for_good, send_waiting
from tests.mail import NO_MAIL_SERVER, text
from tests.mail_server import mail_server

pytestmark = pytest.mark.django_db

TEXT = "\nÄmne\n\nDin kod: ABCD-EFGH\n"


def queue(to: str = "ada@example.se", written: str = TEXT, **options) -> WaitingMail:
    WaitingMail.objects.queue(MailKind.OTHER, to, written, **options)
    return WaitingMail.objects.latest("pk")


def later(**by: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**by), tick=False)


def sent(mail) -> list[str]:
    return sorted(str(message["To"]) for message in mail.messages())


def test_mail_goes_out_whole_and_leaves_nothing_behind(mail):
    row = queue(reply_to="eva@example.se")
    assert send_waiting() == Outcome(sent=1)
    (message,) = mail.messages()
    assert (message["To"], message["Subject"], message["Reply-To"]) == ("ada@example.se", "Ämne", "eva@example.se")
    assert text(message) == "Din kod: ABCD-EFGH"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == row.message_id
    row.refresh_from_db()
    assert (row.to, row.reply_to, row.subject, row.body, row.error) == ("", "", "", "", "")
    assert row.mailed_at
    assert send_waiting() == Outcome()


def test_mail_of_a_change_that_was_not_saved_is_not_sent(mail):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert mail.messages() == []


def test_server_that_is_away_is_asked_once_and_again_after_growing_pauses(settings, mail):
    working, settings.MAILERS = settings.MAILERS, NO_MAIL_SERVER
    rows = [queue(f"{name}@example.se") for name in ("ada", "bo")]
    assert send_waiting() == Outcome(failed=1)
    pauses = []
    for _try in range(10):
        row = WaitingMail.objects.unsent().get(pk=rows[0].pk)
        pauses.append(round((row.next_try_at - timezone.now()).total_seconds() / 60))
        WaitingMail.objects.filter(pk=rows[1].pk).update(next_try_at=timezone.now() + timedelta(minutes=90))
        with time_machine.travel(row.next_try_at, tick=False):
            assert send_waiting() == Outcome(failed=1)
        WaitingMail.objects.filter(pk=row.pk).update(
            next_try_at=WaitingMail.objects.get(pk=row.pk).next_try_at - (row.next_try_at - timezone.now())
        )
    assert pauses == [1, 2, 5, 10, 20, 40, 60, 60, 60, 60]
    row.refresh_from_db()
    assert "refused" in row.error
    settings.MAILERS = working
    with later(hours=2):
        assert sent(mail) == ["ada@example.se", "bo@example.se"]


def test_password_that_no_server_takes_blanks_no_mail(settings, mail):
    working = settings.MAILERS
    rows = [queue(f"{name}@example.se") for name in ("ada", "bo")]
    with mail_server() as server:
        options = server.mailers["server"]["OPTIONS"] | {"username": "webbplats", "password": "lösenordå"}
        settings.MAILERS = {"server": server.mailers["server"] | {"OPTIONS": options}}
        assert send_waiting() == Outcome(failed=1)
    assert WaitingMail.objects.unsent().filter(body__contains="ABCD-EFGH").count() == len(rows)
    settings.MAILERS = working
    with later(minutes=2):
        assert sent(mail) == ["ada@example.se", "bo@example.se"]


def test_who_cannot_be_mailed_keeps_nobody_elses_mail_back(settings):
    hopeless = ["bo@example.se", "two words@example.se", "a@b@c", "\ud800@example.se", "\0@example.se"]
    for to in ("ada@example.se", *hopeless, "cia@example.se"):
        queue(to)
    with mail_server(refused="bo@example.se") as server:
        settings.MAILERS = server.mailers
        assert send_waiting() == Outcome(sent=2, failed=5)
        assert server.accepted == ["ada@example.se", "cia@example.se"]
    given_up = WaitingMail.objects.exclude(given_up_at=None)
    assert {row.to for row in given_up} == {*hopeless} - {"\ud800@example.se", "\0@example.se"} | {
        r"\ud800@example.se",
        r"\x00@example.se",
    }
    assert {row.body for row in given_up} == {""}
    assert given_up.get(to="bo@example.se").error == "550 no such mailbox"
    assert WaitingMail.objects.troubled().count() == 5


def test_half_a_character_in_a_text_reaches_the_database(mail):
    queue(written="Ämne\ud800\0\n\nText\ud800\0")
    (message,) = mail.messages()
    assert (message["Subject"], text(message)) == (r"Ämne\ud800\x00", r"Text\ud800\x00")


@pytest.mark.parametrize(
    ("error", "is_final"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.se": (550, b"no")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.se": (451, b"later")}), False),
        (smtplib.SMTPDataError(554, b"no"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPSenderRefused(550, b"not you", "x@y.se"), False),
        (smtplib.SMTPAuthenticationError(535, b"who"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
    ],
    ids=repr,
)
def test_only_what_is_refused_for_good_is_given_up(error, is_final):
    assert is_refused_for_good(error) is is_final


def test_code_that_has_run_out_is_not_sent(mail):
    row = queue(valid_for=timedelta(minutes=15))
    other = queue("bo@example.se", valid_for=timedelta(minutes=60))
    with later(minutes=16):
        assert sent(mail) == ["bo@example.se"]
        row.refresh_from_db()
        assert (row.body, row.subject, row.error) == ("", "", "expired")
        assert list(WaitingMail.objects.troubled()) == [row]
    assert WaitingMail.objects.get(pk=other.pk).mailed_at


def test_what_runs_out_first_is_sent_first(settings):
    queue("reminder@example.se")
    queue("link@example.se", valid_for=timedelta(minutes=60))
    queue("code@example.se", valid_for=timedelta(minutes=15))
    with mail_server() as server:
        settings.MAILERS = server.mailers
        assert send_waiting() == Outcome(sent=3)
        assert [address.partition("@")[0] for address in server.accepted] == ["code", "link", "reminder"]


def test_mail_to_nobody_costs_a_row_and_is_not_sent(mail):
    queue("", valid_for=timedelta(minutes=15))
    assert send_waiting() == Outcome()
    assert mail.messages() == []
    assert not WaitingMail.objects.exists()


def test_mail_whose_sender_was_killed_is_sent_after_three_minutes(mail):
    row = queue()
    # As a process leaves it that is killed while it sends.
    WaitingMail.objects.filter(pk=row.pk).update(tried=1, next_try_at=timezone.now() + timedelta(minutes=3))
    assert send_waiting() == Outcome()
    with later(minutes=4):
        assert sent(mail) == ["ada@example.se"]


def test_clock_that_goes_back_a_day_holds_nothing_up(mail):
    row = queue()
    WaitingMail.objects.filter(pk=row.pk).update(next_try_at=timezone.now() + timedelta(minutes=40), error="away")
    with later(days=-1):
        assert sent(mail) == ["ada@example.se"]


def test_mail_is_given_up_after_five_days(settings):
    settings.MAILERS = NO_MAIL_SERVER
    row = queue()
    for days, is_given_up in [(4, False), (6, True)]:
        with later(days=days):
            send_waiting()
        row.refresh_from_db()
        assert bool(row.given_up_at) is is_given_up
    with later(days=7):
        assert list(WaitingMail.objects.troubled()) == [row]
    with later(days=30):
        assert not WaitingMail.objects.troubled().exists()


def test_what_is_known_of_old_mail_is_deleted(settings, mail):
    settings.MESSAGES_KEPT_DAYS = 30
    queue("a@b@c")
    queue()
    send_waiting()
    waiting = queue("bo@example.se")
    with later(days=29):
        call_command("delete_old_messages")
    assert WaitingMail.objects.count() == 3
    with later(days=31):
        call_command("delete_old_messages")
    assert list(WaitingMail.objects.all()) == [waiting]


def test_command_tells_whether_all_went_well(mail, settings, capsys):
    working, settings.MAILERS = settings.MAILERS, NO_MAIL_SERVER
    queue()
    with pytest.raises(CommandError, match="1 mejl kunde inte skickas"):
        call_command("send_waiting_mail")
    settings.MAILERS = working
    capsys.readouterr()
    with later(minutes=2):
        call_command("send_waiting_mail")
    assert capsys.readouterr().out == "1 sent.\n"


def test_mail_of_the_admin_waits_too(mail):
    from django.core.mail import EmailMessage

    EmailMessage("Granska", "Sidan", to=["ada@example.se"], bcc=["bo@example.se"]).send()
    assert {row.to for row in WaitingMail.objects.unsent()} == {"ada@example.se", "bo@example.se"}
    assert sent(mail) == ["ada@example.se", "bo@example.se"]
