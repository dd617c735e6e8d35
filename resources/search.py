"""The publications as readers find them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from wagtail.models import Revision
from wagtail.rich_text import expand_db_html

from pages.html.plain_text import text_lines
from pages.languages import language_codes
from pages.search.documents import MATERIAL, SearchDocument, SearchKind
from pages.search.words import words
from pages.text_places import TextPlace
from resources.index_page import ResourceIndexPage
from resources.models.files import ResourceFile
from resources.models.resources import Resource
from resources.models.topics import Topic


def read_resource(resource: Resource, page: ResourceIndexPage) -> SearchDocument | None:
    """Return a publication as what readers find; None while it is not published."""
    if not resource.live:
        return None
    language, files = page.locale.language_code, list(resource.files.all())
    about = [resource.kind_name, resource.publisher, *(topic.name for topic in resource.topics.all())]
    told = [line for file in files for line in (str(file.spoken.name), file.spoken.own_name, file.title)]
    # What is in another language of the site is found there: a vocabulary is of one of them.
    elsewhere = {*language_codes()} - {language}
    told += [line for file in files if file.language not in elsewhere for line in text_lines(expand_db_html(file.text))]
    return SearchDocument(
        SearchKind.RESOURCE,
        resource.title,
        resource.summary,
        context="\n".join(about),
        # Each word once: what several languages have in common, such as 112, is said no more often for that.
        hidden=" ".join(dict.fromkeys(words("\n".join(told)))),
        text_language=resource.text_language if resource.text_language != language else "",
        path=page.reverse_subpage("resource", [resource.slug]),
        date=resource.date,
        boost=MATERIAL,
    )


def resources_showing(row: ResourceFile | Topic) -> QuerySet[Resource]:
    """Return the resources that a file or a topic is part of; of a deleted topic nobody knows which they were."""
    resources = Resource.objects.prefetch_related("files", "topics")
    return resources.filter(pk=row.resource_id) if isinstance(row, ResourceFile) else resources


def resources_marked(mark: str) -> QuerySet[Resource]:
    """Return the resources with a file whose text holds a mark."""
    return Resource.objects.filter(files__text__contains=mark).distinct().prefetch_related("files", "topics")


def places_in_resources(mark: str) -> Iterator[TextPlace]:
    """Yield the resources whose texts hold a mark: published, and as they are drafted."""
    for resource in resources_marked(mark).filter(live=True):
        yield TextPlace(f"“{resource}”", is_draft=False)
    latest = Resource.objects.exclude(latest_revision=None).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=latest):
        if mark in "".join(row["text"] for row in revision.content["files"]):
            yield TextPlace(f"“{revision.object_str}”", is_draft=True)
