"""What an editor may want to look at in a text, marked in the HTML of a preview for the content checker to find."""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from pages.word_lists import read_word_lists

ATTRIBUTE = "data-advice"
LONG_SENTENCE = 25  # words
HARD_TEXT = 45  # LIX: what newspapers stay below
MEASURABLE = 50  # words from which LIX says anything
BLOCKS = ("text", "callout", "steps", "checklist", "question", "quotation", "table", "details")
WRITTEN = ", ".join([".lead", *(f".block-{name}" for name in BLOCKS)])
UNITS = ["p", "li", "td", "dd", "h2", "h3", "h4", "summary"]
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])[”\"»)]?\s+(?=[”\"«(]?[^\W\d_a-zåäö])")
_LANGUAGES = read_word_lists(Path(__file__).parent / "languages").values()
# A statute: a paragraph sign, its number, or its name.
STATUTE = re.compile("|".join([r"§|\(\d{4}:\d+\)", *(known["statute"] for known in _LANGUAGES)]))
REMNANT = re.compile(
    "|".join(
        [
            r"^[·•▪o]\s|^\d+\.\s|[\ue000-\uf8ff]|\[\d+\]|\bmso-|_Toc\d|_ftn|\t",
            *(known["broken_reference"] for known in _LANGUAGES),
        ]
    )
)
VAGUE = frozenset(chain.from_iterable(known["vague_links"] for known in _LANGUAGES))


class Advice(StrEnum):
    """What is looked for."""

    LONG_SENTENCE = "long-sentence"
    HARD_TEXT = "hard-text"
    NO_LEAD = "no-lead"
    NO_SOURCE = "no-source"
    WORD_REMNANT = "word-remnant"
    VAGUE_LINK = "vague-link"


def marked(html: str) -> str:
    """Return a page with a mark on each element that somebody should look at."""
    soup = BeautifulSoup(html, "html.parser")
    main = soup.main
    if main is None:
        return html
    units = list(_units(main))
    for unit in units:
        _mark(unit, *_advice(unit))
        for link in unit.find_all("a"):
            if _words(link).casefold().strip(" .…›→") in VAGUE and not link.get("aria-label"):
                _mark(link, Advice.VAGUE_LINK)
    if heading := main.h1:
        texts = [_words(unit) for unit in units]
        _mark(heading, *([Advice.HARD_TEXT] if lix(texts) > HARD_TEXT else []))
        lead = main.select_one(".lead")
        _mark(heading, *([] if lead and _words(lead) else [Advice.NO_LEAD]))
    return str(soup)


def lix(texts: list[str]) -> int:
    """Return the readability of some paragraphs: words a sentence, and the share of words above six letters."""
    words = [word for text in texts for word in WORD.findall(text)]
    if len(words) < MEASURABLE:
        return 0
    sentences = sum(len(sentences_of(text)) for text in texts if text)
    return round(len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return SENTENCE_END.split(text)


def _units(main: Tag) -> Iterator[Tag]:
    """Yield what an editor wrote, the innermost elements that hold text."""
    for element in main.find_all(UNITS):
        is_written = element.css.match(WRITTEN) or element.find_parent(lambda parent: parent.css.match(WRITTEN))
        if is_written and not element.find(UNITS) and not element.find_parent(["nav", "aside"]):
            yield element


def _advice(unit: Tag) -> Iterator[Advice]:
    text = _words(unit)
    if any(len(WORD.findall(sentence)) > LONG_SENTENCE for sentence in sentences_of(text)):
        yield Advice.LONG_SENTENCE
    if REMNANT.search(text):
        yield Advice.WORD_REMNANT
    if unit.name in {"p", "li", "td", "dd"} and STATUTE.search(text) and not unit.find("a"):
        yield Advice.NO_SOURCE


def _mark(element: Tag, *advice: Advice) -> None:
    if advice:
        element[ATTRIBUTE] = " ".join([*str(element.get(ATTRIBUTE, "")).split(), *advice])


def _words(element: Tag) -> str:
    texts = (text for text in element.find_all(string=True) if not text.find_parent("sup"))  # a footnote's mark
    return " ".join("".join(texts).split())
