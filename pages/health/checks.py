"""What `/health/ready` looks at. Another check is a line: `CHECKS["name"] = function`, before the first is asked.

A check returns whether all is well, and a few words that hold no secret. It runs in a thread of its own; what it has
not said after `SECONDS` counts as not well, and so does an error.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import connection
from prometheus_client.core import GaugeMetricFamily

from pages.startup.schema import compare, some_of

type Check = Callable[[], tuple[bool, str]]
type Numbers = Callable[[], Iterable[GaugeMetricFamily]]

SECONDS = 2.0
LEAST_FREE = 100 * 1024 * 1024  # bytes: five of the largest uploads


def database() -> tuple[bool, str]:
    """Ask the database something."""
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, f"answers in {1000 * (time.monotonic() - begun):.0f} ms"


def migrations() -> tuple[bool, str]:
    """Compare the database with the code as it was when this process began.

    A newer database is no fault while the servers start again in turn; a start refuses it.
    """
    schema = compare()
    if schema.missing:
        return False, f"the database lacks {some_of(schema.missing)}"
    if schema.newer:
        return True, f"the database is newer than this code: {some_of(schema.newer)}"
    return True, "all applied"


def disk() -> tuple[bool, str]:
    """Write into the data folder, and see how much room there is."""
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"written")
    except OSError as error:
        return False, f"the data folder cannot be written ({error.strerror})"
    words = f"{free // 1024 // 1024} MB free"
    return free >= LEAST_FREE, words if free >= LEAST_FREE else f"{words}: fewer than {LEAST_FREE // 1024 // 1024}"


def disk_numbers() -> Iterable[GaugeMetricFamily]:
    """Return how much room there is."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    return [GaugeMetricFamily("site_disk_free_bytes", "Room for the data folder", value=free)]


CHECKS: dict[str, Check] = {"database": database, "migrations": migrations, "disk": disk}
# What `/metrics` tells beside the checks, in the same way and time.
NUMBERS: dict[str, Numbers] = {"disk": disk_numbers}
