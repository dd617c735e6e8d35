"""Copies of the manual have parts of their own; aliases, whose parts would be the same, are refused."""

import pytest
from wagtail.models import Page

from pages.manual.pages.step import ALIAS_REFUSED
from pages.models import ManualPage, ManualPart, ManualStepPage
from tests.factories import guidance
from tests.manual import ids, step
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def manual() -> ManualPage:
    return ManualPage.objects.get(locale__language_code="sv")


def copy_form(page: Page, **fields: str) -> dict[str, str]:
    return {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": str(page.get_parent().pk)} | fields


@pytest.mark.parametrize("find", [step, manual, lambda: manual().get_parent()])
def test_alias_is_refused_with_a_message_in_the_form(admin_client, find):
    page = find()
    before = Page.objects.count()
    form = copy_form(page, alias="on", copy_subpages="on")
    html = soup(admin_client.post(f"/admin/pages/{page.pk}/copy/", form))
    assert words(html.select_one(".error-message")) == str(ALIAS_REFUSED)
    assert Page.objects.count() == before


def test_page_outside_the_manual_may_have_an_alias(admin_client):
    page = guidance()
    answer = admin_client.post(f"/admin/pages/{page.pk}/copy/", copy_form(page, alias="on"))
    assert answer.status_code == 302
    assert page.aliases.count() == 1


@pytest.mark.parametrize("find", [step, manual, lambda: manual().get_parent()])
def test_api_refuses_an_alias_and_leaves_no_half_tree(admin_client, find):
    page = find()
    before = Page.objects.count()
    address = f"/admin/api/main/pages/{page.pk}/action/create_alias/"
    answer = admin_client.post(address, {"recursive": True, "update_slug": "kopia"}, content_type="application/json")
    assert answer.status_code == 400
    assert Page.objects.count() == before


def test_copied_manual_has_parts_of_its_own_and_its_addresses_lead_to_it(admin_client, client):
    original = manual()
    before = {step.slug: ids(step) for step in ManualStepPage.objects.child_of(original)}
    form = copy_form(original, copy_subpages="on", publish_copies="on")
    answer = admin_client.post(f"/admin/pages/{original.pk}/copy/", form, follow=True)
    assert "Kopia" in words(soup(answer))
    copies = {page.slug: page for page in ManualStepPage.objects.descendant_of(ManualPage.objects.get(slug="kopia"))}
    assert copies.keys() == before.keys()
    for slug, page in copies.items():
        assert len(ids(page)) == len(before[slug])
        assert set(ids(page)).isdisjoint(before[slug])
        assert ids(ManualStepPage.objects.child_of(original).get(slug=slug)) == before[slug]
    for old, new in zip(before["akut-skydd"], ids(copies["akut-skydd"]), strict=True):
        for part_id, place in [(old, "/manual/akut-skydd/"), (new, "/kopia/akut-skydd/")]:
            code = ManualPart.objects.get(pk=part_id).code
            assert client.get(f"/manual/p/{code}/")["Location"] == f"{place}#p-{code}"


def test_translation_of_a_copy_has_the_ids_of_the_copy():
    originals = ids(step())
    copy = manual().copy(recursive=True, update_attrs={"slug": "kopia", "title": "Kopia"})
    english = ManualPage.objects.get(locale__language_code="en").locale
    copied = ManualStepPage.objects.child_of(copy).get(slug="akut-skydd")
    copy.copy_for_translation(english)
    translation = copied.copy_for_translation(english)
    assert ids(translation) == ids(copied)
    assert set(ids(translation)).isdisjoint(originals)
