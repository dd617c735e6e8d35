"""Nothing names a language of the site but its settings and its texts: a third one is a line in the settings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.repository.tree import PARTS, files, text

CODES = "|".join(code for code, _name in settings.LANGUAGES)
# A code, a field in that language (name_sv) or the end of its name, an address below its prefix.
NAMED = re.compile(rf"(?:.*[/_])?(?:{CODES})(?:/.*)?", re.DOTALL)
# A code with its country: sv-SE, en_GB.
WITH_COUNTRY = re.compile(rf"\b(?:{CODES})[-_][A-Z]{{2}}\b")
IN_MARKUP = re.compile(rf"(?:[\"'/(]|\w_)(?:{CODES})(?:[\"'/)]|\b(?<=_\w\w))|\blang=(?:{CODES})\b")
SETTINGS = Path("config/settings.py")
MAY_NAME = {
    Path("resources/languages.py"),  # the languages of the world, in which material may be
}


def named_in_code(source: str) -> Iterator[str]:
    """Yield what names a language in Python code; docstrings and comments may."""
    tree = ast.parse(source)
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # as docstrings are
    for node in ast.walk(tree):
        match node:
            case ast.Constant() if node in alone:
                continue
            case ast.Constant(value=str(name)) | ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                pass
            case ast.keyword(arg=str(name)) | ast.FunctionDef(name=name) | ast.alias(name=name):
                pass
            case _:
                continue
        if names_language(name):
            yield f"{node.lineno}: {name}"


def names_language(text: str) -> bool:
    """Tell whether a text in code is a code of a language or a list of them, or has one as a name or address has it.

    Among other words a bare code says nothing: "en" is a Swedish word.
    """
    parts = [part for part in re.split(r"[\s,;:|]+", text) if part and not re.fullmatch(r"q=[\d.]+", part)]
    return (
        (bool(parts) and all(map(NAMED.fullmatch, parts)))
        or WITH_COUNTRY.search(text) is not None
        or IN_MARKUP.search(text) is not None
    )


def named_in_markup(source: str) -> Iterator[str]:
    """Yield what names a language in a template, a script, a style sheet or a configuration."""
    for number, line in enumerate(source.splitlines(), 1):
        yield from (f"{number}: {found[0]}" for found in IN_MARKUP.finditer(line))


@pytest.mark.parametrize("part", sorted(PARTS - {"tests"}))
def test_code_names_no_language(part):
    paths = [path for path in files(part, ".py") if "migrations" not in path.parts]
    found = {path: list(named_in_code(text(path))) for path in paths}
    assert found.pop(SETTINGS, None) != [], "the settings name them, so there is something wrong with this test"
    assert {path: names for path, names in found.items() if names and path not in MAY_NAME} == {}


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_markup_names_no_language(folder):
    paths = [path for path in files(folder) if path.suffix in {".html", ".conf", ".txt", ".js", ".css", ".svg"}]
    assert len(paths) > 5
    found = {path: list(named_in_markup(text(path))) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


def test_what_may_name_them_does():
    assert all(list(named_in_code(text(path))) for path in MAY_NAME)


@pytest.mark.parametrize(
    "source",
    [
        'x = "sv"',
        "x.name_en",
        "save(name_sv=1)",
        'f"{x}_sv"',
        "name_en = 1",
        'get("/en/kontakt/")',
        "def in_sv(): ...",
        'x = "sv en".split()',
        'x = "sv, en;q=0.8"',
        'locale = "sv-SE"',
        'environ["LANG"] = "en_GB.UTF-8"',
        "x = '<p lang=\"sv\">Hej på er</p>'",
        'x = "SELECT name_sv FROM county"',
        'x = "see /en/ for more"',
    ],
)
def test_language_in_code_is_found(source):
    assert list(named_in_code(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring: name_sv, sv-SE and /en/."""',
        '"""sv en"""',
        "x.listen",
        'y = "event"',
        "seven = token",
        'x = "en av flera"',
        'x = "a text (en liten)"',
        'x = ", "',
        'x = ""',
    ],
)
def test_other_words_in_code_are_none(source):
    assert list(named_in_code(source)) == []


@pytest.mark.parametrize(
    "source",
    ['<p lang="sv">', "{{ row.name_en }}", '"~^/en/" "en";', "{% if code == 'sv' %}", ":lang(en)", "<p lang=sv>"],
)
def test_language_in_markup_is_found(source):
    assert list(named_in_markup(source))


@pytest.mark.parametrize("source", ["<p>en, or sv</p>", "{{ listen }}", "when_open(event)", '"children"'])
def test_other_words_in_markup_are_none(source):
    assert list(named_in_markup(source)) == []
