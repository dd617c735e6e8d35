"""A step of publication that takes a second person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Page, PagePermissionTester, TaskState, WorkflowPage

APPROVE = "approve"


class SecondPersonTask(GroupApprovalTask):
    """Approval by a member of the groups who neither submitted nor wrote the version.

    In a section with a workflow that has this step nobody publishes past it; superusers too are
    held to it.
    """

    class Meta:
        verbose_name = _("Approval by a second person")
        verbose_name_plural = _("Approvals by a second person")

    @classmethod
    def get_description(cls) -> str:
        """Say to editors what it does."""
        return gettext("Someone in the chosen groups other than who wrote or submitted the version approves it")

    def get_actions(self, obj: Model, user: Any) -> list[tuple[str, str, bool]]:
        """Return what someone may do with a version: not approve, if it is theirs."""
        actions = super().get_actions(obj, user)
        return [action for action in actions if action[0] != APPROVE] if is_own(obj, user) else actions

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse an approval that the page did not offer."""
        if action_name == APPROVE and is_own(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)


def is_own(obj: Any, user: Any) -> bool:
    """Tell whether someone submitted what waits for approval, or wrote its last version."""
    state, revision = obj.current_workflow_state, obj.get_latest_revision()
    return user.pk in {state and state.requested_by_id, revision and revision.user_id}


def takes_second_person(page: Page) -> bool:
    """Tell whether the section of a page is published through a SecondPersonTask. One query for each page as read."""
    known: dict[str, bool] = page.__dict__
    if "_takes_second_person" not in known:
        above = WorkflowPage.objects.filter(page__in=page.get_ancestors(inclusive=True), workflow__active=True)
        nearest = above.order_by("-page__depth").values("workflow")[:1]
        tasks = SecondPersonTask.objects.filter(active=True, workflow_tasks__workflow__in=nearest)
        known["_takes_second_person"] = tasks.exists()
    return known["_takes_second_person"]


class SecondPersonTester(PagePermissionTester):
    """Wagtail's permissions on a page, without publishing past a second person."""

    def can_publish(self) -> bool:
        """Publish at once."""
        return super().can_publish() and not takes_second_person(self.page)

    def can_publish_subpage(self) -> bool:
        """Make a page below this one and publish it at once."""
        return super().can_publish_subpage() and not takes_second_person(self.page)

    def can_move_to(self, destination: Page) -> bool:
        """Move the page there; what is published may not come into a section from outside."""
        if not super().can_move_to(destination):
            return False
        is_published = self.page.get_descendants(inclusive=True).live().exists()
        return not is_published or takes_second_person(self.page) or not takes_second_person(destination)
