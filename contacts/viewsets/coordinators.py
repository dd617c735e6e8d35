"""Coordinators in the admin: their entries, with drafts and revisions, and their sign-ins."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import PublishingPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import SnippetViewSet

from contacts.fields import COORDINATOR_FIELDS
from contacts.models import Coordinator
from contacts.viewsets.conflicts import ConflictCheckedEditView
from contacts.viewsets.coordinator_actions import DeactivateView, ReactivateView, SignInView
from contacts.viewsets.coordinator_list import COLUMNS, CoordinatorFilterSet
from contacts.viewsets.panels import field_panels
from pages.admin.listing import SwedishSearchIndexView


def action_buttons(coordinator: Coordinator, user: User) -> list[Button]:
    """Return the ways to what an editor may do with an entry besides editing it."""
    if not user.has_perm("contacts.publish_coordinator"):
        return []
    actions = [(ReactivateView, "login")] if coordinator.left_on else [(SignInView, "key"), (DeactivateView, "logout")]
    return [
        Button(
            view.page_title,
            url=reverse(Coordinator.snippet_viewset.get_url_name(view.url_name), args=[coordinator.pk]),
            icon_name=icon,
            priority=25 + position,
        )
        for position, (view, icon) in enumerate(actions)
    ]


class CoordinatorIndexView(SwedishSearchIndexView):
    """The list, with the actions in each row's menu."""

    def get_list_more_buttons(self, instance: Coordinator) -> list[Any]:
        """Offer the actions after Wagtail's own."""
        return [*super().get_list_more_buttons(instance), *action_buttons(instance, self.request.user)]


class CoordinatorEditView(ConflictCheckedEditView):
    """The form, with the actions in its menu."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer the actions after Wagtail's own."""
        return [*super().header_more_buttons, *action_buttons(self.object, self.request.user)]

    def get_available_actions(self) -> list[str]:
        """Publish nobody who has left."""
        actions = super().get_available_actions()
        return [action for action in actions if action != "publish"] if self.object.left_on else actions


class CoordinatorViewSet(SnippetViewSet):
    """Coordinators, with drafts and revisions."""

    model = Coordinator
    icon = "user"
    index_view_class = CoordinatorIndexView
    edit_view_class = CoordinatorEditView
    copy_view_enabled = False  # a copy would carry the sign-in and the identifier of somebody else
    list_display = COLUMNS
    list_per_page = 50
    filterset_class = CoordinatorFilterSet
    search_fields = ["name", "employer", "email", "user__email"]
    panels = [*field_panels(COORDINATOR_FIELDS), PublishingPanel()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coordinator]:
        """Return every entry with what the list shows of it. Two queries."""
        return Coordinator.objects.select_related("user").prefetch_related("counties")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the actions."""
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{view.url_name.replace('_', '-')}/<int:pk>/", self.construct_view(view), name=view.url_name)
                for view in (SignInView, DeactivateView, ReactivateView)
            ),
        ]
