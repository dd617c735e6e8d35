"""The site version rises with everything that readers can see, in its own transaction, and with nothing else."""

from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from contacts.models import Coordinator
from pages.models import (
    Actor,
    GlossaryTerm,
    GuidancePage,
    HomePage,
    ManualStepPage,
    SiteVersion,
    raise_site_version,
    site_version,
)
from pages.registry import is_readable
from resources.models import Resource
from tests.factories import guidance, image, section

pytestmark = pytest.mark.django_db


@contextmanager
def version_rises():
    before = site_version()
    yield
    assert site_version() > before


@contextmanager
def version_stays():
    before = site_version()
    yield
    assert site_version() == before


@pytest.fixture
def page() -> GuidancePage:
    return GuidancePage.objects.get(slug="betanketid")


def change_slug(page):
    page.slug = "ny-adress"
    page.save()


def reorder():
    first, second, *_rest = ManualStepPage.objects.filter(locale__language_code="sv").order_by("path")
    second.move(first, pos="left")


VISIBLE = {
    "publish": lambda page: page.save_revision().publish(),
    "unpublish": lambda page: page.unpublish(),
    "slug": change_slug,
    "move": lambda page: page.move(HomePage.objects.get(locale__language_code="sv"), pos="last-child"),
    "delete": lambda page: page.delete(),
    "new page": lambda page: guidance(),
    "copy": lambda page: page.copy(update_attrs={"slug": "kopia"}),
    "reorder": lambda page: reorder(),
    "redirect": lambda page: Redirect.objects.create(old_path="/gammal", redirect_page=page),
    "image": lambda page: image(),
    "image deleted": lambda page: image().delete(),
    "actor": lambda page: Actor.objects.get(code="police").save(),
    "glossary": lambda page: GlossaryTerm.objects.get(term_sv="NMT").delete(),
    "site": lambda page: Site.objects.get().save(),
    "new language": lambda page: Locale.objects.create(language_code="ar"),
}


@pytest.mark.parametrize("change", VISIBLE.values(), ids=VISIBLE)
def test_version_rises_with_what_readers_see(page, change):
    with version_rises():
        change(page)


@pytest.mark.parametrize("change", VISIBLE.values(), ids=VISIBLE)
def test_version_is_rolled_back_with_the_change(page, change):
    before = site_version()
    with transaction.atomic():
        change(page)
        assert site_version() > before
        transaction.set_rollback(True)
    assert site_version() == before


def test_scheduled_publication_and_expiry_raise_it(page):
    past = timezone.now() - timedelta(minutes=1)
    revision = page.save_revision()
    revision.approved_go_live_at = past
    revision.save()
    with version_rises():
        call_command("publish_scheduled")
    page.refresh_from_db()
    page.expire_at = past
    page.save()
    with version_rises():
        call_command("publish_scheduled")
    page.refresh_from_db()
    assert not page.live


def test_saving_a_draft_does_not_raise_it(page):
    with version_stays():
        page.lead = "Ett utkast."
        page.save_revision()


def test_saving_a_draft_in_the_form_does_not_raise_it(admin_client, page):
    form = {
        "title": page.title,
        "slug": page.slug,
        "lead": "Ett utkast.",
        "body-count": "0",
        "footnotes-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    with version_stays():
        assert admin_client.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().lead == "Ett utkast."


def test_reading_does_not_raise_it(client, admin_client, page):
    with version_stays():
        assert client.get(page.url).status_code == 200
        assert admin_client.get("/admin/").status_code == 200
        assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_login_does_not_raise_it(client):
    User.objects.create_superuser("redaktor", "redaktor@example.org", "ett-langt-losenord")
    with version_stays():
        response = client.post("/konto/login/", {"login": "redaktor@example.org", "password": "ett-langt-losenord"})
    assert response.status_code == 302
    assert "_auth_user_id" in client.session


def test_publishing_in_the_form_raises_it(admin_client):
    form = {
        "title": "Ny",
        "slug": "ny",
        "lead": "Ny.",
        "body-count": "0",
        "footnotes-count": "0",
        "action-publish": "1",
    }
    with version_rises():
        response = admin_client.post(f"/admin/pages/add/pages/guidancepage/{section().pk}/", form)
    assert response.status_code == 302
    assert Page.objects.get(slug="ny").live


def test_reordering_in_the_explorer_raises_it(admin_client):
    page = GuidancePage.objects.get(slug="nmt", locale__language_code="sv")
    with version_rises():
        assert admin_client.post(f"/admin/pages/{page.pk}/set_position/?position=0").status_code == 200


SAVED_IN_ADMIN = {
    "page": lambda: f"/admin/pages/{GuidancePage.objects.get(slug='betanketid').pk}/unpublish/",
    "coordinator": lambda: _unpublish("contacts_coordinator", Coordinator.objects.published()[0]),
    "publication": lambda: _unpublish("resources_resource", Resource.objects.published()[0]),
}


def _unpublish(snippet: str, instance: Model) -> str:
    return reverse(f"wagtailsnippets_{snippet}:unpublish", args=[instance.pk])


@pytest.mark.parametrize("address", SAVED_IN_ADMIN.values(), ids=SAVED_IN_ADMIN)
def test_version_is_raised_in_the_transaction_of_the_change(admin_client, address):
    url, outside, within = address(), len(connection.atomic_blocks), []

    def look(sender: type, instance: Any, **kwargs: Any) -> None:
        if isinstance(instance, Page) or is_readable(sender):
            within.append(len(connection.atomic_blocks) > outside)

    post_save.connect(look)
    try:
        assert admin_client.post(url).status_code == 302
    finally:
        post_save.disconnect(look)
    assert within
    assert all(within)


def test_table_has_a_single_row():
    raise_site_version()
    assert SiteVersion.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteVersion.objects.create(pk=2)


def test_first_version_is_made_by_the_first_change():
    SiteVersion.objects.all().delete()
    assert site_version() == 0
    raise_site_version()
    assert site_version() == 1
