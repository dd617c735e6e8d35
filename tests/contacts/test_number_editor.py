"""A number in the editor: read from the stored text and written back without loss, chosen among what is stored."""

import json

import pytest
from bs4 import BeautifulSoup
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from contacts.models import SupportLine, SupportService
from pages.blocks.text import HEADED_TEXT_FEATURES
from pages.manual.content import BETWEEN_BLOCKS
from tests.reading import words

pytestmark = pytest.mark.django_db

CHOOSER = "/admin/contacts/numbers/"
DANGER = '<embed embedtype="number" number="danger"/>'
BRIS = '<embed embedtype="number" number="bris"/>'
GONE = '<embed embedtype="number" number="gone"/>'


@pytest.fixture
def converter() -> ContentstateConverter:
    return ContentstateConverter(HEADED_TEXT_FEATURES)


def plain(html: str) -> str:
    """Return HTML without what the editor adds to every block."""
    soup = BeautifulSoup(BETWEEN_BLOCKS.sub("><", html), "html.parser")
    for tag in soup.find_all(True):
        tag.attrs.pop("data-block-key", None)
    return str(soup)


@pytest.mark.parametrize(
    "stored",
    [
        f"<p>Ring {DANGER}.</p>",
        f"<p>{DANGER}</p>",
        f"<p>{DANGER} eller {BRIS}</p>",
        f"<p>{DANGER}{BRIS}</p>",
        f"<p>Ring <b>{DANGER}</b> nu.</p>",
        f"<p><b><i>{DANGER}</i></b></p>",
        f"<p>Ring <b>genast {DANGER}</b>, annars <i>{BRIS}</i>.</p>",
        f"<p><b>Ring {DANGER} nu</b></p>",
        f"<h2>Ring {DANGER}</h2><ul><li>Fara: {DANGER}</li><li>{BRIS} för barn</li></ul>",
        f'<p><a href="https://example.org/">Läs mer</a> {DANGER}</p>',
        f"<p>Ring {GONE}.</p>",
        '<p>Ring <embed embedtype="number" number="å&quot;&lt;"/>.</p>',
    ],
)
def test_text_is_the_same_after_the_editor(converter, stored):
    again = plain(converter.to_database_format(converter.from_database_format(stored)))
    for style in ("b", "i"):  # the editor closes one at a number and opens it again
        again = again.replace(f"</{style}><{style}>", "")
    assert again == plain(stored)


def state(converter: ContentstateConverter, stored: str) -> tuple[str, dict]:
    content = json.loads(converter.from_database_format(stored))
    (entity,) = content["entityMap"].values()
    (block,) = content["blocks"]
    (place,) = block["entityRanges"]
    return block["text"][place["offset"] :][: place["length"]], entity


def test_editor_shows_the_number_itself_and_it_cannot_be_edited(converter):
    shown, entity = state(converter, f"<p>Ring {DANGER}, nu.</p>")
    assert shown == "112"
    assert (entity["type"], entity["mutability"]) == ("NUMBER", "IMMUTABLE")
    assert entity["data"] == {"key": "danger", "name": "Akut fara: 112", "isUnknown": False}


def test_editor_shows_todays_number_and_writes_the_reference(converter):
    service = SupportService.objects.get(key="bris")
    opened = converter.from_database_format(f"<p>Ring {BRIS}.</p>")
    service.number = "08-465 004 00"
    service.save()
    assert state(converter, f"<p>Ring {BRIS}.</p>")[0] == "08-465 004 00"
    assert plain(converter.to_database_format(opened)) == f"<p>Ring {BRIS}.</p>"


@pytest.mark.parametrize("key", ["gone", "mika", ""])  # Mika has no number
def test_number_that_is_not_stored_is_an_error_that_names_it(converter, key):
    shown, entity = state(converter, f'<p>Ring <embed embedtype="number" number="{key}"/>.</p>')
    assert key in shown
    assert not any(sign.isdigit() for sign in shown)
    assert entity["data"] == {"key": key, "name": "", "isUnknown": True}


def test_all_stored_numbers_can_be_chosen(admin_client):
    answer = admin_client.get(CHOOSER).json()
    assert answer["step"] == "choose"
    buttons = BeautifulSoup(answer["html"], "html.parser").select("button[data-number-key]")
    offered = {button["data-number-key"]: (button["data-number"], words(button)) for button in buttons}
    services = SupportService.objects.exclude(number="")
    stored = {line.level: line.number for line in SupportLine.objects.all()} | {
        service.key: service.number for service in services
    }
    assert offered == {key: (number, number) for key, number in stored.items()}
    assert {"danger", "urgent", "advice", "kvinnofridslinjen", "bris", "honour-line", "ud-jouren"} == set(offered)
    assert "Kvinnofridslinjen" in answer["html"]
