"""The guide in the Help menu: for editors, with pictures, and for coordinators."""

import re

import polib
import pytest
from django.conf import settings

from tests.accounts import editor_client
from tests.pages.admin.swedish import catalogues, said
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor():
    return editor_client("change")


def test_help_menu_has_the_guide_and_nothing_of_another_site(editor):
    page = editor.get("/admin/").text
    assert {"Handbok för redaktörer", "Handbok för koordinatorer", "Kortkommandon"} <= said(page)
    assert "guide.wagtail.org" not in page
    assert "releases.wagtail.org" not in page


@pytest.mark.parametrize("name", ["editors", "coordinators"])
def test_page_of_the_guide_is_short_swedish_and_whole(editor, name):
    page = soup(editor.get(f"/admin/guide/{name}/"))
    text = page.select_one(".admin-guide")
    assert words(page.h1).startswith("Handbok för")
    assert text["lang"] == "sv"
    assert 100 < len(words(text).split()) < 600
    assert len(text.find_all("h2")) >= 3
    for picture in text.find_all("img"):
        assert len(picture["alt"]) > 30
        file = settings.BASE_DIR / "static" / picture["src"].removeprefix("/static/")
        assert file.stat().st_size < 40_000
    for link in text.find_all("a"):
        assert editor.get(link["href"]).status_code == 200


def test_names_of_buttons_are_those_of_the_admin(editor):
    text = (settings.BASE_DIR / "pages/admin/guides/sv/editors.md").read_text()
    ours = [polib.pofile(str(path)) for path in (settings.BASE_DIR / "locale").rglob("*.po")]
    texts = {entry.msgstr.casefold() for file in [*ours, *catalogues("django", "sv")] for entry in file}
    named = set(re.findall(r"\*\*(.+?)\*\*", text)) - {"Källor", "Från Word"}
    assert len(named) > 12
    assert {name for name in named if name.casefold() not in texts} == set()
