"""Every way of publishing in the admin beside the page's own form tells what it refuses, and loses nothing."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction as WagtailPublishBulkAction
from wagtail.models import Page

from pages.refusals import RefusedError, not_published

View = Callable[..., HttpResponse]


def show_refusals(view: View) -> View:
    """Turn a refusal, as when a workflow approves what cannot be published, into a message on the form of its thing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ValidationError as refusal:
            thing = refusal.thing if isinstance(refusal, RefusedError) else _page(kwargs)
            if thing is None:
                raise
            told = refusal.text if isinstance(refusal, RefusedError) else not_published(thing, refusal)
            messages.error(request, told)
            form = AdminURLFinder(request.user).get_edit_url(thing) or reverse("wagtailadmin_home")
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                # A dialogue of Wagtail's workflow follows what it finds here.
                return JsonResponse({"step": "success", "redirect": form})
            return redirect(form)

    return wrapped


def _page(kwargs: dict[str, Any]) -> Page | None:
    return Page.objects.filter(pk=kwargs.get("page_id")).first()


class PublishBulkAction(WagtailPublishBulkAction):
    """Publishes what can be published, and lists what it skipped."""

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        super().__init__(request, model)
        self.skipped: list[str] = []

    def get_execution_context(self) -> dict[str, Any]:
        """Give the action a place for what it skips."""
        return super().get_execution_context() | {"skipped": self.skipped}

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Publish page by page; returns how many of the chosen pages and of those below them were published."""
        skipped = kwargs["skipped"]
        chosen = below = 0
        for page in objects:
            chosen += cls._publish(page, user, skipped)
            drafts = page.get_descendants().not_live().specific() if include_descendants else []
            allowed = (draft for draft in drafts if not user or draft.permissions_for_user(user).can_publish())
            below += sum(cls._publish(draft, user, skipped) for draft in allowed)
        return chosen, below

    @classmethod
    def _publish(cls, page: Page, user: Any, skipped: list[str]) -> bool:
        try:
            with transaction.atomic():
                super().execute_action([page], user=user)
        except ValidationError as refusal:
            skipped.append(not_published(page, refusal))
            return False
        return True

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say what was skipped too; nothing of success where there was none."""
        for text in self.skipped:
            messages.warning(self.request, text)
        if not num_parent_objects and not num_child_objects:
            return None
        return super().get_success_message(num_parent_objects, num_child_objects)


class PagesViewSet(PagesAdminAPIViewSet):
    """Carries out each action whole or not at all: a refused one leaves no half tree and no lost schedule."""

    @transaction.atomic
    def action_view(self, request: HttpRequest, pk: int, action_name: str) -> Any:
        """Carry out an action."""
        return super().action_view(request, pk, action_name)
