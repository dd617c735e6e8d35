"""The manual as files to carry away: one HTML file, one tagged PDF.

The files show opening hours, never whether a line is open now. They are made when first asked for
and again when anything in them has changed; a file is given its name when it is complete.
"""

import base64
import hashlib
import mimetypes
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import mark_safe

from pages.file_lock import locked
from pages.manual.references import PART_PLACE

MADE_AT = "made-at-this-time"  # stands in the text for the time at which a file is made
PDF_SECONDS = 60
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")  # with these WeasyPrint sets text
OWN_LINK = re.compile(r'href="(/[^"]*)"')
OWN_IMAGE = re.compile(rf'src="{settings.MEDIA_URL}([^"]+)"')


def html_file(whole: dict[str, Any]) -> BinaryIO:
    """Return the manual as one HTML file that needs nothing else, opened; `whole` is what `whole_manual` returns."""
    text = _text_of_files(whole)
    return _made(whole["page"].pk, text, ".html", lambda path: path.write_text(_stamped(text), encoding="utf-8"))


def pdf_file(whole: dict[str, Any]) -> BinaryIO:
    """Return the manual as a tagged PDF (PDF/UA-1), opened; `whole` is what `whole_manual` returns.

    Made in a process of its own: readers are not kept waiting.
    """
    text = _text_of_files(whole)

    def make(path: Path) -> None:
        command = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "-", str(path)]
        subprocess.run(command, input=_stamped(text).encode(), check=True, timeout=PDF_SECONDS)  # noqa: S603

    return _made(whole["page"].pk, text, ".pdf", make)


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has Pango and what goes with it."""
    return all(map(find_library, LIBRARIES))


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


def _made(manual_id: int, text: str, suffix: str, make: Callable[[Path], Any]) -> BinaryIO:
    """Open the file of a text, made unless it is there; others of the manual and kind are removed.

    What is open stays readable when another reader, of a later text, removes it.
    """
    folder = settings.DATA_DIR / "manual"
    prefix = f"{manual_id}-"
    path = folder / f"{prefix}{hashlib.sha256(text.encode()).hexdigest()[:16]}{suffix}"
    with suppress(FileNotFoundError):
        return path.open("rb")
    with locked(folder / f"{prefix}{suffix.removeprefix('.')}.lock"):
        if not path.exists():
            unfinished = path.with_suffix(f"{suffix}.part")
            make(unfinished)
            unfinished.rename(path)
            for other in folder.glob(f"{prefix}*{suffix}"):
                if other != path:
                    other.unlink(missing_ok=True)
        return path.open("rb")
