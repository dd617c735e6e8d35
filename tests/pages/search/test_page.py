"""The search page: any query gets a sensible answer with whom to call, and nothing of it is kept."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests import factories
from tests.pages.search.test_queries import CASES
from tests.reading import assert_numbers, soup, words

pytestmark = pytest.mark.django_db

LIMIT = 8  # queries
COLD = 13  # more in a process that knows nothing of this version of the site yet
HOSTILE = [
    "",
    " ",
    "a",
    "å",
    "?",
    "\x00",
    "\x00\x01\x02\xff",
    "%00%FF",
    "a" * 10_000,
    "människohandel " * 700,
    " ".join(f"ord{number}" for number in range(2_000)),
    '"',
    '"betänketid',
    "'; DROP TABLE pages_searchentry; --",
    "betänketid AND NOT (tecken OR *)",
    "NEAR(a b) title:betänketid ^2 ~3 {a b} : -",
    "tecken:* & | ! <-> \\",
    "(((((((((((((((((",
    "50 % %s %(a)s {0} {{ 7|add:7 }}",
    "<script>alert(1)</script>",
    "</bdi><mark>x",
    "مرحبا كيف حالك",
    "\u202eretsnom\u202c tecken",
    "торгівля людьми",
    "人口贩卖",
    "😀😀😀",
    "ﷺ" * 300,
    "e\u0301" * 2_000,
    "0" * 5_000,
    "1" + " 1" * 2_000,
    "steg 0",
    "steg 99",
    "2.99",
    "-1",
    "och i att det som",
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "ß ĳ ﬁ ½ ²",
]


@pytest.mark.any_database  # words are looked for in memory
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query[:20]))
@pytest.mark.parametrize("address", ["/sok/", "/en/search/"])
def test_any_query_gets_a_page_with_whom_to_call(client, strict_templates, address, query):
    with CaptureQueriesContext(connection) as queries:
        page = soup(client.get(address, {"q": query}))
    assert_numbers(page)
    assert page.select_one("form[role=search] input[name=q]")
    assert page.select_one('meta[name=robots][content="noindex"]')
    assert not page.select("script:not([src]), bdi mark")
    assert len(queries) <= LIMIT + COLD


def test_bytes_that_are_no_text_get_a_page(client):
    for raw in ("q=%ff%fe", "q=%C3", "q=%00", "q=&q=", "q[]=a", "kind=%00&q=tecken", "page=%F0&q=tecken"):
        assert_numbers(soup(client.get(f"/sok/?{raw}")))


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x", "1e9", "٣"])
def test_any_page_number_and_kind_get_a_page(client, page):
    assert soup(client.get("/sok/", {"q": "människohandel", "page": page})).select(".hit")
    assert soup(client.get("/sok/", {"q": "människohandel", "kind": page})).select(".hit")


def test_search_takes_at_most_eight_queries(client):
    counts = {}
    for language in ("sv", "en"):
        address = {"sv": "/sok/", "en": "/en/search/"}[language]
        client.get(address, {"q": "polis"})
        for case_language, query, *_rest in CASES:
            if case_language == language:
                with CaptureQueriesContext(connection) as queries:
                    client.get(address, {"q": query})
                counts[language, query] = len(queries)
    assert len(counts) > 100
    assert {case: number for case, number in counts.items() if number > LIMIT} == {}


def test_number_of_queries_does_not_grow_with_the_site(client):
    factories.many_guidance_pages(300, fields=lambda number: {"title": f"Betänketid {number}", "lead": "En av många."})
    for query in ("betänketid", "betänketid många"):
        client.get("/sok/", {"q": query})
        with CaptureQueriesContext(connection) as queries:
            page = soup(client.get("/sok/", {"q": query}))
        assert len(page.select(".hit")) >= 9
        assert len(queries) <= LIMIT


def about(number: int) -> dict[str, str]:
    """Return a page with the word in its text, every second in its title, every fourth with a long one."""
    title = ("Om {}", "Zebrafiske {}", "Annat {}", "Zebrafiske längs kusten i norr {}")[number % 4].format(number)
    return {"title": title, "lead": "Om zebrafiske." if number % 2 else "Om annat.", "body": BODY}


BODY = [{"type": "text", "value": "<p>Zebrafiske och mer zebrafiske.</p>"}]


@pytest.mark.parametrize("count", [240, 420])
def test_page_whose_title_is_the_query_is_first_among_many_and_all_are_counted(client, count):
    factories.many_guidance_pages(count, fields=about)
    for title in ("Zebrafiske", "Zebrafiske i norr"):
        url = factories.guidance(title=title, lead="Kort.").url
        client.get("/sok/", {"q": title})
        with CaptureQueriesContext(connection) as queries:
            main = soup(client.get("/sok/", {"q": title.lower()})).main
        assert main.select_one(".hit > a")["href"] == url
        assert len(queries) <= LIMIT
        if title == "Zebrafiske":
            assert words(main.select_one(".search-answer")) == f"{count + 1} träffar på ” zebrafiske ”."
            numbers = [words(item) for item in main.select("nav[aria-label='Sidor med träffar'] li")]
            assert (numbers[0], numbers[-1]) == ("Sida 1", f"Sida {count // 10 + 1}")
            assert "…" in numbers
            assert len(numbers) <= 10


def test_query_is_neither_stored_nor_logged_and_sets_no_cookie(client, caplog):
    asked = "Hemligahäxan"
    client.get("/sok/", {"q": "polis"})
    before = contents()
    with caplog.at_level(logging.DEBUG):
        response = client.get("/sok/", {"q": f"{asked} människohandel", "kind": "page"})
    assert response.status_code == 200
    assert not response.cookies
    assert contents() == before
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in told if asked.lower() in line.lower() or "Hemliga" in line]


def contents() -> dict[str, list[str]]:
    """Return every row of every table."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (its own tables)
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def test_hits_are_filtered_by_kind_and_turned_by_pages(client):
    page = soup(client.get("/sok/", {"q": "människohandel"}))
    choices = {words(link): link["href"] for link in page.select("nav[aria-labelledby=kinds] a")}
    total = int(next(iter(choices)).split("(")[1].rstrip(")"))
    assert total == sum(int(text.split("(")[1].rstrip(")")) for text in list(choices)[1:])

    manual = soup(client.get("/sok/" + next(href for text, href in choices.items() if text.startswith("Manualen"))))
    assert {kind.text for kind in manual.select(".hit__place .icon + span")} == {"Manualen"}

    seen = []
    while True:
        seen += [link["href"] for link in page.select(".hit > a")]
        onward = page.select_one("nav[aria-label='Sidor med träffar'] li:has([aria-current]) + li a")
        if onward is None:
            break
        page = soup(client.get("/sok/" + onward["href"]))
    assert len(seen) == len(set(seen)) == total


def test_place_of_a_hit_names_neither_its_kind_nor_what_is_not_published(client):
    hit = soup(client.get("/sok/", {"q": "återvändandeprogrammet hos IOM"})).select_one(".hit")
    assert words(hit.select_one(".hit__place")) == "Publikation 23 november 2026"

    page = factories.guidance(title="Zebrafiske")
    Page.objects.filter(pk=factories.section().pk).update(live=False, title="Hemlig avdelning")
    hit = soup(client.get("/sok/", {"q": "Zebrafiske"})).select_one(".hit")
    assert hit.a["href"] == page.url
    assert words(hit.select_one(".hit__place")) == "Sida"


def test_words_that_no_hit_has_are_told(client):
    main = soup(client.get("/sok/", {"q": "tecken xyzzyxyzzy"})).main
    assert "Finns inte i någon träff: xyzzyxyzzy ." in words(main)
    assert [word.text for word in main.select("bdi")][-1] == "xyzzyxyzzy"
    assert "Finns inte" not in words(soup(client.get("/sok/", {"q": "tecken"})).main)


def test_search_says_what_it_searches(client):
    assert "publikationer" in words(soup(client.get("/sok/")).select_one(".lead"))


def test_missing_page_offers_the_search(client):
    assert soup(client.get("/finns-inte/"), status=404).select_one('form[action="/sok/"] input[name=q]')


def test_every_page_leads_to_the_search(client):
    assert soup(client.get("/manual/")).select('header a[href="/sok/"]')
    assert soup(client.get("/en/manual/")).select('header a[href="/en/search/"]')


def test_menu_is_kept_for_the_next_search_and_not_for_the_next_version(client):
    def menu() -> list[str]:
        return [words(item) for item in soup(client.get("/sok/", {"q": "polis"})).select(".site-header__menu a")]

    before = menu()
    section = Page.objects.get(slug="vagledning").specific
    assert section.title in before
    section.title = "Annat namn"
    section.save_revision().publish()
    assert menu() == [{"Vägledning": "Annat namn"}.get(name, name) for name in before] != before
    section.unpublish()
    assert menu() == [name for name in before if name != "Vägledning"]
