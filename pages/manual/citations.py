"""How to cite a part of the manual: as it was on a day, with the law that it rests on."""

import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages.html.plain_text import text_lines
from pages.manual.index import NumberedPart
from pages.manual.references import part_address

# "19 kap. 1 § socialtjänstlagen (2025:400)", "Social Services Act (2025:400), chapter 19, section 1": up to its passage
LAW = re.compile(r"[^()]*\(\d{4}:\d+\)(?:, (?:chapter|section) [^,.]+|, \w+ paragraph)*")


def laws(part: NumberedPart) -> list[str]:
    """Return the passage of law with which each of a part's footnotes begins, each once, in order."""
    notes = (" ".join(text_lines(note.source)) for note in part.block.value["footnotes"])
    return list(dict.fromkeys(match[0] for note in notes if (match := LAW.match(note))))


def current_version(page: Any) -> int | None:
    """Return the id of the version of a page that readers see; None where there is none. No query beside the links'."""
    return next((other.version_id for other in page.live_translations.values() if other.pk == page.pk), None)


def citation(part: NumberedPart, manual: str, version: int | None) -> str:
    """Return the words that cite a part: its edition first, the law, and the address of this very version."""
    path = reverse("version", args=[version]) + f"#{part.anchor}" if version else part_address(part.code)
    updated = part.step.updated_on
    title = f"{manual}, {part.number} {part.block.value['heading']}"
    named = [str(part.step.edition_mark), f"{title}, {date_format(updated, 'j F Y')}" if updated else title]
    if law := laws(part):
        named.append(_("Law: %(laws)s") % {"laws": "; ".join(law)})
    return f"{'. '.join(filter(None, named))}. {settings.SITE_URL}{path}"
