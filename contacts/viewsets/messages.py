"""Messages from readers in the admin: to read and to delete, never to change."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from contacts.models import ReaderMessage
from pages.admin.policies import LimitedPolicy

register_permission_policy(ReaderMessage, LimitedPolicy(ReaderMessage, "view", "delete"))


def beginning(message: ReaderMessage) -> str:
    """Return the first words of a message."""
    return Truncator(message.text).words(15)


class ReaderMessageViewSet(SnippetViewSet):
    """What readers wrote, newest first."""

    model = ReaderMessage
    icon = "mail"
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "text", "page", "coordinator", "reply_to", "received_at"]
    copy_view_enabled = False
    list_display: list[Any] = [
        "__str__",
        Column("text", label=_("message"), accessor=beginning),
        "page",
        "coordinator",
        DateColumn("received_at", label=_("received"), sort_key="received_at"),
    ]
    list_filter = ["kind", "coordinator"]
