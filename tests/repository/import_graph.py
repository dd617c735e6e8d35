"""Which module of the project imports which, wherever in the file the import stands."""

import ast
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Graph = dict[str, set[str]]


def import_graph(root: Path, paths: Iterable[Path]) -> Graph:
    """Return the modules at these paths below `root` with those of them that each imports.

    Imports inside functions and under TYPE_CHECKING count. The packages that Python runs on the way to a
    module do not: Django demands that `models/__init__.py` imports every model.
    """
    modules = {module_name(path): root / path for path in paths}
    return {name: set(_imported(path, modules)) - {name} for name, path in modules.items()}


def module_name(path: Path) -> str:
    """Return the dotted name of the module in a file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, modules: Iterable[str]) -> Iterable[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names if alias.name in modules)
            case ast.ImportFrom(module=str(module)):
                whole = {f"{module}.{alias.name}" for alias in node.names}
                yield from whole.intersection(modules)
                # What is no module of its own is a name in this one.
                if module in modules and not whole <= set(modules):
                    yield module


def circle(graph: Graph) -> list[str]:
    """Return modules that import each other in a circle, the first again at the end; [] where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1][::-1]  # the sorter names those that are imported first
    return []
