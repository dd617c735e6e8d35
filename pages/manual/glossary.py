"""Terms of the glossary in texts: each leads to its definition where a text first uses it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from pages.html.links import address_of
from pages.manual.models.terms import GlossaryTerm
from pages.render_context import memoize_per_version

TAG = re.compile(r"(<[^>]*>)")
# What holds no links to terms: links, headings and what serves as one, forms, footnotes.
SILENT = re.compile(
    r'<(?P<tag>(?:a|h[1-6]|summary|caption|th|form)\b|p(?= class="block-title")|ol(?= class="footnotes"))'
)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a language; `targets` are the addresses of their definitions by each form, in lower case."""

    targets: Mapping[str, str]

    def on_this_page(self) -> "Glossary":
        """Return the same terms for a page that holds their definitions itself."""
        return Glossary({form: target[target.index("#") :] for form, target in self.targets.items()})

    def linked(self, html: str) -> SafeString:
        """Link the first occurrence of each term in rendered HTML."""
        if not self.targets:
            return mark_safe(html)  # noqa: S308  (rendered HTML)
        forms = "|".join(map(re.escape, sorted(self.targets, key=len, reverse=True)))
        # Not within another word, nor as a part of one with a hyphen.
        pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
        seen: set[str] = set()

        def link(match: re.Match[str]) -> str:
            target = self.targets[match[0].lower()]
            if target in seen:
                return match[0]
            seen.add(target)
            return f'<a class="term" href="{target}">{match[0]}</a>'

        written, silent = [], ""
        for piece in TAG.split(html):
            if silent or piece.startswith("<"):
                written.append(piece)
                opens = SILENT.match(piece)
                if opens and not silent:
                    silent = f"</{opens['tag']}>"
                elif piece == silent:
                    silent = ""
            else:
                written.append(pattern.sub(link, piece))
        return mark_safe("".join(written))  # noqa: S308  (rendered HTML)


def read_glossary() -> Glossary:
    """Read the terms in the active language; none while the glossary is not published in it. One query."""
    return memoize_per_version("glossary", _read_glossary)


def _read_glossary() -> Glossary:
    terms = [term for term in GlossaryTerm.objects.with_page() if term.page_path]
    page = address_of(terms[0].page_path) if terms else ""
    return Glossary({escape(form).lower(): f"{page}#{term.anchor}" for term in terms for form in term.forms})
