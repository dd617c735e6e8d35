"""The titles that are suggested while somebody types: what is published, in one small file."""

import gzip
import json
import re

import pytest

from pages.models import GuidancePage, HomePage, SearchEntry

pytestmark = pytest.mark.django_db


def test_suggestions_are_one_small_file_of_what_is_published(client):
    response = client.get("/sok/titlar.json")
    assert response["Cache-Control"] == "public, no-cache"
    rows = response.json()["places"]
    page = next(row for row in rows if row["url"] == "/vagledning/betanketid/")
    assert (page["name"], page["in"]) == ("Betänketid", "")
    assert "reflektionsperiod" in page["also"]
    part = next(row for row in rows if row["url"] == "/manual/inledande-stod/#p-6fc4ade9")
    assert (part["name"], part["in"]) == ("Betänketid: tid att återhämta sig och bestämma", "Inledande stöd")
    assert {"Malmö", "Skåne län", "Sara Exempelberg"} <= {row["name"] for row in rows}
    assert len({row["url"] for row in rows if "#" not in row["url"]}) > 300
    assert {row["url"][:4] for row in client.get("/en/search/titles.json").json()["places"]} == {"/en/"}
    assert not response.cookies


def test_suggestions_of_a_large_site_leave_out_no_kind_and_stay_small(client):
    start = HomePage.objects.get(locale__language_code="sv")
    before = {row["url"] for row in client.get("/sok/titlar.json").json()["places"]}
    many = [
        SearchEntry(
            key=f"many {number}",
            language="sv",
            kind=kind,
            page=start,
            path=f"sida-om-handelsevis-nummer-{number}/",
            title=f"En sida med en rubrik av vanlig längd om händelse nummer {number}",
            boost=100,
            tie_break=number,
        )
        for number, kind in enumerate(["page"] * 2_500 + ["manual"] * 1_500)
    ]
    SearchEntry.objects.bulk_create(many)
    response = client.get("/sok/titlar.json", headers={"Accept-Encoding": "gzip"})
    rows = json.loads(gzip.decompress(response.content))["places"]
    assert 1_990 <= len(rows) <= 2_000
    urls = {row["url"] for row in rows}
    assert {url for url in before if re.match("/(kontakt|publikationer)/.", url)} <= urls
    assert sum("handelsevis" in url for url in urls) > 1_000
    assert len(response.content) < 40_000


def test_title_that_was_taken_down_is_suggested_no_more(client):
    response = client.get("/sok/titlar.json")
    tag = {"If-None-Match": response.headers["ETag"]}
    assert client.get("/sok/titlar.json", headers=tag).status_code == 304
    GuidancePage.objects.get(slug="betanketid").unpublish()
    response = client.get("/sok/titlar.json", headers=tag)
    assert "/vagledning/betanketid/" not in {row["url"] for row in response.json()["places"]}
