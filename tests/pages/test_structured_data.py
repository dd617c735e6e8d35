"""What search engines and those who share a link are told of a page."""

import json
from datetime import date, datetime, time

import pytest
import time_machine
from wagtail.models import Page

from contacts.models import HoursStatus, OpeningException, SupportLine
from resources.models import Resource
from tests.factories import guidance
from tests.reading import PAIRS, SITE_NAMES, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# What is no page of the tree, nor lies below one.
VIEWS = {"search", "message", "message sent", "registers"}
ARTICLES = {"guidance", "step"}
SENDER = {"sv": "Jämställdhetsmyndigheten", "en": "Swedish Gender Equality Agency"}
# No link leads to an answer from elsewhere: no search engine lists them.
OF_THE_GUIDE = {"guide result", "guide flow chart"}
TREE = [
    (kind, language, address)
    for kind in sorted(PAIRS.keys() - VIEWS - OF_THE_GUIDE)
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
    spoken = "uk" if kind == "publication text" else language
    assert told["og:locale"] == html.html["lang"] == spoken
    assert told["og:description"] == html.select_one('meta[name="description"]')["content"] != ""
    edition = html.select_one(".edition")  # the manual is marked where a link to it is shown too
    mark = f" – {words(edition)}" if edition else ""
    assert told["og:title"].removesuffix(mark) in words(html.title if kind == "guide" else html.h1)
    assert told["og:title"].endswith(mark)
    assert told["og:site_name"] == SITE_NAMES[spoken]
    assert told["og:type"] == ("article" if kind in ARTICLES else "website")


@pytest.mark.parametrize("language", [0, 1], ids=["sv", "en"])
def test_each_page_is_described_by_what_it_shows(client, language):
    pages = {kind: soup(client.get(pair[language])) for kind, pair in PAIRS.items() if kind not in OF_THE_GUIDE}
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
    assert article["dateModified"] == "2026-11-27"
    shown = [each["datetime"] for each in html.select(".dates time")]
    assert shown == [article[name] for name in ("datePublished", "dateModified") if name in article]
    assert article["mainEntityOfPage"].endswith(address)
    assert article["publisher"] == {"@type": "GovernmentOrganization", "name": SENDER[html.html["lang"]]}


def test_page_that_was_published_before_its_text_changed_says_both_days(client):
    Page.objects.filter(url_path__endswith=PAIRS["guidance"][0]).update(first_published_at="2026-11-01T23:30:00Z")
    article = data(client, PAIRS["guidance"][0])["Article"]
    assert (article["datePublished"], article["dateModified"]) == ("2026-11-02", "2026-11-27")


@pytest.mark.parametrize("address", PAIRS["publication"])
def test_publication_is_an_article_with_its_own_date_and_the_languages_of_its_files(client, address):
    html, article = soup(client.get(address)), data(client, address)["Article"]
    known = Resource.objects.get(title_sv__contains="Du kan be om hjälp")
    assert article["headline"] == words(html.h1)
    assert article["mainEntityOfPage"].endswith(address)
    assert article["datePublished"] == known.date.isoformat() <= article["dateModified"]
    assert set(article["inLanguage"]) == {"uk", "ru", "en"}


def test_link_is_no_article(client):
    known = Resource.objects.filter(kind="link").first()
    assert data(client, f"/publikationer/{known.slug_sv}/") == {}


@pytest.mark.parametrize("kind", ["home", "contacts"])
def test_agency_is_told_with_its_support_line_but_no_hours_that_nobody_confirmed(client, kind):
    for address, number in zip(PAIRS[kind], ["020-390 000", "+46(0)20-390 000"], strict=True):
        (point,) = data(client, address)["GovernmentOrganization"]["contactPoint"]
        assert point["telephone"] == number
        assert "hoursAvailable" not in point


def confirmed_hours(client, moment: str) -> list[tuple[str, ...]]:
    """Return days and times of the support line as told at a moment, once its hours are confirmed."""
    line = SupportLine.objects.get(level="advice")
    line.hours_status, line.hours_confirmed_on = HoursStatus.CONFIRMED, date(2026, 11, 20)
    line.save()
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        (point,) = data(client, "/")["GovernmentOrganization"]["contactPoint"]
    names = ("dayOfWeek", "validFrom", "validThrough", "opens", "closes")
    return [tuple(hours[name] for name in names if name in hours) for hours in point["hoursAvailable"]]


WEEK = [
    (f"https://schema.org/{day}", "08:00", "16:00") for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
]


def test_confirmed_hours_are_told(client):
    assert confirmed_hours(client, "2026-11-24T12:00+01:00") == WEEK


def test_coming_days_are_told_as_search_engines_read_them(client):
    """To them 00:00-00:00 is closed, and a whole day ends at 23:59."""
    line = SupportLine.objects.get(level="advice")
    for day, opens, closes in (("2026-12-22", time(0), time(0)), ("2026-12-23", time(9), time(12))):
        OpeningException.objects.create(line=line, first_day=day, last_day=day, opens=opens, closes=closes)
    assert confirmed_hours(client, "2026-12-20T12:00+01:00") == [
        *WEEK,
        ("2026-12-22", "2026-12-22", "00:00", "23:59"),
        ("2026-12-23", "2026-12-23", "09:00", "12:00"),
        ("2026-12-24", "2026-12-25", "00:00", "00:00"),
    ]


def test_text_cannot_end_its_block(client):
    page = guidance()
    page.title = "</script><script>alert(1)</script> & <!--"
    page.save_revision().publish()
    html = soup(client.get(page.url))
    assert not [
        script for script in html.select("script") if "alert" in (script.string or "") and not script.get("type")
    ]
    assert data(client, page.url)["Article"]["headline"] == page.title
