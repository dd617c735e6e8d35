"""The admin's search finds every page that names a number, a statute or an expression."""

import pytest

from pages.manual.models.terms import GlossaryTerm
from pages.manual.pages.glossary import GlossaryPage
from tests.accounts import editor_client
from tests.factories import guidance, section
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def found(client, query: str) -> list[str]:
    page = soup(client.get("/admin/pages/search/", {"q": query}))
    return [link.text.strip() for link in page.select(".title-wrapper a")]


def with_text(title: str, text: str, **fields):
    page = guidance(title=title, **fields)
    page.body = [("text", text)]
    page.save_revision().publish()
    return page


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("<p>Enligt 5 kap. <b>3 §</b> lagen.</p>", "5 kap. 3 §"),
        ("<p>Lag (2018:1937) om tillgänglighet.</p>", "2018:1937"),
        ("<p>Ring Åsa på ärenden.</p>", "ring åsa på ÄRENDEN"),
        ('<p>Ring <embed embedtype="number" number="advice"/> nu.</p>', "020390000"),
        ('<p>Ring <embed embedtype="number" number="advice"/> nu.</p>', "020-390 000"),
    ],
)
def test_text_is_found_in_what_is_published_and_in_a_draft(admin_client, text, query):
    with_text("Publicerad sida", text)
    draft = guidance(title="Utkastets sida")
    draft.body = [("text", text)]
    draft.save_revision()
    shown = found(admin_client, query)
    assert {"Publicerad sida", "Utkastets sida"} <= set(shown)
    assert "Annan sida" not in shown


def test_glossary_is_found_by_its_terms_in_its_language_and_leads_to_them(admin_client):
    GlossaryTerm.objects.create(
        term_sv="xylofonrätt",
        term_en="xylophone law",
        definition_sv="Enligt lag (1999:9999).",
        definition_en="Under the act (1999:9999).",
    )
    assert found(admin_client, "1999:9999") == ["Ordlista", "Glossary"]
    assert found(admin_client, "xylofonrätt") == ["Ordlista"]
    assert found(admin_client, "xylophone law") == ["Glossary"]
    form = soup(admin_client.get(f"/admin/pages/{GlossaryPage.objects.first().pk}/edit/"))
    terms = soup(admin_client.get(form.select_one("main a[href*=glossaryterm]")["href"], {"q": "1999:9999"}))
    assert "xylofonrätt" in words(terms)


def test_titles_come_first_and_what_nobody_says_finds_nothing(admin_client):
    with_text("Först i trädet", "<p>Ord som xylofon nämns.</p>")
    guidance(title="Xylofon")
    assert found(admin_client, "xylofon") == ["Xylofon", "Först i trädet"]
    assert found(admin_client, "1999:9999") == []


def test_page_that_somebody_may_not_see_is_not_found():
    with_text("Hos andra", "<p>Ord som xylofon nämns.</p>")
    assert found(editor_client("change", below=section()), "xylofon") == ["Hos andra"]
    assert found(editor_client("change", below=section("en")), "xylofon") == []
