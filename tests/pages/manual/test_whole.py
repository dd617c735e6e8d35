"""The whole manual on one page, and as files to carry away."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.models import Rendition

from contacts.models import SupportLine
from pages import tagged_pdf
from pages.manual.models.parts import anchor, part_code
from pages.models import ManualPage
from pages.tagged_pdf import can_make_pdf
from tests.factories import image
from tests.manual import TABLE, add_parts, part_value, step
from tests.reading import FROM_ABROAD, NUMBERS, soup, words
from tests.tools import tool_or_skip

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

WHOLE = {"sv": "/manual/allt/", "en": "/en/manual/whole/"}
HTML = {"sv": "/manual/kopia/html/", "en": "/en/manual/copy/html/"}
EXAMPLE = {"sv": "Exempelutgåva, inte myndighetens text", "en": "Example edition, not the agency’s text"}
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
    assert all(later - earlier <= 1 for earlier, later in pairwise([0, *levels]))
    ids = [element["id"] for element in html.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_sixty_parts_take_at_most_thirty_queries(client):
    add_parts(42, [{"type": "text", "value": '<p>Läs <a linktype="page" id="3">mer</a>.</p>'}, TABLE])
    client.get(WHOLE["sv"])
    with CaptureQueriesContext(connection) as queries:
        html = soup(client.get(WHOLE["sv"]))
    assert len(html.select("section.part")) >= 60
    assert len(queries) <= 30


@pytest.mark.parametrize("language", WHOLE)
def test_page_has_the_text_about_the_manual_and_the_words_that_parts_use(client, strict_templates, language):
    html = soup(client.get(WHOLE[language]))
    about = {"sv": "Så använder du manualen", "en": "How to use the manual"}[language]
    assert about in {words(heading) for heading in html.select("main h2")}
    links = html.select(".part a.term")
    assert len(links) > 10
    assert {link["href"][1:] for link in links} == {term["id"] for term in html.select(".glossary__term")}
    assert all(words(term.dd) for term in html.select(".glossary__term"))
    assert html.select_one('nav.contents--printed a[href="#words"]')


def test_part_that_is_only_in_swedish_is_linked_on_the_site(client, settings):
    target = step("safe-return", "en").parts[0].id
    page = step("emergency-protection", "en")
    address = f'<p>Read <a href="/en/manual/p/{part_code(target)}/">more</a>.</p>'
    page.parts.append(("part", part_value(address)))
    page.save_revision().publish()
    for is_there in (True, False):
        html = BeautifulSoup(downloaded(client, HTML["en"]), "html.parser")
        links = html.select(f'a[href$="#{anchor(part_code(target))}"]:not(nav a)')
        assert links
        assert all(link["href"].startswith("#" if is_there else f"{settings.SITE_URL}/manual/") for link in links)
        assert [link for link in html.select('a[href^="#"]') if not html.find(id=link["href"][1:])] == []
        step("safe-return", "en").unpublish()


def test_picture_is_in_the_file(client):
    page = step()
    picture = {"image": image().pk, "alt_text": "En dörr", "decorative": False}
    figure = {"type": "figure", "value": {"image": picture, "caption": "Teckning"}}
    page.parts.append(("part", part_value("", body=[figure])))
    page.save_revision().publish()
    whole = soup(client.get(WHOLE["sv"]))
    assert len(whole.select("main .figure img")) == 1
    for is_there in (True, False):
        html = BeautifulSoup(downloaded(client, HTML["sv"]), "html.parser")
        (picture,) = html.select(".figure img")
        assert picture["src"].startswith("data:image/jpeg;base64," if is_there else "data:,")
        assert not html.select("[srcset], [src]:not([src^='data:'])")
        Rendition.objects.get(filter_spec="format-jpeg|width-1200").file.delete(save=False)


@pytest.mark.parametrize("language", HTML)
def test_html_file_needs_nothing_else_and_shows_hours_instead_of_a_state(client, strict_templates, language):
    html = BeautifulSoup(downloaded(client, HTML[language]), "html.parser")
    assert html.html["lang"] == language
    assert not html.select("script, link[rel=stylesheet], iframe, form, img:not([src^='data:'])")
    for link in html.select("a[href]"):
        assert link["href"].startswith(("#", "tel:", "https://", "http://"))
        assert not link["href"].startswith("#") or html.find(id=link["href"][1:])
    expected = NUMBERS | {"sv": {}, "en": FROM_ABROAD}[language]
    assert {words(link) for link in html.select("a[href^='tel:']")} >= set(expected)
    assert words(html.select_one(".edition")) == EXAMPLE[language]
    assert str(timezone.localdate().year) in words(html.select_one(".stamp"))
    assert not html.select(".call__state, .call__as-of, .call__meanwhile")
    assert {"sv": "08.00–16.00", "en": "08:00–16:00"}[language] in words(html)


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


def test_files_of_two_manuals_lie_side_by_side(client, tmp_path):
    manual = ManualPage.objects.get(locale__language_code="sv")
    manual.copy(recursive=True, update_attrs={"slug": "kopia", "title": "Kopia"})
    for address in (HTML["sv"], "/kopia/kopia/html/", HTML["sv"]):
        downloaded(client, address)
    assert len(set((tmp_path / "manual").glob("*.html"))) == 2


def test_file_that_was_cut_off_is_never_sent(client, tmp_path):
    whole = downloaded(client, HTML["sv"])
    (made,) = (tmp_path / "manual").glob("*.html")
    made.rename(made.with_suffix(".html.part"))
    made.with_suffix(".html.part").write_text("half")
    assert len(downloaded(client, HTML["sv"])) == len(whole)


def test_machine_without_pango_offers_no_pdf(client, monkeypatch):
    monkeypatch.setattr(tagged_pdf, "LIBRARIES", ("is-on-no-machine",))
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
    page = soup(client.get({"sv": "/manual/", "en": "/en/manual/"}[language]))
    links = {link["href"] for link in page.select("main a")}
    changes = {"sv": "/manual/andringar/", "en": "/en/manual/changes/"}[language]
    assert {WHOLE[language], HTML[language], PDF[language], changes} <= links
