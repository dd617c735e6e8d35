"""What `pages` needs from each app, which registers it in its `ready()`.

`pages` imports none of the others: an app names models as "app.Model", and its classes and functions by dotted
path, read when first used.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from wagtail.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedModel:
    """A model whose rows readers find, each below every page of one type."""

    label: str
    below: str
    # A function of a row and a page: the `SearchDocument` in the active language, None while nobody may see the row.
    read_by: str
    # Models whose rows are part of what these rows are found by, each with a function of such a row, which may
    # just be deleted, that returns these rows.
    shows: Mapping[str, str] = field(default_factory=dict)
    # A function of a mark that returns the rows whose texts hold it (see `text_marks`).
    marked_by: str = ""

    def read(self, row: Any, page: Any) -> Any:
        """Return what `read_by` makes of a row below a page."""
        return import_string(self.read_by)(row, page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A command that runs by itself: so long after it began last, or daily from an hour in the site's time zone."""

    command: str  # a `JobCommand`
    label: Any  # for editors
    every: timedelta | None = None
    hour: int = 0
    takes_long: bool = False  # no other waits for it, and where it has never run it waits for its hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one app gives to `pages`."""

    blocks: Mapping[str, str] = field(default_factory=dict)  # classes offered in the body of every page, by name
    readable_models: tuple[str, ...] = ()  # whose rows readers see: saving one raises the site version
    searched_models: tuple[SearchedModel, ...] = ()
    listed_on: Mapping[str, str] = field(default_factory=dict)  # models, and the pages whose text is all their rows
    # Functions of a query and the site version that return what is shown before all hits: objects with `template`,
    # which takes each as `answer`, and `urls`, which the hits then leave out.
    search_answers: tuple[str, ...] = ()
    # Functions of a stored text and whether it is rich text, that yield what keeps it from readers.
    text_rules: tuple[str, ...] = ()
    # Models whose rows texts refer to by a mark and show a part of, each with a function of a row that returns it.
    text_marks: Mapping[str, str] = field(default_factory=dict)
    text_places: tuple[str, ...] = ()  # functions of a mark that yield the `TextPlace`s of what holds it
    fact_loaders: tuple[str, ...] = ()  # functions that fill empty tables with what is true of every site
    # Functions that fill the app's tables of an empty database; told whether with what is invented.
    starter_loaders: tuple[str, ...] = ()
    # Types of pages, each with a function that fills one of the starter content: of the page, what its front matter has
    # for it, and a function that makes rich text of Markdown. Published last, since they may refer to any other page.
    starter_fillers: Mapping[str, str] = field(default_factory=dict)
    reviewed_models: tuple[str, ...] = ()  # models with `reviews` besides pages
    example_finders: tuple[str, ...] = ()  # functions that yield each published `Example`
    jobs: tuple[Job, ...] = ()
    care_items: tuple[str, ...] = ()  # functions of an admin user that yield the `CareItem`s that they may see
    sign_in_makers: tuple[str, ...] = ()  # functions that make a sign-in for demonstrations: its path and address


_contributions: list[Contribution] = []


def register(**contribution: Any) -> None:
    """Take what an app gives, named as the attributes of `Contribution`."""
    _contributions.append(Contribution(**contribution))


def registered_blocks() -> list[tuple[str, Block]]:
    """Return a new instance of each registered block, by name."""
    return [(name, import_string(path)()) for given in _contributions for name, path in given.blocks.items()]


def is_readable(model: Any) -> bool:
    """Tell whether readers see rows of this model class; a migration's historical model is none."""
    label = model._meta.label
    return any(label in given.readable_models for given in _contributions) and model._meta.apps is apps


def searched_models() -> Iterator[SearchedModel]:
    """Yield the models whose rows readers find."""
    for given in _contributions:
        yield from given.searched_models


def registered_jobs() -> list[Job]:
    """Return what runs by itself."""
    return [job for given in _contributions for job in given.jobs]


def reviewed_models() -> list[str]:
    """Return the models, besides pages, whose rows have an owner and a day of review."""
    return [label for given in _contributions for label in given.reviewed_models]


def pages_listing(label: str) -> list[str]:
    """Return the types of pages that show every row of a model in their text."""
    return [given.listed_on[label] for given in _contributions if label in given.listed_on]


def text_mark(row: Any) -> str:
    """Return the mark by which texts refer to a row; "" where they refer to none of its model."""
    label = row._meta.label
    paths = [given.text_marks[label] for given in _contributions if label in given.text_marks]
    return import_string(paths[0])(row) if paths else ""


def starter_filler(label: str) -> Callable[..., Any] | None:
    """Return the function that fills a type of page of the starter content; None where its fields are plain."""
    paths = [given.starter_fillers[label] for given in _contributions if label in given.starter_fillers]
    return import_string(paths[0]) if paths else None


def registered_functions(kind: str) -> list[Callable[..., Any]]:
    """Return the functions of all apps that an attribute of `Contribution` names."""
    return [import_string(path) for given in _contributions for path in getattr(given, kind)]
