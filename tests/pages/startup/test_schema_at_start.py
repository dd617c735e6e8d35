"""A start on a database of newer code is refused, and one without what was prepared says what is missing.

In no transaction: a database that is written to cannot be copied.
"""

from contextlib import AbstractContextManager

import pytest

from tests.conftest import CopySite
from tests.pages.startup.starting import Place, Start
from tests.pages.startup.test_schema import last

pytestmark = pytest.mark.long

# What newer code would leave.
NEWER = (
    "from django.db import connection; from django.db.migrations.recorder import MigrationRecorder;"
    "MigrationRecorder(connection).record_{}('contacts', '9999_more')"
)


def test_older_code_refuses_to_start_and_changes_nothing(copy_site: CopySite):
    place: Place = copy_site(is_collected=False)
    place.manage("shell", "--no-imports", "-c", NEWER.format("applied"))
    before = place.rows()
    for option in ("--prepare-only", "--no-prepare"):
        with place.run("manage.py", "serve", "--port", str(place.port), option, address=place.address) as start:
            assert start.wait() == 1
        (line,) = start.output.splitlines()
        assert "The database is newer than this code, which does not know contacts.9999_more. " in line
    assert place.rows() == before
    assert not (place.folder / "static.stamp").exists()


def test_site_is_prepared_first_and_served_later(copy_site: CopySite):
    place: Place = copy_site(is_collected=False)

    def serve(option: str) -> AbstractContextManager[Start]:
        arguments = ("serve", "--port", str(place.port), option)
        return place.run("manage.py", *arguments, address=place.address, SITE_URL=place.address)

    with serve("--no-prepare") as start:
        assert start.wait() == 1
    (line,) = start.output.splitlines()
    assert line == "CommandError: The static files are not collected. Prepare the site first: serve --prepare-only"
    with serve("--prepare-only") as start:
        assert start.wait() == 0
    assert "Serving" not in start.output
    name = last("contacts")
    place.manage("shell", "--no-imports", "-c", NEWER.format("unapplied").replace("9999_more", name))
    with serve("--no-prepare") as start:
        assert start.wait() == 1
    assert f"The database lacks contacts.{name}. Prepare the site first" in start.output
    place.manage("shell", "--no-imports", "-c", NEWER.format("applied").replace("9999_more", name))
    with serve("--no-prepare") as start:
        start.wait_for_answer()
