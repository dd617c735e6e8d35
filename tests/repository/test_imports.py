"""Which part of the site may use which: `contacts` and `resources` use `pages`, and nobody the settings' module.

Within a part, what stands on top imports what lies below, never the other way round.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.repository.import_graph import circle, import_graph
from tests.repository.tree import PARTS, ROOT, apps, files, text

MAY_USE = {"config": {"pages", "contacts", "resources"}, "pages": set(), "contacts": {"pages"}, "resources": {"pages"}}
# Each package of models is the front door for other apps; inside the app a module names the file that it needs.
FRONT_DOORS = {"pages": "pages.models", "resources": "resources.models"}
# The page types have routes that use what lies below; what lies below must be of use without them.
PAGE_TYPES = re.compile(r"pages\.manual\.pages\.\w+|resources\.index_page")
BELOW = re.compile(
    r"pages\.(blocks|html|versions)\..+|pages\.manual\.models\..+|pages\.models\.base|pages\.manual\.(?!moving|views)\w+"
    r"|resources\.models\..+|resources\.(feed|filters|listing|selection|structured_data)"
)


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    return import_graph(ROOT, [path for app in apps() for path in files(app, ".py")])


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


def test_no_modules_import_each_other_in_a_circle(graph):
    """An import that only type checkers see, or that waits in a function, counts: it would have to stay there."""
    assert circle(graph) == []


@pytest.mark.parametrize("app", FRONT_DOORS)
def test_front_door_is_for_other_apps(graph, app):
    assert FRONT_DOORS[app] in graph
    inside = {name for name in graph if name.partition(".")[0] == app}
    assert {name for name in inside if FRONT_DOORS[app] in graph[name]} == set()


def test_nothing_below_imports_page_types(graph):
    below = {name for name in graph if BELOW.fullmatch(name)}
    assert len(below) > 30
    assert {name for name in graph if PAGE_TYPES.fullmatch(name)}
    assert {name: found for name in below if (found := set(filter(PAGE_TYPES.fullmatch, graph[name])))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "import shop.prices",
        "from shop import prices",
        "from shop.prices import total",
        "def order():\n    from shop.prices import total",
        "if TYPE_CHECKING:\n    from shop import prices",
    ],
)
def test_circle_is_found_wherever_the_import_stands(tmp_path, line):
    contents = {
        "shop/__init__.py": "",
        "shop/orders.py": line,
        "shop/stock.py": "from shop.orders import order",
        "shop/prices.py": "from shop.stock import left",
        "shop/apps.py": "from shop import orders, stock",
    }
    (tmp_path / "shop").mkdir()
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    found = circle(import_graph(tmp_path, map(Path, contents)))
    assert set(found) == {"shop.orders", "shop.stock", "shop.prices"}
    assert found[0] == found[-1]
    (tmp_path / "shop/orders.py").write_text("import shop\nfrom shop import unknown")
    assert circle(import_graph(tmp_path, map(Path, contents))) == []
