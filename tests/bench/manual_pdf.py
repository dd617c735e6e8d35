"""Measure the PDF of a manual of 60 parts: `uv run python -m tests.bench.manual_pdf`.

Works in a temporary folder. Each round changes the manual, so that the file is made anew, and takes the time
from the request until the last byte. Needs Pango.
"""

import os
import statistics
import sys
import tempfile
import time

import django

PARTS = 60
ROUNDS = 5
LIMIT = 10.0  # seconds, median


def prepare() -> None:
    """Fill an empty database with the starter content, and its Swedish manual up to `PARTS` parts."""
    from django.core.management import call_command

    from pages.models import PublishedPart
    from pages.starter import loader
    from tests.manual import TABLE, add_parts

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    loader.load(lambda _part: None)
    parts = PublishedPart.objects.filter(page__live=True, locale__language_code="sv")
    paragraph = "<p>Hör av dig tidigt. Skriv ner vad du har sett och hört, och vem som har fått veta det.</p>"
    text = f"{paragraph * 4}<h3>Rubrik</h3><ul><li>först</li><li>sedan</li></ul>"
    add_parts(PARTS - parts.count(), [{"type": "text", "value": text}, TABLE])
    assert parts.count() == PARTS


def measure() -> list[float]:
    """Return the seconds that each file took."""
    from django.test import Client

    from contacts.models import SupportLine

    seconds = []
    line = SupportLine.objects.get(level="advice")
    for number in range(ROUNDS):
        line.number = f"020-39 00 0{number}"
        line.save()
        start = time.perf_counter()
        answer = Client().get("/manual/kopia/pdf/", headers={"host": "localhost"})
        content = b"".join(answer.streaming_content)
        seconds.append(time.perf_counter() - start)
        assert content.startswith(b"%PDF")
    return seconds


def main() -> None:
    """Prepare, measure, tell, and fail when the median is above the limit."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        django.setup()
        prepare()
        seconds = measure()
    median = statistics.median(seconds)
    sys.stdout.write(f"PDF of {PARTS} parts: median {1000 * median:.0f} ms, slowest {1000 * max(seconds):.0f} ms\n")
    sys.exit(median > LIMIT)


if __name__ == "__main__":
    main()
