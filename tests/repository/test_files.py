"""Size, place and use of the repository's files."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.utils import get_app_template_dirs
from wagtail.models import get_page_models

from tests.repository.tree import ROOT, apps, files, site_modules, text

TOP_LEVEL = {"manage.py", "pyproject.toml", "README.md"} | {
    *("config", "pages", "resources", "contacts", "templates", "static", "locale", "tests"),
    *("uv.lock", ".ci", ".gitignore", ".env.example", ".pre-commit-config.yaml", "LICENSE"),
    *("Containerfile", "Dockerfile", ".dockerignore", "compose.yaml"),
}
TESTS_OF_THE_WHOLE = {"browser", "bench", "repository"}
BY_LANGUAGE = re.compile(r"-[a-z]{2}$")  # is named by the language of the page
BINARY = {".mo", ".pdf", ".png", ".webp", ".ico"}
LEFTOVER = re.compile(r"\b(TO[D]O|FIX[M]E|X{3}|HAC[K])\b|\bdebugge[r]\b|console\.lo[g]|\{% debu[g] %\}")


def lines(path: Path) -> int:
    return len(text(path).splitlines())


def test_top_level_is_what_was_agreed():
    top = {path.parts[0] for path in files()}
    assert {"manage.py", "config", "pages", "tests"} <= top
    assert top - TOP_LEVEL == set()


def test_python_files_are_short():
    limits = {path: 250 if path.parts[0] == "tests" else 200 for path in files(suffix=".py")}
    limits[Path("config/settings.py")] = 300
    too_long = {path: lines(path) for path, limit in limits.items() if lines(path) > limit}
    assert {path for path in too_long if "migrations" not in path.parts} == set()


def test_templates_are_short():
    assert {path: lines(path) for path in files("templates", ".html") if lines(path) > 80} == {}


def test_every_template_is_used():
    names = {path.relative_to("templates").as_posix() for path in files("templates", ".html")}
    used = {model.template for model in get_page_models()}
    used |= {name for folder in get_app_template_dirs("templates") for name in names if (folder / name).exists()}
    used |= {"403.html", "429.html"}  # Django's and allauth's own names
    used |= {f"snapshots/{model._meta.model_name}.html" for model in get_page_models()}
    used |= {string for path in site_modules() for string in strings(path) if string.endswith(".html")}
    while more := {name for user in used & names for name in templates_in(user)} - used:
        used |= more
    assert names - used == set()


def strings(path: Path) -> set[str]:
    constants = (node for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def templates_in(name: str) -> list[str]:
    """Return the templates that a template extends and includes."""
    return re.findall(r'{% (?:extends|include) "([^"]+)"', text(Path("templates") / name))


def test_every_static_file_is_used():
    known = files("templates") + files("static") + files("pages/admin/guides") + site_modules()
    readers = [path for path in known if path.suffix not in {".svg", ".png", ".webp", ".ico"}]
    for path in files("static"):
        if BY_LANGUAGE.search(path.stem):
            continue
        # Templates name the whole path, styles and scripts that of a neighbour.
        names = {path.relative_to("static").as_posix(), f"/{path.name}"}
        assert any(name in text(reader) for reader in readers for name in names if reader != path), path


def test_tests_mirror_the_parts():
    folders = {path.parent.relative_to("tests") for path in files("tests", ".py") if path.name.startswith("test_")}
    mirrored = {folder for folder in folders if folder.parts[:1] and folder.parts[0] not in TESTS_OF_THE_WHOLE}
    assert {folder.as_posix() for folder in mirrored} >= {"config", *apps()}
    assert {folder for folder in mirrored if not (ROOT / folder).is_dir()} == set()


def test_nothing_is_left_over():
    found = {}
    for path in files():
        if path.name not in {"uv.lock", "package-lock.json"} and path.suffix not in {
            ".mo",
            ".pdf",
            ".png",
            ".webp",
            ".ico",
        }:
            found |= {
                (path, number): line for number, line in enumerate(text(path).splitlines(), 1) if LEFTOVER.search(line)
            }
    assert found == {}


def test_nothing_is_printed():
    calls = {
        (path, node.lineno)
        for path in files(suffix=".py")
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"print", "pprint", "breakpoint"}
    }
    assert calls == set()


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)
