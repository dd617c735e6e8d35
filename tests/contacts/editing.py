"""Editors' forms, filled in as a browser does it: read from the page, changed, and sent with a button."""

from collections.abc import Mapping

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from contacts.models import SupportLine
from tests.reading import words

ADD_COORDINATOR = "/admin/snippets/contacts/coordinator/add/"


def coordinator_form(pk: int, view: str = "edit") -> str:
    """Return the address of a coordinator's form."""
    return f"/admin/snippets/contacts/coordinator/{view}/{pk}/"


def line_form(line: SupportLine) -> str:
    """Return the address of a support line's form."""
    return f"/admin/snippets/contacts/supportline/edit/{line.pk}/"


def send_form(client: Client, address: str, changes: Mapping[str, str | list[str]]) -> HttpResponse:
    """Open the form, change fields by name, and send it."""
    form = querydict_from_html(client.get(address).content.decode(), form_id="w-editor-form")
    for name, value in changes.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return client.post(address, dict(form.lists()))


def errors(response: HttpResponse) -> str:
    """Return the messages beside the fields of a form that was refused; it says so once by its status."""
    assert response.status_code == 200, f"{response.status_code}: the form was accepted"
    html = BeautifulSoup(response.content, "html.parser")
    return " | ".join(words(node) for node in html.select(".error-message"))
