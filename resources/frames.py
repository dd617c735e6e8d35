"""The words around material in a language that the site itself is not in."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from resources.languages import LANGUAGES

FRAMES = Path(__file__).parent / "frames.toml"


@cache
def _frames() -> dict[str, Any]:
    return tomllib.loads(FRAMES.read_text(encoding="utf-8"))


def frame(language: str) -> dict[str, str]:
    """Return the words around a text in a language (BCP 47), with the `language` and `direction` that they are in."""
    words = _frames()["words"]
    found = next((code for code in (language, language.partition("-")[0]) if code in words), _frames()["stand_in"])
    return {"language": found, "direction": LANGUAGES[found].direction, **words[found]}
