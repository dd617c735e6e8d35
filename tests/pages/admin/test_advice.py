"""What the content checker is shown in a preview: sentences, sources, leads and remnants that need a look."""

import pytest
from bs4 import BeautifulSoup

from pages.admin.axe_rules import NAMES
from pages.admin.checker import ADVICE, SiteCheckerItem
from pages.html.advice import Advice, lix, marked, sentences_of
from pages.models import BasePage, GuidancePage
from tests.editing import page_form
from tests.reading import soup

EASY = "Ring polisen. De svarar dygnet runt."
HARD = (
    "Förundersökningsledaren beslutar efter skyndsam handläggning om uppehållstillstånd beviljas utlänningen. "
    "Socialnämndens ansökningsmöjligheter kompletterar bestämmelserna beträffande betänketidens förlängning. "
)


def advice(block: str, lead: str = "Ingress.", head: str = "Rubrik") -> list[str]:
    """Return what is marked in a page with one block of text, and where."""
    html = f'<main><h1>{head}</h1><p class="lead">{lead}</p><div class="block-text">{block}</div></main>'
    found = BeautifulSoup(marked(html), "html.parser").select("[data-advice]")
    return [f"{element.name} {element['data-advice']}" for element in found]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (f"<p>{EASY}</p>", []),
        (f"<p>{'ord ' * 25}.</p>", []),
        (f"<p>{'ord ' * 26}.</p>", ["p long-sentence"]),
        (f"<p>{'Ord ord. ' * 26}.</p>", []),
        (f"<ul><li>{'ord ' * 26}</li></ul>", ["li long-sentence"]),
        ("<p>Enligt 4 kap. 1 § brottsbalken.</p>", ["p no-source"]),
        ("<p>Enligt socialtjänstlagen.</p>", ["p no-source"]),
        ("<p>Enligt lagen (2025:400).</p>", ["p no-source"]),
        ("<p>The Aliens Act says so.</p>", ["p no-source"]),
        ('<p>Enligt 4 kap. 1 § <sup><a href="#n">1</a></sup>.</p>', []),
        ("<p>Förslagen och underlagen från bolagen.</p>", []),
        ("<p>Rapport 2016:5.</p>", []),
        ("<p>· Ring polisen</p>", ["p word-remnant"]),
        ("<p>Se not [1]</p>", ["p word-remnant"]),
        ("<p>1. Ring polisen</p>", ["p word-remnant"]),
        ("<p>Se \uf0b7 och _Toc17800</p>", ["p word-remnant"]),
        ('<p>Läs <a href="/x/">här</a></p>', ["a vague-link"]),
        ('<p><a href="/x/">Läs mer.</a></p>', ["a vague-link"]),
        ('<p><a href="/x/">Läs om betänketid</a></p>', []),
    ],
)
def test_advice_is_where_it_belongs(block, expected):
    assert advice(block) == expected


def test_page_without_a_lead_and_hard_page_are_marked_at_their_heading():
    assert advice("", lead="") == ["h1 no-lead"]
    assert advice(f"<p>{HARD}</p>" * 4) == ["h1 hard-text"]
    assert advice(f"<p>{EASY}</p>" * 20) == []


def test_readability_is_that_of_bjornsson():
    # 60 words, 10 sentences, 20 words of seven letters and more: 60 / 10 + 100 · 20 / 60.
    assert lix(["Kort kort kort kort långord långord."] * 10) == 39
    assert lix(["Kort."]) == 0


def test_abbreviations_and_numbers_end_no_sentence():
    assert sentences_of("Se t.ex. kap. 5 och bl.a. 3 §. Ring sedan. Vänta!") == [
        *("Se t.ex. kap. 5 och bl.a. 3 §.", "Ring sedan.", "Vänta!")
    ]


@pytest.mark.django_db
@pytest.mark.any_database
def test_preview_is_marked_and_the_page_of_readers_is_not(admin_client, client):
    page = GuidancePage.objects.get(slug="betanketid")
    address = f"/admin/pages/{page.pk}/edit/preview/"
    page.body = [{"type": "text", "value": f"<p>{'ord ' * 26}.</p>"}]
    page.footnotes = []
    assert admin_client.post(address, page_form(page)).json()["is_valid"]
    assert soup(admin_client.get(address)).select_one("p[data-advice=long-sentence]")
    page.save_revision().publish()
    assert "data-advice" not in client.get(page.url).text


@pytest.mark.django_db
@pytest.mark.any_database
def test_pages_of_the_starter_content_get_little_advice(client):
    pages = [page for page in BasePage.__subclasses__() for page in page.objects.live()]
    assert len(pages) > 40
    found = [mark for page in pages for mark in soup_of(client, page).select("main [data-advice]")]
    assert len(found) <= 12, [(mark["data-advice"], mark.get_text()[:60]) for mark in found]


def soup_of(client, page):
    return BeautifulSoup(marked(client.get(page.url).text), "html.parser")


def test_checker_has_a_rule_and_words_for_each_kind_of_advice():
    rules = {rule["id"] for rule in SiteCheckerItem.axe_custom_rules}
    assert rules >= set(Advice) == set(ADVICE)
    assert SiteCheckerItem.axe_messages.keys() >= {*NAMES, *Advice, "link-name", "heading-order"}
    assert "runOnly" not in SiteCheckerItem().get_axe_options(None)
