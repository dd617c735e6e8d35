"""No text of the site says what nobody has verified, or what reads wrong (`wrong_words.toml`)."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[3]
RULES = tomllib.loads(Path(__file__).with_name("wrong_words.toml").read_text(encoding="utf-8"))
# Words of the interface, which templates and code hold in English.
CATALOGUE = polib.pofile(str(ROOT / "locale/sv/LC_MESSAGES/django.po"))
TABLES = ("pages/starter/actors.toml", "pages/starter/glossary.toml", "contacts/register/starter.toml")
EXAMPLES = "resources/starter"
SEARCHED_FOR = re.compile(r"^(forms_\w+ =.*|words_.*)$", re.MULTILINE)  # readers may type what we do not write


def texts(language: str) -> dict[str, str]:
    """Return what readers and editors are told in a language, by where it stands."""
    files = sorted((ROOT / "pages/starter" / language).rglob("*.md"))
    files += sorted((ROOT / EXAMPLES).rglob(f"{language}.html"))
    found = {str(path.relative_to(ROOT)): _shown(path) for path in files}
    for name in (*TABLES, f"{EXAMPLES}/starter.toml"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        found[name] = "\n".join(line for line in lines if re.match(rf"\w+_{language} =|name =|title", line))
    entries = [entry for entry in CATALOGUE if not entry.obsolete]
    said = [entry.msgstr for entry in entries] if language == "sv" else [entry.msgid for entry in entries]
    plural = [entry.msgstr_plural.values() if language == "sv" else [entry.msgid_plural] for entry in entries]
    found["interface"] = "\n".join([*said, *chain.from_iterable(plural)])
    return {name: SEARCHED_FOR.sub("", text) for name, text in found.items()}


def _shown(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return BeautifulSoup(text, "html.parser").get_text(" ")
    note = re.compile(r"^editor_note: \|\n(  .*\n|\n)*", re.MULTILINE)  # says what is not verified
    return note.sub("", text)


@pytest.fixture(scope="module", params=["sv", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("kind", ["unverified", "own language"])
def test_text_says_nothing_unverified_and_nothing_that_reads_wrong(kind, language):
    rules = RULES["unverified"] if kind == "unverified" else RULES[language]
    everywhere = texts(language)
    assert len(everywhere) > 30
    assert all(len(text) > 50 for text in everywhere.values())
    found = [
        f"{name}: {match[0]!r} -> {instead}"
        for name, text in everywhere.items()
        for pattern, instead in rules.items()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    assert not found, "\n".join(found)


def test_each_rule_finds_what_it_is_about():
    for section in RULES.values():
        for pattern in section:
            assert not re.search(pattern, ""), pattern
    assert re.search(next(iter(RULES["en"])), "an exposed person")
