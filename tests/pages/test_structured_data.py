"""What search engines and those who share a link are told of a page."""

import json

import pytest

from contacts.models import HoursStatus, SupportLine
from resources.models import Resource
from tests.factories import guidance
from tests.reading import PAIRS, soup, words

pytestmark = pytest.mark.django_db

# What is no page of the tree, nor lies below one.
VIEWS = {"search", "message", "message sent", "registers"}
ARTICLES = {"guidance", "step"}
SITE_NAME = {"sv": "Stöd till yrkesverksamma", "en": "Support for professionals"}
TREE = [
    (kind, language, address)
    for kind in sorted(PAIRS.keys() - VIEWS)
    for language, address in zip(("sv", "en"), PAIRS[kind], strict=True)
]


def data(client, address):
    """Return the structured data of a page, by type."""
    blocks = soup(client.get(address)).select('script[type="application/ld+json"]')
    assert not any(block.get("src") for block in blocks)
    read = [json.loads(block.string) for block in blocks]
    assert all(block["@context"] == "https://schema.org" for block in read)
    return {block["@type"]: block for block in read}


@pytest.mark.parametrize(("kind", "language", "address"), TREE)
def test_link_to_a_page_is_shown_with_title_text_and_address(
    client, settings, strict_templates, kind, language, address
):
    html = soup(client.get(address))
    told = {meta["property"]: meta["content"] for meta in html.select('meta[property^="og:"]')}
    assert told["og:url"] == settings.SITE_URL + address
    assert told["og:locale"] == html.html["lang"] == language
    assert told["og:description"] == html.select_one('meta[name="description"]')["content"] != ""
    assert told["og:title"] in words(html.h1)
    assert told["og:site_name"] == SITE_NAME[language]
    assert told["og:type"] == ("article" if kind in ARTICLES else "website")


@pytest.mark.parametrize("language", [0, 1], ids=["sv", "en"])
def test_each_page_is_described_by_what_it_shows(client, language):
    pages = {kind: soup(client.get(pair[language])) for kind, pair in PAIRS.items()}
    told = {kind: page.select_one('meta[name="description"]')["content"] for kind, page in pages.items()}
    assert [kind for kind in told if list(told.values()).count(told[kind]) > 1] == []


def test_text_of_a_file_is_described_in_its_own_words(client):
    html = soup(client.get(PAIRS["publication text"][0]))
    told = html.select_one('meta[name="description"]')["content"]
    assert words(html.article).removeprefix(words(html.h1)).strip().startswith(told.rstrip("…")[:60])
    assert html.select_one('meta[property="og:title"]')["content"] == words(html.h1)


@pytest.mark.parametrize("address", [*PAIRS["guidance"], *PAIRS["step"]])
def test_text_is_an_article_with_the_dates_that_readers_see(client, address):
    html = soup(client.get(address))
    article = data(client, address)["Article"]
    assert article["headline"] == words(html.h1)
    assert article["inLanguage"] == html.html["lang"]
    assert article["dateModified"] == "2026-11-24"
    assert article["datePublished"][:4] == "2026"
    assert article["mainEntityOfPage"].endswith(address)
    assert article["publisher"] == {"@type": "GovernmentOrganization", "name": "Jämställdhetsmyndigheten"}


@pytest.mark.parametrize("address", PAIRS["publication"])
def test_publication_is_an_article_with_its_own_date_and_the_languages_of_its_files(client, address):
    html, article = soup(client.get(address)), data(client, address)["Article"]
    known = Resource.objects.get(title_sv__startswith="Du kan be om hjälp")
    assert article["headline"] == words(html.h1)
    assert article["mainEntityOfPage"].endswith(address)
    assert article["datePublished"] == known.date.isoformat() <= article["dateModified"]
    assert set(article["inLanguage"]) == {"uk", "ru", "en"}


def test_link_is_no_article(client):
    known = Resource.objects.filter(kind="link").first()
    assert data(client, f"/publikationer/{known.slug_sv}/") == {}


@pytest.mark.parametrize("address", [*PAIRS["home"], *PAIRS["contacts"]])
def test_agency_is_told_with_its_support_line_but_no_hours_that_nobody_confirmed(client, address):
    (point,) = data(client, address)["GovernmentOrganization"]["contactPoint"]
    assert point["telephone"] == "020-390 000"
    assert "hoursAvailable" not in point


def test_confirmed_hours_are_told(client):
    line = SupportLine.objects.get(level="advice")
    line.hours_status = HoursStatus.CONFIRMED
    line.save()
    (point,) = data(client, "/")["GovernmentOrganization"]["contactPoint"]
    days = {
        hours["dayOfWeek"].rpartition("/")[2]: (hours["opens"], hours["closes"]) for hours in point["hoursAvailable"]
    }
    assert days == dict.fromkeys(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], ("08:00", "16:00"))


def test_text_cannot_end_its_block(client):
    page = guidance()
    page.title = "</script><script>alert(1)</script> & <!--"
    page.save_revision().publish()
    html = soup(client.get(page.url))
    assert not [
        script for script in html.select("script") if "alert" in (script.string or "") and not script.get("type")
    ]
    assert data(client, page.url)["Article"]["headline"] == page.title
