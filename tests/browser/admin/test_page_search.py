"""An editor who searches for a number or a statute finds every page that names it, in both languages, and its form."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from tests.browser.admin.editing import assert_swedish

pytestmark = pytest.mark.browser

# As readers see it, and as editors may type it.
WAYS_TO_TYPE = {
    r"020.390.000": ("020-390 000", "020390000"),
    r"\(2025:400\)": ("2025:400",),
    r"(?i)socialtjänstlagen": ("socialtjänstlagen",),
    r"Social Services Act": ("Social Services Act",),
}
OPENED = {
    "socialtjänstlagen": "Ordlista",
    "Social Services Act": "Glossary",
    "020390000": "Tecken på människohandel",
}
GENERATED = re.compile(r"/(kontakt|en/contact|publikationer|en/publications)/.")  # of no page of their own


def addresses_in(page: Page, sitemap: str) -> list[str]:
    """Return the addresses in a sitemap, or those of the sitemaps in an index."""
    return re.findall("<loc>(.*?)</loc>", page.request.get(sitemap).text())


def pages_of_readers(page: Page) -> dict[str, str]:
    """Return what each page says to readers, apart from the numbers that stand on all, by its id in the admin."""
    told = {}
    sitemaps = addresses_in(page, "/sitemap.xml")
    for address in (address for sitemap in sitemaps for address in addresses_in(page, sitemap)):
        if GENERATED.match(urlsplit(address).path):
            continue
        main = BeautifulSoup(page.request.get(address).text(), "html.parser").select_one("main")
        for numbers in main.select(".call"):
            numbers.decompose()
        if link := main.select_one("a[href*='/version/page/']"):
            told[link["href"].split("/")[-2]] = main.get_text()
    return told


def found(editor: Page, query: str) -> set[str]:
    """Return the ids of what a search finds, on all its pages."""
    ids: set[str] = set()
    for number in range(1, 9):
        editor.goto(f"/admin/pages/search/?q={query}&p={number}")
        assert_swedish(editor, "Sök")
        links = editor.locator(".title-wrapper a").all()
        shown = {str(link.get_attribute("href")).split("/")[3] for link in links}
        if shown <= ids:
            break
        ids |= shown
    return ids


def test_every_page_that_names_a_number_or_a_statute_is_found_and_leads_to_its_form(editor: Page) -> None:
    told = pages_of_readers(editor)
    for pattern, queries in WAYS_TO_TYPE.items():
        named = {page for page, text in told.items() if re.search(pattern, text)}
        assert len(named) > 10
        for query in queries:
            assert named <= found(editor, query), (query, named - found(editor, query))
    for query, title in OPENED.items():
        editor.goto("/admin/")
        editor.get_by_role("textbox", name="Sök", exact=True).fill(query)
        editor.keyboard.press("Enter")
        editor.locator(".title-wrapper a").filter(has_text=title).first.click()
        expect(editor.locator("[data-edit-form] [name=title]")).to_have_value(title)
