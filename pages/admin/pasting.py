"""What an editor pastes from a word processor, as blocks of this site; `static/js/word.js` asks for it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.rich_text import RichText

from pages.admin.rich_text import Converter
from pages.blocks.footnotes import FootnoteBlock
from pages.blocks.media import TableBlock
from pages.html.word import Dropped, Pasted, read_word
from pages.html.word_tables import Table

# What a text may hold, by Draftail's names, and what that is called in HTML and in Wagtail's features.
FEATURES = {
    "header-two": "h2",
    "header-three": "h3",
    "header-four": "h4",
    "unordered-list-item": "ul",
    "ordered-list-item": "ol",
    "BOLD": "bold",
    "ITALIC": "italic",
    "LINK": "link",
}


class PasteForm(forms.Form):
    """What was copied, and where it is pasted."""

    html = forms.CharField(strip=False)
    allowed = forms.MultipleChoiceField(choices=[(name, name) for name in FEATURES], required=False)
    takes_tables = forms.BooleanField(required=False)
    takes_notes = forms.BooleanField(required=False)
    first_note = forms.IntegerField(min_value=1)


@require_POST
def paste_word(request: HttpRequest) -> HttpResponse:
    """Return blocks, footnotes and what to tell the editor; a text is what Draftail reads."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=400)
    where = form.cleaned_data
    features = [FEATURES[name] for name in where["allowed"]]
    levels = sorted(name for name in features if name[0] == "h")
    pasted = read_word(where["html"], levels, where["first_note"])
    told = list(_told(pasted, where))
    if not where["takes_notes"]:
        pasted.pieces += [
            format_html("<p>[^{}] {}</p>", number, mark_safe(note.removeprefix("<p>").removesuffix("</p>")))  # noqa: S308 (only the tags that `read_word` keeps)
            for number, note in enumerate(pasted.notes, where["first_note"])
        ]
    if not where["takes_tables"]:
        pasted.pieces = ["".join(piece if isinstance(piece, str) else _as_paragraphs(piece) for piece in pasted.pieces)]
    converter = Converter(features)
    return JsonResponse(
        {
            "blocks": [
                {"type": "table", "value": _table_state(piece)}
                if isinstance(piece, Table)
                else {"type": "text", "value": converter.from_database_format(piece)}
                for piece in pasted.pieces
            ],
            "notes": [_note_state(note) for note in pasted.notes] if where["takes_notes"] else [],
            "told": told,
        }
    )


def _table_state(table: Table) -> Any:
    block = TableBlock()
    columns = [{"type": "text", "heading": heading} for heading in table.headings]
    rows = [{"values": row} for row in table.rows]
    value = {"table": {"columns": columns, "rows": rows, "caption": table.caption}, "row_headers": True}
    return block.get_form_state(block.to_python(value))


def _note_state(note: str) -> Any:
    return FootnoteBlock().get_form_state(RichText(note))


def _as_paragraphs(table: Table) -> str:
    rows = [[f"<p>{heading}</p>" for heading in map(_escaped, table.headings)], *table.rows]
    return "".join(cell for row in rows for cell in row)


def _escaped(text: str) -> str:
    return format_html("{}", text)


def _told(pasted: Pasted, where: dict[str, Any]) -> Any:
    """Yield a sentence about each thing that changed or is gone."""
    tables = sum(isinstance(piece, Table) for piece in pasted.pieces)
    if tables and where["takes_tables"]:
        yield ngettext(
            "%(count)s table became a block of its own; its first row is its headings.",
            "%(count)s tables became blocks of their own; their first rows are their headings.",
            tables,
        ) % {"count": tables}
    elif tables:
        yield _("There can be no tables here: each cell became a paragraph.")
    notes = len(pasted.notes)
    if notes and where["takes_notes"]:
        yield ngettext(
            "%(count)s footnote came along, under “footnotes”.",
            "%(count)s footnotes came along, under “footnotes”.",
            notes,
        ) % {"count": notes}
    elif notes:
        yield _("There can be no footnotes here: they became paragraphs.")
    for kind, sentence in _left_out().items():
        if pasted.dropped[kind]:
            yield sentence % {"count": pasted.dropped[kind]}


def _left_out() -> dict[Dropped, str]:
    return {
        Dropped.PICTURE: _("Left out: pictures (%(count)s). Upload them, and choose the block “Image”."),
        Dropped.LINK: _("Links that lead nowhere on the web became plain text (%(count)s)."),
        Dropped.NOTE: _("Left out: marks of footnotes whose text was not copied (%(count)s)."),
        Dropped.COMMENT: _("Left out: comments (%(count)s)."),
        Dropped.DELETED: _("Left out: text that was struck out as a tracked change (%(count)s)."),
        Dropped.CONTENTS: _("Left out: the table of contents. The page makes its own."),
    }
