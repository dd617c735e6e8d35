"""What `pages` needs from the other apps, which fill it in their `ready()`.

`pages` imports none of them; they name their parts by dotted path, read when first used.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from wagtail.blocks import Block

_blocks: dict[str, str] = {}
_readable_models: set[str] = set()
_starter_loaders: list[str] = []
_sign_in_makers: list[str] = []
_searched_models: list["SearchedModel"] = []
_shown_in: dict[str, list[str]] = defaultdict(list)
_read_with: dict[str, list[tuple[str, str]]] = defaultdict(list)
_search_answers: list[str] = []


def register_block(name: str, dotted_path: str) -> None:
    """Offer a block class of another app in the body of every page."""
    _blocks[name] = dotted_path


def registered_blocks() -> list[tuple[str, Block]]:
    """Return an instance of each registered block, by name."""
    return [(name, import_string(path)()) for name, path in _blocks.items()]


def register_readable_models(*labels: str) -> None:
    """Name models ("app.Model") whose rows readers see: saving one raises the site version."""
    _readable_models.update(label.lower() for label in labels)


def is_readable(model: Any) -> bool:
    """Tell whether readers see rows of this model class; a migration's historical model is none."""
    return model._meta.label_lower in _readable_models and model._meta.apps is apps


def register_starter_loader(dotted_path: str) -> None:
    """Name a function without arguments that fills the app's tables of an empty database."""
    _starter_loaders.append(dotted_path)


def starter_loaders() -> list[Callable[[], None]]:
    """Return the registered loaders in order of registration."""
    return [import_string(path) for path in _starter_loaders]


def register_sign_in_maker(dotted_path: str) -> None:
    """Name a function that makes a sign-in for demonstrations and returns the path and the address to use it with."""
    _sign_in_makers.append(dotted_path)


def sign_in_makers() -> list[Callable[[], tuple[str, str]]]:
    """Return the registered makers in order of registration."""
    return [import_string(path) for path in _sign_in_makers]


@dataclass(frozen=True, slots=True)
class SearchedModel:
    """A model whose rows readers find, and the type of page below which they are read."""

    label: str
    below: str
    dotted_path: str

    def read(self, row: Any, page: Any) -> Any:
        """Return the row as a `SearchDocument` in the active language, None while readers cannot see it."""
        return import_string(self.dotted_path)(row, page)


def register_searched_model(label: str, *, below: str, read_by: str) -> None:
    """Let readers find the rows of "app.Model", read by a function of the row and the page that they lie below."""
    _searched_models.append(SearchedModel(label.lower(), below, read_by))


def searched_models() -> list[SearchedModel]:
    """Return the registered models in order of registration."""
    return list(_searched_models)


def register_shown_in(label: str, page_label: str) -> None:
    """Say that pages of a type show every row of "app.Model" as part of their text."""
    _shown_in[label.lower()].append(page_label)


def shown_in(label: str) -> list[str]:
    """Return the types of pages that show the rows of a model in their text."""
    return _shown_in.get(label, [])


def register_read_with(label: str, searched_label: str, *, rows_by: str) -> None:
    """Say that rows of "app.Model" are part of what rows of a searched model are found by.

    A function of a row, which may just be deleted, returns those rows.
    """
    _read_with[label.lower()].append((searched_label.lower(), rows_by))


def read_with(row: Any) -> list[tuple[str, Any]]:
    """Return the searched rows that a row is part of, each after the label of their model."""
    return [(label, import_string(path)(row)) for label, path in _read_with.get(row._meta.label_lower, [])]


def register_search_answer(dotted_path: str) -> None:
    """Name a function of a query and the site version that returns what is shown before all hits.

    What it returns are objects with `template`, which takes each as `answer`, and `urls`, which the
    hits then leave out.
    """
    _search_answers.append(dotted_path)


def search_answers() -> list[Callable[[str, int], list[Any]]]:
    """Return the registered functions in order of registration."""
    return [import_string(path) for path in _search_answers]
