"""Mail that the site wants to send: kept until a mail server has taken it, or never will."""

from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.outbox.sender import wake

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 40)]
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=5)  # as mail servers do with each other
LATE = timedelta(minutes=5)  # mail that lies for longer is told of
TOLD_FOR = timedelta(days=14)  # of mail that will never be sent
EXPIRED = "expired"  # in the place of what a mail server says


class MailKind(models.TextChoices):
    """What a mail is about."""

    ACCOUNT = "account", _("sign-in: code, link or notice")
    INVITATION = "invitation", _("invitation to sign in")
    REMINDER = "reminder", _("reminder to confirm the entry")
    CONTACT_CHANGE = "contact-change", _("a contact that was changed")
    READER_MESSAGE = "reader-message", _("message from a reader")
    REVIEW = "review", _("reminder to review")
    OTHER = "other", _("notice from the admin")


class WaitingMailQuerySet(models.QuerySet["WaitingMail"]):
    """Mail to send, and mail that causes trouble."""

    def queue(
        self,
        kind: MailKind,
        to: str,
        text: str,
        *,
        reply_to: str = "",
        valid_for: timedelta | None = None,
    ) -> None:
        """Keep a mail, whose text begins with its subject, in the caller's transaction; it is sent after the commit.

        After `valid_for` it is not sent any more. Where `to` is empty everything is done but sending: nobody can tell
        by the time it takes whether there is somebody to write to.
        """
        subject, _newline, body = text.strip().partition("\n")
        now = timezone.now()
        self.create(
            kind=kind,
            to=storable(to),
            reply_to=storable(reply_to),
            subject=storable(subject),
            body=storable(body.strip() + "\n"),
            message_id=make_msgid(domain=settings.SITE_HOST),
            next_try_at=now,
            expires_at=now + valid_for if valid_for else None,
        )
        transaction.on_commit(wake, robust=True)

    def unsent(self) -> "WaitingMailQuerySet":
        """Return what is to be sent, now or later."""
        return self.filter(mailed_at=None, given_up_at=None)

    def due(self) -> "WaitingMailQuerySet":
        """Return what is to be sent now, first what is of use for the shortest time.

        Where a clock was put back, a time that no pause leads to counts as come.
        """
        now = timezone.now()
        is_due = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + 2 * LONGEST_PAUSE)
        return self.unsent().filter(is_due).order_by(F("expires_at").asc(nulls_last=True), "next_try_at", "pk")

    def troubled(self) -> "WaitingMailQuerySet":
        """Return what could not be sent until now, or lately was given up, oldest first."""
        now = timezone.now()
        waits = Q(given_up_at=None) & (~Q(error="") | Q(created_at__lt=now - LATE))
        is_told = waits | Q(given_up_at__gt=now - TOLD_FOR)
        return self.exclude(to="").filter(is_told, mailed_at=None).order_by("created_at", "pk")


class WaitingMail(models.Model):
    """One mail to one address. Text and addresses are blanked when it is sent; the text also when it never will be.

    Codes and links lie here until then: whoever reads the database can use them, as long as they are valid.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=MailKind.choices)
    to = models.TextField(_("recipient"), blank=True)
    reply_to = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    message_id = models.CharField(max_length=255)  # the same at each try: who gets a mail twice sees it once
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    next_try_at = models.DateTimeField(_("next try"))
    expires_at = models.DateTimeField(null=True)
    tried = models.PositiveIntegerField(_("tries"), default=0)
    error = models.TextField(_("what the mail server says"), blank=True)
    mailed_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(_("given up"), null=True)

    objects = WaitingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that waits")
        verbose_name_plural = _("mail that waits")
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(mailed_at=None, given_up_at=None), name="pages_waitingmail_unsent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.created_at:%Y-%m-%d}"

    def why(self) -> str:
        """Say why it was not sent: in words of ours, or as the mail server does."""
        return str(_("It was not sent while it was valid.")) if self.error == EXPIRED else self.error

    def pause(self) -> timedelta:
        """Return how long to wait after the try that has just failed."""
        return PAUSES[self.tried - 1] if self.tried <= len(PAUSES) else LONGEST_PAUSE

    def blank(self, *, also_address: bool) -> None:
        """Forget the text, which may hold a code or a link, and whom it was for."""
        self.subject = self.body = self.reply_to = ""
        if also_address:
            self.to = self.error = ""


def storable(text: str) -> str:
    r"""Write what no database takes, half a character or NUL, as `\ud800` and `\x00`."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", r"\x00")
