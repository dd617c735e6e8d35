"""How many queries an uncached page takes, and that it does not grow with the site."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.render_context import RenderContext, collecting
from tests.factories import many_guidance_pages
from tests.reading import ADDRESSES, PAIRS

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIMIT = 12
LIMIT_OF_A_BUILD = 8
# The heaviest pages of the starter content: many links, many blocks.
HEAVY = ["/manual/identifiering/", "/en/manual/identification/", "/vagledning/ditt-yrke/", "/ukraina/informationsblad/"]
ERRORS = ["/finns-inte/", "/en/kontakt/", "/kontakt/finns-inte/"]
# A place, a choice of two, a guess, and nothing that is known.
QUERIES = ["goteborg", "habo", "gotebrog", "atlantis"]
LOOKUPS = [f"{address}?q={query}" for address in PAIRS["contacts"] for query in QUERIES]


def count(client: Client, address: str) -> int:
    """Count the queries of a request and, where it leads elsewhere, of what follows."""
    with CaptureQueriesContext(connection) as queries:
        client.get(address, follow=True)
    return len(queries)


def count_cold(client: Client, address: str) -> int:
    """Count the first request of a process, which knows neither the site's root paths nor a content type."""
    cache.clear()
    ContentType.objects.clear_cache()
    return count(client, address)


def count_warm(client: Client, address: str) -> int:
    client.get(address, follow=True)
    return count(client, address)


@pytest.mark.parametrize("address", [*ADDRESSES, *HEAVY, *ERRORS])
def test_page_takes_at_most_twelve_queries(client, address):
    assert count_warm(client, address) <= LIMIT


@pytest.mark.parametrize("address", [*ADDRESSES, *HEAVY, *ERRORS])
def test_first_page_of_a_process_takes_at_most_three_queries_more(client, address):
    # Once in a process: the content type of the page by its id. Once in a second, then from
    # memory: the two queries with which Wagtail reads the root paths of the site in each language.
    assert count_cold(client, address) <= LIMIT + 3


@pytest.mark.parametrize("address", [*ADDRESSES, *HEAVY])
def test_page_that_is_built_takes_at_most_eight_queries(client, address):
    """As all but the first page of a generation: what many pages show alike has been read."""
    memo: dict = {}
    for page in (*PAIRS["section"], *PAIRS["contacts"], address):
        with collecting(RenderContext(memo)):
            number = count(client, page)
    assert number <= LIMIT_OF_A_BUILD


@pytest.mark.parametrize("language", [0, 1])
def test_page_of_a_section_takes_two_queries_once_another_was_built(client, language):
    """One for itself, and one for where its links lead: its section, its translations and the manual are known."""
    section, address = (PAIRS[name][language] for name in ("section", "guidance"))
    others = [
        page.url
        for page in Page.objects.live().filter(depth__gt=1)
        if page.url.startswith(section) and page.url != address
    ]
    memo: dict = {}
    for page in (section, others[-1], PAIRS["step"][language]):
        with collecting(RenderContext(memo)):
            count(client, page)
    for most in (2, 1):
        with collecting(RenderContext(memo)):
            assert count(client, address) <= most


def test_every_page_of_the_starter_content_keeps_the_limit(client):
    counts = {page.url: count_warm(client, page.url) for page in Page.objects.filter(depth__gt=1)}
    assert len(counts) > 50
    assert {address: number for address, number in counts.items() if number > LIMIT} == {}


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_queries_are_the_same_with_20_and_500_pages(client, language):
    # The pages that are measured, the site's root and its parent; what else the starter content has goes.
    measured = [pair[language == "en"] for pair in PAIRS.values()]
    kept = {page.pk for page in Page.objects.all() if page.depth == 1 or page.url in {"/", *measured}}
    Page.objects.exclude(pk__in=kept).delete()
    counts = []
    for total in (20, 500):
        many_guidance_pages(total - Page.objects.count(), language)
        assert Page.find_problems() == ([], [], [], [], [])
        counts.append({address: count_warm(client, address) for address in [*measured, *LOOKUPS, *ERRORS]})
    assert counts[0] == counts[1]
    last = Page.objects.order_by("path").filter(url_path__contains="/sida-").last()
    assert {client.get(address).status_code for address in [*measured, last.url]} == {200}


@pytest.mark.parametrize("address", [PAIRS["guidance"][0], PAIRS["contacts"][0], PAIRS["step"][1]])
def test_page_that_builds_remember_for_each_other_is_not_looked_through(client, address):
    """Another thread may be adding to it."""
    memo: dict = {}
    for page in (*PAIRS["section"], *PAIRS["manual"], address):
        with collecting(RenderContext(memo)):
            count(client, page)
    remembered = [page for value in memo.values() if isinstance(value, list) for page in value]
    shared = [page for page in remembered if isinstance(page, Page) and page.url == address]
    assert shared
    assert not any("specific_class" in page.__dict__ for page in shared)
