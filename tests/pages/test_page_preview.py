"""The preview of a page, in a frame beside the editor's form."""

import pytest

from pages.models import BasePage, GuidancePage
from tests.editing import page_form
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_preview_shows_the_draft_and_stands_in_the_admins_frame(client, admin_client):
    page = GuidancePage.objects.get(slug="betanketid")
    address = f"/admin/pages/{page.pk}/edit/preview/"
    form = {
        "title": page.title,
        "slug": page.slug,
        "lead": "Ett utkast.",
        "body-count": "0",
        "footnotes-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert admin_client.post(address, form).json()["is_valid"]
    preview = admin_client.get(address)
    assert "Ett utkast." in words(soup(preview).main)
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(page.url)["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", BasePage.__subclasses__(), ids=lambda kind: kind.__name__)
def test_draft_of_every_page_type_is_shown_in_the_admins_frame_and_alone(admin_client, kind, language):
    page = kind.objects.get_queryset().filter(locale__language_code=language).first()
    address = f"/admin/pages/{page.pk}/edit/preview/"
    page.body = page.footnotes = []
    form = page_form(page, heading="Ett utkast", lead="Ett utkast")
    assert admin_client.post(address, form).json()["is_valid"]
    preview = admin_client.get(address)
    assert "Ett utkast" in words(soup(preview).main)
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    page.heading = page.lead = "Ett annat utkast"
    page.save_revision()
    assert "Ett annat utkast" in words(soup(admin_client.get(f"/admin/pages/{page.pk}/view_draft/")).main)
