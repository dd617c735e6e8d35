"""What the site refuses to editors, so that whichever way they asked, they are told why."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class RefusedError(ValidationError):
    """Something that an editor asked for and that is not done to `thing`; `summary` says why, without a form.

    `errors` are those of its fields, for a form that has them.
    """

    def __init__(self, thing: Any, summary: str, errors: dict[str, ValidationError]) -> None:
        self.thing, self.summary, self.errors = thing, summary, errors
        super().__init__(errors or summary)

    def __str__(self) -> str:
        return self.text

    @property
    def message_dict(self) -> dict[str, list[str]]:
        """The summary by its field, for where there is no form."""
        return {next(iter(self.errors), "__all__"): [self.summary]}

    @property
    def messages(self) -> list[str]:
        """The summary alone, for a message that names no field."""
        return [self.summary]

    @property
    def text(self) -> str:
        """What is told where the form is not shown at once."""
        return not_published(self.thing, self)


def not_published(thing: Any, refusal: ValidationError) -> str:
    """Say what was not published, and why."""
    reasons = capfirst(" ".join(str(message) for message in refusal.messages))
    return _("“%(page)s” was not published. %(reasons)s") % {"page": thing, "reasons": reasons}


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which saves by itself."""
    return not request.accepts("text/html")


def refused_json(code: str, message: str, **more: str) -> JsonResponse:
    """Return what the script shows beside “Autosave is paused”."""
    answer = {"success": False, "error_code": code, "error_message": message, **more}
    return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)
