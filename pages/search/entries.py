"""Writing entries: when a page or a row that readers find is saved, and all of them anew."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import override
from wagtail.models import Page

from pages.models.base import BasePage
from pages.models.site_version import raise_site_version
from pages.registry import SearchedModel, pages_listing, searched_models, text_mark
from pages.render_context import reading_once
from pages.search.documents import SearchDocument
from pages.search.models import SearchEntry
from pages.search.words import words
from pages.text_places import published_pages_with

MAX_TITLE = 255
SHOWN = ("kind", "title", "lead", "text", "text_language", "path", "date", "boost")
WRITTEN = (*SHOWN, "tokens", "tie_break")

_are_put_off: ContextVar[bool] = ContextVar("are_put_off", default=False)


@contextmanager
def written_at_the_end() -> Iterator[None]:
    """Write no entry of what is saved meanwhile, and all of them at the end."""
    token = _are_put_off.set(True)
    try:
        yield
    finally:
        _are_put_off.reset(token)
    write_all()


def are_put_off() -> bool:
    """Tell whether all entries are about to be written."""
    return _are_put_off.get()


@reading_once()
def write_page(page: BasePage) -> None:
    """Write the entries of a page and its parts; remove those of an unpublished page, and of what lies below it.

    Rows of other models that are read below the page are written when none of them are there yet.
    """
    if not page.live:
        SearchEntry.objects.filter(page=page.pk).delete()
        return
    with override(page.locale.language_code):
        found = {f"{page.pk}{part}": document for part, document in page.search_documents().items()}
    _write(page, "", found, SearchEntry.objects.filter(source="", page=page.pk))
    for searched in searched_models():
        is_above = isinstance(page, apps.get_model(searched.below))
        if is_above and not SearchEntry.objects.filter(source=searched.label, page=page.pk).exists():
            _write_rows(searched, page, apps.get_model(searched.label)._default_manager.all())


@reading_once()
def write_row(row: models.Model) -> None:
    """Write the entries of a row that was saved, and those of the rows and pages that show it."""
    _write_found(row._meta.label, [row])
    _write_showing(row)


@reading_once()
def remove_row(row: models.Model) -> None:
    """Remove the entries of a deleted row, and what the rows and pages that showed it say of it."""
    SearchEntry.objects.filter(source=row._meta.label, key=row.pk).delete()
    _write_showing(row)


@reading_once()
def write_all() -> int:
    """Write every entry anew and return how many there are; needed after changes past the signals, or put off."""
    SearchEntry.objects.all().delete()
    for page in Page.objects.live().specific().iterator():
        if isinstance(page, BasePage):
            write_page(page)
    return SearchEntry.objects.count()


def _write_found(label: str, rows: Iterable[models.Model]) -> None:
    """Write the entries of rows of one model."""
    for searched in searched_models():
        if searched.label == label:
            for page in _pages(searched.below):
                _write_rows(searched, page, rows)


def _write_showing(row: models.Model) -> None:
    """Write the entries of what shows a row as part of its own text, or by a mark in its text."""
    for searched in searched_models():
        if rows_by := searched.shows.get(row._meta.label):
            _write_found(searched.label, import_string(rows_by)(row))
    for label in pages_listing(row._meta.label):
        for page in _pages(label):
            write_page(page)
    if mark := text_mark(row):
        for page in published_pages_with(mark):
            write_page(page)
        for searched in searched_models():
            if searched.marked_by:
                _write_found(searched.label, import_string(searched.marked_by)(mark))


def _pages(label: str) -> Iterable[BasePage]:
    return apps.get_model(label)._default_manager.filter(live=True).select_related("locale")


def _write_rows(searched: SearchedModel, page: BasePage, rows: Iterable[models.Model]) -> None:
    with override(page.locale.language_code):
        read = {str(row.pk): searched.read(row, page) for row in rows}
    found = {key: document for key, document in read.items() if document}
    of_rows = SearchEntry.objects.filter(source=searched.label, page=page.pk)
    _write(page, searched.label, found, of_rows.filter(key__in=read))


def _write(
    page: BasePage, source: str, found: Mapping[str, SearchDocument], known: models.QuerySet[SearchEntry]
) -> None:
    """Make the known entries those that were found; what has not changed is not written."""
    language = page.locale.language_code
    before = {entry.key: entry for entry in known}
    known.exclude(key__in=found).delete()
    changed = []
    for key, document in found.items():
        values = _values(document, source, language)
        old = before.get(key)
        if old is None or any(getattr(old, name) != value for name, value in values.items()):
            changed.append(SearchEntry(source=source, key=key, language=language, page=page, **values))
    SearchEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["source", "key", "language"],
        update_fields=["page", *WRITTEN],
    )
    if changed:
        raise_site_version()


def _values(document: SearchDocument, source: str, language: str) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in SHOWN} | {"title": document.title[:MAX_TITLE]}
    before, text = f"{document.lead} {document.context}", f"{document.text} {document.hidden}"
    lines = (document.title, document.heading, before, text)
    # In lower case, as in the order that is committed: the case of a label says nothing.
    identity = "\0".join([source.lower(), language, document.kind, document.title, document.path])
    return values | {
        "tokens": "\n".join(" ".join(words(line)) for line in lines),
        "tie_break": int.from_bytes(blake2b(identity.encode(), digest_size=7).digest()),
    }
