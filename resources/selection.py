"""What a reader asks of the list: filters and words, read from a query string in which nothing can be wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from pages.requests import LOOKUP, PAGE_NUMBER, RESOURCE_FILTERS
from resources.languages import LANGUAGES
from resources.listing import ListedResource, ResourceList
from resources.models.kinds import Audience, Kind

MAX_WORDS_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen value of each filter, "" where none is, and the words; what is unknown is left out."""

    topic: str = ""
    kind: str = ""
    audience: str = ""
    language: str = ""
    words: str = ""

    @property
    def query(self) -> str:
        """The query string of this selection, with its question mark; "" where all is shown."""
        chosen = {name: getattr(self, name) for name in RESOURCE_FILTERS} | {LOOKUP: self.words}
        given = {name: value for name, value in chosen.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def page_query(self, number: int) -> str:
        """Return the query string of a page of the list."""
        if number == 1:
            return self.query
        return f"{self.query}{'&' if self.query else '?'}{PAGE_NUMBER}={number}"

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the form with the words must carry on."""
        return [(name, value) for name in RESOURCE_FILTERS if (value := getattr(self, name))]


def read_selection(parameters: Mapping[str, str], everything: ResourceList) -> Selection:
    """Return what a query string asks for."""
    known: dict[str, Any] = {
        "topic": dict(everything.topics),
        "kind": set(Kind),
        "audience": set(Audience),
        "language": LANGUAGES,
    }
    chosen = {name: value for name in RESOURCE_FILTERS if (value := parameters.get(name, "")) in known[name]}
    # What cannot be seen is left out: it breaks HTML, or turns the text around it.
    words = "".join(filter(str.isprintable, parameters.get(LOOKUP, "")))[:MAX_WORDS_LENGTH]
    return Selection(**chosen, words=" ".join(words.split()))


def selected(resources: Iterable[ListedResource], selection: Selection, leave_out: str = "") -> list[ListedResource]:
    """Return the resources that the selection asks for; one filter may be left out of account."""
    wanted = [(name, value) for name in RESOURCE_FILTERS if name != leave_out and (value := getattr(selection, name))]
    words = selection.words.casefold().split()
    return [
        resource
        for resource in resources
        if all(value in resource.values(name) for name, value in wanted)
        and all(word in resource.searched for word in words)
    ]
