"""The page of the actors, and the two pages of each: the list of its parts, and all of them to read and print."""

import re

import pytest

from pages.manual.models.parts import anchor, part_code
from pages.models import Actor, ActorsPage, ManualStepPage, PublishedVersion
from tests.config.accounts import admin_user
from tests.factories import rewrite
from tests.manual import part_value, step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ACTORS = "/manual/aktorernas-ansvar/"


def concerning(code: str) -> list[str]:
    """Return the anchors of the published Swedish parts that name an actor, in the order of the manual."""
    steps = ManualStepPage.objects.filter(locale__language_code="sv").live().order_by("path")
    return [anchor(part_code(part.id)) for step in steps for part in step.parts if code in part.value["actors"]]


def test_introduction_leads_to_every_actor(client, strict_templates):
    html = soup(client.get(ACTORS))
    links = {words(link): link["href"] for link in html.main.select(".page-list__link")}
    assert len(links) == Actor.objects.count() == 8
    for name, address in links.items():
        assert words(soup(client.get(address)).h1) == name


@pytest.mark.parametrize("code", ["social-services", "police", "work-environment-authority", "foreign-affairs"])
def test_page_gathers_the_parts_that_concern_the_actor_in_order(client, strict_templates, code):
    actor = Actor.objects.get(code=code)
    html = soup(client.get(f"{ACTORS}{actor.slug_sv}/allt/"))
    assert [part["id"] for part in html.select("section.part")] == concerning(code)
    assert not html.select("details.part")


@pytest.mark.parametrize(
    ("address", "actor"),
    [(f"{ACTORS}polisen/", "police"), ("/en/manual/actors/health-care/", "health-care")],
)
def test_list_leads_to_each_part_as_the_actor_sees_it(client, strict_templates, address, actor):
    html = soup(client.get(address))
    links = html.main.select("section.step .alone")
    assert [link["href"].partition("#")[2] for link in links] == concerning(actor)
    for link in links:
        step, _, part = link["href"].partition("#")
        assert step.endswith(f"/?actor={actor}")
        heading = soup(client.get(step)).find(id=part).find_parent("section") or soup(client.get(step)).find(id=part)
        assert words(heading.select_one(".part__heading")) == words(link)


def test_list_leads_to_everything_on_one_page_and_back(client):
    html = soup(client.get(f"{ACTORS}polisen/"))
    whole = html.main.select_one('a[href$="/allt/"]')
    assert words(whole) == "Allt som gäller polisen på en sida, att läsa och skriva ut"
    crumbs = soup(client.get(whole["href"])).select(".breadcrumbs li")
    assert [words(crumb) for crumb in crumbs[-2:]] == ["Polisen", "På en sida"]
    assert crumbs[-2].a["href"] == f"{ACTORS}polisen/"


def test_social_services_have_a_part_in_every_step():
    assert len(concerning("social-services")) > 15


def test_parts_keep_the_number_and_the_text_that_they_have_in_their_step(client):
    gathered = soup(client.get(f"{ACTORS}polisen/allt/"))
    step = soup(client.get("/manual/inledande-stod/"))
    for number in ("3.1", "3.2"):
        texts = [
            next(words(part.select_one(".body")) for part in html.select(".part") if words(part).startswith(number))
            for html in (gathered, step)
        ]
        assert texts[0] == texts[1]


def test_headings_are_steps_then_parts_then_what_is_in_them(client):
    step = ManualStepPage.objects.get(slug="akut-skydd")
    rewrite(step.parts[0], "<h3>Inuti</h3><p>Text.</p>")
    step.save_revision().publish()
    html = soup(client.get(f"{ACTORS}polisen/allt/"))
    assert [words(heading) for heading in html.main.find_all("h2")][:2] == ["1 Identifiering", "2 Akut skydd"]
    assert [heading.name for heading in html.select(".part__heading")] == ["h3"] * len(concerning("police"))
    assert words(html.find(id="inuti")) == "Inuti"
    assert html.find(id="inuti").name == "h4"
    assert len(html.main.find_all("h1")) == 1


def test_contents_lead_to_the_steps(client):
    html = soup(client.get(f"{ACTORS}socialtjansten/allt/"))
    targets = [link["href"] for link in html.select(".contents a")]
    assert len(targets) == 6
    assert [words(html.find(id=target[1:])) for target in targets] == [words(a) for a in html.select(".contents a")]


@pytest.mark.parametrize("address", [f"{ACTORS}socialtjansten/allt/", "/en/manual/actors/social-services/whole/"])
def test_no_id_is_there_twice_and_no_field_either(client, address):
    html = soup(client.get(address))
    ids = [element["id"] for element in html.find_all(id=True)]
    assert len(ids) == len(set(ids)) > 40
    assert not html.main.select("form")
    assert html.main.select('.part a[href$="/kontakt/"], .part a[href$="/contact/"]')


def test_no_id_is_there_twice_whatever_editors_write(client):
    page = step()
    find = {"type": "contact", "value": {"kind": "find-coordinator"}}
    text = {"type": "text", "value": "<h3>Akut skydd</h3><h3>Steg</h3><p>Text.</p>"}
    page.body = page.body.stream_block.to_python([{"type": "text", "value": "<h2>Steg</h2>"}, find, find])
    page.parts.append(("part", part_value("", body=[text, find], actors=["police"])))
    page.save_revision().publish()
    version = PublishedVersion.objects.filter(page=page.pk).first()
    for address, fields in [(page.url, 3), (f"/version/{version.pk}/", 3), (f"{ACTORS}polisen/allt/", 0)]:
        html = soup(client.get(address))
        ids = [element["id"] for element in html.find_all(id=True)]
        assert [name for name in ids if ids.count(name) > 1] == []
        assert len(html.main.select("form.lookup input")) == fields
        for label in html.select("form.lookup label"):
            assert html.find(id=label["for"]).find_parent("form") == label.find_parent("form")


@pytest.mark.parametrize("address", ["/manual/akut-skydd/", f"{ACTORS}polisen/allt/"])
def test_every_part_has_its_permanent_link(client, address):
    parts = soup(client.get(address)).select(".part")
    assert len(parts) > 2
    for part in parts:
        code = part["id"].removeprefix("p-")
        assert part.select_one(".part__link, .cite__address a")["href"] == f"/manual/p/{code}/"


def test_breadcrumbs_lead_back(client):
    html = soup(client.get(f"{ACTORS}polisen/"))
    crumbs = html.select(".breadcrumbs li")
    assert [words(crumb) for crumb in crumbs] == ["Startsidan", "Manualen", "Aktörernas ansvar", "Polisen"]
    assert crumbs[-2].a["href"] == ACTORS


def test_language_switch_leads_to_the_same_actor(client):
    html = soup(client.get(f"{ACTORS}halso-och-sjukvarden/"))
    other = html.select_one("header a[hreflang=en]")["href"]
    assert other == "/en/manual/actors/health-care/"
    back = soup(client.get(other)).select_one("header a[hreflang=sv]")["href"]
    assert back == f"{ACTORS}halso-och-sjukvarden/"
    html = soup(client.get(f"{back}allt/"))
    assert html.select_one("header a[hreflang=en]")["href"] == "/en/manual/actors/health-care/whole/"


@pytest.mark.parametrize("slug", ["police", "finns-inte", "polisen/mer", "finns-inte/allt"])
def test_unknown_actor_is_not_found(client, slug):
    assert client.get(f"{ACTORS}{slug}/").status_code == 404


def test_step_that_is_not_published_is_left_out(client):
    ManualStepPage.objects.get(slug="identifiering").unpublish()
    html = soup(client.get(f"{ACTORS}polisen/"))
    assert words(html.main.h2) == "1 Akut skydd"


def test_steps_without_a_part_of_the_actor_say_that_the_manual_describes_none_and_lead_there(client, strict_templates):
    names = {"name_sv": "tullverket", "name_en": "customs", "slug_sv": "tullverket", "slug_en": "customs"}
    Actor.objects.create(**names, summary_sv="Ingår i NMT.", summary_en="A member of NMT.")
    page = step("akut-skydd")
    page.parts.append(("part", part_value("Text.", actors=["customs"])))
    page.save_revision().publish()
    for address, said, link in [
        (f"{ACTORS}tullverket/", "Manualen här beskriver ingen särskild uppgift.", "Läs hela steget:"),
        (f"{ACTORS}tullverket/allt/", "Manualen här beskriver ingen särskild uppgift.", "Läs hela steget:"),
        ("/en/manual/actors/customs/", "The manual here describes no particular task.", "Read the whole step:"),
    ]:
        sections = soup(client.get(address)).select("section.step")
        empty = [section for section in sections if not section.select(".part, .alone")]
        assert len(sections) == 6
        assert len(empty) == (6 if address.startswith("/en/") else 5)
        for section in empty:
            title = section.h2.get_text().split(maxsplit=1)[1].strip()
            assert words(section.find_all("p")[-1]) == f"{said} {link} {title}"
            assert words(soup(client.get(section.find_all("a")[-1]["href"])).h1) == title


def test_all_actors_are_in_the_sitemap(client, settings):
    found = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap-1.xml").content.decode())
    for code, page in ActorsPage.objects.get(slug="actors").live_translations.items():
        for actor in Actor.objects.all():
            assert f"{settings.SITE_URL}{page.url}{getattr(actor, f'slug_{code}')}/" in found


def test_editor_adds_an_actor_whose_code_stays(client):
    client.force_login(admin_user("editor"))
    form = {
        "name_sv": "Skatteverket",
        "name_en": "Swedish Tax Agency",
        "slug_sv": "skatteverket",
        "slug_en": "tax-agency",
        "summary_sv": "Ingår i NMT.",
        "summary_en": "A member of NMT.",
        "sort_order": "9",
    }
    assert client.post("/admin/snippets/pages/actor/add/", form).status_code == 302
    actor = Actor.objects.get(slug_sv="skatteverket")
    assert actor.code == "swedish-tax-agency"
    client.post(f"/admin/snippets/pages/actor/edit/{actor.code}/", form | {"name_en": "Tax Agency"})
    assert Actor.objects.get(slug_sv="skatteverket").code == "swedish-tax-agency"
    assert Actor.objects.get(slug_sv="skatteverket").name_en == "Tax Agency"


def test_actor_of_the_same_name_does_not_take_the_place_of_another(client):
    client.force_login(admin_user("editor"))
    form = {f"{name}_{language}": "gränspolisen" for name in ("name", "summary") for language in ("sv", "en")}
    form |= {"name_en": "Police", "slug_sv": "granspolisen", "slug_en": "border-police", "sort_order": "9"}
    assert client.post("/admin/snippets/pages/actor/add/", form).status_code == 302
    assert Actor.objects.get(slug_sv="granspolisen").code == "police-2"
    assert Actor.objects.get(code="police").slug_sv == "polisen"


def test_actor_with_another_slug_is_reached_by_its_old_addresses(client):
    actor = Actor.objects.get(code="police")
    for actor.slug_sv in ("poliser", "poliserna"):
        actor.save()
    for old in ("polisen", "poliser"):
        for below in ("", "allt/"):
            assert client.get(f"{ACTORS}{old}/{below}")["Location"] == f"{ACTORS}poliserna/{below}"
    assert client.get("/en/manual/actors/police/").status_code == 200
    actor.slug_sv = "polisen"
    actor.save()
    assert client.get(f"{ACTORS}polisen/").status_code == 200
    assert client.get(f"{ACTORS}poliserna/")["Location"] == f"{ACTORS}polisen/"


def test_actors_are_reached_by_the_old_address_of_their_page(client, django_capture_on_commit_callbacks):
    page = ActorsPage.objects.get(slug="actors")
    page.slug = "professions"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get("/en/manual/actors/police/")["Location"] == "/en/manual/professions/police/"


def test_actor_that_parts_name_is_never_deleted(client):
    client.force_login(admin_user("administrator", is_superuser=True))
    for method in (client.get, client.post):
        assert method("/admin/snippets/pages/actor/delete/police/").url == "/admin/"
    client.post("/admin/bulk/pages/actor/delete/?id=police")
    assert Actor.objects.filter(code="police").exists()
    assert not soup(client.get("/admin/snippets/pages/actor/")).select('a[href*="/actor/delete/police"]')
