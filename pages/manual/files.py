"""The manual as files to carry away: one HTML file, one tagged PDF.

The files show opening hours, never whether a line is open now.
"""

import base64
import mimetypes
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone

from pages.datetimes import date_and_time
from pages.file_lock import locked
from pages.made_files import MadeLaterError, made_path, open_or_make, open_or_make_alone, styles
from pages.manual.references import PART_PLACE
from pages.tagged_pdf import write_tagged_pdf

FOLDER = "manual"  # of DATA_DIR
STYLES = ("css/paper.css", "css/paper_manual.css")
MADE_AT = "made-at-this-time"  # stands in the text for the time at which a file is made
OWN_LINK = re.compile(r'href="(/[^"]*)"')
being_made: set[int] = set()  # manuals whose PDF this process makes
OWN_IMAGE = re.compile(rf'src="{settings.MEDIA_URL}([^"]+)"')


def html_file(whole: dict[str, Any]) -> BinaryIO:
    """Return the manual as one HTML file that needs nothing else, opened; `whole` is what `whole_manual` returns."""
    text, manual_id = _text_of_files(whole), whole["page"].pk
    path = made_path(FOLDER, str(manual_id), text, ".html")
    with suppress(FileNotFoundError):
        return path.open("rb")
    with locked(path.with_name("html.lock")):
        return open_or_make(path, lambda unfinished: unfinished.write_text(_stamped(text), encoding="utf-8"))


def pdf_file(manual_id: int, read_whole: Callable[[], dict[str, Any]]) -> BinaryIO:
    """Return the manual as a tagged PDF (PDF/UA-1), opened; `read_whole` returns what `whole_manual` does.

    It is made in a process of its own, and one at a time on this machine, for which one thread waits; for the others
    `MadeLaterError` is raised.
    """
    if manual_id in being_made:
        raise MadeLaterError  # without rendering the manual for nothing
    text = _text_of_files(read_whole())

    def make(unfinished: Path) -> None:
        being_made.add(manual_id)
        try:
            write_tagged_pdf(_stamped(text), unfinished)
        finally:
            being_made.discard(manual_id)

    return open_or_make_alone(made_path(FOLDER, str(manual_id), text, ".pdf"), make)


def _text_of_files(whole: dict[str, Any]) -> str:
    context = whole | {"is_paper": True, "style": styles(*STYLES), "made_at": MADE_AT}
    html: str = render_to_string("files/manual.html", context)
    html = _linked_within(html, {rendered.part.anchor for item in context["steps"] for rendered in item.parts})
    html = OWN_LINK.sub(rf'href="{settings.SITE_URL}\1"', html)
    return OWN_IMAGE.sub(_inlined, html)


def _linked_within(html: str, anchors: set[str]) -> str:
    """Let links to parts of this file stay in it; others, to a part in the default language alone, keep their page."""
    return PART_PLACE.sub(
        lambda link: f'href="#{link["anchor"]}"' if link["anchor"] in anchors else link[0],
        html,
    )


def _inlined(image: re.Match[str]) -> str:
    try:
        with default_storage.open(image[1]) as file:
            content = file.read()
    except FileNotFoundError:
        return 'src="data:,"'  # readers get its text alternative
    kind = mimetypes.guess_type(image[1])[0]
    return f'src="data:{kind};base64,{base64.b64encode(content).decode()}"'


def _stamped(text: str) -> str:
    return text.replace(MADE_AT, date_and_time(timezone.now()))
