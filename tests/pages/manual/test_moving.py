"""Moving a part and bringing parts in the admin: who may, what happens to drafts, what is told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from pages.manual.models.parts import part_code
from pages.manual.moving import move_part
from pages.models import ChangeKind, HomePage, ManualStepPage, PartChange
from tests.accounts import editor_client
from tests.manual import ids, part_value, step, with_text
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SOURCE, TARGET = "/manual/akut-skydd/", "/manual/inledande-stod/"


def move_address(page: ManualStepPage) -> str:
    return f"/admin/manual/{page.pk}/move-part/"


def move(client, part_id: str, target: ManualStepPage | None = None):
    return client.post(move_address(step()), {"part": part_id, "step": str((target or step("inledande-stod")).pk)})


def draft_of(page: ManualStepPage) -> ManualStepPage:
    return page.get_latest_revision_as_object()


def test_editor_finds_the_form_on_the_step_and_moves_a_part(admin_client, client):
    moved = step().parts[0]
    html = soup(admin_client.get(f"/admin/pages/{step().pk}/edit/"))
    assert html.select_one(f'a[href="{move_address(step())}"]')
    form = soup(admin_client.get(move_address(step())))
    assert [option["value"] for option in form.select("[name=part] option")] == ids(step())
    assert str(step().pk) not in {option["value"] for option in form.select("[name=step] option")}
    answer = move(admin_client, moved.id)
    assert answer["Location"] == f"/admin/pages/{step('inledande-stod').pk}/edit/"
    assert client.get(f"/manual/p/{part_code(moved.id)}/")["Location"].startswith(TARGET)
    history = words(soup(admin_client.get(f"/admin/pages/{step().pk}/history/")))
    assert moved.value["heading"] in history
    changes = soup(client.get("/manual/andringar/")).select_one("article.change")
    assert "nledande stöd" in words(changes)
    assert PartChange.objects.filter(part=moved.id).order_by("-pk").first().kind == ChangeKind.MOVED


def test_part_that_is_only_in_a_draft_stays_unpublished(client):
    page = step()
    page.parts.append(("part", part_value("Inte klar.", heading="Inte klar")))
    page.save_revision()
    new = draft_of(step()).parts[-1].id
    before = ids(step("inledande-stod"))
    move_part(new, step(), step("inledande-stod"))
    assert ids(step("inledande-stod")) == before
    assert "Inte klar" not in words(soup(client.get(TARGET)))
    assert ids(draft_of(step("inledande-stod"))) == [*before, new]
    assert new not in ids(draft_of(step()))
    draft_of(step("inledande-stod")).save_revision().publish()
    assert "Inte klar" in words(soup(client.get(TARGET)))
    assert client.get(f"/manual/p/{part_code(new)}/").status_code == 302


def test_draft_of_the_part_goes_along_with_its_note_and_is_not_published(client):
    with_text(step(), "Nästa lydelse.", note="Ny lydelse.").save_revision()
    moved = step().parts[0].id
    move_part(moved, step(), step("inledande-stod"))
    assert "Nästa lydelse." not in words(soup(client.get(TARGET)))
    draft = draft_of(step("inledande-stod"))
    assert draft.parts[-1].value["change_note"] == "Ny lydelse."
    draft.save_revision().publish()
    assert "Nästa lydelse." in words(soup(client.get(TARGET)))
    assert PartChange.objects.filter(part=moved).order_by("-pk").first().note == "Ny lydelse."


def test_draft_of_the_other_step_keeps_what_is_in_it(client):
    target = step("inledande-stod")
    target.lead = "Ett utkast."
    target.save_revision()
    moved = step().parts[0].id
    move_part(moved, step(), target)
    assert "Ett utkast." not in words(soup(client.get(TARGET)))
    draft = draft_of(step("inledande-stod"))
    assert (draft.lead, draft.parts[-1].id) == ("Ett utkast.", moved)


def test_latest_revisions_are_those_with_the_move(client):
    moved, *staying = ids(step())
    move_part(moved, step(), step("inledande-stod"))
    for slug in ("akut-skydd", "inledande-stod"):
        step(slug).get_latest_revision().publish()  # as bulk publishing does
    assert moved in ids(step("inledande-stod"))
    assert ids(step()) == staying


def test_published_part_is_not_moved_to_where_readers_would_not_find_it(admin_client, client):
    step("initial-support", "en").unpublish()
    moved = step().parts[0].id
    answer = move(admin_client, moved)
    assert "Initial support" in words(soup(answer).select_one("main"))
    assert moved in ids(step())
    assert client.get(f"/manual/p/{part_code(moved)}/")["Location"].startswith(SOURCE)


def test_part_that_is_gone_is_not_moved():
    with pytest.raises(ValidationError):
        move_part("7b0a3b32-0000-4000-8000-000000000000", step(), step("inledande-stod"))


def test_mover_needs_to_be_allowed_to_publish_both_steps_in_both_languages(client):
    swedish, english = (HomePage.objects.get(locale__language_code=code) for code in ("sv", "en"))
    moved = step().parts[0].id
    assert move(client, moved).status_code == 302  # to the sign-in
    no_editor = editor_client("add", below=english)
    assert no_editor.get(move_address(step())).status_code == 302
    for limited in (editor_client("change"), editor_client("change", "publish", below=swedish)):
        html = soup(move(limited, moved))
        assert html.select(".help-critical, .messages .error, [class*=critical]")
        assert moved in ids(step())
    assert move(editor_client("change", "publish"), moved).status_code == 302
    assert moved in ids(step("inledande-stod"))


@pytest.mark.parametrize("hinder", ["lock", "schedule", "submit"])
def test_step_that_is_locked_scheduled_or_in_a_workflow_keeps_its_parts(admin_client, hinder):
    moved = step().parts[0].id

    def submit() -> None:
        page = step("emergency-protection", "en")
        page.save_revision()
        workflow = Workflow.objects.create(name="Granskning")
        task = GroupApprovalTask.objects.create(name="Godkännande")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        workflow.start(page, User.objects.get(username="admin"))

    def schedule() -> None:
        page = step("inledande-stod")
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()

    def lock() -> None:
        page = step("initial-support", "en")
        page.locked, page.locked_by = True, User.objects.create_user("annan", "annan@example.se")
        page.save()

    hinders = {"lock": lock, "schedule": schedule, "submit": submit}
    hinders[hinder]()
    answer = move(admin_client, moved)
    assert answer.status_code == 200
    assert moved in ids(step())


def test_translator_brings_the_parts_that_are_missing(admin_client, client):
    page, english = step(), step("emergency-protection", "en")
    edit = f"/admin/pages/{english.pk}/edit/"
    bring = f"/admin/manual/{english.pk}/bring-parts/"
    assert not soup(admin_client.get(edit)).select(f'a[href="{bring}"]')
    page.parts.insert(1, ("part", part_value("Ny text.", heading="Nytt råd")))
    page.save_revision().publish()
    assert soup(admin_client.get(edit)).select(f'a[href="{bring}"]')
    assert "Nytt råd" in words(soup(admin_client.get(bring)).select_one("main"))
    assert admin_client.post(bring)["Location"] == edit
    assert ids(draft_of(step("emergency-protection", "en"))) == ids(step())
    assert "Nytt råd" not in words(soup(client.get("/en/manual/emergency-protection/")))
    assert not soup(admin_client.get(edit)).select(f'a[href="{bring}"]')
    assert "Nytt råd" in words(soup(admin_client.get(f"/admin/pages/{english.pk}/history/")))


def test_draft_of_the_original_is_not_brought(admin_client):
    page, english = step(), step("emergency-protection", "en")
    page.parts.append(("part", part_value("Inte klar.")))
    page.save_revision()
    admin_client.post(f"/admin/manual/{english.pk}/bring-parts/")
    assert ids(draft_of(step("emergency-protection", "en"))) == ids(english)
