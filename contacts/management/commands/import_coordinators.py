"""Import coordinators' entries from a CSV file."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from contacts.fields import COORDINATOR_FIELDS, Is, names_with
from contacts.imports.cells import read_cells
from contacts.imports.command import ImportCommand, ImportRow
from contacts.imports.files import Row
from contacts.models import Coordinator
from contacts.own_entry.values import differences, read_values, write_values

IMPORTED = "contacts.import"
FIELDS = names_with(Is.IMPORTED, COORDINATOR_FIELDS)
REQUIRED = [field.default_name for field in COORDINATOR_FIELDS if Is.REQUIRED in field.traits]


class Command(ImportCommand):
    """Imports entries, as drafts unless the row says “publish”; who has a sign-in keeps the entry alone."""

    help = "Import coordinators' entries from a CSV file: the whole file or nothing."
    required = REQUIRED
    optional = [
        "uid",
        *(name for name in names_with(Is.IMPORTED, COORDINATOR_FIELDS) if name not in REQUIRED),
        "publish",
    ]

    def importer(self) -> ImportRow:
        first_rows: dict[int, int] = {}

        def import_row(row: Row) -> str:
            entry = _find(row)
            if entry.pk in first_rows:
                raise ValidationError(_("Row %d is about the same entry.") % first_rows[entry.pk])
            result = _save(entry, row)
            first_rows[entry.pk] = row.number
            return result

        return import_row


def _find(row: Row) -> Coordinator:
    """Return the entry that a row is about: by identifier, else by e-mail, else a new one."""
    entries = Coordinator.objects.select_for_update().select_related(None)
    uid, email = row.cells.get("uid", ""), row.cells.get("email", "")
    if uid:
        try:
            return entries.get(uid=UUID(uid))
        except (ValueError, Coordinator.DoesNotExist):
            raise ValidationError({"uid": _("No entry has this identifier. Leave it out for a new one.")}) from None
    if not email:
        raise ValidationError({"email": _("Give an e-mail or a uid, by which a second import finds the entry again.")})
    found = entries.filter(email__iexact=email)[:2]
    if len(found) > 1:
        raise ValidationError({"email": _("Several entries have this e-mail. Say which by its uid.")})
    return found[0] if found else Coordinator(live=False)


def _save(entry: Coordinator, row: Row) -> str:
    """Save a row as a version of the entry, and publish it where the row says so."""
    if entry.left_on:
        raise ValidationError(_("This coordinator has left. Reopen the entry first."))
    if entry.user_id:
        return _("entries left alone, because the coordinator keeps them")
    is_published = _is_yes(row)
    is_new = entry.pk is None
    if is_published and not is_new:
        _check_publishable(entry)
    version = entry if is_new else entry.get_latest_revision_as_object()
    values = read_cells(row, Coordinator, filled=REQUIRED)
    changes = differences(read_values(version, values), values)
    write_values(version, {name: change["new"] for name, change in changes.items()})
    if not changes and (entry.live or not is_published):
        return _("entries unchanged")
    if is_new:
        entry.save()
    revision = version.save_revision(clean=False, log_action=IMPORTED)
    if is_published:
        revision.publish()
        return _("entries published")
    return _("entries saved as drafts")


def _check_publishable(entry: Coordinator) -> None:
    """Refuse to publish what an editor has not: a draft, and an entry that was taken off the site."""
    if entry.live:
        if entry.has_unpublished_changes:
            message = _("The entry has a draft, which would be published too. Look at it first.")
            raise ValidationError({"publish": message})
        return
    actions = ModelLogEntry.objects.for_instance(entry).values_list("action", flat=True)
    if set(actions) != {IMPORTED}:  # imports alone have written what would be published
        message = _("An editor has worked on this entry, which is not published. Publish it by hand.")
        raise ValidationError({"publish": message})


def _is_yes(row: Row) -> bool:
    answer = row.cells.get("publish", "").lower()
    if answer not in {"", "yes", "no"}:
        raise ValidationError({"publish": _("Write yes or no.")})
    return answer == "yes"
