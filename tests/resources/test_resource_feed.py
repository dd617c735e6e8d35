"""The feed, as feed readers see it."""

from datetime import date, datetime

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from resources.feed import FEED_LENGTH
from resources.models import Resource
from tests.reading import soup
from tests.resources.making import fetch, file, link, pdf, resource

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "https://stod.example.org"


@pytest.fixture(autouse=True)
def public_address(settings) -> None:
    settings.SITE_URL = SITE


def feed(client: Client, address: str = "/publikationer/feed/") -> feedparser.FeedParserDict:
    """Read the feed, which must be faultless."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not read.bozo, read.get("bozo_exception")
    return read


def test_feed_is_named_after_the_list_and_found_from_it(client):
    for address, language, title in (
        ("/publikationer/", "sv", "Publikationer"),
        ("/en/publications/", "en", "Publications"),
    ):
        link = soup(client.get(address)).head.find("link", type="application/atom+xml")
        read = feed(client, link["href"])
        assert (read.version, read.feed.title, read.feed.language) == ("atom10", title, language)
        assert read.feed.link == SITE + address
        assert {each.rel: each.href for each in read.feed.links}["self"] == SITE + link["href"]
        assert len(read.entries) == Resource.objects.filter(live=True).count()


def test_entry_says_what_is_new(client):
    content = pdf()
    made = resource(file(content, "uk"), link("sv"), topics=("ukraine",), date=date(2026, 11, 30))
    entry = feed(client).entries[0]
    assert (entry.title, entry.summary, entry.author) == ("Nytt blad", "Om det nya bladet.", "Malmö stad")
    assert entry.link == f"{SITE}/publikationer/nytt-blad/"
    assert [tag.term for tag in entry.tags] == ["faktablad", "Ukraina"]
    assert entry.published.startswith("2026-11-30T00:00:00")
    assert timezone.localdate(datetime.fromisoformat(entry.updated)) == timezone.localdate()
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.type) == (SITE + made.files.get(language="uk").url, "application/pdf")
    assert int(enclosure.length) == len(content)
    assert fetch(client, enclosure.href.removeprefix(SITE)).status_code == 200
    english = feed(client, "/en/publications/feed/").entries[0]
    assert (english.title, english.link) == ("New sheet", f"{SITE}/en/publications/new-sheet/")
    assert english.id == entry.id


def test_entry_keeps_its_identity_when_title_and_address_change(client):
    made = resource(date=date(2026, 11, 30))
    before = feed(client).entries[0].id
    made.title_sv = "Annat namn"
    made.save_revision().publish()
    entry = feed(client).entries[0]
    assert (entry.title, entry.id) == ("Annat namn", before)


def test_drafts_are_no_news_and_the_feed_is_bounded(client):
    resource(title_sv="Utkast", live=False)
    assert "Utkast" not in client.get("/publikationer/feed/").text
    Resource.objects.bulk_create(
        Resource(title_sv=f"R{n}", slug_sv=f"r{n}", slug=f"r{n}", kind="course", date=date(2026, 1, 1))
        for n in range(FEED_LENGTH)
    )
    assert len(feed(client).entries) == FEED_LENGTH


def test_feed_of_nothing_is_a_feed(client):
    Resource.objects.all().delete()
    assert feed(client).entries == []
