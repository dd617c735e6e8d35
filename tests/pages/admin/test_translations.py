"""How far each page is translated: what is missing, what has changed, what an editor answers, what a new one holds."""

import json

import pytest
from django.test import Client
from wagtail.models import Locale, PageLogEntry

from contacts.models import GuidePage
from pages.faulty_texts import FaultyTextsError
from pages.models import GuidancePage, HomePage, ManualStepPage
from pages.translations.marks import MARK, empty_translation
from pages.translations.state import State, translations
from tests.config.accounts import admin_user
from tests.editing import page_form
from tests.factories import guidance, published
from tests.manual import ids, step
from tests.reading import soup, words
from tests.translating import translated_copy

pytestmark = pytest.mark.django_db

LIST = "/admin/reports/translations/"


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(admin_user("editor"))
    return browser


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def original() -> GuidancePage:
    return guidance(title="Boende", slug="boende", lead="Om boende.", body=[("text", "<p>Ring först.</p>")])


@pytest.fixture
def translation(original, english) -> GuidancePage:
    page = translated_copy(original, english)
    page.title, page.slug, page.lead = "Housing", "housing", "About housing."
    return published(page)


def rewrite(page: GuidancePage, text: str) -> None:
    page.body = [("text", f"<p>{text}</p>")]
    published(page)


def row(browser: Client, title: str, state: str = ""):
    """Return the row of a page in the report; None where it is not listed."""
    rows = soup(browser.get(f"{LIST}?state={state}&p=1")).select("main tbody tr")
    return next((each for each in rows if title in words(each)), None)


def test_starter_content_is_translated_and_nothing_of_it_is_outdated(editor):
    states = [each.state for each in translations(admin_user("administrator"))]
    assert len(states) > 25
    assert set(states) == {State.CURRENT}
    home = words(soup(editor.get("/admin/")))
    assert "Varje översättning följer sitt original." in home
    assert "Varje sida är översatt." in home


def test_missing_translation_is_made_with_one_press_marked_and_not_to_be_published_as_it_is(editor, original, english):
    original.search_description = "Var någon kan bo."
    published(original)
    assert "1 sida är inte översatt" in words(soup(editor.get("/admin/")))
    answer = editor.post(row(editor, "Boende", "missing").form["action"])
    made = GuidancePage.objects.get(translation_key=original.translation_key, locale=english)
    assert answer.url == f"/admin/pages/{made.pk}/edit/"
    assert not made.live
    for version in (made, made.get_latest_revision_as_object()):
        assert version.title == f"{MARK} Boende"
        assert (version.lead, version.search_description) == (MARK, MARK)
        assert "Ring först" not in str(version.body)
        assert MARK in str(version.body)
    assert made.revisions.count() == 1
    assert "Boende" not in json.dumps(made.latest_revision.content).replace(f"{MARK} Boende", "")
    html = soup(editor.post(answer.url, page_form(made, "action-publish")))
    assert f"”{MARK}” står där något inte är översatt än." in words(html)
    with pytest.raises(FaultyTextsError):
        made.get_latest_revision().publish()
    made.refresh_from_db()
    assert not made.live
    assert row(editor, "Boende", "draft")
    assert row(editor, "Boende", "missing") is None
    written = {"title": "Housing", "slug": "housing", "lead": "About housing.", "search_description": ""}
    body = {"body-count": "0"}
    assert editor.post(answer.url, page_form(made, "action-publish", **written, **body)).status_code == 302
    assert GuidancePage.objects.get(pk=made.pk).live


@pytest.mark.parametrize("way", ["form", "api"])
def test_other_ways_to_a_translation_are_marked_too(editor, original, english, way):
    if way == "form":
        answer = editor.post(f"/admin/translation/submit/page/{original.pk}/", {"locales": [english.pk]})
        assert answer.status_code == 302
    else:
        address = f"/admin/api/main/pages/{original.pk}/action/copy_for_translation/"
        assert editor.post(address, {"locale": "en"}, content_type="application/json").status_code == 201
    assert GuidancePage.objects.get(translation_key=original.translation_key, locale=english).lead == MARK


def test_every_type_of_page_keeps_its_shape_and_no_word_of_the_original():
    for model in (HomePage, GuidancePage, ManualStepPage, GuidePage):
        for page in model.objects.filter(locale__language_code="sv"):
            page.live = False  # as a new translation is
            empty_translation(page)
            stored = model.objects.get(pk=page.pk)
            kept = json.dumps([list(stored.body.raw_data), stored.lead], ensure_ascii=False)
            assert MARK in kept
            for word in ("människohandel", "polisen", " och ", " är "):
                assert word not in kept
    part_ids = ids(step())
    assert len(part_ids) > 1
    assert {part.value["heading"] for part in step().parts} == {MARK}
    guide = GuidePage.objects.get(locale__language_code="sv")
    names = [node.value["name"] for node in guide.nodes]
    assert MARK not in names
    assert {node.value["heading"] for node in guide.nodes} == {MARK}


def test_translation_is_made_below_those_that_are_missing_above_it(editor, english):
    section = GuidancePage.objects.get(slug="informationsblad").get_parent().specific
    section.get_translation(english).delete()
    original = GuidancePage.objects.get(slug="informationsblad")
    editor.post(f"/admin/translations/{original.pk}/{english.pk}/")
    made = original.get_translation(english)
    assert made.get_parent().translation_key == section.translation_key
    assert not made.get_parent().live
    assert made.get_parent().alias_of is None


def test_changed_original_is_compared_side_by_side_and_answered(editor, original, translation):
    assert row(editor, "Boende", "current")
    rewrite(original, "Ring alltid först.")
    assert "1 översättning är äldre än sitt original" in words(soup(editor.get("/admin/")))
    found = row(editor, "Boende", "outdated")
    address = f"/admin/translations/{translation.pk}/"
    assert found.select(f'a[href="{address}"]')
    html = soup(editor.get(address))
    (changed,) = html.select("main tbody tr")
    before, after = changed.select("td")
    assert words(before) == "Ring först."
    assert words(after.ins) == "tillagt: alltid"
    assert "About housing." in words(html.main)
    assert soup(editor.get(f"/admin/pages/{translation.pk}/edit/")).select(f'a[href="{address}"]')
    answer = editor.post(html.select_one(f'form[action="{address}answer/"]')["action"], follow=True)
    assert "”Housing” följer originalet: inget att ändra." in words(soup(answer))
    assert row(editor, "Boende", "current")
    assert PageLogEntry.objects.filter(page=translation.pk, action="pages.translation_answered").count() == 1
    rewrite(original, "Ring aldrig.")
    (changed,) = soup(editor.get(address)).select("main tbody tr")
    assert " ".join(words(changed.td).split()).replace(" .", ".") == "Ring borttaget: alltid först."
    published(translation)
    assert row(editor, "Boende", "current")


def test_draft_of_the_original_changes_nothing(editor, original, translation):
    original.body = [("text", "<p>Utkast.</p>")]
    original.save_revision()
    assert row(editor, "Boende", "current")


def test_author_sees_and_answers_only_own_pages(original, translation, english):
    rewrite(original, "Ring alltid först.")
    author = Client()
    author.force_login(admin_user("author"))
    assert not soup(author.get(LIST)).select("main tbody tr")
    assert author.get(f"/admin/translations/{translation.pk}/").status_code == 302
    author.post(f"/admin/translations/{translation.pk}/answer/")
    missing = guidance(title="Ny", slug="ny")
    author.post(f"/admin/translations/{missing.pk}/{english.pk}/")
    assert not PageLogEntry.objects.filter(action="pages.translation_answered").exists()
    assert not missing.has_translation(english)
