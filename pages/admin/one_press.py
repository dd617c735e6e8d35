"""Columns of lists, with a date ahead or a button, and the view that such a button is sent to."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.utils import get_valid_next_url_from_request


class AheadColumn(Column):
    """A date, with its time where it has one, as it is: Wagtail's column says how long ago it was."""

    def get_value(self, instance: Any) -> str:
        """Write it."""
        value = super().get_value(instance)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return date_format(value, "j F Y") if value else ""


class PressColumn(BaseColumn):
    """A button in each row; none where there is no address to send it to."""

    cell_template_name = "pages/admin/press_cell.html"

    def __init__(self, name: str, *, label: str | Promise, press: str | Promise, get_url: Callable[[Any], str]) -> None:
        super().__init__(name, label=label)
        self.press, self.get_url = press, get_url

    def get_cell_context_data(self, instance: Any, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add where the button leads, and what protects the form."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = context["request"]
        return context | {
            "url": self.get_url(instance),
            "press": self.press,
            "csrf_token": get_token(request),
            "next": request.get_full_path(),
        }


class PressView(View, ABC):
    """Does it, says so, and leads back to where the button stands."""

    http_method_names = ["post"]

    @abstractmethod
    def press(self) -> str:
        """Do it and return what is told; raise PermissionDenied to who may not."""

    @abstractmethod
    def get_back_url(self) -> str:
        """Return where it leads when the form does not say where it came from."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the button."""
        messages.success(request, self.press())
        return redirect(get_valid_next_url_from_request(request) or self.get_back_url())
