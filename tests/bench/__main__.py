"""Measure the site against nginx and a bare Wagtail page, as it is started and on a busy machine.

`uv run python -m tests.bench` takes less than ten minutes on a machine that does nothing else, `--full` half an hour,
with nginx, its module for brotli and wrk (Debian's packages), and Lighthouse (`npm ci --prefix tests/bench`; left out
where it is not installed). Prints a table, with a mark at each figure that is not as wanted, and writes the run to
var/bench/; `tests.bench.compare` compares two. `--rounds 1` tries it out.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import django

from tests.bench import rates
from tests.bench.results import Results
from tests.bench.served import AS_STARTED, BUSY, PINNED, PINNED_BUSY, Bench, Condition, bench

PAGE = "/vagledning/betanketid/"
UNCACHED = "/meddelande/"
FIRST_VIEWS = ("/", "/en/", PAGE, "/kontakt/skane-lan/", "/manual/akut-skydd/", "/publikationer/")
WANTED = {AS_STARTED: ">= 0.80", PINNED: ">= 0.80", BUSY: ">= 0.70", PINNED_BUSY: ""}


def against_nginx(
    site: Bench, results: Results, rounds: int, label: str, paths: list[str], condition: Condition = PINNED
) -> float:
    """Compare the site alone and behind nginx with nginx serving the same bytes, measured before and after.

    Return the ratio of the site alone.
    """
    with site.under(condition):
        return _against_nginx(site, results, rounds, f"{label}, {condition.name}", paths, WANTED[condition])


def _against_nginx(site: Bench, results: Results, rounds: int, label: str, paths: list[str], wanted: str) -> float:
    ratios: dict[str, list[float]] = {"ready": [], "through nginx": []}
    seen: dict[str, list[float]] = {"nginx static": [], "ready": [], "through nginx": []}
    for _round in range(rounds):
        before = site.rate(site.reference, paths).per_second
        alone = site.rate(site.application, paths).per_second
        through = site.rate(site.nginx, paths).per_second
        static = (before + site.rate(site.reference, paths).per_second) / 2
        for name, value in (("nginx static", static), ("ready", alone), ("through nginx", through)):
            seen[name].append(value)
        ratios["ready"].append(alone / static)
        ratios["through nginx"].append(through / static)
    for name, values in seen.items():
        results.add(f"{label}: {name}", values, "req/s")
    results.add(f"{label}: ready to nginx static", ratios["ready"], "ratio", wanted)
    results.add(
        f"{label}: through nginx to nginx static", ratios["through nginx"], "ratio", ">= 0.95" if wanted else ""
    )
    return statistics.median(ratios["ready"])


def each_its_own(site: Bench, results: Results, rounds: int) -> None:
    """Requests of which no two are the same, as those of different browsers: none is known from before."""
    ratios = []
    for _round in range(rounds):
        made, static = (site.rate(each, [PAGE], numbered=True) for each in (site.application, site.reference))
        ratios.append(made.per_second / static.per_second)
    results.add("ready page, no request twice, as started: ready to nginx static", ratios, "ratio")


def under_misses(site: Bench, results: Results, rounds: int, label: str) -> None:
    """Cached pages while a closed loop of uncached pages saturates the process."""
    # The second is more than there are threads: where nothing is in front, hits then wait behind misses.
    for connections, wanted in ((2, "<= 8"), (16, "<= 15")):
        seen: list[rates.Rate] = []
        for _round in range(rounds):
            with rates.saturated(site.application, UNCACHED, connections, site.load_core):
                seen.append(site.rate(site.application, [PAGE], connections=8))
        name = f"{label}: hits while misses saturate ({connections} connections)"
        results.add(f"{name}: p99", [each.p99 for each in seen], "ms", wanted)
        results.add(name, [each.per_second for each in seen], "req/s")


def after_publish(site: Bench, results: Results, rounds: int, label: str) -> None:
    """Fifty pages at 500 requests a second, for ten seconds from a publication on."""
    paths = ["/", PAGE, "/kontakt/", "/manual/", *site.paths[:46]]
    page = site.editor.do("make_page", title=f"Matning-{label.replace(' ', '-')}")
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
    results.add(f"{label}: 500 req/s for 10 s after a publication: p99", slow, "ms", "<= 60")


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
        "<= 0.60",
    )
    placed = [rates.processor_time("tests.bench.for_a_place", site.environment)["ms"] for _round in range(rounds)]
    results.add("answer of the guide for a place", placed, "ms CPU", "<= 15")
    static = statistics.median(site.rate(site.reference, [PAGE]).per_second for _round in range(rounds))
    for name, path in (("form, never stored", UNCACHED), ("lookup", "/kontakt/?q=gotebrog")):
        made = [site.rate(site.application, [path], connections=2).per_second for _round in range(rounds)]
        results.add(name, made, "req/s")
        results.add(f"{name}: to nginx static", [each / static for each in made], "ratio")


def starts(site: Bench, results: Results, rounds: int) -> None:
    """The two starts that came before, and the part of them that imports."""
    results.add("first start until it answers", [site.first_start], "s", "<= 15")
    results.add("second start until it answers", [site.second_start], "s", "<= 4")
    imported = [rates.processor_time("tests.bench.imported", site.environment)["ms"] for _round in range(rounds)]
    results.add("importing the site and its addresses", imported, "ms CPU", "<= 1100")


def lighthouse(results: Results) -> None:
    """What Lighthouse says of eight kinds of pages of a live site: once of each, three times where it is too slow."""
    from tests.bench import felt  # reads the settings when it is loaded

    if not felt.LIGHTHOUSE.exists():
        sys.stdout.write("Lighthouse is not installed: npm ci --prefix tests/bench\n")
        return
    with tempfile.TemporaryDirectory() as folder, felt.live_site(Path(folder)) as site:
        for name, path in felt.PAGES.items():
            reports = [felt.lighthouse(site, path)]
            if any(reports[0]["audits"][audit]["numericValue"] > most for audit, most in felt.AT_MOST.items()):
                # One run varies by half on a machine that others share: its makers advise the median of several.
                reports += [felt.lighthouse(site, path) for _again in range(2)]
            for category in felt.CATEGORIES:
                results.add(f"Lighthouse, {name}: {category}", felt.scores(reports, category), "of 100", ">= 100")
            for audit, most in felt.AT_MOST.items():
                times = [report["audits"][audit]["numericValue"] for report in reports]
                results.add(f"Lighthouse, {name}: {audit}", times, "ms", f"<= {most}")


def one_site(site: Bench, results: Results, rounds: int) -> None:
    """Everything that one site tells, whatever its size."""
    for condition in (AS_STARTED, BUSY, PINNED_BUSY):  # pinned comes with the size of the site
        against_nginx(site, results, rounds, "ready page", [PAGE], condition)
    with site.under(AS_STARTED):
        each_its_own(site, results, rounds)
    for condition in (AS_STARTED, PINNED):
        with site.under(condition):
            under_misses(site, results, rounds, condition.name)
            after_publish(site, results, rounds, condition.name)
    with site.under(PINNED):
        until_visible(site, results, rounds)
        uncached(site, results, rounds)
    views = [rates.first_view(site.application, path) for path in FIRST_VIEWS]
    results.add("first view: heaviest", [max(views)], "bytes", "<= 14600")
    starts(site, results, rounds)


def main() -> None:
    """Measure what is asked for, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--full", action="store_true", help="also sites of 500 and 5,000 pages, the search and the PDF")
    parser.add_argument("--threads", type=int, default=64, help="of the server")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    results = Results()
    alone: dict[int, float] = {}
    for pages in (50, 500, 5000) if given.full else (50,):
        with tempfile.TemporaryDirectory() as folder, bench(Path(folder), pages, given.threads) as site:
            rates.read_all(site.application, site.paths)
            site.wait_until_idle()
            alone[pages] = against_nginx(site, results, given.rounds, f"{pages} pages, one read", [PAGE])
            against_nginx(site, results, given.rounds, f"{pages} pages, all read", site.paths)
            results.add(f"{pages} pages: memory", [site.memory()], "MB", "<= 300" if pages == 500 else "")
            if pages == 50:
                one_site(site, results, given.rounds)
    lighthouse(results)
    if given.full:
        few, many = min(alone), max(alone)
        results.add(f"ready with {many} pages to ready with {few}", [alone[many] / alone[few]], "ratio", ">= 0.95")
        results.add("search among 5,000 pages", [rates.median_of("tests.bench.search")], "ms", "<= 50")
        results.add("PDF of a manual of 60 parts", [rates.median_of("tests.bench.manual_pdf")], "ms", "<= 10000")
    sys.stdout.write(f"{results.write()}\n")


if __name__ == "__main__":
    main()
