"""The button that leaves the site at once: where it is, where it leads, who sets it."""

import pytest

from pages.models import GuidancePage, HomePage, PublishedVersion, SectionPage, SiteSettings, site_version
from tests.config.accounts import admin_user
from tests.contacts.message_form import send
from tests.factories import guidance, published
from tests.reading import soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # templates give the same of the same rows
]

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
        ("/publikationer/", True),
        ("/en/publications/", True),
        ("/publikationer/du-kan-be-om-hjalp-blad-for-barn/14e61959/", True),
        ("/meddelande/", False),
        ("/meddelande/?page=/manual/", False),
        ("/meddelande/?page=/ukraina/informationsblad/", True),
        ("/en/message/?page=/en/ukraine/", True),
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


def test_pages_keep_it_when_their_section_is_taken_down(client):
    SectionPage.objects.get(slug="ukraina").unpublish()
    assert shown(client, "/ukraina/informationsblad/")
    assert not shown(client, "/vagledning/tecken/")
    assert "Ukraina" not in words(soup(client.get("/")).header)


@pytest.mark.parametrize(("slug", "is_there"), [("informationsblad", True), ("tecken", False)])
@pytest.mark.parametrize("is_live", [True, False])
def test_versions_have_it_as_their_page(client, slug, is_there, is_live):
    page = GuidancePage.objects.get(slug=slug)
    if not is_live:
        page.unpublish()
    for version in PublishedVersion.objects.filter(page=page):
        assert bool(shown(client, f"/version/{version.pk}/")) is is_there
    assert bool(shown(client, f"/version/page/{page.pk}/")) is is_there


@pytest.mark.parametrize(("about", "is_there"), [("/ukraina/", True), ("/manual/", False), ("", False)])
def test_thanks_for_a_message_have_it_as_the_page_it_is_about(client, about, is_there):
    answer = send(client, f"?page={about}")
    assert answer.status_code == 302
    assert bool(shown(client, answer.url)) is is_there


def test_start_page_stands_for_the_whole_site(client):
    set_sections(HomePage.objects.get(locale__language_code="sv"))
    for address in ("/", "/en/", "/manual/akut-skydd/", "/meddelande/"):
        assert shown(client, address)


def test_it_is_a_link_with_one_name(client):
    (link,) = shown(client, "/kontakt/").select("a")
    assert (link["href"], link["rel"]) == ("https://www.smhi.se/", ["nofollow", "noreferrer"])
    assert words(link) == "Lämna webbplatsen"
    (english,) = shown(client, "/en/contact/").select("a")
    assert words(english) == "Leave the site"


@pytest.mark.parametrize(
    ("address", "heading", "told"),
    [
        (
            "/lamna-sidan-snabbt/",
            "Det här kan knappen inte göra",
            [("bakåtknapp", "tidigare finns kvar", "om skript är på"), ("historik", "Alla sidor")],
        ),
        (
            "/en/leave-quickly/",
            "What the button cannot do",
            [
                ("back button", "earlier are still there", "if scripts are on"),
                ("history", "All pages"),
            ],
        ),
    ],
)
def test_page_about_it_says_what_stays_in_back_and_in_the_history(client, address, heading, told):
    main = soup(client.get(address)).main
    (cannot,) = [title for title in main.select("h2") if words(title) == heading]
    items = [words(item) for item in cannot.find_next("ul").select("li")]
    for item, parts in zip(items, told, strict=False):
        assert all(part in item for part in parts)
    assert all(told[0][0] not in words(before) for before in cannot.find_all_previous("p"))


def test_without_settings_there_is_none(client):
    SiteSettings.objects.all().delete()
    assert shown(client, "/kontakt/") is None


def test_editor_chooses_sections_and_target(client):
    client.force_login(admin_user())
    form = soup(client.get(SETTINGS, follow=True))
    choices = {words(label) for label in form.select("#id_exit_sections label")}
    assert {"Vägledning", "Ukraina", "Kontakt", "Manualen"} <= choices
    before = site_version()
    section = SectionPage.objects.get(slug="vagledning")
    answer = client.post(
        f"{SETTINGS}{SiteSettings.objects.get().pk}/",
        {"exit_url": "https://example.org/", "exit_sections": [section.pk], "security_contact": ""},
    )
    assert answer.status_code == 302
    assert shown(client, section.url).a["href"] == "https://example.org/"
    assert shown(client, "/kontakt/") is None
    assert site_version() > before


def test_author_does_not_set_it(client):
    client.force_login(admin_user("author"))
    assert client.get(SETTINGS).status_code == 302
    assert client.post(f"{SETTINGS}1/", {"exit_url": "https://example.org/"}).status_code == 302
    assert SiteSettings.objects.get().exit_url == "https://www.smhi.se/"
