"""The whole manual on one page, and as files to carry away: one HTML file, one tagged PDF.

The files show opening hours, never whether a line is open now. They are made when first asked for
and again when anything in them has changed; a file is given its name when it is complete.
"""

import base64
import fcntl
import hashlib
import mimetypes
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pages.glossary import read_glossary
from pages.headings import linked_headings, lowered
from pages.manual_changes import ChangedParts
from pages.manual_index import resolve_part_links
from pages.models import ManualPage, ManualStepPage
from pages.part_rendering import RenderedPart, rendered_parts

MADE_AT = "made-at-this-time"  # stands in the text for the time at which a file is made
PDF_SECONDS = 60
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")  # with these WeasyPrint sets text
STEP_LINK = re.compile(r'href="[^"#]*(#p-[0-9a-f]{8})"')
OWN_LINK = re.compile(r'href="(/[^"]*)"')
OWN_IMAGE = re.compile(rf'src="{settings.MEDIA_URL}([^"]+)"')


@dataclass(frozen=True, slots=True)
class WholeStep:
    """A step with everything in it, its headings one level below those of its own page."""

    step: ManualStepPage
    number: int
    intro: SafeString
    parts: list[RenderedPart]


def whole_manual(manual: ManualPage, request: HttpRequest, changed: ChangedParts | None = None) -> dict[str, Any]:
    """Return what the templates of the whole manual show; `changed` parts are marked.

    Queries grow with the steps, not with the parts.
    """
    published = ManualStepPage.objects.child_of(manual).live().order_by("path").select_related("locale")
    glossary, taken = read_glossary(), set[str]()
    steps: list[WholeStep] = []
    for number, step in enumerate(published, start=1):
        if steps:
            step.index, step.actors = steps[0].step.index, steps[0].step.actors
        context = {"request": request, "page": step, "is_paper": True, "heading_level": 3, "changed": changed}
        html = resolve_part_links(step.body.render_as_block(context), step.index)
        intro = lowered(linked_headings(html, taken).html)
        parts = [
            RenderedPart(rendered.part, lowered(rendered.html))
            for rendered in rendered_parts(step, context, taken=taken, glossary=glossary)
        ]
        steps.append(WholeStep(step, number, intro, parts))
    return {"page": manual, "request": request, "steps": steps, "site": settings.SITE_URL}


def html_file(manual: ManualPage, request: HttpRequest) -> Path:
    """Return the manual as one HTML file that needs nothing else."""
    text = _text_of_files(manual, request)
    return _made(text, ".html", lambda path: path.write_text(_stamped(text), encoding="utf-8"))


def pdf_file(manual: ManualPage, request: HttpRequest) -> Path:
    """Return the manual as a tagged PDF (PDF/UA-1). Made in a process of its own: readers are not kept waiting."""
    text = _text_of_files(manual, request)

    def make(path: Path) -> None:
        command = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "-", str(path)]
        subprocess.run(command, input=_stamped(text).encode(), check=True, timeout=PDF_SECONDS)  # noqa: S603

    return _made(text, ".pdf", make)


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has Pango and what goes with it."""
    return all(map(find_library, LIBRARIES))


def _text_of_files(manual: ManualPage, request: HttpRequest) -> str:
    style = Path(str(finders.find("css/paper.css"))).read_text(encoding="utf-8")
    context = whole_manual(manual, request) | {"is_paper": True, "style": mark_safe(style), "made_at": MADE_AT}  # noqa: S308
    html: str = render_to_string("files/manual.html", context)
    html = STEP_LINK.sub(r'href="\1"', html)  # a part of this file
    html = OWN_LINK.sub(rf'href="{settings.SITE_URL}\1"', html)
    return OWN_IMAGE.sub(_inlined, html)


def _inlined(image: re.Match[str]) -> str:
    path = settings.MEDIA_ROOT / image[1]
    kind = mimetypes.guess_type(path.name)[0]
    return f'src="data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"'


def _stamped(text: str) -> str:
    return text.replace(MADE_AT, formats.date_format(timezone.localtime(), "j F Y, H:i"))


def _made(text: str, suffix: str, make: Callable[[Path], Any]) -> Path:
    """Return the file of a text, made unless it is there; others of the language and kind are removed."""
    folder = settings.DATA_DIR / "manual"
    folder.mkdir(parents=True, exist_ok=True)
    prefix = f"{get_language()}-"
    path = folder / f"{prefix}{hashlib.sha256(text.encode()).hexdigest()[:16]}{suffix}"
    if path.exists():
        return path
    with _alone(folder / f"{prefix}{suffix.removeprefix('.')}.lock"):
        if not path.exists():
            unfinished = path.with_suffix(f"{suffix}.part")
            make(unfinished)
            unfinished.rename(path)
            for other in folder.glob(f"{prefix}*{suffix}"):
                if other != path:
                    other.unlink(missing_ok=True)
    return path


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process or thread in at a time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
