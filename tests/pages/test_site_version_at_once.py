"""No raise of the site version is lost between threads or processes that change content at once."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from pages.models import SiteVersion, raise_site_version, site_version

ROOT = Path(__file__).parents[2]
TIMES = 20

# The table alone: no test here needs the other eighty.
MAKE_TABLE = """
import django; django.setup()
from django.db import connection
from pages.models import SiteVersion, site_version
with connection.schema_editor() as editor:
    editor.create_model(SiteVersion)
"""
RAISE = f"""
import django; django.setup()
from pages.models import raise_site_version
for _ in range({TIMES}):
    raise_site_version()
"""
READ = """
import django; django.setup()
from pages.models import site_version
print(site_version())
"""


def test_processes_on_sqlite_lose_no_raise(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "sqlite",
    }

    def run(code: str, times: int = 1) -> list[str]:
        command = [sys.executable, "-c", code]
        running = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
            for _ in range(times)
        ]
        printed = [process.communicate()[0].strip() for process in running]
        assert [process.returncode for process in running] == [0] * times
        return printed

    run(MAKE_TABLE)
    run(RAISE, times=3)
    assert run(READ) == [str(3 * TIMES)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [True, False], ids=["from no row", "from a row"])
def test_threads_on_postgresql_lose_no_raise(first):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one writer; its processes are tested above.")
    if first:
        SiteVersion.objects.all().delete()
    before = site_version()
    errors = []
    together = threading.Barrier(4)

    def raise_often() -> None:
        try:
            together.wait(10)
            for _ in range(TIMES):
                with transaction.atomic():
                    raise_site_version()
                    raise_site_version()
        except Exception as error:  # noqa: BLE001  (a thread's own errors end nowhere)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=raise_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert site_version() == before + 4 * 2 * TIMES
