"""A third language, from right to left, is written by coordinators and editors, imported, found and exported."""

import pytest

from tests.copies import change, copy_repository, make_migrations, run_tests

pytestmark = pytest.mark.long


def test_contacts_in_arabic(tmp_path):
    copy_repository(tmp_path)
    line = '("en", _("English"))]'
    change(tmp_path / "config" / "settings.py", (line, line.replace("]", ', ("ar", _("Arabic"))]')))
    make_migrations(tmp_path)
    run_tests(tmp_path, "tests/contacts/walks/arabic.py")
