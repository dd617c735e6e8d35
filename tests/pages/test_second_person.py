"""In a section that asks for it, what one person writes another publishes."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Workflow, WorkflowPage

from pages.models import GuidancePage, SectionPage
from tests import factories
from tests.config.accounts import PASSWORD, admin_user
from tests.pages.test_roles import form_of
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> SectionPage:
    """Return a section whose pages take a second person."""
    section = factories.section()
    workflow = Workflow.objects.get(name="Granskning av en andra person")
    WorkflowPage.objects.create(page=section, workflow=workflow)
    return section


@pytest.fixture
def page(section) -> GuidancePage:
    return section.get_children().type(GuidancePage).first().specific


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor(name: str) -> User:
    return admin_user("editor", f"{name}@example.org")


def superuser() -> User:
    return User.objects.create_superuser("root", "root@example.org", PASSWORD)


def edit(page: GuidancePage) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def submit(user: User, page: GuidancePage, title: str = "Ny titel") -> None:
    """Write a new title and submit it."""
    browser = signed_in(user)
    browser.post(edit(page), form_of(browser, edit(page)) | {"title": title, "action-submit": "1"})
    assert page.current_workflow_task is not None


def approve(user: User, page: GuidancePage) -> str:
    """Try to approve what waits; return the title that is then published."""
    state = page.current_workflow_task_state
    signed_in(user).post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": ""})
    page.refresh_from_db()
    return page.title


@pytest.mark.parametrize("make", [lambda: editor("anna"), superuser], ids=["editor", "superuser"])
def test_nobody_publishes_past_the_second_person(page, make):
    browser = signed_in(make())
    buttons = {button.get("name") for button in soup(browser.get(edit(page))).select("button[name]")}
    assert "action-publish" not in buttons
    assert "action-submit" in buttons
    browser.post(edit(page), form_of(browser, edit(page)) | {"title": "Ny titel", "action-publish": "1"})
    browser.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {})
    page.refresh_from_db()
    assert page.draft_title == "Ny titel"
    assert page.title != "Ny titel"


@pytest.mark.parametrize("make", [lambda: editor("anna"), superuser], ids=["editor", "superuser"])
def test_nobody_publishes_a_new_page_past_the_second_person(section, make):
    browser = signed_in(make())
    add = f"/admin/pages/add/pages/guidancepage/{section.pk}/"
    fields = form_of(browser, add) | {"title": "Helt ny", "slug": "helt-ny", "lead": "Ny.", "action-publish": "1"}
    browser.post(add, fields)
    made = GuidancePage.objects.get(slug="helt-ny")
    assert not made.live


@pytest.mark.parametrize("make", [lambda: editor("anna"), superuser], ids=["editor", "superuser"])
def test_nobody_approves_what_they_submitted(page, make):
    user = make()
    submit(user, page)
    assert approve(user, page) != "Ny titel"
    task, state = page.current_workflow_task, page.current_workflow_task_state
    assert {name for name, *_rest in task.get_actions(page, user)} == {"reject"}
    with pytest.raises(PermissionDenied):
        task.on_action(state, user, "approve")


def test_second_person_approves_and_that_publishes(page):
    submit(editor("anna"), page)
    assert approve(editor("bo"), page) == "Ny titel"


def test_who_changed_the_text_meanwhile_does_not_approve_it(page):
    bo = editor("bo")
    submit(editor("anna"), page)
    browser = signed_in(bo)
    browser.post(edit(page), form_of(browser, edit(page)) | {"title": "Bos titel"})
    page = GuidancePage.objects.get(pk=page.pk)
    assert page.get_latest_revision().user == bo
    assert approve(bo, page) not in {"Ny titel", "Bos titel"}
    assert approve(editor("cecilia"), page) == "Bos titel"


def test_author_does_not_approve(page):
    submit(editor("anna"), page)
    assert approve(admin_user("author"), page) != "Ny titel"


def test_what_is_published_cannot_be_moved_into_the_section(section, page):
    outside = factories.guidance(SectionPage.objects.exclude(pk=section.pk).filter(locale=section.locale).first())
    user = editor("anna")
    permissions = outside.permissions_for_user(user)
    assert not permissions.can_move_to(section)
    outside.unpublish()
    outside.refresh_from_db()
    assert outside.permissions_for_user(user).can_move_to(section)
    assert page.permissions_for_user(user).can_move_to(section), "within the section"
    assert not section.permissions_for_user(user).can_publish_subpage()


def test_other_sections_are_published_as_before(section):
    other = GuidancePage.objects.exclude(path__startswith=section.path).first()
    browser = signed_in(editor("anna"))
    browser.post(edit(other), form_of(browser, edit(other)) | {"title": "Ny titel", "action-publish": "1"})
    other.refresh_from_db()
    assert other.title == "Ny titel"


def test_unpublishing_takes_one_person(page):
    signed_in(editor("anna")).post(f"/admin/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert not page.live
