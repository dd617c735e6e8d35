"""The whole manual on one page, and as files to carry away."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pikepdf
import pypdf
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import SupportLine
from pages import whole_manual
from pages.plain_text import text_lines
from pages.whole_manual import can_make_pdf
from tests.manual import TABLE, add_parts
from tests.reading import NUMBERS, soup, words
from tests.tools import tool_or_skip

pytestmark = pytest.mark.django_db

WHOLE = {"sv": "/manual/allt/", "en": "/en/manual/whole/"}
HTML = {"sv": "/manual/kopia/html/", "en": "/en/manual/copy/html/"}
PDF = {"sv": "/manual/kopia/pdf/", "en": "/en/manual/copy/pdf/"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def downloaded(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("language", WHOLE)
def test_page_has_every_step_and_part_in_order(client, strict_templates, language):
    html = soup(client.get(WHOLE[language]))
    headings = [words(heading) for heading in html.select("main h2, main section.part > h3")]
    numbers = [heading.split()[0] for heading in headings if heading[0].isdigit()]
    assert numbers == sorted(numbers, key=lambda number: [int(digit) for digit in number.split(".")])
    assert len(numbers) > 20
    for link in html.select("nav.contents a"):
        assert words(html.find(id=link["href"].removeprefix("#"))).startswith(words(link))
    levels = [int(heading.name[1]) for heading in html.main.find_all(re.compile("h[1-6]"))]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [element["id"] for element in html.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_sixty_parts_take_at_most_thirty_queries(client):
    add_parts(42, [{"type": "text", "value": '<p>Läs <a linktype="page" id="3">mer</a>.</p>'}, TABLE])
    client.get(WHOLE["sv"])
    with CaptureQueriesContext(connection) as queries:
        html = soup(client.get(WHOLE["sv"]))
    assert len(html.select("section.part")) >= 60
    assert len(queries) <= 30


@pytest.mark.parametrize("language", HTML)
def test_html_file_needs_nothing_else_and_shows_hours_instead_of_a_state(client, strict_templates, language):
    html = BeautifulSoup(downloaded(client, HTML[language]), "html.parser")
    assert html.html["lang"] == language
    assert not html.select("script, link[rel=stylesheet], iframe, form, img:not([src^='data:'])")
    for link in html.select("a[href]"):
        assert link["href"].startswith(("#", "tel:", "https://", "http://"))
        assert not link["href"].startswith("#") or html.find(id=link["href"][1:])
    assert {words(link) for link in html.select("a[href^='tel:']")} == set(NUMBERS)
    assert not html.select(".call__state, .call__as-of, .call__meanwhile")
    assert "08.00–16.00" in words(html) or "08:00–16:00" in words(html)


def test_file_is_made_again_when_a_number_changes_and_not_otherwise(client, tmp_path):
    first = downloaded(client, HTML["sv"])
    made = set((tmp_path / "manual").glob("*.html"))
    assert downloaded(client, HTML["sv"]) == first
    line = SupportLine.objects.get(level="advice")
    line.number = "020-39 00 01"
    line.save()
    assert "020-39 00 01" in downloaded(client, HTML["sv"]).decode()
    now = set((tmp_path / "manual").glob("*.html"))
    assert len(now) == 1
    assert now != made


def test_file_that_was_cut_off_is_never_sent(client, tmp_path):
    whole = downloaded(client, HTML["sv"])
    (made,) = (tmp_path / "manual").glob("*.html")
    made.rename(made.with_suffix(".html.part"))
    made.with_suffix(".html.part").write_text("half")
    assert len(downloaded(client, HTML["sv"])) == len(whole)


def tags(node: pikepdf.Object) -> Iterator[str]:
    """Yield the names of the structure elements in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from tags(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).removeprefix("/")
        if "/K" in node:
            yield from tags(node.K)


def counted(text: str) -> Counter[str]:
    """Count the words; single digits are the markers of numbered lists in one of the two texts."""
    return Counter(word for word in re.findall(r"\w+", text) if not re.fullmatch(r"\d", word))


@time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("language", PDF)
def test_pdf_is_tagged_and_says_what_the_file_says(client, language):
    tool_or_skip("Pango", can_make_pdf(), "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    add_parts(1, [{"type": "text", "value": "<h3>Rubrik</h3><ul><li>en</li><li>två</li></ul>"}, TABLE])
    content = downloaded(client, PDF[language])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"])
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        found = list(tags(pdf.Root.StructTreeRoot.K))
        with pdf.open_outline() as outline:
            assert len(list(outline.root)) >= 1
    levels = [int(tag[1]) for tag in found if re.fullmatch("H[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert {"L", "LI", "Link"} <= set(found)
    assert ({"Table", "TH", "TD"} <= set(found)) == (language == "sv")

    html = BeautifulSoup(downloaded(client, HTML[language]), "html.parser")
    reader = pypdf.PdfReader(io.BytesIO(content))
    pages = [re.sub(r"^\d+ / \d+$", "", page.extract_text(), flags=re.MULTILINE) for page in reader.pages]
    shown, printed = counted("\n".join(text_lines(str(html.body)))), counted("\n".join(pages))
    assert sum(shown.values()) > 1000
    assert printed == shown


def test_machine_without_pango_offers_no_pdf(client, monkeypatch):
    monkeypatch.setattr(whole_manual, "LIBRARIES", ("is-on-no-machine",))
    can_make_pdf.cache_clear()
    try:
        for address in ("/manual/", WHOLE["sv"]):
            html = soup(client.get(address))
            assert html.select(f'a[href="{HTML["sv"]}"]')
            assert not html.select(f'a[href="{PDF["sv"]}"]')
        assert client.get(PDF["sv"]).status_code == 404
    finally:
        can_make_pdf.cache_clear()


@pytest.mark.parametrize("language", HTML)
def test_manual_leads_to_all_that_is_made_of_it(client, language):
    tool_or_skip("Pango", can_make_pdf(), "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    links = {
        link["href"] for link in soup(client.get({"sv": "/manual/", "en": "/en/manual/"}[language])).select("main a")
    }
    changes = {"sv": "/manual/andringar/", "en": "/en/manual/changes/"}[language]
    assert {WHOLE[language], HTML[language], PDF[language], changes} <= links
