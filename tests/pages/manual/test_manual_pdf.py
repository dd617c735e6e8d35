"""The manual as a PDF: tagged, with a cover, contents, running heads and the numbers in each foot; no page is empty."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client, override_settings

from pages.html.plain_text import text_lines
from tests.manual import TABLE, add_parts
from tests.paper import assert_tagged, filled, paper_tools, pictures, sent, texts
from tests.reading import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # a file of the same texts
    pytest.mark.xdist_group("manual file"),  # made once for all
]

PDF = {"sv": "/manual/kopia/pdf/", "en": "/en/manual/copy/pdf/"}
HTML = {"sv": "/manual/kopia/html/", "en": "/en/manual/copy/html/"}
EXAMPLE = {"sv": "Exempelutgåva, inte myndighetens text", "en": "Example edition, not the agency’s text"}
FOOT = {
    "sv": "112 akut fara · 114 14 brådskande · 020-390 000 råd i ett ärende",
    "en": "112 emergency · 114 14 urgent · 020-390 000 advice on a case",
}
OF = {"sv": "av", "en": "of"}
CONTENTS = {"sv": "Innehåll", "en": "Contents"}
FEWEST_WORDS = 60  # of a page, its head and foot left out
SHORTEST = 0.3  # how far down the last page reaches; others are as full as what must not be broken lets them be


class Copy(NamedTuple):
    """The manual in a language as a PDF, and the HTML file of the same."""

    language: str
    pdf: bytes
    html: BeautifulSoup


def copied(language: str, folder: Path) -> Copy:
    paper_tools()
    with override_settings(DATA_DIR=folder):
        html = b"".join(Client().get(HTML[language]).streaming_content)
        page = BeautifulSoup(html, "html.parser")
        for unseen in page.select(".call__short"):
            unseen.decompose()
        return Copy(language, sent(Client().get(PDF[language])), page)


@pytest.fixture(scope="module", params=PDF)
def copy(request, module_rows, tmp_path_factory) -> Copy:
    """Return the starter content's manual."""
    with module_rows():
        return copied(request.param, tmp_path_factory.mktemp("copy"))


def titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    """Yield the bookmarks in reading order."""
    for item in items:
        yield item.title
        yield from titles(item.children)


def spaced(text: str) -> str:
    """Return the words with a space on each side."""
    return f" {' '.join(re.findall(r'\w+', text))} "


def letters(text: str) -> str:
    """Return the letters: a word may be broken. Numbers up to 99, of lists and pages, stand elsewhere in a PDF."""
    return spaced(re.sub(r"(?:\b|(?<=[^\W\d]))\d\d?\b", "", text)).replace(" ", "")


def framed(pages: list[str], title: str, language: str) -> list[tuple[str, str]]:
    """Return the text and the running head of each page after the cover, which has neither head nor foot."""
    last = len(pages)
    ends = [f"{FOOT[language]} {number} {OF[language]} {last}" for number in range(2, last + 1)]
    assert [page for page, end in zip(pages[1:], ends, strict=True) if not page.endswith(end)] == []
    assert FOOT[language] not in pages[0]
    parted = [page.removesuffix(end).rpartition(title) for page, end in zip(pages[1:], ends, strict=True)]
    assert all(before for before, _title, _head in parted)
    return [(before, head.strip()) for before, _title, head in parted]


@time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("language", PDF)
def test_pdf_is_tagged_and_says_what_the_file_says(tmp_path, language):
    add_parts(1, [{"type": "text", "value": "<h3>Rubrik</h3><ul><li>en</li><li>två</li></ul>"}, TABLE])
    _language, pdf, html = copied(language, tmp_path)
    found = assert_tagged(pdf, language)
    levels = [int(tag[1]) for tag in found if re.fullmatch("H[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise([0, *levels]))
    assert {"L", "LI", "Link"} <= set(found)
    assert ({"Table", "TH", "TD"} <= set(found)) == (language == "sv")
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        bookmarks = Counter(titles(outline.root))

    headings = [words(heading) for heading in html.select(".step h2, .part__heading")]
    assert len(headings) > 20
    assert {heading: bookmarks[heading] for heading in headings if bookmarks[heading] != 1} == {}
    pages = texts(pdf)
    after_cover = framed(pages, words(html.h1), language)
    printed = " ".join([pages[0], *(text for text, _head in after_cover)])
    lines = [line for line in text_lines(str(html.body)) if line.strip()]
    assert len(" ".join(lines).split()) > 1000
    assert Counter(letters(printed)) == Counter(letters("\n".join(lines)))
    made_at = {"sv": "24 november 2026, 10:30", "en": "24 November 2026, 10:30"}[language]
    assert all(spaced(stamp) in spaced(pages[0]) for stamp in (EXAMPLE[language], made_at))


def test_contents_give_the_page_of_each_step_and_part(copy):
    pages = texts(copy.pdf)
    assert pages[1].startswith(CONTENTS[copy.language])
    dotted = re.sub(r"(?: ?\.){4,} ?", " … ", pages[1])
    links = copy.html.select("nav.contents a")
    assert len(links) > 30
    for link in links:
        title = words(link).lstrip("0123456789. ")
        told = re.search(rf"{re.escape(title)} … (\d+)", dotted)
        assert told, title
        assert title in pages[int(told[1]) - 1]


def test_running_head_names_the_step_that_a_page_begins_in(copy):
    heads = [head for _text, head in framed(texts(copy.pdf), words(copy.html.h1), copy.language)]
    steps = [words(heading) for heading in copy.html.select(".step h2")]
    assert len(steps) == 7  # with the words in the manual
    assert heads[0] == CONTENTS[copy.language]
    assert list(dict.fromkeys(head for head in heads[1:] if head)) == steps


def test_no_page_is_nearly_empty(copy):
    pages = framed(texts(copy.pdf), words(copy.html.h1), copy.language)
    sparse = {number: len(text.split()) for number, (text, _head) in enumerate(pages, 2)}
    assert {number: count for number, count in sparse.items() if count < FEWEST_WORDS} == {}
    reached = [filled(picture) for picture in pictures(copy.pdf)]
    assert {number: part for number, part in enumerate(reached, 1) if part < SHORTEST} == {}
