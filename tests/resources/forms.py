"""The form of a publication in the admin, as an editor fills it in and sends it."""

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import Resource
from tests.reading import soup, words

ADD = "/admin/snippets/resources/resource/add/"
PUBLISH = {"action-publish": "action-publish"}
NO_RELATED = {"related_pages-count": "0"}  # a script would add it
NEW = {
    "title_sv": "Nytt blad",
    "title_en": "New sheet",
    "summary_sv": "Om bladet.",
    "summary_en": "About the sheet.",
    "kind": "handout",
    "audience": "victims",
    "publisher": "Malmö stad",
    "date": "2026-11-25",
    "files-0-language": "uk",
    "files-0-title": "Новий листок",
}


def form_of(made: Resource, view: str = "edit") -> str:
    """Return the address of a view of a publication."""
    return f"/admin/snippets/resources/resource/{view}/{made.pk}/"


def send(
    client: Client,
    address: str,
    changes: dict[str, Any],
    upload: bytes | None = None,
    name: str = "blad.pdf",
    row: int = 0,
) -> HttpResponse:
    """Open the form, change fields, choose a file for a row, which may be one that a script adds, and send it."""
    form = querydict_from_html(client.get(address).content.decode(), form_id="w-editor-form")
    if row == int(form["files-TOTAL_FORMS"]):
        form["files-TOTAL_FORMS"] = str(row + 1)
        form.update({f"files-{row}-{field}": "" for field in ("id", "code", "DELETE", "title", "link")})
        form[f"files-{row}-ORDER"] = str(row + 1)
    for field, value in changes.items():
        form.setlist(field, value if isinstance(value, list) else [value])
    data = NO_RELATED | dict(form.lists())
    if upload is not None:
        data[f"files-{row}-file"] = SimpleUploadedFile(name, upload, "application/pdf")
    return client.post(address, data)


def errors(response: HttpResponse) -> str:
    """Return what is said of a form that was refused."""
    assert response.status_code == 200, f"{response.status_code}: the form was accepted"
    return " | ".join(words(node) for node in BeautifulSoup(response.content, "html.parser").select(".error-message"))


def flagged(client: Client) -> str:
    """Return the warnings that the next page of the admin shows."""
    return " ".join(words(node) for node in soup(client.get("/admin/")).select(".messages .warning"))
