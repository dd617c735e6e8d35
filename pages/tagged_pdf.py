"""HTML as a tagged PDF, made by WeasyPrint in a process of its own.

Of its own, since readers must not wait for it, and since importing WeasyPrint tells Pillow to take pictures that are
cut off (`LOAD_TRUNCATED_IMAGES`), for the whole process: uploads would no longer be refused.
"""

import subprocess
import sys
from ctypes.util import find_library
from functools import cache
from pathlib import Path

SECONDS = 60
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")  # with these WeasyPrint sets text


def write_tagged_pdf(html: str, path: Path) -> None:
    """Write the page to `path` as PDF/UA-1; it must need no other file.

    Raises `subprocess.CalledProcessError` where WeasyPrint fails and `subprocess.TimeoutExpired` after a minute.
    """
    command = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "-", str(path)]
    subprocess.run(command, input=html.encode(), check=True, timeout=SECONDS)  # noqa: S603  (no part is a reader's)


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has Pango and what goes with it."""
    return all(map(find_library, LIBRARIES))
