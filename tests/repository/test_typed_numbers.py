"""No telephone number is typed into what the site ships with: texts refer to the stored contacts by key."""

import re
import tomllib
from pathlib import Path

import frontmatter
import pytest

from contacts.typed_numbers import typed_numbers
from pages.starter.loader import FILLED, STATEMENT_TEXTS
from tests.repository.tree import files, text

REFERENCE = re.compile(r"<number:([^>]*)>")
EDITORS_ONLY = {"editor_note"}
CONTACTS = tomllib.loads(text("contacts/register/starter.toml"))
KEYS = {line["level"] for line in CONTACTS["support_line"]}
KEYS |= {service["key"] for service in CONTACTS["support_service"] if service.get("number")}
MARKDOWN = files("pages/starter", ".md")
OTHERS = [*files("pages/starter", ".toml"), *files("resources/starter", ".html"), *files("resources/starter", ".toml")]


def shown(path: Path) -> dict[str, str]:
    """Return the texts of a file that readers see, by name; the fields of a page's front matter are plain."""
    if path.suffix != ".md":
        return {"text": text(path)}
    page = frontmatter.loads(text(path))
    fields = {name: str(value) for name, value in page.metadata.items() if name not in EDITORS_ONLY}
    return {"text": page.content} | fields


@pytest.mark.parametrize("path", [*MARKDOWN, *OTHERS], ids=str)
def test_no_number_is_typed(path):
    typed = {name: list(typed_numbers(REFERENCE.sub("#", words))) for name, words in shown(path).items()}
    assert {name: found for name, found in typed.items() if found} == {}


@pytest.mark.parametrize("path", [*MARKDOWN, *OTHERS], ids=str)
def test_references_are_to_stored_numbers_and_stand_in_texts(path):
    texts = shown(path)
    rich = {"text", FILLED, *STATEMENT_TEXTS}
    assert set(REFERENCE.findall(" ".join(texts.values()))) <= KEYS
    assert {name for name, words in texts.items() if name not in rich and REFERENCE.search(words)} == set()


def test_files_are_those_that_are_loaded():
    assert len(MARKDOWN) > 50
    assert {path.name for path in OTHERS} >= {"actors.toml", "glossary.toml", "starter.toml"}
    assert any(REFERENCE.search(text(path)) for path in OTHERS)
