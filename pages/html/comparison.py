"""The difference of two texts, word by word, so that it can be read and heard."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

TOKENS = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")


def differences(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, old, new): "equal" with the same text twice, "change" with what went and what came.

    The old parts in order are `before`, the new ones `after`. Lines are compared first, so that
    words are only compared where lines differ.
    """
    old_lines, new_lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, old_from, old_to, new_from, new_to in _opcodes(old_lines, new_lines):
        old, new = "".join(old_lines[old_from:old_to]), "".join(new_lines[new_from:new_to])
        if kind == "replace":
            yield from _word_differences(old, new)
        else:
            yield ("equal" if kind == "equal" else "change"), old, new


def comparison(before: str, after: str) -> SafeString:
    """Return HTML with what went in `<del>` and what came in `<ins>`, each named for those who hear it."""
    removed = format_html('<span class="visually-hidden">{}</span>', _("removed: "))
    added = format_html('<span class="visually-hidden">{}</span>', _("added: "))
    pieces = []
    for kind, old, new in differences(before, after):
        if kind == "equal":
            pieces.append(conditional_escape(old))
            continue
        pieces += [format_html("<del>{}{}</del>", removed, old)] if old else []
        pieces += [format_html("<ins>{}{}</ins>", added, new)] if new else []
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped)


def side_by_side(before: str, after: str) -> Iterator[tuple[SafeString, SafeString]]:
    """Yield the lines that differ, as they were and as they are, as HTML with what went and what came marked."""
    old_lines, new_lines = before.splitlines(), after.splitlines()
    for kind, old_from, old_to, new_from, new_to in _opcodes(old_lines, new_lines):
        if kind == "equal":
            continue
        pieces = list(_word_differences("\n".join(old_lines[old_from:old_to]), "\n".join(new_lines[new_from:new_to])))
        yield _side("del", _("removed: "), pieces, 1), _side("ins", _("added: "), pieces, 2)


def _side(tag: str, word: str, pieces: list[tuple[str, str, str]], index: int) -> SafeString:
    marked = (_marked(tag, word, piece[index], piece[0]) for piece in pieces)
    return mark_safe("".join(marked))  # noqa: S308  (every piece is escaped)


def _marked(tag: str, word: str, text: str, kind: str) -> str:
    if kind == "equal" or not text:
        return conditional_escape(text)
    return format_html('<{0}><span class="w-sr-only">{1}</span>{2}</{0}>', mark_safe(tag), word, text)  # noqa: S308


def _word_differences(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    for kind, old_from, old_to, new_from, new_to in _opcodes(old, new):
        is_equal = kind == "equal"
        yield ("equal" if is_equal else "change"), "".join(old[old_from:old_to]), "".join(new[new_from:new_to])


def _opcodes(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
