"""Material and PDFs for tests."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.http.response import HttpResponseBase
from django.test import Client

from resources.models import Resource, ResourceFile, Topic

NEW = {
    "title_sv": "Nytt blad",
    "title_en": "New sheet",
    "summary_sv": "Om det nya bladet.",
    "summary_en": "About the new sheet.",
    "kind": "fact-sheet",
    "audience": "professionals",
    "publisher": "Malmö stad",
    "date": date(2026, 11, 25),
}


def pdf(
    *, pages: int = 1, tagged: bool = True, title: str = "Blad", language: str = "sv", locked: bool = False
) -> bytes:
    """Return a PDF with these properties."""
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page()
    if tagged:
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    if language:
        made.Root.Lang = language
    if title:
        made.docinfo["/Title"] = title
    buffer = BytesIO()
    made.save(buffer, encryption=pikepdf.Encryption(owner="hemligt", user="hemligt") if locked else None)
    return buffer.getvalue()


def file(content: bytes | None = None, language: str = "sv", **fields: Any) -> ResourceFile:
    """Return an unsaved file of a resource."""
    content = pdf() if content is None else content
    return ResourceFile(language=language, file=ContentFile(content, "blad.pdf"), **fields)


def link(language: str = "sv", **fields: Any) -> ResourceFile:
    """Return an unsaved link of a resource."""
    return ResourceFile(language=language, link="https://example.org/", **fields)


def resource(*files: ResourceFile, topics: tuple[str, ...] = (), live: bool = True, **fields: Any) -> Resource:
    """Return a saved resource, published if not told otherwise, with a link when no files are given."""
    made = Resource(**NEW | {"live": False} | fields)
    made.topics = Topic.objects.filter(code__in=topics)
    made.files = files or [link()]
    made.save()
    revision = made.save_revision()
    if live:
        revision.publish()
    return Resource.objects.get(pk=made.pk)


def fetch(client: Client, address: str, **headers: str) -> HttpResponseBase:
    """Return the answer with what it sends as `body`, read to its end so that the file behind it is closed."""
    response = client.get(address, headers=headers)
    response.body = response.getvalue()
    return response
