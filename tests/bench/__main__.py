"""Measure the site against nginx and a bare Wagtail page: `uv run python -m tests.bench`.

Takes about fifteen minutes on a machine that does nothing else, with nginx, its module for brotli and wrk
(Debian's packages). Prints a table and writes var/bench.json. `--rounds 1 --pages 50` tries it out.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.conf import settings

from tests.bench import rates
from tests.bench.served import Bench, bench

PAGE = "/vagledning/betanketid/"
UNCACHED = "/meddelande/"
FIRST_VIEWS = ("/", "/en/", PAGE, "/kontakt/skane-lan/", "/manual/akut-skydd/", "/publikationer/")


@dataclass(slots=True)
class Results:
    """Named figures, each the median of its rounds."""

    rows: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, name: str, values: list[float], unit: str, wanted: str = "") -> None:
        shown = statistics.median(values)
        self.rows[name] = {"median": round(shown, 3), "unit": unit, "wanted": wanted, "all": values}
        sys.stdout.write(f"{name:<58} {shown:>12,.3f} {unit:<8} {wanted}\n")
        sys.stdout.flush()


def against_nginx(site: Bench, results: Results, rounds: int, label: str, paths: list[str]) -> float:
    """Compare the site alone and behind nginx with nginx serving the same bytes, measured before and after.

    Return the ratio of the site alone.
    """
    ratios: dict[str, list[float]] = {"ready": [], "through nginx": []}
    seen: dict[str, list[float]] = {"nginx static": [], "ready": [], "through nginx": []}
    for _round in range(rounds):
        before = rates.wrk(site.reference, paths).per_second
        alone = rates.wrk(site.application, paths).per_second
        through = rates.wrk(site.nginx, paths).per_second
        static = (before + rates.wrk(site.reference, paths).per_second) / 2
        for name, value in (("nginx static", static), ("ready", alone), ("through nginx", through)):
            seen[name].append(value)
        ratios["ready"].append(alone / static)
        ratios["through nginx"].append(through / static)
    for name, values in seen.items():
        results.add(f"{label}: {name}", values, "req/s")
    results.add(f"{label}: ready to nginx static", ratios["ready"], "ratio", ">= 0.80")
    results.add(f"{label}: through nginx to nginx static", ratios["through nginx"], "ratio", ">= 0.95")
    return statistics.median(ratios["ready"])


def under_misses(site: Bench, results: Results, rounds: int) -> None:
    """Cached pages while a closed loop of uncached pages saturates the process."""
    # The second is more than there are threads: where nothing is in front, hits then wait behind misses.
    for connections, wanted in ((2, "<= 10"), (16, "")):
        seen: list[rates.Rate] = []
        for _round in range(rounds):
            with rates.saturated(site.application, UNCACHED, connections):
                seen.append(rates.wrk(site.application, [PAGE], connections=8))
        name = f"hits while misses saturate ({connections} connections)"
        results.add(f"{name}: p99", [each.p99 for each in seen], "ms", wanted)
        results.add(name, [each.per_second for each in seen], "req/s")


def after_publish(site: Bench, results: Results, rounds: int) -> None:
    """Fifty pages at 500 requests a second, for ten seconds from a publication on."""
    paths = ["/", PAGE, "/kontakt/", "/manual/", *site.paths[:46]]
    page = site.editor.do("make_page", title="Matning")
    rates.steady(site.application, paths, seconds=4)
    slow = []
    for number in range(rounds):
        times = rates.steady(
            site.application,
            paths,
            seconds=10,
            meanwhile=lambda number=number: site.editor.do("publish", page=page, lead=f"Runda {number}."),
        )
        slow.append(times[int(len(times) * 0.99)] * 1000)
    results.add("500 req/s for 10 s after a publication: p99", slow, "ms", "<= 100")


def until_visible(site: Bench, results: Results, rounds: int) -> None:
    page = site.editor.do("make_page", title="Synlig")
    for name, address, wanted in (("", site.application, "<= 1000"), (" through nginx", site.nginx, "<= 2000")):
        waits = []
        for number in range(max(rounds, 5)):
            text = f"Nummer {number}{name}."
            site.editor.do("publish", page=page, lead=text)
            waits.append(rates.until(address, "/vagledning/synlig/", text) * 1000)
        results.add(f"publication until visible{name}: slowest", [max(waits)], "ms", wanted)
        results.add(f"publication until visible{name}", waits, "ms")


def uncached(site: Bench, results: Results, rounds: int) -> None:
    """Processor time of a page that is built, and of a bare Wagtail page with the same content."""
    measure = [rates.processor_time("tests.bench.built", site.environment) for _round in range(rounds)]
    text = rates.content(site.application, PAGE)
    bare = [rates.processor_time("tests.bench.bare", {}, text) for _round in range(rounds)]
    results.add("uncached guidance page", [each["ms"] for each in measure], "ms CPU")
    results.add("uncached guidance page: queries", [each["queries"] for each in measure], "", "<= 8")
    results.add("bare Wagtail page", [each["ms"] for each in bare], "ms CPU")
    results.add("bare Wagtail page: queries", [each["queries"] for each in bare], "")
    results.add(
        "uncached page to bare Wagtail page",
        [one["ms"] / other["ms"] for one, other in zip(measure, bare, strict=True)],
        "ratio",
    )
    static = statistics.median(rates.wrk(site.reference, [PAGE]).per_second for _round in range(rounds))
    for name, path in (("form, never stored", UNCACHED), ("lookup", "/kontakt/?q=gotebrog")):
        made = [rates.wrk(site.application, [path], connections=2).per_second for _round in range(rounds)]
        results.add(name, made, "req/s")
        results.add(f"{name}: to nginx static", [each / static for each in made], "ratio")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--threads", type=int, default=64, help="of the server")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    results = Results()
    alone: dict[int, float] = {}
    for pages in given.pages:
        with tempfile.TemporaryDirectory() as folder, bench(Path(folder), pages, given.threads) as site:
            rates.read_all(site.application, site.paths)
            site.wait_until_idle()
            alone[pages] = against_nginx(site, results, given.rounds, f"{pages} pages, one read", [PAGE])
            against_nginx(site, results, given.rounds, f"{pages} pages, all read", site.paths)
            results.add(f"{pages} pages: memory", [site.memory()], "MB", "<= 300" if pages == 500 else "")
            if pages == given.pages[0]:
                under_misses(site, results, given.rounds)
                after_publish(site, results, given.rounds)
                until_visible(site, results, given.rounds)
                uncached(site, results, given.rounds)
                views = [rates.first_view(site.application, path) for path in FIRST_VIEWS]
                results.add("first view: heaviest", [max(views)], "bytes", "<= 14600")
    few, many = min(alone), max(alone)
    results.add(f"ready with {many} pages to ready with {few}", [alone[many] / alone[few]], "ratio", ">= 0.95")
    if 5000 in given.pages:
        results.add("search among 5,000 pages", [rates.median_of("tests.bench.search")], "ms", "<= 50")
    results.add("PDF of a manual of 60 parts", [rates.median_of("tests.bench.manual_pdf")], "ms", "<= 10000")
    target = settings.BASE_DIR / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results.rows, indent=1))
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main()
