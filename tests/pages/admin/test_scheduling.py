"""What an editor gives a time is published then, in each language; nobody edits it before, and anybody afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from pages.jobs.runner import run_due
from pages.models import GuidancePage
from tests.editing import page_form
from tests.factories import guidance, section
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

WAITS = {"sv": "Gäller från och med nu.", "en": "In force from now on."}


def lock_of(client, page: GuidancePage) -> str:
    form = soup(client.get(f"/admin/pages/{page.pk}/edit/"))
    return " ".join(words(message) for message in form.select(".messages .lock, .messages li"))


def test_schedule_is_kept_in_each_language_and_its_lock_ends(admin_client, client, tmp_path, settings):
    settings.DATA_DIR = tmp_path  # a lock of its own
    pages = {language: guidance(section(language)) for language in WAITS}
    later = timezone.localtime(timezone.now() + timedelta(hours=1))
    for language, page in pages.items():
        sent = page_form(page, "action-publish", lead=WAITS[language], go_live_at=later.strftime("%Y-%m-%d %H:%M"))
        assert admin_client.post(f"/admin/pages/{page.pk}/edit/", sent).status_code == 302
        assert WAITS[language] not in words(soup(client.get(page.url)))
        assert "låst" in lock_of(admin_client, page)
        refused = admin_client.post(
            f"/admin/pages/{page.pk}/edit/", page_form(page), headers={"accept": "application/json"}
        )
        assert refused.json()["error_code"] == "locked"
    with time_machine.travel(later + timedelta(minutes=1)):
        run_due()
        for language, page in pages.items():
            assert WAITS[language] in words(soup(client.get(page.url)))
            assert "låst" not in lock_of(admin_client, page)
            now = GuidancePage.objects.get(pk=page.pk)
            saved = admin_client.post(
                f"/admin/pages/{page.pk}/edit/", page_form(now, "action-publish", lead="Efteråt.")
            )
            assert saved.status_code == 302
            assert "Efteråt." in words(soup(client.get(page.url)))
