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
IN_MARKUP = re.compile(rf"(?:[\"'/(]|\w_)(?:{CODES})(?:[\"'/)]|\b(?<=_\w\w))|\blang=(?:{CODES})\b")
SETTINGS = Path("config/settings.py")
MAY_NAME = {
    Path("resources/languages.py"),  # the languages of the world, in which material may be
}


def named_in_code(source: str) -> Iterator[str]:
    """Yield what names a language in Python code; docstrings and comments may."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(name)) | ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                pass
            case ast.keyword(arg=str(name)) | ast.FunctionDef(name=name) | ast.alias(name=name):
                pass
            case _:
                continue
        if " " not in name and NAMED.fullmatch(name):
            yield f"{node.lineno}: {name}"


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
    ['x = "sv"', "x.name_en", "save(name_sv=1)", 'f"{x}_sv"', "name_en = 1", 'get("/en/kontakt/")', "def in_sv(): ..."],
)
def test_language_in_code_is_found(source):
    assert list(named_in_code(source))


@pytest.mark.parametrize(
    "source", ['"""A docstring: name_sv, and /en/."""', "x.listen", 'y = "event"', "seven = token"]
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
