"""What is built before anybody asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import site_version
from pages.page_cache.cached_response import CachedResponse
from pages.page_cache.generation import Generation, GenerationKey
from pages.page_cache.rules import canonical_query
from pages.page_cache.warming import planned_keys
from tests.factories import guidance
from tests.pages.search.test_page import LIMIT
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def generation() -> Generation:
    return Generation(GenerationKey.of(site_version(), "0123456789ab", 1.5))


def test_words_of_a_new_version_are_read_before_somebody_searches(client, generation):
    searches = [key for key in planned_keys(generation) if key[2]]
    assert [path for _host, path, _query in searches] == ["/sok/", "/en/search/"]
    for _host, path, query in searches:
        assert canonical_query(query) is None  # nobody keeps it
        client.get(f"{path}?{query}")
    for _host, path, _query in searches:
        with CaptureQueriesContext(connection) as queries:
            assert soup(client.get(path, {"q": "polis"})).select(".hit")
        assert len(queries) <= LIMIT


def test_address_with_other_letters_is_planned_as_servers_give_it(generation):
    guidance(title="Återvändande", slug="återvändande")
    paths = {path.encode("latin-1").decode() for _host, path, _query in planned_keys(generation)}
    assert {"/vagledning/betanketid/", "/vagledning/återvändande/"} <= paths


def test_what_is_read_most_comes_right_after_the_start_pages(generation):
    known = [key for key in planned_keys(generation) if key[1].startswith("/vagledning/")]
    for number, key in enumerate(known):
        generation.store(key, CachedResponse.build("200 OK", [], b"x", b"x", generation.key.began + 60))
        generation.responses[key].hits = number  # the last is read most
    paths = [path for _host, path, _query in planned_keys(generation)]
    assert len(known) > 3
    assert set(paths[:2]) == {"/", "/en/"}
    assert paths[2 : 2 + len(known)] == [path for _host, path, _query in reversed(known)]
    assert "/kontakt/" in paths[2 + len(known) :]


@pytest.mark.parametrize("number", [0, 3])
def test_no_more_is_built_ahead_than_the_setting_says(generation, settings, number):
    settings.PAGES_AHEAD = 500
    every = list(planned_keys(generation))
    settings.PAGES_AHEAD = number
    assert list(planned_keys(generation)) == every[:number]
    assert len(every) > 50
