"""Who the site says it is: its sender, its mark, and the pictures that browsers and other sites show of it.

And two small things beside them: the map of the counties, and what phones' keyboards are told.
"""

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from pages.models import SiteSettings
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PICTURE = (1200, 630)  # pixels, as other sites show it
MAP_BYTES = 8_000


def stored(address: str) -> Path:
    """Return the static file at an address."""
    path = finders.find(urlsplit(address).path.removeprefix("/static/"))
    assert path, address
    return Path(path)


def size_of(address: str) -> tuple[int, int]:
    """Return the width and height of the static picture at an address, in pixels."""
    with Image.open(stored(address)) as picture:
        return picture.size


@pytest.mark.parametrize("language", [0, 1], ids=["sv", "en"])
def test_sender_stands_in_header_and_footer_and_comes_from_the_settings(client, language):
    settings = SiteSettings.load()
    settings.sender_sv, settings.sender_en = "Länsstyrelsen", "County Administrative Board"
    settings.save()
    page = soup(client.get(PAIRS["home"][language]))
    for part in (".site-header .site-header__sender", ".site-footer .site-header__sender"):
        assert words(page.select_one(part)) == ("från Länsstyrelsen", "from the County Administrative Board")[language]


@pytest.mark.parametrize("kind", ["home", "step", "search"])
def test_pages_name_their_icons_and_colour(client, kind):
    head = soup(client.get(PAIRS[kind][0])).head
    assert finders.find(head.find("link", rel="icon")["href"].removeprefix("/static/"))
    assert size_of(head.find("link", rel="apple-touch-icon")["href"]) == (180, 180)
    assert head.find("meta", attrs={"name": "theme-color"})["content"].startswith("#")
    assert not head.find("link", rel="manifest")  # nothing is installed


def test_browsers_that_ask_for_the_icon_by_its_old_name_get_it(client):
    icon = Image.open(io.BytesIO(b"".join(client.get("/favicon.ico"))))
    assert (icon.format, (32, 32) in icon.info["sizes"]) == ("ICO", True)


def test_each_language_has_a_picture_of_the_site(client):
    pictures = [
        soup(client.get(address)).head.find("meta", property="og:image")["content"] for address in PAIRS["home"]
    ]
    assert len(set(pictures)) == 2
    assert [size_of(each) for each in pictures] == [PICTURE, PICTURE]


@pytest.mark.parametrize("address", PAIRS["contacts"])
def test_map_is_small_and_says_nothing_that_the_list_does_not(client, address):
    drawn = soup(client.get(address)).select_one(".counties-and-map img")
    assert drawn["alt"] == ""
    assert 1_000 < stored(drawn["src"]).stat().st_size <= MAP_BYTES


@pytest.mark.parametrize(
    ("kind", "hints"),
    [
        ("contacts", {"enterkeyhint": "search", "autocapitalize": "words", "autocomplete": "off"}),
        ("search", {"enterkeyhint": "search", "autocomplete": "off"}),
        ("publications", {"enterkeyhint": "search", "autocomplete": "off"}),
    ],
)
def test_keyboards_of_phones_are_told_what_a_field_takes(client, kind, hints):
    for address in PAIRS[kind]:
        field = soup(client.get(address)).select_one("main input[name=q]")
        assert hints.items() <= field.attrs.items(), address
