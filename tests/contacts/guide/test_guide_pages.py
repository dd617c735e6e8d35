"""The pages of the guide: questions, the place, results, the flow chart, and the ways to them."""

import re
from urllib.parse import unquote

import pytest
import time_machine

from contacts.models import Coordinator, GuidePage
from pages.manual.models.parts import part_code
from pages.models import ManualPart
from pages.models.site_version import raise_site_version
from tests.contacts.guide.graphs import every_visit
from tests.factories import published
from tests.manual import step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("in_office_hours")]

START = {"sv": "/just-nu/", "en": "/en/right-now/"}
QUESTION, NOT_SURE = {"sv": "Fråga", "en": "Question"}, {"sv": "vet inte", "en": "not sure|do not know"}
WORK = "/just-nu/svar/nej-inte-just-nu/jag-moter-personen-i-mitt-arbete/"
ADULT = f"{WORK}nej-en-vuxen/"
SIGNS = f"{ADULT}var-ar-personen/ja-det-kan-vanta/jag-ser-tecken-pa-manniskohandel/"
ENGLISH_ADULT = "/en/right-now/answers/no-not-right-now/i-meet-the-person-in-my-work/no-an-adult/"


def answers(page) -> dict[str, str]:
    return {words(link.select_one(".guide__label")): link["href"] for link in page.select(".guide__link")}


# --- Questions.


@pytest.mark.usefixtures("strict_templates")
def test_first_question_is_danger_and_112_is_one_press_away(client):
    page = soup(client.get("/just-nu/"))
    assert words(page.h1) == "Är någon i fara nu?"
    assert words(page.title).startswith("Fråga 1: Är någon i fara nu? – Just nu – ")
    assert "Fråga 1 av högst 6" in words(page.main)
    assert page.select_one('a[href="tel:112"]').find_parent(class_="call--compact")
    urgent = {answers(page)[label] for label in ("Ja", "Jag vet inte")}
    for address in urgent:
        result = soup(client.get(address))
        assert result.select_one('.guide-calls > li a[href^="tel:"]')["href"] == "tel:112"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_question_has_its_address_number_exit_and_a_way_for_who_is_not_sure(client, language):
    page = GuidePage.objects.get(locale__language_code=language)
    seen = set()
    for visit in every_visit(page.graph):
        seen.add(visit.node.name)
        word = {"sv": "svar", "en": "answers"}[language]
        address = f"{page.url}{word}/{visit.path}/" if visit.given else page.url
        shown = soup(client.get(address))
        assert shown.select_one(".exit__link")["href"].startswith("https://")
        assert words(shown.h1) == visit.node.heading
        assert len(shown.select(".guide-given__item")) == len(visit.given)
        if visit.node.answers:
            assert words(shown.title).startswith(f"{QUESTION[language]} {visit.number}: ")
            assert re.search(NOT_SURE[language], words(shown.select(".guide__answer")[-1]))
            assert shown.select(".guide__link")[-1]["href"].endswith("#question")
            assert shown.find(id="question")["tabindex"] == "-1"
        else:
            assert shown.select(".steps__list")
    assert seen == {node.name for node in page.graph.nodes}
    assert len(seen) == 21


def test_answers_that_lead_nowhere_are_not_found(client):
    assert client.get("/just-nu/svar/kanske/").status_code == 404
    assert client.get("/just-nu/svar/ja/ja/").status_code == 404
    assert client.get("/just-nu/answers/ja/").status_code == 404


def test_answer_is_changed_at_its_question_and_the_guide_begun_again(client):
    page = soup(client.get(f"{SIGNS}?place=1280"))
    changes = [link["href"].partition("#")[0] for link in page.select(".guide-given__change")]
    assert changes == [
        "/just-nu/",
        "/just-nu/svar/nej-inte-just-nu/",
        WORK,
        ADULT,
        f"{ADULT}var-ar-personen/?place=1280",
        f"{ADULT}var-ar-personen/ja-det-kan-vanta/?place=1280",
    ]
    assert "Malmö, Skåne län" in words(page.select_one(".guide-given"))
    assert words(page.select('.guide-given a[href="/just-nu/"]')[-1]) == "Börja om"


# --- The place.


def test_place_is_found_and_kept_on_the_way(client):
    response = client.get(ADULT, {"q": "lule"})
    assert response.status_code == 200
    assert next(iter(answers(soup(response)))) == "Luleå, Norrbottens län"
    response = client.get(ADULT, {"q": "Luleå"})
    assert response["Location"] == f"{ADULT}var-ar-personen/?place=2580#question"
    assert response["Cache-Control"] == "no-store"
    onward = client.get(response["Location"])
    assert onward["Cache-Control"] == "no-store"
    assert all("?place=2580#question" in address for address in answers(soup(onward)).values())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("Xyzxyz", "Ingen kommun och inget län"),
        ("Karl", "Menade du"),
        ("Habo", "Flera kommuner"),
        ("Råsunda", "Menade du"),
    ],
)
def test_place_that_is_not_plain_is_asked_for_again(client, query, said):
    page = soup(client.get(ADULT, {"q": query}))
    assert said in words(page.select_one(".guide__choices"))
    assert page.select_one("#place")["value"] == query


@pytest.mark.parametrize("code", ["9999", "99", "x", "", "12801280", "１２８０"])
def test_code_of_no_place_is_as_none(client, code):
    page = soup(client.get(SIGNS, {"place": code}))
    assert "Jag vet inte var" in words(page.select_one(".guide-given"))


def test_place_before_it_was_asked_for_changes_nothing(client):
    page = soup(client.get(ADULT, {"place": "1280"}))
    assert "1280" not in str(page.main)


def test_coordinator_is_that_of_the_county_and_the_age_group(client):
    children, adults = Coordinator.objects.filter(counties="12").order_by("pk")[:2]
    for person, group in ((children, "children"), (adults, "adults")):
        person.target_group = group
        person.save()
    child = soup(client.get(f"{WORK}ja/var-ar-personen/?place=1280"))
    adult = soup(client.get(f"{SIGNS}?place=1280"))
    assert [words(name) for name in child.select(".coordinator__name")] == [children.name]
    assert [words(name) for name in adult.select(".coordinator__name")] == [adults.name]


def test_deputy_of_a_coordinator_on_leave_is_named_and_open_numbers_come_first(client):
    away, stays = Coordinator.objects.filter(counties="12").order_by("pk")[:2]
    away.leave_from, away.leave_until, away.deputy = "2026-11-01", "2026-12-01", stays
    away.target_group = stays.target_group = "both"
    away.save()
    stays.save()
    cards = soup(client.get(f"{SIGNS}?place=1280")).select(".coordinator")
    assert away.name not in words(cards[0])
    assert away.name in words(cards[-1])
    assert stays.name in words(cards[-1].select_one(".coordinator__stand-in"))


# --- Results.


def test_report_of_concern_is_there_for_a_child(client):
    for who, duty in (
        (WORK, "om du är skyldig att anmäla"),
        ("/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/", "bör"),
    ):
        page = soup(client.get(f"{who}ja/var-ar-personen/"))
        assert duty in words(page.select_one(".steps__list"))
        assert re.search(r"^2\.\d Ett barn: anmäl genast", words(page.select_one(".page-list a")))


def test_part_that_is_gone_gives_way_to_what_replaced_it(client):
    code = re.search(r"#p-(\w+)", soup(client.get(SIGNS)).select_one(".page-list a")["href"])[1]
    for language, slug in (("sv", "identifiering"), ("en", "identification")):
        page = step(slug, language)
        kept = page.parts[0].id
        del page.parts[next(place for place, part in enumerate(page.parts) if part_code(part.id) == code)]
        published(page)
    ManualPart.objects.filter(code=code).update(replaced_by=kept)
    raise_site_version()
    assert f"#p-{part_code(kept)}" in soup(client.get(SIGNS)).select_one(".page-list a")["href"]


@pytest.mark.parametrize(("time", "state"), [("10:00", "Öppet nu"), ("20:00", "Stängt")])
def test_support_line_says_when_it_turns(client, time, state):
    with time_machine.travel(f"2026-11-24T{time}+01:00"):
        (row,) = soup(client.get(SIGNS)).select(".guide-calls .call__row--advice")
    assert state in words(row)
    assert re.search(r"stänger 16\.00|öppnar onsdag 08\.00", words(row))


# --- Languages, figure, and the ways to the guide.


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/just-nu/", "/en/right-now/"),
        ("/just-nu/flodesschema/", "/en/right-now/flow-chart/"),
        (f"{ADULT}?place=1280", ENGLISH_ADULT),
        (f"{ADULT}var-ar-personen/?place=1280", f"{ENGLISH_ADULT}where-is-the-person/?place=1280"),
    ],
)
def test_language_leads_to_the_same_answers_and_back(client, address, there):
    page = soup(client.get(address))
    (link,) = page.select('.site-header a[hreflang="en"]')
    assert link["href"] == there
    (back,) = soup(client.get(there)).select('.site-header a[hreflang="sv"]')
    assert unquote(back["href"]) == (address if "var-ar" in address else address.partition("?")[0])


def test_report_of_a_problem_tells_no_answers(client):
    page = soup(client.get(f"{SIGNS}?place=1280"))
    assert [link["href"] for link in page.select('a[href^="/meddelande/"]')][-1] == "/meddelande/?page=/just-nu/"
    assert "svar" not in words(page.select_one(".site-footer__address"))
    assert page.select_one('meta[name="robots"][content*="noindex"]')


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("language", START)
def test_flow_chart_is_drawn_and_told_in_words(client, language):
    guide = GuidePage.objects.get(locale__language_code=language)
    page = soup(client.get(f"{START[language]}{ {'sv': 'flodesschema', 'en': 'flow-chart'}[language] }/"))
    frame = page.select_one(".guide-figure")
    assert frame["aria-label"]
    figure = frame.select_one("svg[aria-hidden]")
    assert len(figure.find_all("rect")) == len(guide.graph.nodes)
    drawn, told = words(figure), words(page.select_one(".guide-outline"))
    for node in guide.graph.nodes:
        assert node.heading in told
        assert all(answer.label in told for answer in node.answers if not node.takes_place)
        assert node.heading.split()[0] in drawn
    assert not figure.select("[style]")


@pytest.mark.parametrize("language", START)
def test_guide_comes_first_on_the_start_page_and_the_manual_links_to_the_chart(client, language):
    home = soup(client.get({"sv": "/", "en": "/en/"}[language]))
    assert home.main.find("a")["href"] == START[language]
    manual_step = soup(client.get({"sv": "/manual/akut-skydd/", "en": "/en/manual/emergency-protection/"}[language]))
    (chart,) = manual_step.main.find_all("a", href=re.compile({"sv": "flodesschema", "en": "flow-chart"}[language]))
    assert words(chart.find_parent(class_="part").h2).startswith("2.1")
    assert client.get(chart["href"]).status_code == 200


def test_start_page_without_a_guide_has_no_way_to_it(client):
    GuidePage.objects.get(locale__language_code="sv").unpublish()
    assert not soup(client.get("/")).select(".guide-way")
    assert soup(client.get("/en/")).select(".guide-way")
