"""Swedish pages without end: sentences as the site's own, each with other words in their places, all sharing them."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

_READ = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = _READ["words"]
SENTENCES: list[str] = _READ["patterns"]["sentences"]
TITLES: list[str] = _READ["patterns"]["titles"]
PARAGRAPHS, SENTENCES_IN_ONE = 6, 4


def page_fields(number: int) -> dict[str, Any]:
    """Return title, lead and body of a page: always the same for a number, about 300 words."""
    random = Random(number)  # noqa: S311  (the same text at each run)
    paragraphs = [" ".join(_sentence(random) for _ in range(SENTENCES_IN_ONE)) for _ in range(PARAGRAPHS)]
    return {
        "title": f"{_filled(random.choice(TITLES), random)} ({number})",
        "lead": _sentence(random),
        "search_description": _sentence(random),
        "body": [{"type": "text", "value": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)}],
    }


def _sentence(random: Random) -> str:
    return _filled(random.choice(SENTENCES), random)


def _filled(pattern: str, random: Random) -> str:
    chosen = {name: random.choice(words) for name, words in WORDS.items()} | {"who2": random.choice(WORDS["who"])}
    return pattern.format(**chosen, **{name.capitalize(): word.capitalize() for name, word in chosen.items()})
