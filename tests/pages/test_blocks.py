"""Every block that editors can put on a page: named, previewed, and shown on the page."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import Block, StreamValue

from pages.models import BasePage, GuidancePage
from pages.registry import registered_blocks
from tests.factories import guidance, image
from tests.reading import assert_numbers, soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # templates give the same of the same values
]

BODY = BasePage.body.field.stream_block
BLOCKS = dict(BODY.child_blocks)


def preview_value(name: str) -> object:
    """Return the value that editors see in the picker; a figure, which needs a stored picture, one of its own."""
    if name != "figure":
        return BLOCKS[name].get_preview_value()
    picture = image()
    picture.contextual_alt_text = "En bild"
    picture.decorative = False
    return {"image": picture, "caption": "Bildtext"}


@pytest.fixture
def body() -> StreamValue:
    return StreamValue(BODY, [(name, preview_value(name)) for name in BLOCKS])


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_block_has_icon_label_description_and_preview(block):
    assert block.meta.icon != "placeholder"
    assert block.meta.template
    assert block.is_previewable
    for text in (block.label, block.meta.description):
        with translation.override("en"):
            english = str(text)
        with translation.override("sv"):
            swedish = str(text)
        assert english
        # "Text" is Swedish too.
        assert swedish != english or english == "Text"


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_preview_is_given_to_editors(admin_client, block):
    address = reverse("wagtailadmin_block_preview")
    response = admin_client.get(address, {"id": block.definition_prefix})
    html = soup(response)
    assert len(words(html.body)) > 3
    assert html.find("link", rel="stylesheet", href=lambda href: "css/site" in href)


def test_preview_can_stand_in_a_frame_of_the_admin(admin_client):
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": BLOCKS["text"].definition_prefix})
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_page_with_every_block_shows_them(client, body, strict_templates):
    page = guidance(title="Allt", slug="allt", body=body)
    page.refresh_from_db()
    assert [block.block_type for block in page.body] == list(BLOCKS)
    main = soup(client.get(page.url)).main
    for part in (
        "h2",
        ".callout",
        ".steps ol",
        ".checklist ul",
        "details summary",
        "blockquote",
        "table caption",
        'th[scope="col"]',
        'th[scope="row"]',
        "figure picture img",
        "figcaption",
        ".links a",
        ".call",
    ):
        assert main.select(part), part


def test_page_with_every_block_survives_the_form_and_its_validation(body):
    clean = BODY.clean(body)
    again = BODY.to_python(BODY.get_prep_value(clean))
    assert [block.block_type for block in again] == list(BLOCKS)


def test_picture_has_its_text_alternative_and_comes_in_modern_formats(client, body):
    page = guidance(title="Bild", slug="bild", body=[("figure", preview_value("figure"))])
    picture = soup(client.get(page.url)).main.picture
    assert picture.img["alt"] == "En bild"
    assert picture.img["loading"] == "lazy"
    assert {source["type"] for source in picture.find_all("source")} >= {"image/avif", "image/webp"}
    assert picture.img["src"].startswith("/media/images/")


def test_callout_names_its_kind_in_words(client):
    text = BLOCKS["callout"].get_preview_value()["text"]
    kinds = {"danger": "Fara", "important": "Viktigt", "info": "Bra att veta"}
    page = guidance(slug="rutor", body=[("callout", {"kind": kind, "text": text}) for kind in kinds])
    main = soup(client.get(page.url)).main
    assert [words(node) for node in main.select(".callout__kind")] == list(kinds.values())
    warned = [
        box for box in main.select(".callout") if box.select("use[href$='#danger']")
    ]  # what is good to know warns of nothing
    assert [words(node.select_one(".callout__kind")) for node in warned] == ["Fara", "Viktigt"]


def test_link_may_have_a_drawing_which_nobody_is_told_of(client):
    links = [{"url": "https://example.org/", "link_text": "Exempel", "icon": icon} for icon in ("", "book")]
    page = guidance(slug="vidare", body=[("links", {"heading": "Läs mer", "links": links})])
    plain, drawn = soup(client.get(page.url)).main.select(".page-list__item")
    assert plain.svg is None
    assert drawn.svg["aria-hidden"] == "true"
    assert drawn.svg.use["href"].endswith("#book")
    assert words(drawn) == "Exempel"


def test_contact_block_is_registered_by_another_app_and_shows_the_register(client):
    assert "contact" in dict(registered_blocks())
    kinds = ["who-to-call", "support-line", "find-coordinator"]
    page = guidance(slug="ring", body=[("contact", {"kind": kind}) for kind in kinds])
    with time_machine.travel("2026-11-25T10:00+01:00"):  # while the line is open: closed, it does not stand first
        main = soup(client.get(page.url)).main
    assert_numbers(main)
    everything, advice = main.select(".call")
    assert len(everything.select(".call__row")) == 3
    assert [link["href"] for link in advice.select(".call__number")] == ["tel:020390000"]
    assert main.find("form", attrs={"role": "search"})["action"] == "/kontakt/"


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"page": None, "url": ""}, "page"),
        ({"page": "home", "url": "https://example.org/", "link_text": "Två mål"}, "page"),
        ({"page": None, "url": "https://example.org/", "link_text": ""}, "link_text"),
    ],
)
def test_link_with_no_target_or_two_or_without_words_is_refused(link, message):
    if link["page"]:
        link = {**link, "page": GuidancePage.objects.first()}
    block = BLOCKS["links"].child_blocks["links"].child_block
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({"description": "", "link_text": "", **link}))
    assert message in refused.value.block_errors


def test_link_without_words_takes_the_title_of_its_page(client):
    target = GuidancePage.objects.get(slug="betanketid")
    page = guidance(slug="lank", body=[("links", {"heading": "", "links": [{"page": target, "url": ""}]})])
    link = soup(client.get(page.url)).main.select_one(".links a")
    assert (link["href"], words(link)) == ("/vagledning/betanketid/", "Betänketid")


def test_script_in_a_text_is_not_served(client):
    hostile = '<script>alert(1)</script><p onclick="x()">Text</p>'
    body = [
        ("quotation", {"text": hostile, "source": hostile}),
        ("checklist", {"heading": hostile, "items": [hostile]}),
    ]
    page = guidance(slug="fientlig", title=hostile[:60], lead=hostile, body=body)
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert "alert(1)" in words(html.main)
    run = html.select('script:not([type="application/ld+json"])')
    assert not [script for script in run if "alert" in script.text]
    assert not html.find_all(attrs={"onclick": True})


def test_every_child_block_has_a_label_in_swedish():
    unlabelled = []
    with translation.override("sv"):
        pending: list[tuple[str, Block]] = list(BLOCKS.items())
        while pending:
            name, block = pending.pop()
            children = dict(getattr(block, "child_blocks", {}))
            pending += [(f"{name}.{child}", children[child]) for child in children]
            default = name.rpartition(".")[2].replace("_", " ").capitalize()
            # Wagtail's own image and table blocks label their parts themselves.
            if "." in name and str(block.label) == default and ".image" not in name and default != "Text":
                unlabelled.append(name)
    assert unlabelled == []
