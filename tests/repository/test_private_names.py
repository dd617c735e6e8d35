"""What the site uses of its dependencies beyond what they offer: private modules in one file, private names by list."""

import ast
import importlib
import inspect
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.repository.tree import PARTS, files, site_modules, text

ADAPTER = Path("config/allauth_internals.py")
# What is documented although its name begins with an underscore.
PUBLIC = {"_meta", "_default_manager", "_replace", "_asdict", "_exit"}
# Private names that have no public way; each belongs to a dependency with an upper bound.
USED = {
    Path("config/account_adapters.py"): {
        "_get_login_attempts_cache_key": "allauth counts attempts by host and address, so that a stranger could keep "
        "an editor from signing in, and could begin anew at each of the site's hosts",
    },
    Path("config/account_forms.py"): {
        "_user": "allauth's form gives its view so the account that the code is for; its own look-up knows no roles",
    },
    Path("config/account_views.py"): {
        "_process": "allauth keeps there the address that a code went to, and limits another mail by browser alone",
    },
    Path("config/caches.py"): {
        "_table": "Django's cache in the database knows its table by that name, and has no question for it",
    },
    Path("config/middleware.py"): {
        "_non_atomic_requests": "Django marks so the views that see to their transactions, and has no question for it",
    },
    Path("contacts/guide/publishing.py"): {
        "_post_clean": "Django checks the page with its blocks there, and `clean` comes before they are in it",
    },
    Path("pages/manual/forms.py"): {
        "_post_clean": "Django checks the page with its blocks there, and `clean` comes before they are in it",
    },
    Path("pages/models/forms.py"): {
        "_get_validation_exclusions": "Django leaves out what it names when it checks the page, and asks nothing else",
    },
    Path("pages/review/forms.py"): {
        "_post_clean": "Wagtail saves the instance without the fields of the form that are not the model's",
    },
    Path("pages/views.py"): {
        "_wagtail_route_for_request": "Wagtail looks there before it routes, which spares four queries on each page",
    },
    Path("resources/uploads.py"): {
        "_committed": "Django tells so a file that is stored from one that comes with the request",
    },
    Path("resources/viewsets/file_rows.py"): {
        "_construct_form": "modelcluster makes an empty row for an unknown id, and has no other place to find one by",
        "_post_clean": "what is refused at publication alone, as in the forms of pages",
    },
}
BOUND = ["django", "django-allauth", "wagtail"]
NOT_FOREIGN = PARTS | sys.stdlib_module_names


def private_modules(path: Path) -> set[str]:
    """Return the private modules, and private names of modules, that a file imports from dependencies."""
    names = set()
    for node in ast.walk(ast.parse(text(path))):
        match node:
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(module)):
                names |= {f"{module}.{alias.name}" for alias in node.names}
            case ast.Constant(value=str(value)) if re.fullmatch(r"\w+(\.\w+)+", value):
                names.add(value)
    return {name for name in names if name.partition(".")[0] not in PARTS and _is_private(name)}


def _is_private(dotted: str) -> bool:
    parts = dotted.split(".")
    return any(part == "internal" or re.match("_(?!_)", part) for part in parts)


def private_names(path: Path) -> set[str]:
    """Return the private names that a file takes from dependencies.

    A name that the file gives something itself is its own, unless a class that it derives from has it.
    """
    tree = ast.parse(text(path))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= set(re.findall(r"(?:get|has|set)attr\([^,]+, \"(_\w+)\"", text(path)))
    own = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _gives_itself(node)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    has_classes = any(isinstance(node, ast.ClassDef) for node in ast.walk(tree))
    inherited = (used | own) & inherited_names(path) if has_classes else set()  # only those are imported
    return {name for name in (used - own) | inherited if re.fullmatch(r"_[a-z]\w*", name)} - PUBLIC


def _gives_itself(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}


def inherited_names(path: Path) -> set[str]:
    """Return the names in the code of the foreign classes that those of a file derive from."""
    module = importlib.import_module(".".join(path.with_suffix("").parts))
    own = [value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__]
    bases = {base for value in own for base in value.__mro__ if base.__module__.partition(".")[0] not in NOT_FOREIGN}
    return {name for base in bases for name in names_in(base)}


@cache
def names_in(base: type) -> set[str]:
    """Return the private names in the code of a class."""
    try:
        code = inspect.getsource(base)
    except OSError:  # made by another class, so in no file; its bases are
        return set()
    return set(re.findall(r"(?:\.|def )(_[a-z]\w*)", code))


def modules() -> list[Path]:
    """Return the modules that may be read at any time; `manage.py` is no module."""
    return [path for path in site_modules() if len(path.parts) > 1]


def test_private_modules_are_imported_in_one_file_and_explained_there():
    assert {path for path in files(suffix=".py") if private_modules(path)} == {ADAPTER}
    explained = re.findall(r"^- `(\w+)`: ", ast.get_docstring(ast.parse(text(ADAPTER))) or "", re.MULTILINE)
    assert sorted(explained) == sorted(name.rpartition(".")[2] for name in private_modules(ADAPTER))


def test_private_names_are_listed():
    found = {path: names for path in modules() if (names := private_names(path))}
    assert found == {path: set(reasons) for path, reasons in USED.items()}


@pytest.mark.parametrize("package", BOUND)
def test_dependency_with_private_names_in_use_has_an_upper_bound(package):
    dependencies = tomllib.loads(text("pyproject.toml"))["project"]["dependencies"]
    (line,) = (line for line in dependencies if re.match(rf"{package}[\[><=]", line))
    assert re.search(r",<\d+\.\d+$", line)
