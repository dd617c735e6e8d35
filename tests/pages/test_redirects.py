"""Old addresses keep working after a page is renamed or moved."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from contacts.models import ContactsPage
from pages.models import GuidancePage, HomePage, ManualPage, SectionPage
from resources.models import ResourceIndexPage
from tests.reading import ADDRESSES

pytestmark = pytest.mark.django_db

RENAMED = [
    ("betanketid", "tid-att-tanka", "/vagledning/betanketid/", "/vagledning/tid-att-tanka/"),
    ("reflection-period", "time-to-think", "/en/guidance/reflection-period/", "/en/guidance/time-to-think/"),
]


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Return a function that publishes a page under another slug; Wagtail redirects after the commit."""

    def rename(page, slug):
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            page.save_revision().publish()

    return rename


@pytest.mark.parametrize(("slug", "new_slug", "old", "new"), RENAMED)
def test_renamed_page_is_reached_by_its_old_address(client, rename, slug, new_slug, old, new):
    assert client.get(new).status_code == 404
    rename(GuidancePage.objects.get(slug=slug), new_slug)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_renaming_one_language_leaves_the_other_alone(client, rename):
    rename(GuidancePage.objects.get(slug="betanketid"), "tid-att-tanka")
    assert client.get("/en/guidance/reflection-period/").status_code == 200
    assert Redirect.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [
        ("ukraina", "/ukraina/lagesrapport/", "/flykt/lagesrapport/"),
        ("ukraine", "/en/ukraine/situation-report/", "/en/flykt/situation-report/"),
    ],
)
def test_pages_below_a_renamed_section_are_reached_too(client, rename, slug, old, new):
    rename(SectionPage.objects.get(slug=slug), "flykt")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


@pytest.mark.parametrize(
    ("slug", "target", "old", "new"),
    [
        ("lagesrapport", "vagledning", "/ukraina/lagesrapport/", "/vagledning/lagesrapport/"),
        ("situation-report", "guidance", "/en/ukraine/situation-report/", "/en/guidance/situation-report/"),
    ],
)
def test_moved_page_is_reached_by_its_old_address(client, slug, target, old, new):
    GuidancePage.objects.get(slug=slug).move(SectionPage.objects.get(slug=target), pos="last-child")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_page_renamed_twice_is_reached_by_both_old_addresses(client, rename):
    for slug in ("forsta", "andra"):
        rename(GuidancePage.objects.get(slug__in=["betanketid", "forsta"]), slug)
    for old in ("/vagledning/betanketid/", "/vagledning/forsta/"):
        assert client.get(old)["Location"] == "/vagledning/andra/"


def test_page_that_takes_an_old_address_is_shown_there(client, rename):
    page = GuidancePage.objects.get(slug="betanketid")
    rename(page, "tid-att-tanka")
    rename(page, "betanketid")
    assert client.get("/vagledning/betanketid/").status_code == 200
    assert client.get("/vagledning/tid-att-tanka/")["Location"] == "/vagledning/betanketid/"


def test_unpublished_target_of_a_redirect_says_that_it_was_removed(client, rename):
    page = GuidancePage.objects.get(slug="betanketid")
    rename(page, "tid-att-tanka")
    page.refresh_from_db()
    page.unpublish()
    assert client.get("/vagledning/betanketid/", follow=True).status_code == 410


def test_redirect_of_an_editor_to_another_site_is_followed(client):
    home = HomePage.objects.get(locale__language_code="sv")
    Redirect.objects.create(old_path="/gammal", redirect_page=home, is_permanent=True)
    assert client.get("/gammal/")["Location"] == "/"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("page_type", "below"),
    [
        (ContactsPage, {"sv": "skane-lan/lund/", "en": "skane-county/lund/"}),
        (ManualPage, {"sv": "andringar/flode/", "en": "changes/feed/"}),
        (ResourceIndexPage, {"sv": "feed/", "en": "feed/"}),
    ],
)
def test_what_lies_below_a_renamed_page_is_reached_too(client, rename, page_type, below, language):
    page = page_type.objects.get(locale__language_code=language)
    old = page.url
    known = [address for address in ADDRESSES if address.startswith(old) and "?" not in address]
    paths = {below[language], *(address.removeprefix(old) for address in known)}
    assert len(paths) > 3
    rename(page, "annan")
    new = Page.objects.get(pk=page.pk).url
    for path in paths:
        response = client.get(old + path)
        assert (response.status_code, response["Location"]) == (301, new + path)
        assert client.get(new + path).status_code == 200, path
