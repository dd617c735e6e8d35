"""What each role may do, as the migrations make it on a fresh database."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Workflow

from contacts.models import Coordinator, SupportLine
from pages.models import GuidancePage, HomePage
from pages.roles import ROLES
from tests import factories
from tests.config.accounts import admin_user
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(request) -> Client:
    """Return a browser in which someone with a role has signed in."""
    client = Client()
    client.force_login(admin_user(request.param))
    return client


def give_section(page, *actions: str) -> None:
    """Give authors a section, as an administrator does under Settings › Groups."""
    for action in actions or ("add", "change"):
        Group.objects.get(name="author").page_permissions.create(page=page, permission_type=action)


def opens(browser: Client, address: str) -> bool:
    """Tell whether a page of the admin opens, rather than leading elsewhere."""
    return browser.get(address).status_code == 200


def form_of(browser: Client, address: str) -> dict[str, str]:
    """Return the fields of a page's form, without its buttons, and an empty body, which scripts would fill."""
    form = soup(browser.get(address)).select_one("#page-edit-form, form[data-edit-form]")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]:not([type=checkbox])")}
    texts = {field["name"]: field.text for field in form.select("textarea[name]")}
    return {"body-count": "0", "footnotes-count": "0"} | fields | texts


def test_roles_are_the_only_groups_and_nobody_has_wagtails():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_every_permission_of_a_role_is_one_that_django_makes_too():
    given = Permission.objects.filter(group__name__in=ROLES).distinct()
    assert given.count() > 30
    for permission in given:
        model = permission.content_type.model_class()
        assert model is not None, permission
        assert permission.name
    names = list(given.values_list("content_type", "codename"))
    assert Permission.objects.filter(content_type__in=[kind for kind, _name in names]).count() >= len(names)
    assert len(names) == len(set(names))


RIGHTS = {
    "/admin/": ("author", "editor", "administrator"),
    "/admin/images/": ("author", "editor", "administrator"),
    "/admin/images/add/": ("author", "editor", "administrator"),
    "/admin/documents/": ("author", "editor", "administrator"),
    "/admin/documents/multiple/add/": ("author", "editor", "administrator"),
    "/admin/redirects/": ("editor", "administrator"),
    "/admin/redirects/add/": ("editor", "administrator"),
    "/admin/snippets/contacts/coordinator/": ("editor", "administrator"),
    "/admin/snippets/contacts/coordinator/add/": ("editor", "administrator"),
    "/admin/snippets/contacts/supportline/": ("editor", "administrator"),
    "/admin/snippets/resources/resource/": ("editor", "administrator"),
    "/admin/snippets/resources/resource/add/": ("editor", "administrator"),
    "/admin/snippets/resources/topic/": ("editor", "administrator"),
    "/admin/snippets/resources/topic/add/": ("editor", "administrator"),
    "/admin/users/": ("administrator",),
    "/admin/users/new/": ("administrator",),
    "/admin/groups/": ("administrator",),
    "/admin/groups/new/": ("administrator",),
    "/admin/workflows/list/": ("administrator",),
    "/admin/workflows/add/": ("administrator",),
    "/admin/sites/": ("administrator",),
    "/admin/locales/": ("administrator",),
    "/admin/collections/": ("administrator",),
}


@pytest.mark.parametrize("browser", ROLES, indirect=True, ids=ROLES)
def test_roles_open_what_the_readme_says(browser, request):
    # The account and group pages ask for a fresh sign-in, which force_login is not.
    role = request.node.callspec.id
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    opened = {address for address in RIGHTS if opens(browser, address)}
    assert opened == {address for address, roles in RIGHTS.items() if role in roles}


@pytest.mark.parametrize("browser", ["author"], indirect=True)
def test_author_has_no_section_until_one_is_given(browser):
    page = GuidancePage.objects.get(slug="betanketid")
    edit = f"/admin/pages/{page.pk}/edit/"
    assert not opens(browser, edit)
    give_section(page.get_parent())
    assert opens(browser, edit)
    assert not opens(browser, f"/admin/pages/{HomePage.objects.first().pk}/edit/")


@pytest.mark.parametrize("browser", ["author"], indirect=True)
def test_author_saves_drafts_and_submits_them_but_does_not_publish(browser):
    page = GuidancePage.objects.get(slug="betanketid")
    give_section(page.get_parent())
    edit = f"/admin/pages/{page.pk}/edit/"
    buttons = {button.get("name") for button in soup(browser.get(edit)).select("button[name]")}
    assert "action-submit" in buttons
    assert "action-publish" not in buttons
    fields = form_of(browser, edit) | {"title": "Ändrad titel", "comments-TOTAL_FORMS": "0"}
    browser.post(edit, fields | {"action-publish": "1"})
    page.refresh_from_db()
    assert page.draft_title == "Ändrad titel"
    assert page.title != "Ändrad titel"
    browser.post(edit, form_of(browser, edit) | {"action-submit": "1"})
    assert page.current_workflow_task.name == "En redaktör godkänner"


@pytest.mark.parametrize("browser", ["author"], indirect=True)
def test_author_does_not_unpublish_or_delete_what_is_published(browser):
    page = factories.guidance()
    give_section(page.get_parent())
    for action in ("unpublish", "delete"):
        browser.post(f"/admin/pages/{page.pk}/{action}/")
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("browser", ["editor", "administrator"], indirect=True)
def test_editor_publishes_any_page(browser):
    for page in (GuidancePage.objects.get(slug="betanketid"), HomePage.objects.get(locale__language_code="en")):
        edit = f"/admin/pages/{page.pk}/edit/"
        browser.post(edit, form_of(browser, edit) | {"title": "Ny titel", "action-publish": "1"})
        page.refresh_from_db()
        assert page.title == "Ny titel"


@pytest.mark.parametrize("browser", ["editor", "administrator"], indirect=True)
def test_editor_publishes_contacts(browser):
    add = soup(browser.get("/admin/snippets/contacts/coordinator/add/"))
    assert add.select_one('button[name="action-publish"]')
    for instance in (Coordinator.objects.first(), SupportLine.objects.first()):
        assert opens(browser, f"/admin/snippets/contacts/{instance._meta.model_name}/edit/{instance.pk}/")


def test_second_person_is_offered_and_off():
    second = Workflow.objects.get(name="Granskning av en andra person")
    assert second.active
    assert not second.workflow_pages.exists()
    review = Workflow.objects.get(name="Granskning")
    assert [page.page.depth for page in review.workflow_pages.all()] == [1]
