"""How an approved page is published.

Apart from `pages/workflow.py`, although it belongs there: Wagtail imports what WAGTAIL_FINISH_WORKFLOW_ACTION names
while it defines its own models, which that module derives from.
"""

from typing import Any

from django.core.exceptions import PermissionDenied


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the version that a workflow has approved, also where nobody may publish at once.

    Whoever approves last must have the right to publish, as everywhere; raises PermissionDenied if not.
    """
    from wagtail.models import PagePermissionTester  # noqa: PLC0415

    page = workflow_state.content_object
    if user and not PagePermissionTester(user, page).can_publish():
        raise PermissionDenied
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
