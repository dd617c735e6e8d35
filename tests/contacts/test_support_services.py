"""Support to refer to: what the starter has, what readers see of it, what editors may do with it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from contacts.models import SupportService
from tests.config.accounts import admin_user
from tests.contacts.editing import errors, send_form
from tests.factories import guidance, rewrite, section
from tests.manual import step
from tests.pages.search.test_index import found
from tests.reading import PAIRS, soup, words
from tests.resources import making

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SERVICES = "/admin/snippets/contacts/supportservice/"
KEYS = ["kvinnofridslinjen", "bris", "mika", "evonhuset", "nsp", "kast", "honour-line", "ud-jouren"]
NUMBERS = {
    "kvinnofridslinjen": "020-50 50 50",
    "bris": "116 111",
    "honour-line": "010-223 57 60",
    "ud-jouren": "+46 8-405 50 05",
}
FOR = {"for_victims": "on"}  # as a browser sends a ticked box
FOR_VICTIMS = ["kvinnofridslinjen", "bris", "mika", "evonhuset"]


@pytest.fixture
def bris() -> SupportService:
    return SupportService.objects.get(key="bris")


def form_of(service: SupportService, view: str = "edit") -> str:
    return f"{SERVICES}{view}/{service.pk}/"


def test_starter_has_the_services_with_their_sources_and_none_is_confirmed():
    services = list(SupportService.objects.all())
    assert [service.key for service in services] == KEYS
    assert {service.key: service.number for service in services if service.number} == NUMBERS
    for service in services:
        service.full_clean()
        for name in ("name", "description", "source", "source_date"):
            assert all(getattr(service, f"{name}_{language}") for language in ("sv", "en"))
        assert service.confirmed_on is None
    assert [service.key for service in services if service.for_victims] == FOR_VICTIMS
    assert not SupportService.objects.get(key="honour-line").hours  # not known


def confirm(key: str) -> None:
    service = SupportService.objects.get(key=key)
    service.confirmed_on = date(2026, 12, 1)
    service.save()


BLOCK = {
    "sv": (
        "Källa: nck.uu.se, 16 april 2024.",
        "dygnet runt",
        "Bekräftad 1 december 2026",
    ),
    "en": (
        "Source: nck.uu.se, 16 April 2024.",
        "round the clock",
        "Confirmed 1 December",
    ),
}


@pytest.mark.parametrize("language", BLOCK)
@pytest.mark.parametrize(("kind", "keys"), [("support-services", KEYS), ("support-for-victims", FOR_VICTIMS)])
def test_block_shows_the_services_unconfirmed_until_an_editor_confirms_one(
    client, strict_templates, settings, language, kind, keys
):
    settings.SITE_LIVE = True  # there too
    page = guidance(section(language), slug="stod", body=[("contact", {"kind": kind})])
    shown = soup(client.get(page.url)).select(".body .service")
    names = dict(SupportService.objects.values_list("key", f"name_{language}"))
    assert [words(service.select_one(".service__name")) for service in shown] == [names[key] for key in keys]
    links = [(words(link), link["href"]) for service in shown for link in service.select(".service__number")]
    numbers = [NUMBERS[key] for key in keys if key in NUMBERS]
    assert links == [(number, "tel:" + number.replace(" ", "").replace("-", "")) for number in numbers]
    source, hours, confirmed = BLOCK[language]
    assert source in words(shown[0])
    assert hours in words(shown[0])
    confirm("kvinnofridslinjen")
    again = soup(client.get(page.url)).select(".body .service")
    assert confirmed in words(again[0])
    assert source in words(again[0])


def test_block_on_paper_and_in_a_kept_version_shows_todays_services(client, bris):
    page = step()
    page.body = [("contact", {"kind": "support-for-victims"})]
    page.save_revision().publish()
    bris.number = "116 000"
    bris.save()
    for address in ("/manual/allt/", page.url, f"/version/page/{page.pk}/"):
        html = soup(client.get(address)).main
        if "version" in address:
            html = soup(client.get(html.select_one("a[href^='/version/']")["href"])).main
        assert "116 000" in [words(link) for link in html.select(".service__number")], address


def test_block_that_stands_twice_has_two_ids(client):
    page = guidance(body=[("contact", {"kind": "support-for-victims"})] * 2)
    ids = [node["id"] for node in soup(client.get(page.url)).select(".body [id^=support]")]
    assert ids == ["support-for-victims", "support-for-victims-2"]


VICTIMS = {
    "/": ("Är det du som är utsatt?", "Ring 112 om du är i fara, annars polisen på 114 14 .", "vad du heter"),
    "/en/": (
        "Are you being exploited?",
        "Call 112 if you are in danger, otherwise the police on 114 14 .",
        "your name",
    ),
    "/finns-inte/": ("Är det du som är utsatt?", "Ring 112", "vad du heter"),
    "/en/manual/emergency-protection/": ("Are you being exploited?", "Call 112", "your name"),
}


@pytest.mark.parametrize("address", VICTIMS)
def test_who_is_exploited_is_led_to_112_the_police_and_more_support(client, strict_templates, address):
    html = soup(client.get(address), 404 if "inte" in address else 200)
    for shown in html.select(".for-victims"):
        calls = [link["href"] for link in shown.select("a[href^='tel:']")]
        assert calls == ["tel:112", "tel:11414"]
        assert all(said in words(shown) for said in VICTIMS[address])
        (more,) = shown.select("a:not([href^='tel:'])")
        assert more["href"] == ("/en/contact/" if "/en/" in address else "/kontakt/") + "#support-for-victims"


@pytest.mark.parametrize("address", [*PAIRS["contacts"], *PAIRS["county"], PAIRS["municipality"][1]])
def test_contacts_and_places_show_the_numbers_of_those_who_help_victims(client, address):
    shown = soup(client.get(address)).select_one(".for-victims")
    calls = [link["href"] for link in shown.select("a")]
    assert calls == ["tel:112", "tel:11414", "tel:020505050", "tel:116111"]


def test_numbers_for_victims_lead_to_the_contacts_page(bris):
    assert "/kontakt/" in found("Kvinnofridslinjen")
    bris.number = "08-465 004 99"
    bris.save()
    assert "/kontakt/" in found("0846500499")


def test_key_is_permanent_and_no_level():
    service = SupportService.objects.get(key="bris")
    service.key = "barn"
    with pytest.raises(ValidationError, match="bris"):
        service.full_clean()
    with pytest.raises(IntegrityError):
        SupportService.objects.create(key="danger", name_sv="Fara", name_en="Danger", for_victims=True)


def test_service_is_for_somebody(editor, bris):
    form = {name: [] for name in ("for_professionals", "for_victims", "for_buyers")}
    refused = soup(send_form(editor(), form_of(bris), form))
    assert "Välj vem som kan vända sig till verksamheten." in words(refused)


def test_editor_confirms_a_service_by_its_date(client, editor, bris):
    admin = editor()
    listed = soup(admin.get(SERVICES))
    assert len(listed.select(f'a[href^="{SERVICES}edit/"]')) >= len(KEYS)
    assert send_form(admin, form_of(bris), FOR | {"confirmed_on": "2026-12-01"}).status_code == 302
    bris.refresh_from_db()
    assert bris.confirmed_on == date(2026, 12, 1)
    assert "Bris" not in words(
        soup(admin.get(SERVICES, {"confirmed_on__isnull": "true"})).select_one("#listing-results")
    )


@pytest.mark.parametrize(("number", "said"), [("ring oss", "siffror"), ("020", "inte giltigt")])
def test_number_is_held_to_the_rules_of_support_lines(editor, bris, number, said):
    assert said in errors(send_form(editor(), form_of(bris), FOR | {"number": number}))


REFERENCE = '<p>Barn kan ringa <embed embedtype="number" number="bris"/>.</p>'


def refer_in_page() -> str:
    return str(guidance(title="Om barn", body=[("text", REFERENCE)]))


def refer_in_draft() -> str:
    page = guidance(title="Om barn")
    page.body = [("text", REFERENCE)]
    page.save_revision()
    return "”Om barn”, Svenska (utkast)"


def refer_in_footnote() -> str:
    page = step()
    rewrite(page.parts[0], "<p>Text.[^1]</p>", REFERENCE)
    page.save_revision().publish()
    return page.title


def refer_in_publication() -> str:
    return str(making.resource(making.file(text=REFERENCE), title_sv="Blad om barn", slug_sv="blad"))


@pytest.mark.parametrize("refer", [refer_in_page, refer_in_draft, refer_in_footnote, refer_in_publication])
def test_service_that_texts_refer_to_is_not_deleted_nor_its_number(client, bris, refer):
    place = refer()
    client.force_login(admin_user("editor"))
    answer = client.post(form_of(bris, "delete"))
    assert answer["Location"] == form_of(bris)
    told = words(soup(client.get(answer["Location"])).select_one(".messages"))
    assert "”Bris” togs inte bort." in told
    assert place in told
    bulk = f"/admin/bulk/contacts/supportservice/delete/?id={bris.pk}&id={SupportService.objects.get(key='kast').pk}"
    assert place in words(soup(client.post(bulk, follow=True)).select_one(".messages"))
    assert place in errors(send_form(client, form_of(bris), FOR | {"number": ""}))
    assert [service.key for service in SupportService.objects.all()] == KEYS
    bris.refresh_from_db()
    assert bris.number == "116 111"


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_service_that_no_text_refers_to_is_deleted(client, role):
    client.force_login(admin_user(role))
    kast = SupportService.objects.get(key="kast")
    assert client.post(form_of(kast, "delete")).status_code == 302
    assert not SupportService.objects.filter(key="kast").exists()
