"""Citations of law in the starter content: act, chapter and section, as of when it was read, when to read it again."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import formats, translation

LAWS = Path(__file__).parent / "laws.toml"
CITATION = re.compile(r"<law:(?P<act>[\w-]+)/(?P<sections>[^/>]+)(?:/(?P<paragraph>\d))?>")
SECTION = re.compile(r"(?:(?P<chapter>\d+):)?(?P<number>[\d–]+) ?(?P<letter>[a-z]?)")


def with_laws_cited(markdown: str, language: str) -> str:
    """Write each `<law:act/chapter:section>` out; an act that `laws.toml` lacks raises KeyError."""
    return CITATION.sub(lambda match: _citation(match, language), markdown)


def _citation(match: re.Match[str], language: str) -> str:
    laws = _laws()
    words = laws["words"][language]
    act = laws["acts"][match["act"]]
    *before, last = (_section(section, words) for section in match["sections"].split(","))
    where = words["and"].join(filter(None, [", ".join(before), last]))
    if match["paragraph"]:
        ordinal = words["paragraphs"][int(match["paragraph"]) - 1]
        where = words["paragraph"].format(where=where, paragraph=ordinal)
    with translation.override(language):
        read, again = (_day(day, words) for day in (act["as_of"], laws["review_by"]))
    return words["text"].format(where=where, act=act[language], day=read, review_by=again)


def _section(section: str, words: dict[str, Any]) -> str:
    found = SECTION.fullmatch(section)
    if found is None:
        raise ValueError(f"no section of an act: {section!r}")
    number = "\N{NO-BREAK SPACE}".join(filter(None, [found["number"], found["letter"]]))
    text = words["sections" if "–" in number else "section"].format(number=number)
    return words["chapter"].format(chapter=found["chapter"], section=text) if found["chapter"] else text


def _day(day: date | int, words: dict[str, Any]) -> str:
    """Write a day; of one act only the year is known."""
    if isinstance(day, int):
        return words["year"].format(year=day)
    return words["day"].format(day=formats.date_format(day, "j F Y"))


@cache
def _laws() -> dict[str, Any]:
    return tomllib.loads(LAWS.read_text(encoding="utf-8"))
