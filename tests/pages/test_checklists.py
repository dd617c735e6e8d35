"""Checklists: real checkboxes that keep nothing, each with a link to print it; drawn boxes where nobody can tick."""

import pytest
from bs4 import BeautifulSoup

from pages.models import PublishedVersion
from tests.factories import guidance
from tests.manual import part_value, step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]

SIGNS = {"sv": "/vagledning/tecken/", "en": "/en/guidance/signs/"}
SAYS = {
    "sv": ("Skriv ut listan", "Dina kryss sparas inte och skickas ingenstans."),
    "en": ("Print the list", "Your ticks are not saved and not sent anywhere."),
}
LIST = {"type": "checklist", "value": {"heading": "Ta med", "items": ["Penna", "Telefon"]}}


@pytest.mark.parametrize("language", SIGNS)
def test_signs_are_checkboxes_with_words_that_keep_nothing(client, language):
    main = soup(client.get(SIGNS[language])).main
    sheets = main.select(".checklist")
    assert len(sheets) == 7
    for sheet in sheets:
        print_it, kept = SAYS[language]
        assert words(sheet.select_one(".checklist__print")).startswith(print_it)
        assert words(sheet.select_one(".checklist__note")) == kept
        boxes = sheet.select("li > label > input[type=checkbox]")
        assert len(boxes) == len(sheet.select("li")) > 2
        assert all(words(box.parent) for box in boxes)
        # Without a name nothing can be sent, and no browser may keep what was ticked over a reload.
        assert not sheet.select("input[name], input[checked], form")
        assert not sheet.find_parent("form")


def test_each_list_has_a_name_and_is_the_target_of_its_own_link(client):
    main = soup(client.get(SIGNS["sv"])).main
    ids = [sheet["id"] for sheet in main.select(".checklist")]
    assert len(set(ids)) == len(ids)
    assert [link["href"] for link in main.select(".checklist__print")] == [f"#{name}" for name in ids]
    for sheet in main.select(".checklist"):
        title = main.find(id=sheet["aria-labelledby"])
        assert words(title) in words(sheet.select_one(".checklist__print"))
    assert len(main.select("script[src*='print_list']")) == 1


def test_where_nobody_can_tick_boxes_are_drawn(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    page = step()
    page.parts.append(("part", part_value("", body=[LIST])))
    page.save_revision().publish()
    assert soup(client.get(page.url)).select("main .checklist input")
    whole = soup(client.get("/manual/allt/"))
    file = BeautifulSoup(b"".join(client.get("/manual/kopia/html/").streaming_content), "html.parser")
    version = PublishedVersion.objects.filter(page=page.pk).latest("pk")
    kept = soup(client.get(f"/version/{version.pk}/"))
    for html in (whole, file, kept):
        assert {"Penna", "Telefon"} <= {words(item) for item in html.select(".checklist__item")}
        assert not html.select(".checklist input, .checklist__print, script[src*='print_list']")


def test_list_of_an_ordinary_page_is_what_the_editor_wrote(client):
    page = guidance(slug="lista", body=[("checklist", LIST["value"])])
    sheet = soup(client.get(page.url)).main.select_one(".checklist")
    assert words(sheet.select_one(".block-title")) == "Ta med"
    assert [words(label) for label in sheet.select("label")] == ["Penna", "Telefon"]
