"""A typed telephone number keeps a page or a publication from readers, on every path; drafts may have it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from pages.models import AccessibilityStatementPage, GuidancePage, ManualStepPage
from tests.factories import guidance, image, rewrite
from tests.manual import step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TYPED = "Ring 114 14 genast"
RICH = f"<p>{TYPED}</p>"
HOW = "knappen ”Telefonnummer”"


@pytest.fixture
def page() -> GuidancePage:
    return guidance(title="Råd", slug="rad")


def table(*, heading: str = "Vem", cell: str = "<p>Polisen</p>", caption: str = "Vem ringer") -> dict[str, Any]:
    columns = [{"type": "text", "heading": heading}]
    return {"table": {"columns": columns, "rows": [{"values": [cell]}], "caption": caption}, "row_headers": True}


def links(**given: str) -> dict[str, Any]:
    link = {"page": None, "url": "https://example.org/112", "link_text": "Läs", "description": ""}
    return {"heading": given.pop("heading", ""), "links": [link | given]}


PLAIN_FIELDS = ["title", "heading", "lead", "seo_title", "search_description", "responsible_unit"]
BLOCKS = {
    "text": ("text", RICH, "Text 2"),
    "call-out": ("callout", {"kind": "info", "text": RICH}, "Utmärkt|Uppmaning"),
    "steps": ("steps", {"heading": "", "steps": ["<p>Lyssna.</p>", RICH]}, "Steg 2"),
    "heading of steps": ("steps", {"heading": TYPED, "steps": ["<p>Ett.</p>", "<p>Två.</p>"]}, "Rubrik"),
    "checklist": ("checklist", {"heading": "Ta med", "items": ["Penna", TYPED]}, "Punkt 2"),
    "question": ("question", {"question": TYPED, "answer": "<p>Ja.</p>"}, "Fråga"),
    "answer": ("question", {"question": "Vem?", "answer": RICH}, "Svar"),
    "quotation": ("quotation", {"text": TYPED, "source": "Exempel"}, "Citat"),
    "details": ("details", {"summary": "Mer", "text": RICH}, "Text"),
    "table, cell": ("table", table(cell=RICH), "Tabell"),
    "table, heading": ("table", table(heading=TYPED), "Tabell"),
    "table, caption": ("table", table(caption=TYPED), "Tabell"),
    "link, words": ("links", links(link_text=TYPED), "Länktext"),
    "link, description": ("links", links(description=TYPED), "Beskrivning"),
    "links, heading": ("links", links(heading=TYPED), "Rubrik"),
    "publications": ("resources", {"heading": TYPED, "chosen": [], "topic": "", "kind": "", "count": 3}, "Rubrik"),
}


def with_block(page: Page, kind: str, value: Any) -> Page:
    """Put a block into the body as it is stored, after another."""
    page.body = page.body.stream_block.to_python(
        [{"type": "text", "value": "<p>Text.</p>"}, {"type": kind, "value": value}]
    )
    return page


def assert_kept_from_readers(page: Page, *places: str) -> None:
    """Check that the draft is saved, that its publication is refused with where and how, and that readers see none."""
    revision = page.save_revision()
    with pytest.raises(ValidationError) as refusal:
        revision.publish()
    (told,) = refusal.value.messages
    assert "”114 14” är skrivet för hand" in told
    assert TYPED in told
    assert HOW in told
    assert any(place in told for place in places), told
    assert TYPED in str(revision.as_object().serializable_data())
    stored = type(page).objects.get(pk=page.pk).serializable_data()
    del stored["draft_title"]
    assert TYPED not in str(stored)


@pytest.mark.parametrize("name", PLAIN_FIELDS)
def test_field_of_a_page_takes_no_number(page, name):
    setattr(page, name, TYPED)
    with pytest.raises(ValidationError, match="Här kan inga telefonnummer stå"):
        page.save_revision().publish()
    assert_kept_from_readers(page, str(GuidancePage._meta.get_field(name).verbose_name).capitalize())


@pytest.mark.parametrize(("kind", "value", "place"), BLOCKS.values(), ids=BLOCKS)
def test_block_takes_no_number(page, kind, value, place):
    assert_kept_from_readers(with_block(page, kind, value), *place.split("|"))


def test_picture_takes_no_number(page):
    picture = image()
    picture.contextual_alt_text, picture.decorative = TYPED, False
    page.body = [("figure", {"image": picture, "caption": ""})]
    assert_kept_from_readers(page, "Bild")
    picture.contextual_alt_text = "En bild"
    page.body = [("figure", {"image": picture, "caption": TYPED})]
    assert_kept_from_readers(page, "Bildtext")


@pytest.mark.parametrize(
    ("text", "notes", "place"),
    [(RICH, (), "Text 1"), ("<p>Not.[^1]</p>", (RICH,), "Fotnot 1")],
    ids=["body", "footnote"],
)
def test_part_of_the_manual_takes_no_number(text, notes, place):
    page = step()
    rewrite(page.parts[1], text, *notes)
    assert_kept_from_readers(page, f"Del 2 › {'Innehåll › ' if notes == () else 'Fotnoter › '}{place}")


@pytest.mark.parametrize("name", ["heading", "change_note"])
def test_plain_words_of_a_part_take_no_number(name):
    page = step()
    rewrite(page.parts[0], "<p>Nytt.</p>")
    page.parts[0].value[name] = TYPED
    assert_kept_from_readers(page, "Del 1")


def test_accessibility_statement_takes_no_number():
    page = AccessibilityStatementPage.objects.get(locale__language_code="sv")
    page.report_faults = RICH
    assert_kept_from_readers(page, "Så anmäler", "anmäla", "brister", "fel")


def test_what_readers_do_not_see_and_what_is_no_number_is_taken(page):
    page.editor_note = TYPED
    page.lead = "Enligt 10 kap. 112 § (2025:400) gäller 112 000 kronor sedan 2026-11-27, vardagar 08.00–16.00."
    page.save_revision().publish()
    assert GuidancePage.objects.get(pk=page.pk).editor_note == TYPED


def test_reference_is_published(client, page):
    with_block(page, "text", '<p>Ring <embed embedtype="number" number="urgent"/> nu.</p>').save_revision().publish()
    assert "Ring 114 14 nu." in words(soup(client.get(page.url)).main)


def test_unchanged_steps_are_published_as_before():
    for page in ManualStepPage.objects.filter(locale__language_code="sv"):
        page.save_revision().publish()
