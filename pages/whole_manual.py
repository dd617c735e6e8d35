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
from contextlib import contextmanager, suppress
from ctypes.util import find_library
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe

from pages.glossary import read_glossary
from pages.headings import linked_headings, lowered
from pages.links import preloaded_links
from pages.manual_changes import ChangedParts
from pages.manual_index import PART_PLACE, ManualIndex, read_index, resolve_part_links
from pages.models import GlossaryTerm, ManualPage, ManualStepPage
from pages.part_rendering import RenderedPart, rendered_parts

MADE_AT = "made-at-this-time"  # stands in the text for the time at which a file is made
PDF_SECONDS = 60
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")  # with these WeasyPrint sets text
TERM_LINK = re.compile(r'<a class="term" href="#([^"]+)">')
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

    Terms lead to their definitions at its end. Queries grow with the steps, not with the parts.
    """
    published = list(ManualStepPage.objects.child_of(manual).live().order_by("path").select_related("locale"))
    index, glossary = read_index(), read_glossary().on_this_page()
    taken = {"words", *(f"step-{number}" for number in range(1, len(published) + 1))}
    context = {"request": request, "is_paper": True, "changed": changed}
    about = _text(manual, context | {"heading_level": 2}, index, taken)
    steps: list[WholeStep] = []
    for number, step in enumerate(published, start=1):
        step.index = index
        if steps:
            step.actors = steps[0].step.actors
        of_step = context | {"page": step, "heading_level": 3}
        intro = lowered(_text(step, of_step, index, taken))
        parts = [
            replace(rendered, html=lowered(rendered.html))
            for rendered in rendered_parts(step, of_step, taken=taken, glossary=glossary)
        ]
        steps.append(WholeStep(step, number, intro, parts))
    linked = set(TERM_LINK.findall("".join(rendered.html for item in steps for rendered in item.parts)))
    terms = [term for term in GlossaryTerm.objects.in_order() if term.anchor in linked] if linked else []
    return {
        "page": manual,
        "request": request,
        "about": about,
        "steps": steps,
        "terms": terms,
        "site": settings.SITE_URL,
    }


def _text(
    page: ManualPage | ManualStepPage, context: dict[str, Any], index: ManualIndex, taken: set[str]
) -> SafeString:
    with preloaded_links(page.link_targets):
        html = page.body.render_as_block(context | {"page": page})
    return linked_headings(resolve_part_links(html, index), taken).html


def html_file(manual: ManualPage, request: HttpRequest) -> BinaryIO:
    """Return the manual as one HTML file that needs nothing else, opened."""
    text = _text_of_files(manual, request)
    return _made(manual, text, ".html", lambda path: path.write_text(_stamped(text), encoding="utf-8"))


def pdf_file(manual: ManualPage, request: HttpRequest) -> BinaryIO:
    """Return the manual as a tagged PDF (PDF/UA-1), opened.

    Made in a process of its own: readers are not kept waiting.
    """
    text = _text_of_files(manual, request)

    def make(path: Path) -> None:
        command = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "-", str(path)]
        subprocess.run(command, input=_stamped(text).encode(), check=True, timeout=PDF_SECONDS)  # noqa: S603

    return _made(manual, text, ".pdf", make)


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has Pango and what goes with it."""
    return all(map(find_library, LIBRARIES))


def _text_of_files(manual: ManualPage, request: HttpRequest) -> str:
    style = Path(str(finders.find("css/paper.css"))).read_text(encoding="utf-8")
    context = whole_manual(manual, request) | {"is_paper": True, "style": mark_safe(style), "made_at": MADE_AT}  # noqa: S308
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


def _made(manual: ManualPage, text: str, suffix: str, make: Callable[[Path], Any]) -> BinaryIO:
    """Open the file of a text, made unless it is there; others of the manual and kind are removed.

    What is open stays readable when another reader, of a later text, removes it.
    """
    folder = settings.DATA_DIR / "manual"
    folder.mkdir(parents=True, exist_ok=True)
    prefix = f"{manual.pk}-"
    path = folder / f"{prefix}{hashlib.sha256(text.encode()).hexdigest()[:16]}{suffix}"
    with suppress(FileNotFoundError):
        return path.open("rb")
    with _alone(folder / f"{prefix}{suffix.removeprefix('.')}.lock"):
        if not path.exists():
            unfinished = path.with_suffix(f"{suffix}.part")
            make(unfinished)
            unfinished.rename(path)
            for other in folder.glob(f"{prefix}*{suffix}"):
                if other != path:
                    other.unlink(missing_ok=True)
        return path.open("rb")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process or thread in at a time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
