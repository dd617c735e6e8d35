"""The list of 2,000 resources takes no more than ten queries, however it is asked."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import Audience, Kind, Resource, ResourceFile, Topic
from tests.reading import soup

pytestmark = pytest.mark.django_db

LIMIT = 10
ASKED = ["", "?topic=ukraine", "?kind=handout&audience=children&language=uk", "?q=vardag", "?p=50", "?q=finnsinte"]


def many_resources(count: int) -> None:
    """Add published resources with a topic and two files each."""
    topics, kinds, audiences = list(Topic.objects.all()), Kind.values, Audience.values
    rows = Resource.objects.bulk_create(
        Resource(
            title_sv=f"Material {number} för en vardag",
            title_en=f"Material {number}",
            slug=f"material-{number}",
            slug_sv=f"material-{number}",
            slug_en=f"material-{number}-en",
            summary_sv="Om hur du upptäcker utsatthet, frågar vidare och tar hjälp av andra i tid.",
            summary_en="How to notice exposure, ask more, and get help from others in time.",
            kind=kinds[number % len(kinds)],
            audience=audiences[number % len(audiences)],
            publisher="Jämställdhetsmyndigheten",
            date=date(2020, 1, 1) + timedelta(days=number),
        )
        for number in range(count)
    )
    Resource.topics.through.objects.bulk_create(
        Resource.topics.through(resource=row, topic=topics[number % len(topics)]) for number, row in enumerate(rows)
    )
    ResourceFile.objects.bulk_create(
        ResourceFile(resource=row, language=language, link="https://example.org/", sort_order=order)
        for row in rows
        for order, language in enumerate(("uk", "sv"))
    )


def count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_list_of_2000_takes_at_most_ten_queries(client):
    few = {asked: count(client, f"/publikationer/{asked}") for asked in ASKED}
    many_resources(2000)
    many = {asked: count(client, f"/publikationer/{asked}") for asked in ASKED}
    assert {asked: number for asked, number in many.items() if number > LIMIT} == {}
    assert many == few
    page = soup(client.get("/publikationer/"))
    assert "2007" in page.main.h2.text.replace("\xa0", "")
    assert len(page.select(".material-list, .page-list__link")) >= 20


def test_other_addresses_keep_the_limit_of_pages(client):
    many_resources(100)
    for address in ("/publikationer/material-5/", "/en/publications/feed/", "/ukraina/informationsblad/"):
        assert count(client, address) <= 12, address
