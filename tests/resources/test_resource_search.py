"""Publications as readers find them: published only, at their own address, without an index to rebuild."""

import pytest

from resources.models import Resource, Topic
from tests.reading import soup, words
from tests.resources import making

pytestmark = pytest.mark.django_db


def found(client, address="/sok/", query="blad för barn"):
    html = soup(client.get(address, {"q": query}))
    is_guess = "gissning" in words(html.main) or "guess" in words(html.main)
    return set() if is_guess else {link["href"] for link in html.select("main .hit a")}


def test_search_follows_what_is_published(client):
    resource = Resource.objects.get(slug_sv="du-kan-be-om-hjalp-blad-for-barn")
    address = f"/publikationer/{resource.slug_sv}/"
    assert address in found(client)
    resource.unpublish()
    assert address not in found(client)
    resource.save_revision().publish()
    assert address in found(client)
    resource.delete()
    assert address not in found(client)


@pytest.fixture
def leaflet(db):
    """A publication of whose topics, languages and texts its title and summary say nothing."""
    sheet = making.file(language="ar", title="استراحة", text="<p>Текст українською: зебра.</p>")
    return making.resource(
        sheet, topics=("honour-related-violence",), title_sv="Zebrafiske", title_en="", summary_en=""
    )


@pytest.mark.parametrize("query", ["arabiska", "العربية", "hedersrelaterat våld", "استراحة", "зебра"])
def test_publication_is_found_by_what_it_is_about_and_by_its_files(client, leaflet, query):
    hits = soup(client.get("/sok/", {"q": query, "kind": "resource"})).select("main .hit > a")
    assert "/publikationer/zebrafiske/" in [link["href"] for link in hits]


def test_search_follows_files_and_topics_that_are_saved_by_themselves(client, leaflet):
    (sheet,) = leaflet.files.all()
    sheet.title = "Yxfiske"
    sheet.save()
    assert found(client, query="Yxfiske") == {"/publikationer/zebrafiske/"}
    sheet.delete()
    assert found(client, query="Yxfiske") == set()

    topic = Topic.objects.get(code="honour-related-violence")
    topic.name_sv = "Yxkonst"
    topic.save()
    assert found(client, query="Yxkonst") == {"/publikationer/zebrafiske/"}
    Topic.objects.create(name_sv="Yxvård", name_en="Axe care").resources.add(leaflet)
    assert found(client, query="Yxvård") == {"/publikationer/zebrafiske/"}
    topic.delete()
    assert found(client, query="Yxkonst") == set()


def test_untranslated_publication_says_its_language_among_english_hits(client, leaflet):
    (hit,) = soup(client.get("/en/search/", {"q": "Zebrafiske"})).select("main .hit")
    assert [(element.name, element["lang"]) for element in hit.select("[lang]")] == [("a", "sv"), ("p", "sv")]
    assert not soup(client.get("/sok/", {"q": "Zebrafiske"})).select("main .hit [lang]")

    leaflet.title_en, leaflet.summary_en = "Zebra fishing", "About it."
    leaflet.save_revision().publish()

    (hit,) = soup(client.get("/en/search/", {"q": "Zebra fishing"})).select("main .hit")
    assert not hit.select("[lang]")


def test_publication_is_found_by_the_words_of_each_language_once_they_are_published(client, leaflet):
    english = {"address": "/en/search/", "query": "Axe fishing"}
    assert found(client, "/en/search/", "Zebrafiske") == {"/en/publications/zebrafiske/"}

    leaflet.title_en, leaflet.summary_en = "Axe fishing", "About it."
    leaflet.save_revision()
    assert not found(client, **english) & {"/en/publications/zebrafiske/", "/en/publications/axe-fishing/"}

    leaflet.get_latest_revision().publish()
    assert "/en/publications/axe-fishing/" in found(client, **english)
    assert found(client, "/en/search/", "Zebrafiske") == set()
    assert found(client, query="Zebrafiske") == {"/publikationer/zebrafiske/"}
    assert "/publikationer/zebrafiske/" not in found(client, query="Axe fishing")
