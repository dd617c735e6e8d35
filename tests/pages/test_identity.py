"""What browsers, phones and other sites show of this one, and what phones' keyboards are told."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from tests.reading import PAIRS, soup

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

STATIC = settings.BASE_DIR / "static"
MAP_BYTES = 8_000


def stored(url: str) -> Path:
    """Return the file of the repository that a static address stands for."""
    path = urlsplit(url).path
    assert path.startswith(settings.STATIC_URL)
    return STATIC / path.removeprefix(settings.STATIC_URL)


@pytest.mark.parametrize(("language", "address"), [*zip(("sv", "en"), PAIRS["home"], strict=True)])
def test_page_names_its_mark_its_colour_and_a_picture_in_its_language(language, address, client):
    head = soup(client.get(address)).head
    assert stored(head.select_one("link[rel=icon]")["href"]).read_text().startswith("<svg")
    with Image.open(stored(head.select_one("link[rel=apple-touch-icon]")["href"])) as icon:
        assert icon.size == (180, 180)
    assert head.select_one("meta[name=theme-color]")["content"] == "#06363b"
    picture = head.select_one('meta[property="og:image"]')["content"]
    assert picture.startswith(settings.SITE_URL)
    assert stored(picture).name == f"shared-{language}.png"
    with Image.open(stored(picture)) as shared:
        assert shared.size == (1200, 630)
    assert head.select_one("link[rel=manifest]") is None


def test_icon_answers_where_browsers_ask_without_being_told(client: Client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    with Image.open(BytesIO(answer.getvalue())) as icon:
        assert icon.format == "ICO"
        assert (32, 32) in icon.info["sizes"]


@pytest.mark.parametrize("address", PAIRS["contacts"])
def test_map_is_small_and_says_nothing_that_the_list_does_not(address, client):
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
def test_keyboards_of_phones_are_told_what_a_field_takes(kind, hints, client):
    for address in PAIRS[kind]:
        field = soup(client.get(address)).select_one("main input[name=q]")
        assert hints.items() <= field.attrs.items(), address
