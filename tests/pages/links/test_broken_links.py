"""Broken links of every kind are found with page and field, and told of before they are made."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, ReferenceIndex

from pages.links.models import BrokenLink
from pages.links.reading import read_page
from pages.links.stored import dead_page_links, places
from pages.links.walking import Walk, is_number
from pages.models import GuidancePage
from resources.models import Resource
from tests.config.accounts import admin_user
from tests.factories import guidance, section
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

LIST = "/admin/reports/broken-links/"
FAULTS = {
    "/finns-inte/": "missing",
    "/vagledning/tecken/#inget": "anchor",
    "#inget-har": "anchor",
    "/file/finnsinte/": "missing",
    "/documents/99999/borta.pdf": "missing",
    "mailto:ingen": "mail",
}
FINE = [
    "/vagledning/tecken/",
    "/vagledning/tecken/#content",
    "#content",
    "mailto:a@example.se",
]
RINGING = {"tel:12": "number"}  # on pages that are older than the rule against numbers typed by hand


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(admin_user("editor"))
    return browser


def links(*targets: str) -> str:
    return "<p>" + " ".join(f'<a href="{target}">ord {number}</a>' for number, target in enumerate(targets)) + "</p>"


def to_page(page: Page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">dit</a></p>'


def page_with(*texts: str, **fields: str) -> GuidancePage:
    return guidance(body=[("text", text) for text in texts], **{"title": "Länkar", "slug": "lankar"} | fields)


def ringing(page: GuidancePage, *targets: str) -> None:
    """Add a text with links that ring, which nobody can publish any more."""
    page.body.append(("text", links(*targets)))
    GuidancePage.objects.filter(pk=page.pk).update(body=page.body)


def test_links_and_places_of_a_page_are_read():
    main = '<main id="m"><p id="p"><a href="#p"><b>B</b> c</a><img src="/b.png" alt="x"></p></main>'
    page = read_page(f'<nav><a href="/a/">\N{SOFT HYPHEN}A</a></nav>{main}')
    assert page.ids == {"m", "p"}
    assert [(link.target, link.text, link.is_content) for link in page.links] == [
        ("/a/", "A", False),
        ("#p", "B c", True),
        ("/b.png", "x", True),
    ]


def test_place_of_a_link_is_the_field_and_the_block():
    page = page_with("<p>Först.</p>", links("/finns-inte/"))
    assert list(places(page, "/finns-inte/")) == ["Innehåll › Text 2"]
    assert list(places(page, "nirgends")) == []


def test_link_to_a_page_that_is_not_published_is_found_unless_its_original_is():
    target = guidance(title="Mål", slug="mal")
    page = page_with(to_page(target))
    assert list(dead_page_links(page)) == []
    target.unpublish()
    assert list(dead_page_links(GuidancePage.objects.get(pk=page.pk))) == [("Innehåll › Text 1", target.pk)]


@pytest.mark.long
@pytest.mark.any_database
def test_walk_finds_every_fault_and_nothing_else(editor):
    """The starter content has none: everything that is found is on these pages."""
    faults = FAULTS | RINGING
    target = guidance(title="Mål", slug="mal")
    page = page_with("<p>Först.</p>", links(*FAULTS, *FINE), to_page(target), links("https://example.org/"))
    ringing(page, *RINGING, "tel:0203900000")
    english = guidance(section("en"), title="Links", slug="links", body=[("text", links("/en/nothing-here/"))])
    target.unpublish()
    BrokenLink.objects.create(target="/mended/", fault="missing")
    BrokenLink.objects.create(target="https://example.net/", fault="away", is_external=True)
    said = StringIO()
    call_command("check_links", stdout=said)
    assert said.getvalue().strip() == f"{len(faults) + 3} broken links."  # nobody has asked the other site since
    BrokenLink.objects.get(is_external=True).delete()
    found = {link.target: link for link in BrokenLink.objects.filter(page=page.pk)}
    assert {name: found[name].fault for name in faults} == faults
    assert found["Mål"].fault == "unpublished"
    assert {link.place for link in found.values()} == {f"Innehåll › Text {number}" for number in (2, 3, 5)}
    assert found["/finns-inte/"].text == "ord 0"
    assert BrokenLink.objects.get(page=english.pk).place == "Innehåll › Text 1"
    rows = soup(editor.get(LIST)).select("main tbody tr")
    assert len(rows) == len(faults) + 2
    assert rows[-1].select(f'a[href="/admin/pages/{page.pk}/edit/"]')
    assert f"{len(faults) + 2} länkar leder ingenstans" in words(soup(editor.get("/admin/")))
    author = Client()
    author.force_login(admin_user("author"))
    assert not soup(author.get(LIST)).select("main tbody tr")


def test_walk_follows_links_from_page_to_page_once():
    page = page_with(links("/vagledning/lankar/", "/finns-inte/"))
    walk = Walk()
    walk.answers |= {path: walk.answer("/finns-inte/") for path in ("/",)}
    found = next(each for each in walk.go([page.url]) if each.link.is_content)
    assert (found.path, found.target, found.fault) == ("/vagledning/lankar/", "/finns-inte/", "missing")


@pytest.mark.parametrize("way", ["unpublish", "delete", "bulk/unpublish", "bulk/delete"])
def test_who_takes_away_what_is_linked_to_is_told_where(editor, way):
    target = guidance(title="Mål", slug="mal")
    page = page_with(to_page(target))
    page_with(to_page(section()), title="Annat", slug="annat")
    ReferenceIndex.create_or_update_for_object(page)
    address = f"/admin/pages/{target.pk}/{way}/"
    if way.startswith("bulk"):
        address = f"/admin/bulk/wagtailcore/page/{way.removeprefix('bulk/')}/?id={target.pk}&next=/admin/"
    told = words(soup(editor.get(address)).select_one("body"))
    assert re.search(r"Länkar leder hit från: Länkar \(Innehåll.*?\)", told)
    assert "Annat (" not in told


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_who_takes_away_a_publication_is_told_where_it_is(editor, way):
    resource = Resource.objects.filter(live=True).first()
    page = guidance(title="Material", slug="material-1", body=[("resources", {"chosen": [resource]})])
    ReferenceIndex.create_or_update_for_object(page)
    told = words(soup(editor.get(f"/admin/snippets/resources/resource/{way}/{resource.pk}/")))
    assert "Material (Innehåll" in told


@pytest.mark.parametrize("path", ["/register/counties/12.pdf", "/en/register/counties/12.pdf"])
def test_files_that_views_make_are_not_made(path, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    walk = Walk()
    for other in ("/sok/", "/en/search/"):  # whatever language the page before was in
        walk.answer(other)
        walk.answers.pop(path, None)
        assert walk.answer(path).status == 200
    assert not list(tmp_path.rglob("*.pdf*"))


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("112", True), ("11414", True), ("020390000", True), ("+4620390000", True), ("12", False), ("ingen", False)],
)
def test_number_is_one_that_a_telephone_dials(number, is_one):
    assert is_number(number) is is_one


def test_page_that_nothing_leads_to_goes_without_a_word(editor):
    page = page_with("<p>Utan länkar.</p>")
    assert "Ingen länk leder hit." in words(soup(editor.get(f"/admin/pages/{page.pk}/delete/")))
