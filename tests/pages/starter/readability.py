"""How readable the starter content is: LIX and the length of sentences, by page and language.

`uv run python -m tests.pages.starter.readability` lists every page and its longest sentences.
LIX (Björnsson 1968) is words per sentence, plus the share of words over six letters in per cent. A heading, a list
item and a cell of a table are sentences: each is read on its own.
"""

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter

STARTER = Path(__file__).parents[3] / "pages/starter"

LONG_WORD = 7  # letters
LONG_SENTENCE = 25  # words
LIMIT, LIMIT_OF_STEPS = 45, 40
STEP_LIKE = {"guidance/signs"}
FRONT_TEXTS = ("lead", "not_accessible", "assessment_method", "report_faults", "supervision")
TABLES = {"glossary.toml": "definition", "actors.toml": "summary"}
FOOTNOTE = re.compile(r"^\[\^\d+\]:.*$", re.MULTILINE)
FENCE = re.compile(r"^:::.*$", re.MULTILINE)
MARKS = re.compile(r"\{#[^}]*\}|\[\^\d+\]|^\s*(?:#+|-|\d+\.)\s|\*\*|\|", re.MULTILINE)
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\([^)]+\)")
REFERENCE = re.compile(r"<(?:number|law):[^>]+>")
UNIT = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ”“\d])|\n")
ABBREVIATION = re.compile(r"\b(kap|st|m\.fl|t\.ex|bl\.a|e\.g|i\.e)\.", re.IGNORECASE)
WORD = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Readability:
    """What was measured of one text."""

    key: str
    language: str
    lix: float
    sentences: tuple[tuple[str, ...], ...]  # the words of each

    @property
    def long_sentences(self) -> list[str]:
        """Return the sentences of more than 25 words."""
        return [" ".join(words) for words in self.sentences if len(words) > LONG_SENTENCE]

    @property
    def limit(self) -> int:
        """Return the highest LIX that a page of this kind may have."""
        is_step = self.key.startswith("manual/") and self.key not in {"manual/about", "manual/glossary"}
        return LIMIT_OF_STEPS if is_step or self.key in STEP_LIKE else LIMIT


def measure(key: str, language: str, markdown: str) -> Readability:
    """Measure a text; footnotes, which name acts, are left out."""
    sentences = tuple(filter(None, map(_words, UNIT.split(_plain(markdown)))))
    words = [word for sentence in sentences for word in sentence]
    long_words = sum(len(word) >= LONG_WORD for word in words)
    lix = len(words) / len(sentences) + 100 * long_words / len(words)
    return Readability(key, language, lix, sentences)


def all_measured() -> list[Readability]:
    """Measure every page with its lead, and the definitions and summaries of tables, in every language."""
    measured = []
    for path in sorted(STARTER.glob("*/**/*.md")):
        page = frontmatter.load(path)
        language, _slash, key = path.relative_to(STARTER).with_suffix("").as_posix().partition("/")
        measured.append(measure(key, language, "\n".join([*_front_texts(page.metadata), page.content])))
    languages = sorted({found.language for found in measured})
    for name, field in TABLES.items():
        (rows,) = tomllib.loads((STARTER / name).read_text(encoding="utf-8")).values()
        texts = {language: "\n".join(row[f"{field}_{language}"] for row in rows) for language in languages}
        measured += [measure(name, language, text) for language, text in texts.items()]
    return measured


def _front_texts(meta: dict[str, Any]) -> list[str]:
    return [meta[name] for name in FRONT_TEXTS if name in meta]


def _plain(markdown: str) -> str:
    text = FENCE.sub("", FOOTNOTE.sub("", markdown))
    text = LINK.sub(r"\g<text>", REFERENCE.sub("112", text)).replace(" | ", "\n")
    return ABBREVIATION.sub(r"\1", MARKS.sub("", text))


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(WORD.findall(sentence))


def main() -> None:
    """Print LIX, words a sentence and the long sentences of each page, hardest first."""
    for found in sorted(all_measured(), key=lambda each: each.lix - each.limit, reverse=True):
        mean = sum(map(len, found.sentences)) / len(found.sentences)
        sys.stdout.write(f"{found.lix:5.1f} (at most {found.limit})  {mean:4.1f} words  {found.language}/{found.key}\n")
        for sentence in found.long_sentences:
            sys.stdout.write(f"      {len(sentence.split())}: {sentence}\n")


if __name__ == "__main__":
    main()
