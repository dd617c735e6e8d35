"""An import publishes what imports alone have written, and no editor's draft."""

import pytest

from contacts.models import Coordinator
from tests.contacts.editing import coordinator_form, send_form
from tests.contacts.importing import csv_file, faults, run
from tests.contacts.test_import_coordinators import ADA_DRAFT, ADA_PUBLISHED, COMMAND, HEADER, ada, draft
from tests.factories import coordinator

pytestmark = pytest.mark.django_db


def test_draft_of_an_editor_is_kept_below_the_import(tmp_path):
    entry = coordinator(email="ada@example.se", note_sv="Publicerad", note_en="Published")
    entry.note_sv, entry.note_en = "Utkast", "Draft"
    revision = entry.save_revision()
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT))
    assert (draft(entry).note_sv, draft(entry).note_en) == ("Mest förmiddagar", "Draft")
    kept = Coordinator.objects.get(pk=entry.pk).revisions.get(pk=revision.pk)
    assert kept.content["note_sv"] == "Utkast"


def test_draft_of_an_editor_is_never_published_by_an_import(tmp_path):
    entry = coordinator(email="ada@example.se", note_en="Published")
    entry.note_en = "Draft"
    entry.save_revision()
    assert faults(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED)) == [(2, "publish")]
    entry = Coordinator.objects.get(pk=entry.pk)
    assert (entry.note_en, draft(entry).note_en) == ("Published", "Draft")


def test_draft_of_an_editor_that_was_never_published_is_not_by_an_import(tmp_path, editor):
    admin = editor()
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT))
    send_form(admin, coordinator_form(ada().pk), {"note_en": "Not yet"})
    assert faults(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED)) == [(2, "publish")]
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT.replace("Mest förmiddagar", "Alla dagar")))
    assert faults(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED)) == [(2, "publish")]
    assert (ada().live, draft(ada()).note_en) == (False, "Not yet")


@pytest.mark.parametrize("note", ["Mest förmiddagar", "Alla dagar"], ids=["same file", "other file"])
def test_entry_that_an_editor_took_off_the_site_stays_off(tmp_path, editor, note):
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED))
    editor().post(coordinator_form(ada().pk, "unpublish"))
    text = HEADER + ADA_PUBLISHED.replace("Mest förmiddagar", note)
    assert faults(COMMAND, csv_file(tmp_path, text)) == [(2, "publish")]
    assert not ada().live


def test_imported_draft_is_published_by_a_second_import_that_says_so(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT))
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED))
    assert (ada().live, ada().has_unpublished_changes) == (True, False)
