"""Every published resource as a row of the list, read in one query.

The list is filtered in Python: only so is the number beside each choice that of what it would lead to, and a word
is found on both databases whatever its case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, OuterRef, QuerySet, StringAgg, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, LPad, NullIf
from django.utils.translation import get_language

from resources.languages import LANGUAGES, Language
from resources.models.files import ResourceFile
from resources.models.kinds import Kind
from resources.models.resources import Resource
from resources.models.topics import Topic

# Between what the database joins for one row: characters that nobody writes.
UNIT, RECORD = "\x1f", "\x1e"


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
