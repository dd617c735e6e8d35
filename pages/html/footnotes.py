"""Footnotes: [^1] in a text is the mark of the first note; a mark leads to its note, and the note back."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

NOTE_MARK = re.compile(r"\[\^(\d+)\]")
# In HTML a mark is text only: not in an attribute, nor in what `BodyBlock` keeps for another app's block.
_NO_TEXT = re.compile(r"(<template\b.*?</template>|<[^>]*>)", re.DOTALL)


def linked_marks(html: str, anchor: str) -> SafeString:
    """Link each mark to its note, whose id begins with `anchor`; the note leads back to the first mark of it."""
    marked: set[str] = set()
    label = escape(_("Footnote %(number)s"))

    def written(match: re.Match[str]) -> str:
        note = match[1]  # digits, and `anchor` is an id: neither needs to be escaped
        own_id = "" if note in marked else f' id="{anchor}-mark-{note}"'
        marked.add(note)
        name = label % {"number": note}
        return (
            f'<sup><a class="footnotes__mark" href="#{anchor}-note-{note}"{own_id} aria-label="{name}">{note}</a></sup>'
        )

    pieces = _NO_TEXT.split(html)
    pieces[::2] = [NOTE_MARK.sub(written, text) for text in pieces[::2]]
    return mark_safe("".join(pieces))  # noqa: S308  (rendered HTML)


def without_marks(text: str) -> str:
    """Return a text as it reads without its marks."""
    return NOTE_MARK.sub("", text)


def disagreement(text: str, count: int) -> str:
    """Say which mark of a text has no note, or which of its `count` notes has no mark; "" when they agree."""
    marks = {int(number) for number in NOTE_MARK.findall(text)}
    notes = set(range(1, count + 1))
    if missing := sorted(marks - notes):
        return _("The text has [^%s], but there is no such footnote.") % missing[0]
    if unused := sorted(notes - marks):
        return _("Footnote %s is not marked in the text.") % unused[0]
    return ""
