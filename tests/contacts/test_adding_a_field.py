"""A field is added to the entries in five files at most, and is then on all pages and in all files of the entries."""

from pathlib import Path

import pytest

from tests.copies import change, changed_files, copy_repository, make_migrations, run_tests

pytestmark = pytest.mark.long

NEW_ROWS = """    Field("office", TEXT, DEPUTY, IMPORTED, _("Where the office is"), heading=NOTE),
    Field("greeting", TEXT, DEPUTY, LOCALIZED | IMPORTED, _("Greeting, by language"), heading=NOTE),
"""
NEW_COLUMNS = """    office = models.CharField("office", max_length=60, blank=True)
    greeting = models.CharField("greeting", max_length=60, blank=True)
"""
NEW_LINE = "<p>{{ coordinator.office }} {{ coordinator.greeting }}</p>\n  "
# What each file has before the place of the new.
PLACES = {
    "contacts/fields.py": ('    Field(\n        "deputy", ', NEW_ROWS),
    "contacts/models/coordinators.py": ("    deputy = models.ForeignKey(", NEW_COLUMNS),
    "templates/components/coordinator.html": ("{% if coordinator.note %}", NEW_LINE),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository whose entries have two fields more, one of them in every language."""
    folder = tmp_path_factory.mktemp("repository")
    copy_repository(folder)
    for name, (before, new) in PLACES.items():
        change(folder / name, (before, new + before))
    make_migrations(folder)
    return folder


def test_four_files_are_changed(copy):
    migrations = {name for name in changed_files(copy) if name.startswith("contacts/migrations/")}
    assert len(migrations) == 1
    assert changed_files(copy) == {*PLACES, *migrations}


def test_new_fields_are_everywhere(copy):
    run_tests(copy, "tests/contacts/walks/new_fields.py")
