"""The registers as data: complete, documented, cacheable, and harmless in a spreadsheet."""

import csv
import io
import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.exports.spreadsheets import harmless
from contacts.models import Coordinator, Municipality, SupportLine
from tests.factories import coordinator
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]

NAMES = ["coordinators", "municipalities", "lines"]
FILES = [f"/register/{name}.{ending}" for name in NAMES for ending in ("json", "csv")]
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def read_json(client, name: str) -> list[dict]:
    response = client.get(f"/register/{name}.json")
    assert response.status_code == 200
    return json.loads(response.content)[name]


def read_csv(client, name: str) -> list[dict[str, str]]:
    response = client.get(f"/register/{name}.csv")
    assert response.status_code == 200
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.fixture
def entry() -> Coordinator:
    return coordinator(
        "040-628 04 01",
        "070-174 06 05",
        name="Nya Exempel",
        counties=("12", "10"),
        note_sv="Bäst på förmiddagen",
        confirmed_on=date(2026, 11, 12),
    )


def test_coordinator_in_json(client, entry):
    (row,) = [row for row in read_json(client, "coordinators") if row["uid"] == str(entry.uid)]
    assert row == {
        "uid": str(entry.uid),
        "name": "Nya Exempel",
        "role": {"sv": "Regionkoordinator", "en": "Regional coordinator"},
        "employer": "Malmö stad",
        "target_group": "both",
        "counties": [
            {"code": "10", "name": {"sv": "Blekinge län", "en": "Blekinge County"}},
            {"code": "12", "name": {"sv": "Skåne län", "en": "Skåne County"}},
        ],
        "phones": [
            {
                "kind": "direct",
                "e164": "+46406280401",
                "uri": "tel:+46406280401",
                "shown": {"sv": "040-628 04 01", "en": "+46 40 628 04 01"},
            },
            {
                "kind": "direct",
                "e164": "+46701740605",
                "uri": "tel:+46701740605",
                "shown": {"sv": "070-174 06 05", "en": "+46 70 174 06 05"},
            },
        ],
        "email": "ny@example.se",
        "note": {"sv": "Bäst på förmiddagen", "en": ""},
        **dict.fromkeys(("deputy", "leave_from", "leave_until")),
        "is_example": False,
        "confirmed_on": "2026-11-12",
        "vcard": {
            "sv": f"http://localhost:8000/register/coordinators/{entry.uid}.vcf",
            "en": f"http://localhost:8000/en/register/coordinators/{entry.uid}.vcf",
        },
    }


def test_coordinator_in_csv(client, entry):
    (row,) = [row for row in read_csv(client, "coordinators") if row["uid"] == str(entry.uid)]
    assert row["counties_code"] == "10, 12"
    assert row["counties_name_en"] == "Blekinge County, Skåne County"
    assert row["phones_kind"] == "direct, direct"
    assert row["phones_uri"] == "tel:+46406280401, tel:+46701740605"
    assert row["phones_shown_sv"] == "040-628 04 01, 070-174 06 05"
    assert row["is_example"] == "false"
    assert row["confirmed_on"] == "2026-11-12"
    assert row["deputy"] == ""


def test_municipality_with_numbers_and_source(client):
    numbers = {"social_services_number": "040-628 04 10", "out_of_hours_number": "040-628 04 11"}
    Municipality.objects.filter(code="1280").update(
        **numbers, website="https://example.se", source="Kommunens webbplats", checked_on=date(2026, 11, 1)
    )
    (malmo,) = [row for row in read_json(client, "municipalities") if row["code"] == "1280"]
    assert malmo["county"] == {"code": "12", "name": {"sv": "Skåne län", "en": "Skåne County"}}
    assert malmo["social_services"]["e164"] == "+46406280410"
    assert malmo["out_of_hours"]["shown"] == {"sv": "040-628 04 11", "en": "+46 40 628 04 11"}
    assert (malmo["source"], malmo["checked_on"]) == ("Kommunens webbplats", "2026-11-01")
    (row,) = [row for row in read_csv(client, "municipalities") if row["code"] == "1280"]
    assert row["social_services_uri"] == "tel:+46406280410"
    assert row["out_of_hours_shown_sv"] == "040-628 04 11"


def test_municipality_without_numbers_says_nothing(client):
    rows = read_json(client, "municipalities")
    assert len(rows) == 290
    assert all(row["social_services"] is row["out_of_hours"] is None for row in rows)
    assert len(read_csv(client, "municipalities")) == 290


def test_only_published_people_are_there(client, entry):
    hidden = coordinator(name="Dold Exempel", live=False)
    entry.deputy = hidden
    entry.save()
    rows = {row["uid"]: row for row in read_json(client, "coordinators")}
    assert rows.keys() == {str(each.uid) for each in Coordinator.objects.filter(live=True)}
    assert rows[str(entry.uid)]["deputy"] is None
    for address in FILES:
        content = client.get(address).content.decode()
        assert str(hidden.uid) not in content
        assert "Dold Exempel" not in content


def test_identifier_survives_a_change_of_everything_else(client, entry):
    entry.name, entry.email = "Annan Exempel", "annan@example.se"
    entry.save()
    entry.save_revision().publish()
    (row,) = [row for row in read_json(client, "coordinators") if row["name"] == "Annan Exempel"]
    assert row["uid"] == str(entry.uid)


@pytest.mark.parametrize("name", NAMES)
def test_time_and_documentation_come_along(client, name):
    data = client.get(f"/register/{name}.json").json()
    age = timezone.now() - datetime.fromisoformat(data["generated_at"])
    assert timedelta(seconds=-1) < age < timedelta(seconds=60)
    assert data["licence"] is None
    assert soup(client.get(data["documentation"].removeprefix("http://localhost:8000"))).h1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", [0, 1])
def test_every_field_is_documented(client, entry, name, language):
    listed = soup(client.get(PAIRS["registers"][language])).find(id=name).find_next("dl")
    fields, columns = [words(field) for field in listed.find_all("dt")], []
    for field, meaning in zip(fields, listed.find_all("dd"), strict=True):
        assert len(words(meaning)) > 3
        columns += [words(column) for column in meaning.find_all("code")] or [field]
    assert fields == list(read_json(client, name)[0])
    assert columns == list(read_csv(client, name)[0])


@pytest.mark.parametrize("language", [0, 1])
def test_documentation_leads_to_the_files_and_is_led_to(client, language):
    page = soup(client.get(PAIRS["registers"][language])).main
    assert [link["href"] for link in page.select("a:not(nav a)")] == FILES
    for kind in ("contacts", "all coordinators"):
        assert soup(client.get(PAIRS[kind][language])).main.find("a", href=PAIRS["registers"][language])


@pytest.mark.parametrize("address", [*FILES, "/register/counties/12.vcf", "/register/lookup/names.json"])
def test_answer_can_be_kept_and_asked_about(client, address):
    response = client.get(address)
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Coordinator.objects.update(name="Annan Exempel")
    Municipality.objects.update(name_sv="Annan", formal_name="Annan")
    SupportLine.objects.update(name_sv="Annan")
    assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "address", [*FILES, "/register/counties/12.vcf", "/register/lookup/names.json", "/register/", "/en/register/"]
)
def test_head_works_and_writing_does_not(address):
    client = Client(enforce_csrf_checks=True)
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == client.get(address).headers["Content-Type"]
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        refused = getattr(client, method)(address)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD"), method


def test_unknown_register_is_not_found(client):
    assert client.get("/register/users.json").status_code == 404
    assert client.get("/register/users.csv").status_code == 404


@pytest.mark.parametrize("address", FILES)
def test_queries_do_not_grow_with_the_register(client, entry, address):
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(10):
        coordinator(name=f"Person {number}", deputy=entry)
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) == len(before) <= 5


HOSTILE = [
    "=1+1",
    "+46",
    "-1",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "\n=1",
    "a\n=1",
    '";=1',
    "a;=1",
    "a,\t=1",
    "＝1",
    "\u2028=1",
    "'=1",
    '"',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_whatever_the_separator(client, entry, text):
    Coordinator.objects.filter(pk=entry.pk).update(name=text, employer=text, note_sv=text, role_en=text)
    content = client.get("/register/coordinators.csv").content.decode().removeprefix("\ufeff")
    for separator in ";,\t":
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))
        assert separator != ";" or len(rows) == Coordinator.objects.filter(live=True).count() + 1
        assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []


@pytest.mark.parametrize("text", ["Nya Exempel", "a-b", "x@example.se", "Åsa (E4), 2+2", "tel:+46406280401, tel:+46"])
def test_ordinary_text_is_left_as_it_is(text):
    assert harmless(text) == text
