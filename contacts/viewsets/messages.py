"""Messages from readers in the admin: to read, to mark as taken care of and to delete, never to change."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.log_actions import log
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from contacts.models import ReaderMessage
from pages.admin.one_press import PressColumn, PressView
from pages.admin.policies import LimitedPolicy

ANSWERED = "contacts.message.answered"
LIST = "wagtailsnippets_contacts_readermessage:list"

register_permission_policy(ReaderMessage, LimitedPolicy(ReaderMessage, "view", "delete"))


def beginning(message: ReaderMessage) -> str:
    """Return the first words of a message."""
    return Truncator(message.text).words(15)


class AnsweredView(PressView):
    """Notes that a message has been taken care of."""

    def press(self) -> str:
        """Note and log it; a second press changes nothing."""
        if not self.request.user.has_perm("contacts.view_readermessage"):
            raise PermissionDenied
        message = get_object_or_404(ReaderMessage, pk=self.kwargs["pk"])
        if ReaderMessage.objects.filter(pk=message.pk, answered_at=None).update(answered_at=timezone.now()):
            log(message, ANSWERED, user=self.request.user)
        return gettext("The message is marked as taken care of.")

    def get_back_url(self) -> str:
        """Return the list."""
        return reverse(LIST)


def answered_url(message: ReaderMessage) -> str:
    """Return where a message is marked; "" where it is."""
    return "" if message.answered_at else reverse("message_answered", args=[message.pk])


class ReaderMessageFilterSet(WagtailFilterSet):
    """What waits, by kind and coordinator."""

    answered = django_filters.BooleanFilter(
        label=_("Taken care of"),
        field_name="answered_at",
        lookup_expr="isnull",
        exclude=True,
        widget=BooleanRadioSelect,
    )

    class Meta:
        model = ReaderMessage
        fields = ["kind", "coordinator"]


class ReaderMessageViewSet(SnippetViewSet):
    """What readers wrote, newest first."""

    model = ReaderMessage
    icon = "mail"
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "text", "page", "coordinator", "reply_to", "received_at", "answered_at"]
    copy_view_enabled = False
    list_display: list[Any] = [
        "__str__",
        Column("text", label=_("message"), accessor=beginning),
        "page",
        "coordinator",
        DateColumn("received_at", label=_("received"), sort_key="received_at"),
        DateColumn("answered_at", label=_("taken care of"), sort_key="answered_at"),
        PressColumn("answer", label=_("Actions"), press=_("Mark as taken care of"), get_url=answered_url),
    ]
    filterset_class = ReaderMessageFilterSet
