"""What the admin does with many rows at once: the walk sees that such an address opens, this what it does."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import models
from taggit.models import TaggedItem
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Collection, Page

from contacts.models import SupportService
from tests.config.access import ADMINISTRATORS, EDITORS, NOBODY
from tests.config.browsing import undone, visitor
from tests.config.world import World
from tests.conftest import OpenDatabase

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Action and model, and which roles do something to rows that are not their own.
TABLE: dict[str, set[str]] = {
    "delete wagtailcore.page": EDITORS,
    "move wagtailcore.page": EDITORS,
    "publish wagtailcore.page": EDITORS,
    "unpublish wagtailcore.page": EDITORS,
    "delete wagtailimages.image": EDITORS,
    "add_tags wagtailimages.image": EDITORS,
    "add_to_collection wagtailimages.image": EDITORS,
    "delete wagtaildocs.document": EDITORS,
    "add_tags wagtaildocs.document": EDITORS,
    "add_to_collection wagtaildocs.document": EDITORS,
    "delete auth.user": ADMINISTRATORS,
    "assign_role auth.user": ADMINISTRATORS,
    "set_active_state auth.user": ADMINISTRATORS,
    "delete contacts.coordinator": EDITORS,
    "delete contacts.municipality": NOBODY,
    "delete contacts.supportline": NOBODY,
    "delete contacts.supportservice": EDITORS,
    "delete contacts.readermessage": EDITORS,
    "delete pages.glossaryterm": EDITORS,
    "delete pages.searchsynonyms": EDITORS,
    "delete pages.actor": NOBODY,
    "delete pages.manualpart": NOBODY,
    "delete pages.publishedversion": NOBODY,
    "delete pages.removedpage": NOBODY,
    "delete pages.sitenotice": EDITORS,
    "delete resources.resource": EDITORS,
    "delete resources.topic": EDITORS,
}


def actions() -> list[tuple[str, type[models.Model]]]:
    """Return every action with the model it is for."""
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")  # reads them all
    return [
        (action, apps.get_model(app, model))
        for app, of_app in bulk_action_registry.actions.items()
        for model, of_model in of_app.items()
        for action in of_model
    ]


def row_of(model: type[models.Model], world: World) -> models.Model:
    """Return a row that is not the author's; of pages a leaf, in a section of others."""
    if model is Page:
        page = Page.objects.get(slug="informationsblad").specific
        page.save_revision()
        return page
    if model is SupportService:
        return SupportService.objects.get(key="mika")  # one that no text refers to
    return world.users["A"] if model._meta.label_lower == "auth.user" else model._default_manager.first()


def everything(model: type[models.Model]) -> list[Any]:
    """Return what an action can change of the rows of a model."""
    fields = [field.attname for field in model._meta.concrete_fields]
    rows = sorted(map(repr, model._default_manager.values_list(*fields)))
    return [rows, TaggedItem.objects.count(), sorted(User.groups.through.objects.values_list("user", "group"))]


@pytest.fixture(scope="module")
def world(module_rows: OpenDatabase) -> World:
    with module_rows():
        return World()


def test_table_names_every_action():
    assert {f"{action} {model._meta.label_lower}" for action, model in actions()} == TABLE.keys()


@pytest.mark.parametrize("role", ["anonymous", "A", "author", "editor", "administrator"])
def test_rows_change_by_the_roles_of_the_table_alone(world, role):
    client = visitor(world, role)
    form = {
        "chooser": Page.objects.get(slug="vagledning").pk,
        "collection": Collection.get_first_root_node().add_child(name="Ny").pk,
        "tags": "nytt",
        "role": Group.objects.get(name="editor").pk,
        "mark_as_active": "False",
        "include_descendants": "on",
    }
    wrong = []
    for action, model in actions():
        row, before = row_of(model, world), everything(model)
        with undone(client):
            client.post(f"/admin/bulk/{model._meta.label_lower.replace('.', '/')}/{action}/?id={row.pk}", form)
            changed = everything(model) != before
        if changed != (role in TABLE[f"{action} {model._meta.label_lower}"]):
            wrong.append(f"{action} {model._meta.label}: {changed}")
    assert not wrong
