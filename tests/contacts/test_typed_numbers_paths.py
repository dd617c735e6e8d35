"""A typed telephone number is refused on every path that publishes, with what to do; drafts and previews never ask."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from pages.models import GuidancePage
from resources.models.files import TEXT_FEATURES
from tests.editing import page_form
from tests.factories import guidance
from tests.reading import soup, words
from tests.resources import making
from tests.resources.forms import PUBLISH, errors, form_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TYPED = "Ring 114 14 genast"
RICH = f"<p>{TYPED}</p>"
HOW = "knappen ”Telefonnummer”"


@pytest.fixture
def page() -> GuidancePage:
    return guidance(title="Råd", slug="rad")


def with_block(page: Page, kind: str, value: Any) -> Page:
    """Put a block into the body as it is stored, after another."""
    page.body = page.body.stream_block.to_python(
        [{"type": "text", "value": "<p>Text.</p>"}, {"type": kind, "value": value}]
    )
    return page


def edit(client, page: Page, *buttons: str, **changes: str):
    return client.post(f"/admin/pages/{page.pk}/edit/", page_form(page, *buttons, **changes), follow=True)


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_form_tells_beside_the_block_and_keeps_what_was_written(admin_client, client, workflow, page, button):
    answer = edit(admin_client, with_block(page, "text", RICH), button)
    assert answer.status_code == 200
    state, failed = json.loads(soup(answer).select_one("#body")["data-w-block-arguments-value"])
    assert TYPED in str(state)
    assert set(failed["blockErrors"]) == {"1"}
    assert HOW in str(failed)
    assert "Ring" not in words(soup(client.get(page.url)).main)


def test_form_tells_beside_the_field(admin_client, page):
    assert "”114 14” är skrivet för hand" in errors(edit(admin_client, page, "action-publish", lead=TYPED))


def test_draft_autosave_and_preview_never_ask(admin_client, client, page):
    assert edit(admin_client, with_block(page, "text", RICH)).redirect_chain
    draft = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert TYPED in str(draft.body)
    form = page_form(draft, loaded_revision_id=str(draft.latest_revision_id))
    form["loaded_revision_created_at"] = draft.latest_revision.created_at.isoformat()
    saved = admin_client.post(f"/admin/pages/{page.pk}/edit/", form, headers={"accept": "application/json"})
    assert saved.json()["success"]
    previewed = admin_client.post(f"/admin/pages/{page.pk}/edit/preview/", page_form(draft))
    assert previewed.json() == {"is_valid": True, "is_available": True}
    assert TYPED in words(soup(admin_client.get(f"/admin/pages/{page.pk}/edit/preview/")))
    assert TYPED not in words(soup(client.get(page.url)))


@pytest.fixture
def workflow() -> Workflow:
    """A workflow of one approval in the section, as administrators make one."""
    made = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Godkännande")
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    WorkflowPage.objects.all().delete()
    WorkflowPage.objects.create(workflow=made, page=Page.objects.get(slug="vagledning"))
    return made


def test_approval_outside_the_form_leads_to_the_form_and_approves_nothing(admin_client, client, workflow, page):
    with_block(page, "text", RICH).save_revision()
    workflow.start(page, User.objects.get(username="admin"))
    task_state = GuidancePage.objects.get(pk=page.pk).current_workflow_task_state
    answer = admin_client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]))
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert "”Råd” publicerades inte" in words(soup(admin_client.get(answer["Location"])).select_one(".messages"))
    task_state.refresh_from_db()
    assert task_state.status == "in_progress"
    assert TYPED not in words(soup(client.get(page.url)))


def test_admin_api_and_bulk_action_say_why(admin_client, client, page):
    with_block(page, "text", RICH).save_revision()
    answer = admin_client.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    assert answer.status_code == 400
    assert HOW in answer.json()["body"][0]
    done = admin_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", follow=True)
    assert HOW in words(soup(done).select_one(".messages"))
    assert TYPED not in words(soup(client.get(page.url)))


def test_command_lists_what_it_skipped(client, page):
    leaflet = making.resource(making.file(text="<p>Text.</p>"), title_sv="Blad", slug_sv="blad")
    leaflet.summary_sv = TYPED
    for revision in (with_block(page, "text", RICH).save_revision(), leaflet.save_revision()):
        revision.approved_go_live_at = timezone.now() - timedelta(days=1)
        revision.save()
    with pytest.raises(CommandError) as failure:
        call_command("publish_scheduled")
    assert str(failure.value).startswith("Kunde inte publiceras eller avpubliceras:\n")
    assert "Råd" in str(failure.value)
    assert "Blad" in str(failure.value)
    assert str(failure.value).count(HOW) == 2
    assert TYPED not in words(soup(client.get(page.url)))


def rich(html: str) -> str:
    """Return a rich text as the editor's browser sends it."""
    return ContentstateConverter(TEXT_FEATURES).from_database_format(html)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title_sv", "Ring 112"),
        ("summary_en", "Call 112"),
        ("publisher", "Polisen 114 14"),
        ("files-0-title", "Ring 112"),
        ("files-0-text", rich("<p>Ring 112.</p>")),
    ],
)
def test_publication_is_not_published_with_a_typed_number_and_its_draft_is_saved(client, admin_client, name, value):
    made = making.resource(making.file(text="<p>Text.</p>"), title_sv="Blad", slug_sv="blad")
    refused = send(admin_client, form_of(made), {name: value} | PUBLISH)
    assert "är skrivet för hand" in errors(refused)
    assert send(admin_client, form_of(made), {name: value}).status_code == 302
    made.refresh_from_db()
    assert "112" not in f"{made.title_sv} {made.summary_en} {made.publisher} {made.files.get().title}"
    with pytest.raises(ValidationError, match="är skrivet för hand"):
        made.get_latest_revision().publish()
    mended = {"title_sv": "Blad", "summary_en": "About.", "publisher": "Polisen", "files-0-title": ""}
    mended["files-0-text"] = rich('<p>Ring <embed embedtype="number" number="danger"/>.</p>')
    assert send(admin_client, form_of(made), mended | PUBLISH).status_code == 302
    code = made.files.get().code
    assert "Ring 112 ." in words(soup(client.get(f"/publikationer/blad/{code}/")).main)


@pytest.mark.parametrize("address", ["pages/glossaryterm", "pages/actor"])
def test_words_of_the_manual_take_no_number(admin_client, address):
    name = {"pages/glossaryterm": "definition_sv", "pages/actor": "summary_sv"}[address]
    listed = soup(admin_client.get(f"/admin/snippets/{address}/"))
    form = next(link["href"] for link in listed.select("a[href*='/edit/']"))
    refused = send_words(admin_client, form, {name: TYPED})
    assert "är skrivet för hand" in errors(refused)
    assert send_words(admin_client, form, {name: "Ring polisen enligt 112 §."}).status_code == 302


def send_words(client, address: str, changes: dict[str, str]):
    from wagtail.test.utils.form_data import querydict_from_html

    form = querydict_from_html(client.get(address).content.decode(), form_id="w-editor-form")
    form.update(changes)
    return client.post(address, dict(form.lists()))
