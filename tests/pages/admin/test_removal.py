"""A page that is taken down: what goes with it, what its address says, and its versions where nobody must read them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from pages.models import GuidancePage, PublishedVersion, RemovedPage
from tests.accounts import editor_client
from tests.factories import guidance, published, section
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

REMOVED = "/admin/snippets/pages/removedpage/edit/{}/"
WHY = {"reason": "Reglerna har ändrats."}


def unpublish(client: Client, page: Page, **fields: str):
    return client.post(f"/admin/pages/{page.pk}/unpublish/", fields)


def delete(client: Client, page: Page, **fields: str):
    return client.post(f"/admin/pages/{page.pk}/delete/", fields)


@pytest.mark.parametrize("take_down", [unpublish, delete])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_address_of_a_page_that_was_taken_down_says_why_and_leads_on(admin_client, client, take_down, language):
    page, instead = guidance(section(language)), guidance(section(language), title="Läs den här")
    assert take_down(admin_client, page, **WHY, replaced_by=str(instead.pk)).status_code == 302
    told = soup(client.get(page.url), 410).main
    assert "Reglerna har ändrats." in words(told)
    assert told.select_one(f'a[href="{instead.url}"]')


def test_draft_that_nobody_could_read_stays_unknown(admin_client, client):
    draft = GuidancePage(title="Hemlig", lead="Ännu inte.", locale=section().locale, live=False)
    section().add_child(instance=draft)
    address = f"{section().url}{draft.slug}/"
    assert client.get(address).status_code == 404
    delete(admin_client, draft)
    assert client.get(address).status_code == 404


def test_page_that_expires_says_so_until_it_is_published_again(client):
    page = guidance()
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled")
    assert page.title in words(soup(client.get(page.url), 410).main)
    page = GuidancePage.objects.get(pk=page.pk)
    page.expire_at = None
    published(page)
    assert client.get(page.url).status_code == 200
    assert not RemovedPage.objects.exists()


def test_redirect_goes_before_what_is_said_of_a_removed_page(admin_client, client):
    page = guidance()
    unpublish(admin_client, page)
    Redirect.objects.create(old_path=page.url.rstrip("/"), redirect_link="/kontakt/")
    assert client.get(page.url).headers["Location"] == "/kontakt/"


def test_reason_can_be_written_later_by_who_may_publish_there(client):
    page = guidance()
    page.unpublish()
    row = RemovedPage.objects.get()
    elsewhere = editor_client("change", "publish", below=section("en"))
    elsewhere.post(REMOVED.format(row.pk), WHY)
    assert page.title in words(soup(client.get(page.url), 410).main)
    editor_client("change", "publish", below=section()).post(REMOVED.format(row.pk), WHY)
    assert "Reglerna har ändrats." in words(soup(client.get(page.url), 410).main)


def test_section_names_what_goes_with_it_and_what_is_refused_stays(admin_client, client):
    page = guidance(title="Följer med")
    form = soup(admin_client.get(f"/admin/pages/{section().pk}/delete/"))
    gone = [words(item) for item in form.select("main li")]
    assert "Följer med (publicerad)" in gone
    assert len(gone) >= section().get_descendant_count()
    refused = delete(admin_client, section(), withdraw="on", confirm_site_name="Stöd till yrkesverksamma")
    assert "Skriv varför versionen återkallas" in words(soup(refused).main)
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("take_down", [unpublish, delete])
def test_versions_go_with_the_page_and_the_log_keeps_who_and_why(client, take_down):
    page = guidance()
    page.lead = "Här står ett namn: Ylva."
    published(page)
    editor = editor_client("change", "publish")
    assert take_down(editor, page, **WHY, withdraw="on").status_code == 302
    versions = PublishedVersion.objects.filter(page=page.pk)
    assert versions.count() == 2
    for version in versions:
        assert (version.lead, version.body) == ("", "")
        told = words(soup(client.get(f"/version/{version.pk}/"), 410))
        assert "Reglerna har ändrats." in told
        assert "Ylva" not in told
    entries = [*PageLogEntry.objects.filter(action="pages.withdraw_version")]
    entries += ModelLogEntry.objects.filter(action="pages.withdraw_version")
    assert [entry.data["reason"] for entry in entries] == ["Reglerna har ändrats."] * 2
    assert {entry.user_id for entry in entries} == {int(editor.session["_auth_user_id"])}


def test_who_may_publish_a_page_withdraws_its_versions_and_nobody_else(client):
    version = PublishedVersion.objects.get(page=guidance().pk)
    address = f"/admin/snippets/pages/publishedversion/edit/{version.pk}/"
    for stranger in (editor_client("change"), editor_client("change", "publish", below=section("en"))):
        stranger.post(address, WHY)
        assert client.get(f"/version/{version.pk}/").status_code == 200
    editor = editor_client("change", "publish", below=section())
    assert editor.get("/admin/snippets/pages/publishedversion/").status_code == 200
    editor.post(address, WHY)
    version.refresh_from_db()
    assert version.withdrawn_by == User.objects.get(pk=editor.session["_auth_user_id"])
    assert "Reglerna har ändrats." in words(soup(client.get(f"/version/{version.pk}/"), 410))
