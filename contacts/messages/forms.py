"""The form in which anyone tells of a fault."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contacts.messages.protection import is_fresh
from contacts.models import Coordinator, MessageKind, ReaderMessage

MAX_PAGE = 500


class TextField(forms.CharField):
    """Text in which a line break is one character, as it is to the one who counts."""

    def to_python(self, value: Any) -> str:
        """Return the text with plain line breaks."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class MessageForm(forms.ModelForm):
    """What the reader writes; what it is about comes from the page that led to the form."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[(value, capfirst(label)) for value, label in MessageKind.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    text = TextField(
        label=_("Your message"),
        help_text=_("Do not name victims or write anything that could identify them. At most 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=2000,
        error_messages={
            "required": _("Write your message"),
            "max_length": _("Shorten your message to %(limit_value)d characters. It has %(show_value)d."),
        },
    )
    reply_to = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("Only if you want an answer."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the whole address, such as name@example.se, or leave the field empty")},
    )
    # Hidden from people; programs that fill in forms fill it in.
    leave_empty = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    token = forms.Field(required=False)

    class Meta:
        model = ReaderMessage
        fields = ["kind", "text", "reply_to"]

    def clean_leave_empty(self) -> str:
        """Refuse what a program wrote, in words for the person whose browser filled the field in."""
        if self.cleaned_data["leave_empty"]:
            raise forms.ValidationError(_("Empty the field that must be empty, and send again"))
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse a form that was not given out, or too long ago."""
        if not is_fresh(self.cleaned_data["token"] or ""):
            raise forms.ValidationError(_("The form was open for too long. Send it again; your text is kept."))
        return self.cleaned_data


def message_about(data: QueryDict) -> ReaderMessage:
    """Return an unsaved message about what the page that led to the form names.

    What makes no sense is passed over: nobody can mend a field that is not shown.
    """
    return ReaderMessage(
        page=_path_on_this_site(data.get("page", "")), coordinator=_published_coordinator(data.get("coordinator", ""))
    )


def _path_on_this_site(value: str) -> str:
    is_path = value.startswith("/") and len(value) <= MAX_PAGE and value.isprintable()
    return value if is_path and url_has_allowed_host_and_scheme(value, allowed_hosts=None) else ""


def _published_coordinator(uid: str) -> Coordinator | None:
    try:
        return Coordinator.objects.published().filter(uid=UUID(uid)).first()
    except ValueError:
        return None
