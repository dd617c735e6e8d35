"""Who adds a field to the entries edits five files at most; the field is then on all pages and in all files of them."""

import shutil
from pathlib import Path

import polib
import pytest

from tests.copies import (
    change,
    changed_files,
    compile_messages,
    copy_repository,
    make_messages,
    make_migrations,
    run_tests,
    write_schema,
)
from tests.tools import tool_or_skip

pytestmark = pytest.mark.long

NEW_ROWS = """    Field("office", TEXT, DEPUTY, IMPORTED | MAILED, _("Where the office is"), heading=NOTE),
    Field("greeting", TEXT, DEPUTY, LOCALIZED | IMPORTED, _("Greeting, by language"), heading=NOTE),
"""
NEW_COLUMNS = """    office = models.CharField(_("office"), max_length=60, blank=True)
    greeting = models.CharField(_("greeting"), max_length=60, blank=True)
"""
NEW_LINE = "<p>{{ coordinator.office }} {{ coordinator.greeting }}</p>\n  "
# What each file has before the place of the new.
PLACES = {
    "contacts/fields.py": ('    Field(\n        "deputy", ', NEW_ROWS),
    "contacts/models/coordinators.py": ("    deputy = models.ForeignKey(", NEW_COLUMNS),
    "templates/components/coordinator.html": ("{% if coordinator.note %}", NEW_LINE),
}
CATALOGUE = "locale/sv/LC_MESSAGES/django.po"
SWEDISH = {
    "office": "kontor",
    "greeting": "hälsning",
    "Where the office is": "Var kontoret ligger",
    "Greeting, by language": "Hälsning, per språk",
}
EDITED = {*PLACES, CATALOGUE}
GENERATED = {"pages/startup/schema.sql", str(Path(CATALOGUE).with_suffix(".mo"))}  # and the migration


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository whose entries have two fields more, one of them in every language."""
    tool_or_skip("gettext", bool(shutil.which("xgettext") and shutil.which("msgmerge")), "apt-get install gettext")
    folder = tmp_path_factory.mktemp("repository")
    copy_repository(folder)
    for name, (before, new) in PLACES.items():
        change(folder / name, (before, new + before))
    make_migrations(folder)
    write_schema(folder)
    make_messages(folder)
    translate(folder / CATALOGUE)
    compile_messages(folder)
    return folder


def translate(path: Path) -> None:
    """Put the Swedish words in, as who added the field does; what was guessed from others is theirs to mend."""
    catalogue = polib.pofile(str(path))
    for source, words in SWEDISH.items():
        entry = catalogue.find(source)
        entry.msgstr, entry.fuzzy, entry.previous_msgid = words, False, None
    assert catalogue.untranslated_entries() == catalogue.fuzzy_entries() == []
    catalogue.save()


def test_five_files_at_most_are_edited_and_commands_write_the_others(copy):
    changed = changed_files(copy)
    migrations = {name for name in changed if name.startswith("contacts/migrations/")}
    assert len(migrations) == 1
    assert changed == EDITED | GENERATED | migrations
    assert len(EDITED) <= 5


def test_new_fields_are_everywhere(copy):
    run_tests(copy, "tests/contacts/walks/new_fields.py")
