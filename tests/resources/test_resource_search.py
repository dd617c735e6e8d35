"""Publications as readers find them: published only, at their own address, without an index to rebuild."""

import pytest

from resources.models import Resource
from tests.reading import soup

pytestmark = pytest.mark.django_db


def found(client, address="/sok/", query="blad för barn"):
    return {link["href"] for link in soup(client.get(address, {"q": query})).select("main .hit a")}


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
