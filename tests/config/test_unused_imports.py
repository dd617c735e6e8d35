"""What libraries load at every start and the site never uses stays out of its processes, and what it uses does not."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.pages.startup.starting import Place

LOADED = """
import sys
import django
django.setup()
import config.urls
from contacts.opening_hours import Sweden
from wagtail.images.api.v3 import registry
print(len(Sweden(years=2026)), getattr(registry, "__file__", "left out"))
print(*sorted(sys.modules), sep="\\n")
"""


def test_api_and_other_countries_are_left_out(tmp_path: Path):
    """Whoever loads Wagtail and `holidays` without the site's settings has them all."""
    told, *loaded = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        env=Place(tmp_path, database_url="", port=0).environment() | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    holidays, registry = told.split(" ", 1)
    assert int(holidays) >= 13
    assert registry == "left out"
    assert {"wagtail.admin.urls", "holidays.countries.sweden", "wagtail.api.v3.api"} <= set(loaded)
    assert "ninja" not in loaded
    assert [name for name in loaded if name.startswith("holidays.countries.")] == ["holidays.countries.sweden"]
