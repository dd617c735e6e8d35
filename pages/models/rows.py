"""What rows share that editors write and see as readers will, as they do pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.models import PreviewableMixin

from pages.requests import framed_by_the_admin


class FramedPreviewMixin(PreviewableMixin):
    """A preview that the admin may frame, with the content checker's script."""

    @framed_by_the_admin
    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show it as it would be published."""
        return super().serve_preview(request, mode_name)


def in_order(first: str, last: str, *, name: str, error: Any, may_meet: bool = True) -> models.CheckConstraint:
    """Return a constraint by which one field is before another, or equal to it where they `may_meet`."""
    comparison = "gte" if may_meet else "gt"
    condition = models.Q(**{f"{last}__{comparison}": models.F(first)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=error)
