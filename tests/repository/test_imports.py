"""Which part of the site may use which: `contacts` and `resources` use `pages`, and nobody the settings' module."""

import ast
import re
from pathlib import Path

import pytest

from tests.repository.tree import PARTS, apps, files, text

MAY_USE = {"config": {"pages", "contacts", "resources"}, "pages": set(), "contacts": {"pages"}, "resources": {"pages"}}


def used_parts(path: Path) -> set[str]:
    """Return the other parts that a module imports, or names in a dotted path."""
    names = set()
    for node in ast.walk(ast.parse(text(path))):
        match node:
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom():
                assert node.module, f"{path}: a relative import hides from which part it is"
                assert not node.level, f"{path}: a relative import hides from which part it is"
                names.add(node.module)
            case ast.Constant(value=str(value)) if re.fullmatch(r"\w+(\.\w+)+", value):
                names.add(value)
    return {name.partition(".")[0] for name in names} & PARTS - {path.parts[0]}


@pytest.mark.parametrize("app", apps())
def test_app_uses_only_what_it_may(app):
    used = {path: used_parts(path) for path in files(app, ".py")}
    assert {path: parts - MAY_USE[app] for path, parts in used.items() if parts - MAY_USE[app]} == {}


def test_use_is_noticed():
    assert used_parts(Path("contacts/apps.py")) == {"pages"}
    assert used_parts(Path("config/urls.py")) >= {"pages"}
