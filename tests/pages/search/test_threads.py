"""Threads share no state that one of them changes while another reads it: stems, searches, lookups, pages."""

import random
import tomllib
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pages.search.words import stem, words
from pages.starter.loader import STARTER
from tests.conftest import CopySite
from tests.pages.startup.starting import Visitor
from tests.reading import AS_OF, difference
from tests.threads import at_once

QUERIES = tomllib.loads((Path(__file__).parent / "queries.toml").read_text(encoding="utf-8"))

NAMES = ("ume", "stenungsund", "göteborgg", "boll", "habo", "kalix", "sal")


def vocabulary(language: str) -> list[str]:
    """Return every word of the starter content, once."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((STARTER / language).rglob("*.md"))]
    return sorted({word for text in texts for word in words(text)})


@pytest.mark.parametrize("language", ["sv", "en"])
def test_stems_are_the_same_in_every_thread(language):
    asked = vocabulary(language) * 3
    assert len(asked) > 3000
    random.Random(13).shuffle(asked)  # noqa: S311  (no secret)
    alone = {word: stem.__wrapped__(word, language) for word in set(asked)}
    found = at_once(lambda word: stem.__wrapped__(word, language), asked)
    wrong = [word for word, got in zip(asked, found, strict=True) if got != alone[word]]
    assert not wrong, f"{len(wrong)} of {len(asked)}, such as {wrong[:5]}"


@pytest.mark.long
def test_answers_are_the_same_to_many_readers_at_once(copy_site: CopySite):
    place = copy_site()
    searches = [f"/sok/?{urlencode({'q': query})}" for query in list(QUERIES["unseen"]["sv"])[:40]]
    lookups = [f"/kontakt/?{urlencode({'q': name})}" for name in NAMES]
    pages = ["/", "/en/", "/manual/akut-skydd/", "/en/guidance/signs/", "/kontakt/skane-lan/", "/manual/?print=1"]
    asked = [*searches, *lookups, *pages]
    assert len(asked) > 40
    with place.start() as start:
        start.wait_for_answer()
        several_times = random.Random(13).sample(asked * 3, len(asked) * 3)  # noqa: S311  (no secret)
        visitor = Visitor(start.address)

        def ask(path: str) -> str:
            return AS_OF.sub("", visitor.get(path))

        found = at_once(ask, several_times)
        alone = dict(zip(asked, map(ask, asked), strict=True))
    wrong = {path: difference(alone[path], got) for path, got in zip(several_times, found, strict=True)}
    assert {path: lines for path, lines in wrong.items() if lines} == {}
    assert all("112" in text for text in alone.values())
