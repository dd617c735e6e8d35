"""The glossary, and its terms in the parts of the manual."""

import pytest
from django.test import Client

from pages.manual.glossary import Glossary
from pages.models import GlossaryPage, GlossaryTerm, ManualStepPage, PublishedVersion
from tests.config.accounts import admin_user
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TERMS = Glossary({"nmt": "/o/#term-nmt", "betänketid": "/o/#term-b", "betänketiden": "/o/#term-b"})
NMT, TIME = '<a class="term" href="/o/#term-nmt">NMT</a>', '<a class="term" href="/o/#term-b">{}</a>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>NMT och NMT.</p>", f"<p>{NMT} och NMT.</p>"),
        ("<p>Betänketiden är betänketid.</p>", f"<p>{TIME.format('Betänketiden')} är betänketid.</p>"),
        ("<p>NMTs, NMT-möte, betänketidens</p>", "<p>NMTs, NMT-möte, betänketidens</p>"),
        ("<h3>NMT</h3><p>Om NMT</p>", f"<h3>NMT</h3><p>Om {NMT}</p>"),
        ('<p><a href="/x/">Om <b>NMT</b></a> och NMT</p>', f'<p><a href="/x/">Om <b>NMT</b></a> och {NMT}</p>'),
        ('<p>Text.</p><ol class="footnotes"><li>NMT</li></ol>', '<p>Text.</p><ol class="footnotes"><li>NMT</li></ol>'),
        ('<p class="block-title">NMT</p><li>NMT</li>', f'<p class="block-title">NMT</p><li>{NMT}</li>'),
        ("<summary>NMT</summary><p>NMT</p>", f"<summary>NMT</summary><p>{NMT}</p>"),
        ('<p title="NMT">Inget.</p>', '<p title="NMT">Inget.</p>'),
        ("<article>NMT</article>", f"<article>{NMT}</article>"),
    ],
)
def test_first_use_of_a_term_in_running_text_is_linked(html, expected):
    assert TERMS.linked(html) == expected


def test_longest_form_wins():
    glossary = Glossary({"stödtelefonen": "/a", "nationella stödtelefonen": "/b"})
    assert 'href="/b">nationella stödtelefonen<' in glossary.linked("<p>Den nationella stödtelefonen.</p>")


@pytest.mark.parametrize("language", [0, 1])
def test_terms_in_the_manual_lead_to_their_definitions(client, language):
    address = PAIRS["glossary"][language]
    glossary = soup(client.get(address))
    links = soup(client.get(PAIRS["step"][language])).select(".part .body a.term")
    assert len(links) >= 4
    for link in links:
        page, _, anchor = link["href"].partition("#")
        assert page == address
        assert glossary.find(id=anchor).dt


def test_each_part_links_a_term_once(client):
    for part in soup(client.get("/manual/inledande-stod/")).select(".part"):
        targets = [link["href"] for link in part.select("a.term")]
        assert len(targets) == len(set(targets))
        assert targets


def test_terms_are_linked_on_the_page_of_an_actor(client):
    assert len(soup(client.get(PAIRS["actor whole"][0])).select("a.term")) > 10


def test_without_a_published_glossary_nothing_is_linked(client):
    GlossaryPage.objects.get(slug="ordlista").unpublish()
    html = soup(client.get("/manual/inledande-stod/"))
    assert html.select(".part")
    assert not html.select("a.term")


def test_versions_do_not_change_with_the_glossary():
    kept = PublishedVersion.objects.get(page__slug="inledande-stod")
    assert "betänketid" in kept.body
    assert "ordlista" not in kept.body


def test_terms_stand_in_swedish_order(client, strict_templates):
    for term in ("Örn", "zebra", "Ål", "ärla"):
        GlossaryTerm.objects.create(term_sv=term, term_en=term, definition_sv="X", definition_en="X")
    shown = [words(term) for term in soup(client.get(PAIRS["glossary"][0])).select("dt")]
    assert shown[0] == "betänketid"
    assert [term for term in shown if term in {"zebra", "Ål", "ärla", "Örn"}] == ["zebra", "Ål", "ärla", "Örn"]


def test_english_glossary_has_english_terms(client):
    shown = {words(term) for term in soup(client.get(PAIRS["glossary"][1])).select("dt")}
    assert {"reflection period", "regional coordinator"} <= shown
    assert "betänketid" not in shown


def test_new_term_of_an_editor_is_linked_in_every_form(client):
    editor = Client()
    editor.force_login(admin_user("editor"))
    form = {
        "term_sv": "vägledning",
        "term_en": "guidance",
        "other_forms_sv": "vägledningen\r\n samlad vägledning \r\n\r\n",
        "other_forms_en": "",
        "definition_sv": "Råd i ett ärende.",
        "definition_en": "Advice on a case.",
    }
    assert editor.post("/admin/snippets/pages/glossaryterm/add/", form).status_code == 302
    term = GlossaryTerm.objects.get(term_sv="vägledning")
    assert term.forms == ["vägledning", "vägledningen", "samlad vägledning"]
    links = soup(client.get("/manual/identifiering/")).select(f'a[href$="#{term.anchor}"]')
    assert {words(link) for link in links} == {"vägledning"}


def test_same_term_twice_is_refused(admin_client):
    form = {"term_sv": "NMT", "term_en": "NMT", "definition_sv": "X", "definition_en": "X"}
    assert admin_client.post("/admin/snippets/pages/glossaryterm/add/", form).status_code == 200
    assert GlossaryTerm.objects.filter(term_sv="NMT").count() == 1


def test_glossary_links_do_not_cost_a_query_for_each_part(client, django_assert_max_num_queries):
    assert ManualStepPage.objects.get(slug="identifiering").parts[3]
    client.get("/manual/identifiering/")
    with django_assert_max_num_queries(12):
        client.get("/manual/identifiering/")
