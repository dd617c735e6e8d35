"""Measure the search page among 5,000 pages: `uv run python -m tests.bench.search`.

Works in a temporary folder, or in the database of DATABASE_URL, which must be empty. Every query of
the query set is asked three times through the whole of Django, and the page is rendered.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import django

PAGES = 5_000
ROUNDS = 3
LIMIT = 0.050  # seconds, median
QUERIES = Path(__file__).parents[1] / "pages" / "search_queries.toml"


def prepare(pages: int) -> None:
    """Fill an empty database with the starter content and synthetic pages."""
    from django.core.management import call_command

    from pages import starter_content
    from tests.bench.swedish import page_fields
    from tests.factories import many_guidance_pages

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    starter_content.load(lambda _part: None)
    many_guidance_pages(pages, fields=page_fields)


def measure_search(rounds: int = ROUNDS) -> list[float]:
    """Return the seconds of each search, those of the first in a language left out: it reads the vocabulary."""
    from django.test import Client
    from django.urls import reverse
    from django.utils.translation import override

    client, seconds = Client(), []
    halves = tomllib.loads(QUERIES.read_text(encoding="utf-8")).values()
    for language in ("sv", "en"):
        with override(language):
            address = reverse("search")
        queries = [query for half in halves for query in half[language]]
        for query in [queries[0], *queries * rounds]:
            start = time.perf_counter()
            response = client.get(address, {"q": query}, headers={"host": "localhost"})
            seconds.append(time.perf_counter() - start)
            assert response.status_code == 200, f"{query!r} is answered with {response.status_code}"
        report(f"  first search in {language}: {1000 * seconds.pop(-len(queries) * rounds - 1):.0f} ms")
    return seconds


def report(line: str) -> None:
    """Write a line of the result."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Prepare, measure, tell, and fail when the median is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        django.setup()
        start = time.perf_counter()
        prepare(pages)
        report(f"{pages} pages written in {time.perf_counter() - start:.0f} s")
        seconds = sorted(measure_search())
        median = statistics.median(seconds)
        slow = seconds[int(len(seconds) * 0.95)]
        report(f"{len(seconds)} searches: median {1000 * median:.1f} ms, 95 % below {1000 * slow:.1f} ms")
    sys.exit(median > LIMIT)


if __name__ == "__main__":
    main()
