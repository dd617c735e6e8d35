"""The button that leaves the site at once: where it is, where it leads, who sets it."""

import pytest

from pages.models import GuidancePage, HomePage, SectionPage, SiteSettings, site_version
from tests.config.accounts import keeper
from tests.factories import guidance, published
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

SETTINGS = "/admin/settings/pages/sitesettings/"


def shown(client, address):
    return soup(client.get(address)).select_one("aside.exit")


def set_sections(*pages):
    site_settings = SiteSettings.objects.get()
    site_settings.exit_sections.set(pages)
    return site_settings


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("/", False),
        ("/vagledning/tecken/", False),
        ("/ukraina/", True),
        ("/en/ukraine/", True),
        ("/ukraina/informationsblad/", True),
        ("/kontakt/", True),
        ("/en/contact/skane-county/", True),
        ("/kontakt/?q=atlantis", True),
        ("/meddelande/", False),
    ],
)
def test_starter_content_has_it_where_an_exposed_person_may_read_too(client, strict_templates, address, is_there):
    assert (shown(client, address) is not None) is is_there


def test_pages_below_a_section_inherit_it_in_every_language(client):
    page = guidance()
    set_sections(SectionPage.objects.get(slug="vagledning"))
    assert shown(client, page.url)
    assert shown(client, "/en/guidance/signs/")
    assert not shown(client, "/ukraina/")
    below = published(GuidancePage(title="Ny", slug="ny", lead="Om."), SectionPage.objects.get(slug="vagledning"))
    assert shown(client, below.url)


def test_start_page_stands_for_the_whole_site(client):
    set_sections(HomePage.objects.get(locale__language_code="sv"))
    for address in ("/", "/en/", "/manual/akut-skydd/", "/meddelande/"):
        assert shown(client, address)


def test_it_is_a_link_first_and_leads_to_what_it_cannot_do(client):
    exit_button = shown(client, "/kontakt/")
    first, second = exit_button.select("a")
    assert (first["href"], first["rel"]) == ("https://www.smhi.se/", ["nofollow", "noreferrer"])
    assert words(first) == "Lämna webbplatsen"
    html = soup(client.get(second["href"]))
    assert "historik" in words(html.main)
    assert shown(client, "/en/contact/").select("a")[1]["href"] == "/en/leave-quickly/"


def test_without_the_page_about_it_there_is_the_button_alone(client):
    SiteSettings.objects.update(exit_help=None)
    assert len(shown(client, "/kontakt/").select("a")) == 1
    SiteSettings.objects.all().delete()
    assert shown(client, "/kontakt/") is None


def test_editor_chooses_sections_and_target(client):
    client.force_login(keeper())
    form = soup(client.get(SETTINGS, follow=True))
    choices = {words(label) for label in form.select("#id_exit_sections label")}
    assert {"Vägledning", "Ukraina", "Kontakt", "Manualen"} <= choices
    before = site_version()
    section = SectionPage.objects.get(slug="vagledning")
    answer = client.post(
        f"{SETTINGS}{SiteSettings.objects.get().pk}/",
        {"exit_url": "https://example.org/", "exit_sections": [section.pk], "exit_help": "", "security_contact": ""},
    )
    assert answer.status_code == 302
    assert shown(client, section.url).a["href"] == "https://example.org/"
    assert shown(client, "/kontakt/") is None
    assert site_version() > before


def test_author_does_not_set_it(client):
    client.force_login(keeper("author"))
    assert client.get(SETTINGS).status_code == 302
    assert client.post(f"{SETTINGS}1/", {"exit_url": "https://example.org/"}).status_code == 302
    assert SiteSettings.objects.get().exit_url == "https://www.smhi.se/"
