"""The manual as files to carry away: one HTML file, one tagged PDF.

The files show opening hours, never whether a line is open now. They are made when first asked for
and again when anything in them has changed; a file is given its name when it is complete.
"""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import mark_safe

from pages.file_lock import LockedError, locked, locked_at_once
from pages.manual.references import PART_PLACE
from pages.render_context import say_it_takes_long
from pages.tagged_pdf import write_tagged_pdf

MADE_AT = "made-at-this-time"  # stands in the text for the time at which a file is made
OWN_LINK = re.compile(r'href="(/[^"]*)"')
being_made: set[int] = set()  # manuals whose PDF this process makes
OWN_IMAGE = re.compile(rf'src="{settings.MEDIA_URL}([^"]+)"')


def html_file(whole: dict[str, Any]) -> BinaryIO:
    """Return the manual as one HTML file that needs nothing else, opened; `whole` is what `whole_manual` returns."""
    text, manual_id = _text_of_files(whole), whole["page"].pk
    path = _path(manual_id, text, ".html")
    with suppress(FileNotFoundError):
        return path.open("rb")
    with locked(path.with_name("html.lock")):
        return _made(path, manual_id, lambda unfinished: unfinished.write_text(_stamped(text), encoding="utf-8"))


class MadeLaterError(Exception):
    """The PDF is not there, and one is being made."""


def pdf_file(manual_id: int, read_whole: Callable[[], dict[str, Any]]) -> BinaryIO:
    """Return the manual as a tagged PDF (PDF/UA-1), opened; `read_whole` returns what `whole_manual` does.

    It is made in a process of its own, and one at a time on this machine, for which one thread waits; for the others
    `MadeLaterError` is raised.
    """
    if manual_id in being_made:
        raise MadeLaterError  # without rendering the manual for nothing
    text = _text_of_files(read_whole())
    path = _path(manual_id, text, ".pdf")
    with suppress(FileNotFoundError):
        return path.open("rb")
    try:
        with locked_at_once(path.with_name("pdf.lock")):
            being_made.add(manual_id)
            try:
                say_it_takes_long()
                return _made(path, manual_id, lambda unfinished: write_tagged_pdf(_stamped(text), unfinished))
            finally:
                being_made.discard(manual_id)
    except LockedError as error:
        raise MadeLaterError from error


def _text_of_files(whole: dict[str, Any]) -> str:
    style = Path(str(finders.find("css/paper.css"))).read_text(encoding="utf-8")
    context = whole | {"is_paper": True, "style": mark_safe(style), "made_at": MADE_AT}  # noqa: S308
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
    path = settings.MEDIA_ROOT / image[1]
    if not path.is_file():
        return 'src="data:,"'  # readers get its text alternative
    kind = mimetypes.guess_type(path.name)[0]
    return f'src="data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"'


def _stamped(text: str) -> str:
    return text.replace(MADE_AT, formats.date_format(timezone.localtime(), "j F Y, H:i"))


def _path(manual_id: int, text: str, suffix: str) -> Path:
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    return settings.DATA_DIR / "manual" / f"{manual_id}-{name}{suffix}"


def _made(path: Path, manual_id: int, make: Callable[[Path], Any]) -> BinaryIO:
    """Open a file, made unless it is there; others of the manual and kind are removed. Call it locked.

    What is open stays readable when another reader, of a later text, removes it.
    """
    if not path.exists():
        unfinished = path.with_suffix(f"{path.suffix}.part")
        make(unfinished)
        unfinished.rename(path)
        for other in path.parent.glob(f"{manual_id}-*{path.suffix}"):
            if other != path:
                other.unlink(missing_ok=True)
    return path.open("rb")
