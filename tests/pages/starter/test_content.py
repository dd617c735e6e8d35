"""The starter content: complete in both languages, true to its own rules."""

import re
from contextlib import closing
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import Page, Site

from pages.models import BasePage, HomePage, ManualStepPage
from pages.starter import loader
from pages.starter.loader import read_pages
from tests.conftest import OpenDatabase
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.xdist_group("starter content")]

LANGUAGES = [code for code, _name in settings.LANGUAGES]
FILES = {language: {page.key: page for page in read_pages(language)} for language in LANGUAGES}
KEYS = sorted(FILES["sv"])


def all_pages() -> list[BasePage]:
    return list(Page.objects.filter(depth__gt=1).order_by("path").specific())


@pytest.fixture(scope="module")
def opened(module_rows: OpenDatabase) -> dict[str, BeautifulSoup]:
    """Return every page as readers get it, by its address."""
    with module_rows():
        return {page.url: soup(Client().get(page.url)) for page in all_pages()}


def shape(text: str) -> list[str]:
    """Return what a text is made of, in order, without its words."""
    blocks = re.findall(r"^(#{2,4}) |^(::: \w+)|^(\|)|^(- |\d+\. )", text, re.MULTILINE)
    return ["".join(parts) for parts in blocks]


def test_files_are_the_same_in_every_language():
    assert len(KEYS) > 25
    for language in LANGUAGES:
        assert sorted(FILES[language]) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_file_has_the_same_structure_in_both_languages(key):
    swedish, english = FILES["sv"][key], FILES["en"][key]
    assert shape(swedish.text) == shape(english.text)
    assert swedish.meta.keys() == english.meta.keys()
    for same in ("type", "order", "in_menu", "updated", "review_by"):
        assert swedish.meta[same] == english.meta[same]
    for translated in ("title", "lead", "search_description"):
        assert swedish.meta[translated] != english.meta[translated] or key == "manual"


def test_every_file_is_a_published_page_and_translation_of_the_other():
    pages = all_pages()
    assert len(pages) == len(KEYS) * len(LANGUAGES)
    assert all(page.live and not page.has_unpublished_changes for page in pages)
    by_key: dict = {}
    for page in pages:
        by_key.setdefault(page.translation_key, []).append((page.locale.language_code, type(page), page.depth))
    for translations in by_key.values():
        assert sorted(code for code, *_ in translations) == sorted(LANGUAGES)
        assert len({rest for _code, *kind in translations for rest in [tuple(kind)]}) == 1


def test_blocks_of_translations_are_of_the_same_kinds():
    kinds: dict = {}
    for page in all_pages():
        parts = page.parts if isinstance(page, ManualStepPage) else []
        blocks = [*page.body, *(block for part in parts for block in part.value["body"])]
        kinds.setdefault(page.translation_key, []).append([block.block_type for block in blocks])
    assert all(first == second for first, second in kinds.values())
    used = {kind for pair in kinds.values() for kind in pair[0]}
    assert {"text", "callout", "steps", "checklist", "question", "table", "links", "contact"} <= used


def test_links_lead_to_pages_of_the_same_language():
    seen = 0
    for page in all_pages():
        stored = "".join(str(text.get_prep_value()) for text in page.texts) + "".join(
            str(getattr(page, name, "")) for name in loader.STATEMENT_TEXTS
        )
        ids = re.findall(r"<a [^>]*\bid=\"(\d+)\"|'page': (\d+)", stored)
        assert "page:" not in stored.replace("'page': ", "")
        for target_id in {int(first or second) for first, second in ids}:
            target = Page.objects.get(pk=target_id)
            assert target.live
            assert target.locale_id == page.locale_id
            seen += 1
    assert seen > 100


def test_every_page_opens_and_every_link_on_it_leads_somewhere(client, opened):
    targets = set()
    for address, html in opened.items():
        assert not [link for link in html.main.find_all("a") if not link.get("href")], address
        targets |= {link["href"].partition("#")[0] for link in html.find_all("a") if link["href"].startswith("/")}
    assert len(targets) > 80
    for target in targets - opened.keys():
        with closing(client.get(target, follow=True)) as answer:  # a file stays open else
            assert answer.status_code == 200, target


def test_notes_to_editors_are_never_shown(opened):
    noted = [page for page in all_pages() if page.editor_note]
    assert len(noted) > 20
    for page in noted:
        shown = words(opened[page.url])
        sentences = [line.strip("- ").strip() for line in page.editor_note.splitlines()]
        assert not [line for line in sentences if len(line) > 25 and line in shown], page.url


def test_headings_begin_at_the_second_level_and_skip_none(opened):
    counted = 0
    for address, html in opened.items():
        levels = [int(heading.name[1]) for heading in html.main.find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(level <= before + 1 for before, level in pairwise(levels)), address
        counted += len(levels)
    assert counted > 100


def test_dates_and_unit_are_filled_in():
    for page in all_pages():
        assert page.updated_on
        assert page.reviews.get().review_by > page.updated_on
        assert page.responsible_unit
        assert page.search_description


def test_site_is_that_of_the_swedish_start_page():
    site = Site.objects.get()
    assert site.is_default_site
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="sv")


def test_loaded_database_is_not_empty():
    assert not loader.is_empty()
    HomePage.objects.all().delete()
    assert loader.is_empty()


SPELLED_OUT = {
    "NMT": ("nationellt metodstödsteam", "national task force"),
    "IOM": ("migration", "migration"),
    "LSS": ("lagen om stöd och service", "disabilit"),
    "LVU": ("lagen om vård av unga", "care of young persons act"),
    "HVB": ("hem för vård eller boende", "care or residence"),
    "LMA": ("lagen om mottagande av asylsökande", "reception of asylum seekers"),
    "NSP": ("nationella stödprogrammet", "national support programme"),
}


@pytest.mark.parametrize("abbreviation", SPELLED_OUT)
def test_abbreviations_are_spelled_out_where_a_page_first_uses_them(opened, abbreviation):
    used = 0
    for page in all_pages():
        meaning = SPELLED_OUT[abbreviation][LANGUAGES.index(page.locale.language_code)]
        text = words(opened[page.url].main)
        if found := re.search(rf"\b{abbreviation}\b", text):
            used += 1
            assert meaning in text[: found.end() + 80].lower(), (
                page.url,
                text[max(0, found.start() - 80) : found.end() + 80],
            )
    assert used >= 2
