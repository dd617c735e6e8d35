"""No raise of the site version is lost between processes that change content at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from pages.models import SiteVersion, site_version
from tests.database import environment_of_other_processes

ROOT = Path(__file__).parents[2]
TIMES = 20

# By itself and, as a publication does, twice in a transaction.
RAISE = f"""
import django; django.setup()
from django.db import transaction
from pages.models import raise_site_version
for _ in range({TIMES}):
    raise_site_version()
    with transaction.atomic():
        raise_site_version()
        raise_site_version()
"""
READ = """
import django; django.setup()
from pages.models import site_version
print(site_version())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [True, False], ids=["from no row", "from a row"])
def test_processes_lose_no_raise(first, tmp_path):
    if first:
        SiteVersion.objects.all().delete()
    before = site_version()
    environment = environment_of_other_processes(tmp_path)

    def run(code: str, times: int) -> list[str]:
        command = [sys.executable, "-c", code]
        running = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
            for _ in range(times)
        ]
        printed = [process.communicate()[0].strip() for process in running]
        assert [process.returncode for process in running] == [0] * times
        return printed

    run(RAISE, times=3)
    assert run(READ, times=1) == [str(before + 3 * 3 * TIMES)]
