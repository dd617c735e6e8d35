"""What is built before anybody asks."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import site_version
from pages.ready.building import Builder
from pages.ready.folder import Folder, Name
from pages.ready.generation import Generation
from pages.ready.warming import planned
from tests.pages.test_search_page import LIMIT
from tests.reading import soup

pytestmark = pytest.mark.django_db


def test_words_of_a_new_version_are_read_before_somebody_searches(client, tmp_path):
    generation = Generation(Name.of(site_version(), "0123456789ab", 1.5))
    builder = Builder(get_wsgi_application(), Folder(tmp_path))
    searches = [key for key in planned(generation) if key[2]]
    assert [path for _host, path, _query in searches] == ["/sok/", "/en/search/"]
    for key in searches:
        builder.entry(key, generation)
    assert not generation.entries
    for _host, path, _query in searches:
        with CaptureQueriesContext(connection) as queries:
            assert soup(client.get(path, {"q": "polis"})).select(".hit")
        assert len(queries) <= LIMIT
