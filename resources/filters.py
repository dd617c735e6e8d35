"""The filters of the list, each choice with the number of resources that it would show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from resources.languages import LANGUAGES, Language
from resources.listing import ListedResource, ResourceList
from resources.models.kinds import Audience, Kind
from resources.selection import Selection, selected


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: how many it would lead to beside the other filters, and where."""

    text: str
    count: int
    query: str
    is_chosen: bool
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its choices, of which those that lead to nothing are left out."""

    title: Promise
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """The choice that is in force; its query is that without it."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


def read_filters(everything: ResourceList, selection: Selection) -> list[Filter]:
    """Return the filters with how many resources each choice would show."""
    names: dict[str, tuple[Promise, Iterable[tuple[str, Any]]]] = {
        "topic": (_("Topic"), everything.topics),
        "kind": (_("Kind"), Kind.choices),
        "audience": (_("Written for"), Audience.choices),
        "language": (_("Language of the material"), [(code, language.name) for code, language in LANGUAGES.items()]),
    }
    return [
        Filter(title, list(_choices(name, options, everything.resources, selection)))
        for name, (title, options) in names.items()
    ]


def _choices(
    name: str, options: Iterable[tuple[str, Any]], resources: list[ListedResource], selection: Selection
) -> Iterable[Choice]:
    counts = Counter(
        value for resource in selected(resources, selection, leave_out=name) for value in resource.values(name)
    )
    for value, text in options:
        is_chosen = getattr(selection, name) == value
        if counts[value] or is_chosen:
            target = replace(selection, **{name: "" if is_chosen else value})
            language = LANGUAGES[value] if name == "language" else None
            yield Choice(capfirst(str(text)), counts[value], target.query, is_chosen, language)
