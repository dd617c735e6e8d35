"""What answers that are stored nowhere share with each other: of one version, and as long as it is true."""

import re

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from contacts.models import Coordinator, GuidePage, Municipality, SupportLine
from pages.models.site_version import raise_site_version
from pages.shared_memo import forget
from tests.contacts.guide.for_places import PLACES, ways_past_the_place
from tests.factories import published
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

RESULT = "/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/ja/var-ar-personen/?place={}"
# What readers ask, whose answers are stored nowhere.
ASKED = [
    *(f"/kontakt/?q={place}" for place in ("gotebrog", "habo", "21122", "atlantis", "skåne")),
    *(f"/en/contact/?q={place}" for place in ("gotebrog", "habo", "21122", "atlantis", "skåne")),
    *(f"/sok/?q={words}" for words in ("betänketid", "fönster", "göteborg", "äzq")),
    *(f"/en/search/?q={words}" for words in ("reflection period", "gothenburg", "zxq")),
    *("/sok/?q=stöd&page=2", "/publikationer/?q=blad", "/en/publications/?q=handout"),
    *("/manual/akut-skydd/?actor=police", "/manual/akut-skydd/?permit=without", "/vagledning/betanketid/?x=1"),
    *("/meddelande/?page=/manual/", "/meddelande/?page=/kontakt/", "/en/message/?page=/en/manual/"),
]
TOKEN = re.compile(r'<input[^>]*name="token"[^>]*>')  # another each time
MOST_QUERIES = 2  # the version, and a place that nobody has asked for


def count(client, code: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(RESULT.format(code)).status_code == 200
    return len(queries)


def test_second_answer_asks_little_for_another_place_too(client):
    first = count(client, "1280")
    assert count(client, "2580") == MOST_QUERIES < first
    assert count(client, "2580") == 1


def test_change_is_seen_in_the_next_answer(client):
    client.get(RESULT.format("1280"))
    line = SupportLine.objects.get(level="advice")
    line.name_sv = "En annan som svarar"
    line.save()
    Page.objects.get(slug="ukraina").specific.unpublish()
    page = soup(client.get(RESULT.format("1280")))
    assert "En annan som svarar" in words(page.select_one(".call--compact"))
    assert not page.select('a[href="/ukraina/"]')


def test_what_has_turned_is_rendered_anew(client):
    seen = {}
    for time in ("15:58", "15:59", "16:00"):
        with time_machine.travel(f"2026-11-24T{time}+01:00", tick=False):
            seen[time] = words(soup(client.get(RESULT.format("1280"))).select_one(".call--compact .call__row--advice"))
    assert "Öppet nu" in seen["15:58"]
    assert "Öppet nu" in seen["15:59"]
    assert "Stängt" in seen["16:00"]


def test_question_and_address_that_leads_nowhere_ask_as_little(client):
    client.get(RESULT.format("1280"))
    with CaptureQueriesContext(connection) as queries:
        question = client.get("/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/nej-en-vuxen/var-ar-personen/?place=1280")
    assert question.status_code == 200
    assert len(queries) <= MOST_QUERIES
    assert client.get("/just-nu/svar/ja/ja/?place=1280").status_code == 404
    assert client.get("/finns-inte/?place=1280").status_code == 404
    assert client.get("/kontakt/finns-inte/?place=1280").status_code == 404


def test_what_editors_change_of_the_guide_is_seen_in_the_next_answer(client):
    client.get(RESULT.format("1280"))
    guide = GuidePage.objects.get(locale__language_code="sv")
    for block in guide.nodes:
        if block.block_type == "result":
            block.value["heading"] += " (nytt)"
    published(guide)
    assert words(soup(client.get(RESULT.format("1280"))).h1).endswith("(nytt)")
    guide.unpublish()
    assert client.get(RESULT.format("1280")).status_code == 404


def test_what_is_changed_of_a_place_and_its_coordinator_is_seen_in_the_next_answer(client):
    assert "Ny Person" not in words(soup(client.get(RESULT.format("1280"))).main)
    person = Coordinator.objects.filter(counties="12").order_by("pk").first()
    person.name, person.target_group = "Ny Person", "both"
    person.save()
    municipality = Municipality.objects.get(code="1280")
    municipality.social_services_number, municipality.out_of_hours_number = "040-31 92 30", "040-31 92 40"
    municipality.source, municipality.checked_on = "kommunen", "2026-11-20"
    municipality.save()
    shown = words(soup(client.get(RESULT.format("1280"))).main)
    assert "Ny Person" in shown
    assert re.search(r"040-31\s92\s40", shown)
    person.live = False
    person.save()
    assert "Ny Person" not in words(soup(client.get(RESULT.format("1280"))).main)


@time_machine.travel("2026-11-24 10:00+01:00", tick=False)  # pages show the minute
def test_change_that_was_taken_back_is_not_seen(client):
    before = client.get(RESULT.format("1280")).content
    with transaction.atomic():
        SupportLine.objects.filter(level="advice").update(name_sv="En annan som svarar")
        raise_site_version()
        assert "En annan som svarar" in client.get(RESULT.format("1280")).content.decode()
        transaction.set_rollback(True)
    assert client.get(RESULT.format("1280")).content == before


@pytest.mark.parametrize("time", ["2026-11-24T10:00+01:00", "2026-11-24T20:00+01:00"], ids=["open", "closed"])
def test_answer_is_the_same_after_all_others_and_alone(client, time):
    Coordinator.objects.filter(pk=Coordinator.objects.filter(counties="12").order_by("pk").first().pk).update(
        leave_from="2026-11-01", leave_until="2026-12-01"
    )
    ways = ways_past_the_place()[::3]
    assert len({way.split("/")[1] for way in ways}) == 2  # languages
    asked = [f"{way}?place={PLACES[number % len(PLACES)]}" for number, way in enumerate(ways)]
    with time_machine.travel(time, tick=False):
        for address in asked:
            client.get(address)
        shared = [client.get(address).content.decode() for address in asked]
        alone = []
        for address in asked:
            forget()
            alone.append(client.get(address).content.decode())
    assert all("guide-calls" in answer for answer in alone)
    assert shared == alone


@pytest.mark.parametrize("time", ["2026-11-24T10:00+01:00", "2026-11-24T20:00+01:00"], ids=["open", "closed"])
def test_answer_to_what_is_asked_is_the_same_after_all_others_and_alone(client, time):
    def answer(address: str) -> str:
        response = client.get(address)
        assert response.status_code in {200, 302}, address
        return response.headers.get("Location", "") + TOKEN.sub("", response.content.decode())

    with time_machine.travel(time, tick=False):
        for address in ASKED:
            client.get(address)
        shared = {address: answer(address) for address in ASKED}
        for address in ASKED:
            forget()
            assert answer(address) == shared[address], address
    assert len(set(shared.values())) == len(ASKED)


def test_file_is_sent_whatever_the_place(client, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    response = client.get("/manual/kopia/html/?place=1280")
    assert response.status_code == 200
    assert b"</html>" in b"".join(response.streaming_content)
    response.close()
