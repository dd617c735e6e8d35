"""A changed part is published with a word about the change, or not at all, whichever way it is published."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from pages.models import ChangeKind, ManualStepPage, PartChange
from tests.editing import page_form
from tests.manual import step, with_text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

STEP = "/manual/akut-skydd/"
NEW = "En ny mening i delen."
NOTE = "parts-0-value-change_note"


def changed(page: ManualStepPage, *, note: str = "", go_live_at: datetime | None = None) -> ManualStepPage:
    """Return the step with another text in its first part, not saved."""
    page.go_live_at = go_live_at
    return with_text(page, NEW, note=note)


def edit(client, page: ManualStepPage, *buttons: str, **changes: str):
    return client.post(f"/admin/pages/{page.pk}/edit/", page_form(page, *buttons, **changes), follow=True)


def assert_refused(client, answer) -> None:
    """Check that the form says why, with what was written still in it, and that readers see nothing."""
    assert answer.status_code == 200
    html = soup(answer)
    state, errors = json.loads(html.select_one("#parts")["data-w-block-arguments-value"])
    assert set(errors["blockErrors"]) == {"0"}
    assert "change_note" in errors["blockErrors"]["0"]["blockErrors"]
    assert state[0]["value"]["heading"] in errors["messages"][0]
    assert NEW in str(state)
    assert NEW not in words(soup(client.get(STEP)))


@pytest.fixture
def workflow() -> Workflow:
    """A workflow of one approval on every page, as administrators make one."""
    made = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Godkännande")
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    WorkflowPage.objects.all().delete()
    WorkflowPage.objects.create(workflow=made, page=step().get_root().get_children().first())
    WorkflowPage.objects.create(workflow=made, page=step().get_parent())
    return made


@pytest.mark.parametrize("slug", ["akut-skydd", "identifiering", "inledande-stod"])
def test_form_that_is_sent_as_it_was_opened_changes_no_part(admin_client, slug):
    page = step(slug)
    before = PartChange.objects.count()
    answer = edit(admin_client, page, "action-publish", lead="En ny ingress.")
    assert answer.redirect_chain
    assert step(slug).lead == "En ny ingress."
    assert PartChange.objects.count() == before
    assert [part.id for part in step(slug).parts] == [part.id for part in page.parts]


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_form_asks_at_the_part_and_keeps_what_was_written(admin_client, workflow, button):
    assert_refused(admin_client, edit(admin_client, changed(step()), button))


def test_form_asks_when_publication_is_scheduled(admin_client):
    later = timezone.now() + timedelta(days=1)
    assert_refused(admin_client, edit(admin_client, changed(step(), go_live_at=later), "action-publish"))


@pytest.mark.parametrize("explanation", [{NOTE: "Tydligare."}, {"parts-0-value-is_minor_edit": "on"}])
def test_explained_change_is_published(admin_client, explanation):
    edit(admin_client, changed(step()), "action-publish", **explanation)
    assert NEW in words(soup(admin_client.get(STEP)))
    assert PartChange.objects.first().kind == ChangeKind.CHANGED


def test_draft_autosave_and_preview_never_ask(admin_client):
    page = changed(step())
    answer = edit(admin_client, page)
    assert answer.redirect_chain
    draft = step().get_latest_revision_as_object()
    assert NEW in str(draft.parts[0].value["body"])
    form = page_form(draft, loaded_revision_id=str(draft.latest_revision_id))
    form["loaded_revision_created_at"] = draft.latest_revision.created_at.isoformat()
    saved = admin_client.post(f"/admin/pages/{page.pk}/edit/", form, headers={"accept": "application/json"})
    assert saved.json()["success"]
    previewed = admin_client.post(f"/admin/pages/{page.pk}/edit/preview/", page_form(draft))
    assert previewed.json() == {"is_valid": True, "is_available": True}
    assert NEW in words(soup(admin_client.get(f"/admin/pages/{page.pk}/edit/preview/")))
    assert NEW not in words(soup(admin_client.get(STEP)))


def start_workflow(page: ManualStepPage, workflow: Workflow) -> TaskState:
    page.save_revision()
    workflow.start(page, User.objects.get(username="admin"))
    return step().current_workflow_task_state


def approval(task_state: TaskState) -> str:
    return reverse("wagtailadmin_pages:workflow_action", args=[step().pk, "approve", task_state.pk])


def test_form_asks_when_it_approves_and_not_when_it_rejects(admin_client, workflow):
    start_workflow(changed(step()), workflow)
    draft = step().get_latest_revision_as_object()
    action = {"workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    assert_refused(admin_client, edit(admin_client, draft, "action-workflow-action", **action))
    action["workflow-action-name"] = "reject"
    edit(admin_client, draft, "action-workflow-action", **action)
    assert step().current_workflow_state.status == "needs_changes"


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
def test_approval_outside_the_form_leads_to_the_form_and_approves_nothing(admin_client, workflow, headers):
    task_state = start_workflow(changed(step()), workflow)
    answer = admin_client.post(approval(task_state), headers=headers)
    form = f"/admin/pages/{step().pk}/edit/"
    assert (answer.json()["redirect"] if headers else answer["Location"]) == form
    assert "Akut skydd" in words(soup(admin_client.get(form)).select_one(".messages"))
    task_state.refresh_from_db()
    assert task_state.status == "in_progress"
    assert NEW not in words(soup(admin_client.get(STEP)))


def test_approval_publishes_what_is_explained(admin_client, workflow):
    task_state = start_workflow(changed(step(), note="Tydligare."), workflow)
    admin_client.post(approval(task_state))
    assert NEW in words(soup(admin_client.get(STEP)))


def test_admin_api_says_why_and_keeps_the_schedule(admin_client):
    later = timezone.now() + timedelta(days=1)
    revision = changed(step(), go_live_at=later).save_revision()
    revision.publish()  # at its time
    changed(step().get_latest_revision_as_object()).save_revision()
    answer = admin_client.post(f"/admin/api/main/pages/{step().pk}/action/publish/")
    assert answer.status_code == 400
    assert step().parts[0].value["heading"] in answer.json()["parts"][0]
    revision.refresh_from_db()
    assert revision.approved_go_live_at == later


def test_bulk_action_publishes_the_others_and_names_what_it_skipped(admin_client):
    changed(step()).save_revision()
    other = step("identifiering")
    other.lead = "En ny ingress."
    other.save_revision()
    address = f"/admin/bulk/wagtailcore/page/publish/?id={step().pk}&id={other.pk}&next=/admin/"
    answer = admin_client.post(address, follow=True)
    told = words(soup(answer).select_one(".messages"))
    assert "Akut skydd" in told
    assert "Identifiering" not in told
    assert "En ny ingress." in words(soup(admin_client.get("/manual/identifiering/")))
    assert NEW not in words(soup(admin_client.get(STEP)))


def test_bulk_action_below_a_page_skips_drafts_that_do_not_explain(admin_client):
    page = step()
    page.unpublish()
    other = step("identifiering")
    other.unpublish()
    manual = page.get_parent()
    broken = step()
    broken.lead = ""
    broken.save_revision(clean=False)
    answer = admin_client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={manual.pk}&next=/admin/",
        {"include_descendants": "on"},
        follow=True,
    )
    assert "Akut skydd" in words(soup(answer).select_one(".messages"))
    assert step("identifiering").live
    assert not step().live


def test_command_publishes_the_others_lists_what_it_skipped_and_fails(client):
    yesterday = timezone.now() - timedelta(days=1)
    for page in (changed(step()), step("identifiering")):
        page.lead = "Enligt schema."
        revision = page.save_revision()
        revision.approved_go_live_at = yesterday
        revision.save()
    with pytest.raises(CommandError, match="Akut skydd") as failure:
        call_command("publish_scheduled")
    assert failure.value.returncode == 1
    assert "Identifiering" not in str(failure.value)
    assert "Enligt schema." in words(soup(client.get("/manual/identifiering/")))
    assert "Enligt schema." not in words(soup(client.get(STEP)))
    assert step().scheduled_revision is not None


def test_command_takes_down_what_has_expired(client):
    page = step()
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    output = StringIO()
    call_command("publish_scheduled", dryrun=True, stdout=output)
    assert "akut-skydd" in output.getvalue()
    assert client.get(STEP).status_code == 200
    call_command("publish_scheduled")
    assert client.get(STEP).status_code == 410
    assert PartChange.objects.filter(kind=ChangeKind.REMOVED).count() == len(page.parts)


def test_parts_that_are_dragged_into_another_order_need_no_note_and_keep_their_ids(admin_client):
    page = step()
    before = [part.id for part in page.parts]
    places = (2, 0, 1, *range(3, len(before)))
    orders = {f"parts-{place}-order": str(order) for place, order in enumerate(places)}
    edit(admin_client, page, "action-publish", **orders)
    assert [part.id for part in step().parts] == [before[1], before[2], before[0], *before[3:]]
    headings = soup(admin_client.get(STEP)).select("section.part > h2")
    assert words(headings[0]) == f"2.1 {page.parts[1].value['heading']}"


def test_steps_that_are_dragged_into_another_order_are_numbered_anew(admin_client):
    manual = step().get_parent()
    assert admin_client.get(f"/admin/pages/{manual.pk}/?ordering=ord").status_code == 200
    address = reverse("wagtailadmin_pages:set_page_position", args=[step().pk])
    assert admin_client.post(f"{address}?position=0").status_code == 200
    assert words(soup(admin_client.get(STEP)).select_one("section.part > h2")).startswith("1.1 ")
