"""A reader's role on a step of the manual: what it folds, and how it goes along."""

import pytest
import time_machine
from bs4 import BeautifulSoup

from pages.models import Actor, ManualStepPage
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

STEP = "/manual/inledande-stod/"


def parts(html: BeautifulSoup) -> dict[str, bool]:
    """Return whether each part is folded, by its number, in order."""
    found = html.main.select("section.part, details.part")
    return {words(part.select_one(".part__number")): part.name == "details" for part in found}


def folded(client, query: str, address: str = STEP) -> list[str]:
    return [number for number, is_folded in parts(soup(client.get(address + query))).items() if is_folded]


def query_of(link) -> str:
    return "".join(link["href"].partition("#")[0].partition("?")[1:])


def test_without_a_choice_nothing_is_folded(client, strict_templates):
    html = soup(client.get(STEP))
    assert parts(html) == dict.fromkeys(["3.1", "3.2", "3.3", "3.4", "3.5"], False)
    assert not html.select(".role__result")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?actor=police", ["3.4"]),
        ("?actor=prosecutors", ["3.4"]),
        ("?permit=with", ["3.2"]),
        ("?permit=without", ["3.3"]),
        ("?actor=health-care&permit=without", ["3.3", "3.4"]),
        ("?actor=foreign-affairs", ["3.1", "3.2", "3.3", "3.4", "3.5"]),
    ],
)
def test_role_folds_what_does_not_concern_it(client, strict_templates, query, numbers):
    assert folded(client, query) == numbers


def test_part_for_children_is_folded_for_a_case_about_an_adult(client):
    step = "/manual/akut-skydd/"
    assert folded(client, "?person=adult", step) == ["2.2", "2.3"]
    assert folded(client, "?person=child", step) == []


def test_part_that_names_nobody_concerns_everybody(client):
    step = ManualStepPage.objects.get(slug="inledande-stod")
    for name in ("actors", "ages", "permits"):
        step.parts[1].value[name] = []
    step.parts[1].value["is_minor_edit"] = True
    step.save_revision().publish()
    assert folded(client, "?actor=foreign-affairs&permit=with&person=child") == ["3.1", "3.3", "3.4", "3.5"]


def test_folded_part_keeps_its_heading_its_text_and_its_address(client):
    whole, chosen = soup(client.get(STEP)), soup(client.get(f"{STEP}?actor=prosecutors"))
    assert words(chosen.select_one("details.part").summary).startswith("3.4 Information om återvändande")
    in_full = {words(body) for body in whole.select(".part .body")}
    assert {words(body) for body in chosen.select(".part .body")} == in_full
    assert len(in_full) == 5
    # What is jumped to must be inside, so that the browser unfolds the part.
    for part in whole.select("section.part"):
        target = chosen.find(id=part["id"])
        assert target.name == "section" or (target.parent.name == "details" and target.name != "summary")


@time_machine.travel("2026-11-24 10:00+01:00", tick=False)  # pages show the minute
@pytest.mark.parametrize("query", ["?actor=nobody", "?person=dog&permit=", "?actor=&person=", "?actor=POLICE"])
def test_unknown_values_are_ignored(client, query):
    assert client.get(STEP + query).content == client.get(STEP).content


def test_unknown_value_does_not_take_known_ones_along(client):
    html = soup(client.get(f"{STEP}?actor=nobody&permit=with"))
    assert [link["href"] for link in html.select("a[rel=next]")] == ["/manual/langsiktigt-stod/?permit=with"]


def test_choice_goes_along_with_the_reader(client):
    query = "?actor=social-services&person=child&permit=without"
    html = soup(client.get(STEP + query))
    ways = html.select("a[rel=prev], a[rel=next], .step-menu > ol > li > a")
    assert len(ways) == 8
    assert {query_of(link) for link in ways} == {query}
    references = html.select('.part .body a[href*="/?"]')
    assert len(references) >= 2
    assert {query_of(link) for link in references} == {query}
    switch = html.select_one("header a[hreflang=en]")
    assert switch["href"] == f"/en/manual/initial-support/{query}"
    assert parts(soup(client.get(switch["href"]))) == parts(html)
    # A bare fragment keeps the query.
    assert {link["href"][0] for link in html.select(".step-parts a, .step-menu__parts a")} == {"#"}


def test_canonical_address_is_without_the_choice(client):
    html = soup(client.get(f"{STEP}?actor=police"))
    addresses = [link["href"] for link in html.select("link[rel=canonical], link[rel=alternate]")]
    assert len(addresses) == 4
    assert not [address for address in addresses if "?" in address]


def test_form_offers_every_value_and_has_chosen_what_the_address_says(client):
    form = soup(client.get(f"{STEP}?actor=police&person=child")).select_one("form.role")
    assert form["action"] == STEP
    fields = {field["name"]: [option["value"] for option in field.select("option")] for field in form.select("select")}
    assert fields["actor"] == ["", *Actor.objects.values_list("code", flat=True)]
    assert fields["person"] == ["", "adult", "child"]
    assert fields["permit"] == ["", "with", "without"]
    chosen = {option.parent["name"]: option["value"] for option in form.select("option[selected]")}
    assert chosen == {"actor": "police", "person": "child", "permit": ""}
    assert form.select_one("details").has_attr("open")


@time_machine.travel("2026-11-24 10:00+01:00", tick=False)  # pages show the minute
def test_what_is_sent_empty_is_not_chosen(client):
    short = client.get(f"{STEP}?actor=police").content
    assert client.get(f"{STEP}?actor=police&person=&permit=").content == short


@pytest.mark.parametrize(
    ("query", "result"),
    [
        ("?actor=police", "4 av 5 delar gäller dig. Av de andra visas bara rubriken. Visa allt"),
        ("?actor=foreign-affairs", "Manualen här beskriver ingen särskild uppgift. Läs hela steget: Inledande stöd"),
        ("?person=child", "Alla delar i steget gäller dig. Visa allt"),
    ],
)
def test_reader_is_told_how_much_is_folded(client, query, result):
    told = soup(client.get(STEP + query)).select_one(".role__result")
    assert words(told).startswith(result)
    assert told.a["href"] == STEP


def test_chosen_actor_leads_to_all_that_concerns_it(client):
    link = soup(client.get(f"{STEP}?actor=police")).select(".role__result a")[-1]
    assert words(link) == "Allt som gäller polisen, steg för steg"
    assert words(soup(client.get(link["href"])).h1) == "Polisen"
    english = soup(client.get("/en/manual/initial-support/?actor=police")).select(".role__result a")[-1]
    assert english["href"] == "/en/manual/actors/police/"


def test_choice_takes_no_script(client):
    form = soup(client.get(f"{STEP}?actor=police")).select_one("form.role")
    assert form.get("method", "get") == "get"
    assert [button.get("type", "submit") for button in form.select("button")] == ["submit"]


@pytest.mark.parametrize(
    ("address", "everybody", "some"),
    [
        ("/manual/", "Alla aktörer", "Socialtjänsten, polisen, Migrationsverket"),
        ("/en/manual/", "All actors", "Social services, police, Swedish Migration Agency"),
    ],
)
def test_figure_of_the_steps_names_the_actors_of_each(client, address, everybody, some):
    steps = soup(client.get(address)).select(".manual-steps__step")
    named = [words(step.select_one(".manual-steps__actors")) for step in steps]
    assert len(named) == 6
    assert named[0] == everybody
    assert named[5].startswith(some)
    first = ManualStepPage.objects.get(slug=steps[5].a["href"].strip("/").split("/")[-1])
    assert named[5].count(",") + 1 == len({code for part in first.parts for code in part.value["actors"]})


def test_part_for_nobody_in_particular_is_for_all_actors(client):
    page = ManualStepPage.objects.get(slug="ett-tryggt-atervandande")
    page.parts[0].value["actors"], page.parts[0].value["is_minor_edit"] = [], True
    page.save_revision().publish()
    assert words(soup(client.get("/manual/")).select(".manual-steps__actors")[5]) == "Alla aktörer"


def test_nobody_is_not_all_actors_where_there_are_none(client):
    Actor.objects.all().delete()
    said = [words(each) for each in soup(client.get(STEP)).select(".part__concerns")]
    assert said == ["Gäller: utan uppehållstillstånd", "Gäller: med uppehållstillstånd"]
