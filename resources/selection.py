"""What a reader asks of the list: filters and words, read from a query string in which nothing can be wrong.

The list is read in one query and filtered here: only so is the number beside each choice that of
what it would lead to, and a word is found on both databases whatever its case.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, OuterRef, QuerySet, StringAgg, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, LPad, NullIf
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pages.requests import LOOKUP, PAGE_NUMBER, RESOURCE_FILTERS
from resources.languages import LANGUAGES, Language
from resources.models import Audience, Kind, Resource, ResourceFile, Topic

MAX_WORDS_LENGTH = 100
# Between what the database joins for one row: characters that nobody writes.
UNIT, RECORD = "\x1f", "\x1e"


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
        """The same as a query string, with its question mark; "" where all is shown."""
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


@dataclass(frozen=True, slots=True)
class ListedResource:
    """A row of the list; title and summary are in `text_language`, which is the active one or the default."""

    url: str
    title: str
    summary: str
    text_language: str
    publisher: str
    kind: str
    audience: str
    date: date
    is_example: bool
    topics: frozenset[str]
    languages: tuple[Language, ...]
    searched: str  # everything that words are looked for in, in lower case

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)

    def values(self, name: str) -> Iterable[str]:
        """Return what the resource has of a filter."""
        if name == "topic":
            return self.topics
        if name == "language":
            return [language.code for language in self.languages]
        return [getattr(self, name)]


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


@dataclass(frozen=True, slots=True)
class ResourceList:
    """Every published resource, the newest first, and by code and name their topics and the one that is asked for."""

    resources: list[ListedResource]
    topics: list[tuple[str, str]]


def read_list(url: str, topic: str = "") -> ResourceList:
    """Return what there is to list in the active language. One query, and one for a topic that nothing has.

    `url` is that of the list, below which each resource has its page; `topic` the code that is asked for.
    """
    active, default = get_language(), settings.LANGUAGE_CODE
    files = ResourceFile.objects.filter(resource=OuterRef("pk"))
    # modeltranslation's own fields would be taken for another type.
    name = Coalesce(NullIf(f"name_{active}", Value("")), f"name_{default}", output_field=CharField())
    order = LPad(Cast("sort_order", CharField()), 5, Value("0"))
    topic_line = Concat(order, Value(UNIT), "code", Value(UNIT), name, output_field=CharField())
    rows = Resource.objects.published().annotate(
        topic_lines=_lines(Topic.objects.filter(resources=OuterRef("pk")), "resources", topic_line),
        language_lines=_lines(files, "resource", F("language")),
        title_lines=_lines(files, "resource", F("title")),
    )
    texts = [f"{field}_{code}" for code in {active, default} for field in ("slug", "title", "summary")]
    facts = ["publisher", "kind", "audience", "date", "is_example"]
    listed, topics = [], set()
    for row in rows.values(*texts, *facts, "topic_lines", "language_lines", "title_lines"):
        text_language = active if row[f"title_{active}"] else default
        title, summary = row[f"title_{text_language}"], row[f"summary_{text_language}"]
        own_topics = [tuple(line.split(UNIT)) for line in (row["topic_lines"] or "").split(RECORD) if line]
        topics.update(own_topics)
        codes = (row["language_lines"] or "").split(RECORD)
        languages = tuple(language for language in LANGUAGES.values() if language.code in codes)
        told = [title, summary, row["publisher"], row["title_lines"] or "", str(Kind(row["kind"]).label)]
        told += [name for _order, _code, name in own_topics]
        told += [name for language in languages for name in (str(language.name), language.own_name)]
        listed.append(
            ListedResource(
                f"{url}{row[f'slug_{active}'] or row[f'slug_{default}']}/",
                title,
                summary,
                text_language,
                **{name: row[name] for name in facts},
                topics=frozenset(code for _order, code, _name in own_topics),
                languages=languages,
                searched=" ".join(told).casefold(),
            )
        )
    known = {code: name for _order, code, name in sorted(topics)}
    if topic and topic not in known:
        # Compared here: not every database takes every text.
        known |= {each.code: each.name for each in Topic.objects.all() if each.code == topic}
    return ResourceList(listed, list(known.items()))


def _lines(rows: QuerySet[Any], by: str, column: Combinable) -> Subquery:
    """Return a column of the related rows as lines of one text."""
    return Subquery(rows.order_by().values(by).annotate(lines=StringAgg(column, Value(RECORD))).values("lines"))


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


def filters(everything: ResourceList, selection: Selection) -> list[Filter]:
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
