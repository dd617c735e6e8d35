"""The file that suggestions are made from."""

import json

import pytest

from contacts.lookup import find_places
from contacts.models import ContactsPage, County, Municipality
from contacts.places import known_places, place_of
from tests.reading import PAIRS, soup

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]

OTHER_NAMES = [
    *("Gbg", "Gotemburgo", "Gothenburg", "Gottenburg", "Greater Gothenburg"),
    *("Göteborgsområdet", "Stor-Göteborg"),
]
ADDRESSES = ["/register/lookup/names.json", "/en/register/lookup/names.json"]


def places(client, language: int) -> dict[str, dict]:
    response = client.get(ADDRESSES[language])
    assert response.status_code == 200
    rows = json.loads(response.content)["places"]
    assert rows
    return {row["url"]: row for row in rows}


@pytest.mark.parametrize("language", [0, 1])
def test_every_place_leads_to_its_page(client, language):
    rows = places(client, language)
    assert len(rows) == 311
    for address in list(rows)[::40]:
        heading = soup(client.get(address)).h1.text
        assert heading == ", ".join(filter(None, (rows[address]["name"], rows[address]["in"])))


def test_municipality_has_its_other_names(client):
    swedish, english = places(client, 0), places(client, 1)
    assert swedish["/kontakt/vastra-gotalands-lan/goteborg/"] == {
        "name": "Göteborg",
        "in": "Västra Götalands län",
        "url": "/kontakt/vastra-gotalands-lan/goteborg/",
        "also": OTHER_NAMES,
    }
    assert english["/en/contact/vastra-gotaland-county/gothenburg/"]["also"] == sorted(
        {*OTHER_NAMES, "Göteborg"} - {"Gothenburg"}
    )
    assert {"Jönköping County", "Småland"} <= set(swedish["/kontakt/jonkopings-lan/"]["also"])
    assert "F län" not in swedish["/kontakt/jonkopings-lan/"]["also"]


def test_every_name_finds_its_place_in_the_lookup_too(client):
    known = known_places()
    rows = places(client, 0).values()
    names = [(name, row["name"]) for row in rows for name in row["also"]]
    assert len(names) >= 90
    for name, place in names:
        found = {official for each in find_places(name, known).places for official in each.names}
        assert place in found, name


def test_order_is_that_of_the_alphabet(client):
    names = [row["name"] for row in places(client, 0).values()]
    assert names.index("Ydre") < names.index("Åmål") < names.index("Ängelholm") < names.index("Öckerö")
    assert names.index("Övertorneå") < names.index("Blekinge län") < names.index("Östergötlands län")


@pytest.mark.parametrize("language", [0, 1])
def test_file_is_small_and_asked_about_each_time(client, language):
    response = client.get(ADDRESSES[language], headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 10_000
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_new_name_gives_a_new_tag(client):
    tag = client.get(ADDRESSES[0]).headers["ETag"]
    county = County.objects.get(code="12")
    county.name_sv = "Nya Skåne län"
    county.save()
    response = client.get(ADDRESSES[0], headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "Nya Skåne län" in response.content.decode()


@pytest.mark.parametrize("kind", ["home", "contacts"])
@pytest.mark.parametrize("language", [0, 1])
def test_field_names_the_file_in_its_language(client, kind, language):
    page = soup(client.get(PAIRS[kind][language]))
    (form,) = page.select("form.lookup")
    assert form["data-places"] == ADDRESSES[language]
    (script,) = page.select('script[src$="js/lookup.js"]')
    assert script["type"] == "module"


def test_site_without_contacts_page_suggests_nothing(client):
    ContactsPage.objects.all().update(live=False)
    assert client.get(ADDRESSES[0]).json()["places"] == []
    page = soup(client.get(PAIRS["home"][0]))
    assert not page.select("form[data-places], script[src]")


def test_rows_and_values_are_the_same_places():
    rows = [*County.objects.all(), *Municipality.objects.all()]
    assert [place_of(row) for row in rows] == known_places()
    assert len(rows) == 311


def test_localities_lead_to_a_question(client):
    (form,) = soup(client.get(PAIRS["contacts"][0])).select("form.lookup")
    response = client.get(form["data-localities"])
    found = json.loads(response.content)
    assert len(found["names"]) > 2_000
    assert {"Rinkeby", "Rosengård", "Abisko"} <= set(found["names"])
    assert not {"Malmö", "Luleå"} & set(found["names"])
    assert len(response.content) < 60_000
    main = soup(client.get(f"{found['ask']}Rinkeby")).main
    assert main.select_one('a[href="/kontakt/stockholms-lan/stockholm/"]')
