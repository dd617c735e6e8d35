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
print("ready", flush=True); input()
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


@pytest.mark.long
@pytest.mark.sample
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [True, False], ids=["from no row", "from a row"])
def test_processes_lose_no_raise(first, tmp_path):
    if first:
        SiteVersion.objects.all().delete()
    before = site_version()
    environment = environment_of_other_processes(tmp_path)

    command = [sys.executable, "-c", RAISE]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) for _ in range(3)]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:  # all at once: each needs longer to start than to raise
        process.stdin.write("\n")
        process.stdin.flush()
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0, 0, 0]
    read = [sys.executable, "-c", READ]
    done = subprocess.run(read, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) == before + 3 * 3 * TIMES
