"""Material in the body of any page."""

import json

import pytest

from pages.models import BasePage
from resources.blocks import MOST
from resources.models import Resource
from tests.factories import guidance, published
from tests.reading import soup, words
from tests.resources.making import file, resource

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def page_with(**block) -> BasePage:
    value = {"heading": "Material", "chosen": [], "topic": "", "kind": "", "count": 5} | block
    return guidance(body=json.dumps([{"type": "resources", "value": value}]))


def shown(client, page: BasePage) -> list[str]:
    return [words(link) for link in soup(client.get(page.url)).select(".body .page-list__link")]


def test_chosen_resources_are_shown_in_the_order_of_the_editor(client):
    first, second = resource(file(language="uk"), title_sv="Första"), resource(title_sv="Andra")
    page = page_with(chosen=[second.pk, first.pk])
    assert shown(client, page) == ["Andra", "Första"]
    body = soup(client.get(page.url)).select_one(".body")
    assert words(body.h2) == "Material"
    assert body.select("a")[1]["href"] == "/publikationer/forsta/"
    assert [name["lang"] for name in body.select("bdi")] == ["sv", "uk"]


def test_what_is_not_published_is_left_out_and_comes_back(client):
    first, second = resource(title_sv="Första"), resource(title_sv="Andra")
    page = page_with(chosen=[first.pk, second.pk])
    first.unpublish()
    assert shown(client, page) == ["Andra"]
    second.delete()
    assert shown(client, page) == []
    assert "Material" not in words(soup(client.get(page.url)).select_one(".body"))
    first.save_revision().publish()
    assert shown(client, page) == ["Första"]


def test_newest_of_a_topic_are_shown(client):
    Resource.objects.all().delete()
    for number in range(4):
        resource(title_sv=f"Blad {number}", topics=("return",), kind="handout" if number else "course")
    resource(title_sv="Om annat", topics=("children",))
    assert shown(client, page_with(topic="return", count=3)) == ["Blad 3", "Blad 2", "Blad 1"]
    assert shown(client, page_with(topic="return", kind="course")) == ["Blad 0"]
    assert shown(client, page_with(topic="finns-inte")) == []
    assert shown(client, page_with(count=2)) == ["Om annat", "Blad 3"]


def test_number_is_bounded():
    block = BasePage.body.field.stream_block.child_blocks["resources"]
    assert block.child_blocks["count"].field.max_value == MOST
    assert block.child_blocks["chosen"].meta.max_num == MOST


def test_block_takes_no_more_queries_for_more_resources(client, django_assert_max_num_queries):
    made = [resource(file(), title_sv=f"Blad {number}") for number in range(MOST)]
    page = page_with(chosen=[each.pk for each in made])
    client.get(page.url)
    with django_assert_max_num_queries(12):
        assert len(shown(client, page)) == MOST


def test_english_page_leads_to_the_english_addresses(client):
    page = soup(client.get("/en/ukraine/handouts/"))
    links = [link["href"] for link in page.select(".body .page-list__link")]
    assert links == [
        "/en/publications/you-can-ask-for-help-handout-for-children/",
        "/en/publications/you-can-get-help-handout-for-people-in-flight/",
    ]
    assert {name["lang"] for name in page.select(".body bdi")} == {"uk", "ru", "en"}


def test_kept_version_shows_todays_material(client):
    made = resource(title_sv="Då", topics=("return",))
    page = page_with(topic="return")
    made.title_sv = "Nu"
    made.save_revision().publish()
    published(page)
    versions = soup(client.get(f"/version/page/{page.pk}/")).main.select("a[href^='/version/']")
    assert "Nu" in words(soup(client.get(versions[-1]["href"])).main)


def test_block_is_previewed_for_the_editor(admin_client):
    block = BasePage.body.field.stream_block.child_blocks["resources"]
    response = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert "Du kan få hjälp" in words(soup(response))
