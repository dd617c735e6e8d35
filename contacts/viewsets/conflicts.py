"""An editor's form that was opened before somebody else saved is not saved over it unseen."""

from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import EditView

from contacts.models import Coordinator
from contacts.own_entry.history import Event, latest_event


class ConflictCheckedEditView(EditView):
    """The form of an entry, which its coordinator may change at the same time.

    Wagtail refuses an outdated form only where its script saves by itself, not when a button is pressed.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or refuse to, while nobody else can."""
        with transaction.atomic():
            row = Coordinator.objects.select_for_update().get(pk=self.object.pk)
            self.saved_revision_id = row.latest_revision_id
            return super().post(request, *args, **kwargs)

    @cached_property
    def is_out_of_date(self) -> bool:
        """Tell whether the form was made from another version than the one that is there now.

        A form without a version was made from an entry that had none.
        """
        posted = self.request.POST.get("overwrite_revision_id") or self.request.POST.get("loaded_revision_id")
        return str(self.saved_revision_id or "") != (posted or "") or super().is_out_of_date

    def is_valid(self, form: BaseForm) -> bool:
        """Refuse an outdated form once; the answer shows what was saved meanwhile, and the next save has seen it."""
        if not super().is_valid(form):
            return False
        if self.is_out_of_date:
            self.produced_error_message = conflict_message(latest_event(self.live_object))
            self.autosave_enabled = False  # it would save over the other's before anybody has looked
            return False
        return True


def conflict_message(event: Event | None) -> str:
    """Say that a form was not saved, and what somebody else did meanwhile."""
    message = _("Not saved: somebody else has saved this entry since you opened it. Look, then save again.")
    if event is None:
        return message
    when = formats.date_format(timezone.localtime(event.when), "DATETIME_FORMAT")
    changes = "; ".join(f"{change.label}: {change.old or '–'} → {change.new or '–'}" for change in event.changes)
    return f"{message} {event.who}, {when}. {changes}".strip()
