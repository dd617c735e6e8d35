"""What code knows of a language's words: a TOML file for each language, beside the module that reads it."""

import tomllib
from pathlib import Path
from typing import Any


def read_word_lists(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the files of a folder hold, by language."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
