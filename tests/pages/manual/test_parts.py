"""Parts of the manual: numbers, permanent addresses, references, copies."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from pages.manual.models.parts import anchor, part_code
from pages.manual.moving import move_part
from pages.manual.pages.step import read_index
from pages.manual.references import part_address
from pages.models import HomePage, ManualPage, ManualPart, ManualStepPage
from tests.factories import guidance
from tests.reading import assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def step(slug: str = "akut-skydd", language: str = "sv") -> ManualStepPage:
    return ManualStepPage.objects.get(slug=slug, locale__language_code=language)


def ids(page: ManualStepPage) -> list[str]:
    return [block.id for block in page.parts]


def remove(page: ManualStepPage, place: int) -> str:
    """Publish the page without the part in that place, and return the part's code."""
    code = page.numbered_parts[place].code
    del page.parts[place]
    page.save_revision().publish()
    return code


def test_parts_are_numbered_by_step_and_place(client, strict_templates):
    html = soup(client.get("/manual/akut-skydd/"))
    headings = [words(heading) for heading in html.select("section.part > h2")]
    numbers = [f"2.{place}" for place, _part in enumerate(step().parts, start=1)]
    assert [heading.split()[0] for heading in headings] == numbers
    assert [words(link) for link in html.select(".step-parts a")] == headings


def test_part_holds_the_contact_boxes_of_the_other_app(client):
    lookups = soup(client.get("/manual/identifiering/")).select("section.part form.lookup")
    assert [form["action"] for form in lookups] == ["/kontakt/"]


def test_number_follows_the_order_of_steps(client):
    step("identifiering").unpublish()
    html = soup(client.get("/manual/akut-skydd/"))
    assert words(html.select_one("section.part > h2")).startswith("1.1 ")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_permanent_address_leads_to_the_part(client, prefix):
    language = "en" if prefix else "sv"
    part = next(part for part in read_index().parts if part.number == "2.2")
    answer = client.get(f"{prefix}/manual/p/{part.code}/")
    assert answer.status_code == 302
    page, _, anchor = answer["Location"].partition("#")
    html = soup(client.get(page))
    assert html.html["lang"] == language
    assert html.find(id=anchor).name == "section"


def test_address_of_a_part_without_translation_leads_to_the_swedish_part(client):
    step("emergency-protection", "en").unpublish()
    code = step().numbered_parts[0].code
    assert client.get(f"/en/manual/p/{code}/")["Location"].startswith("/manual/akut-skydd/#")


@pytest.mark.parametrize("model", [HomePage, ManualPage])
def test_permanent_address_leads_to_a_page_that_opens_whatever_above_it_is_unpublished(client, model):
    model.objects.get(locale__language_code="en").unpublish()
    code = step().numbered_parts[0].code
    answer = client.get(f"/en/manual/p/{code}/", follow=True)
    assert answer.redirect_chain
    assert soup(answer).find(id=anchor(code))


def test_removed_part_is_gone_and_names_what_replaced_it(client, strict_templates):
    code = remove(step(), 0)
    gone = client.get(f"/manual/p/{code}/")
    assert_numbers(soup(gone, 410))
    replacement = step().numbered_parts[0]
    ManualPart.objects.filter(code=code).update(replaced_by=replacement.block.id)
    html = soup(client.get(f"/manual/p/{code}/"), 410)
    assert [link["href"] for link in html.select("main a[hreflang]")] == [f"/manual/akut-skydd/#{replacement.anchor}"]


def test_unknown_code_is_not_found(client):
    assert client.get("/manual/p/00000000/").status_code == 404


def test_reference_shows_the_number_and_heading_of_today(client):
    target = step("inledande-stod").numbered_parts[1]
    page = step()
    page.body = [("text", f'<p>Se <a href="{part_address(target.code)}">texten då</a>.</p>')]
    page.save_revision().publish()
    html = soup(client.get("/manual/akut-skydd/"))
    link = html.select_one(f'main a[href$="#{target.anchor}"]')
    assert words(link) == f"3.2 {target.block.value['heading']}"
    code = remove(step("inledande-stod"), 1)
    assert code == target.code
    assert "Se texten då." in words(soup(client.get("/manual/akut-skydd/")))


@pytest.mark.parametrize("address", ["/manual/p/{code}", "/en/manual/p/{code}/", "/manual/identifiering/#p-{code}"])
def test_reference_may_be_pasted_without_its_slash_or_from_the_address_bar(client, settings, address):
    target = step("inledande-stod").numbered_parts[1]
    page, pasted = guidance(), address.format(code=target.code)
    page.body = [("text", f'<p><a href="{start}{pasted}">texten då</a></p>') for start in ("", settings.SITE_URL)]
    page.save_revision().publish()
    links = soup(client.get(page.url)).select(f'.body a[href="/manual/inledande-stod/#{target.anchor}"]')
    assert [words(link) for link in links] == [f"3.2 {target.block.value['heading']}"] * 2


def test_copy_has_parts_of_its_own_and_the_original_keeps_its_ids(client):
    page = step()
    before = ids(page)
    copy = page.copy(update_attrs={"slug": "kopia", "title": "Kopia"}).specific
    assert ids(step()) == before
    assert len(ids(copy)) == len(before)
    assert set(ids(copy)).isdisjoint(before)
    copy.get_latest_revision_as_object().save_revision().publish()
    assert ids(step("kopia")) == ids(copy)


def test_translation_has_the_ids_of_the_original():
    page = step()
    step("emergency-protection", "en").delete()
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    assert ids(translation) == ids(page)


def test_alias_is_refused():
    with pytest.raises(ValidationError):
        step().create_alias(update_slug="alias")
    assert not Page.objects.filter(slug="alias").exists()


def test_reverted_revision_does_not_take_back_a_part_that_moved(client):
    source, target = step(), step("inledande-stod")
    old = source.save_revision()
    moved = source.parts[0]
    move_part(moved.id, source, target)
    old.publish()
    assert moved.id in ids(step("inledande-stod"))
    assert moved.id not in ids(step())
    assert step().parts[0].value["heading"] == moved.value["heading"]


def test_draft_of_a_copy_never_takes_the_ids_of_the_original(client):
    page = step()
    page.save_revision()
    copy = page.copy(update_attrs={"slug": "kopia", "title": "Kopia"}).specific
    before = ids(page)
    page.delete()
    copy.refresh_from_db()
    copy.get_latest_revision().publish()
    assert len(ids(step("kopia"))) == len(before)
    assert set(ids(step("kopia"))).isdisjoint(before)
    assert client.get(f"/manual/p/{part_code(before[0])}/").status_code == 410


def test_step_takes_at_most_twelve_queries(client):
    client.get("/manual/akut-skydd/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/manual/akut-skydd/")
    assert len(queries) <= 12
