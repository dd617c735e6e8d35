"""The publications as readers find them."""

from django.db.models import QuerySet

from pages.html.plain_text import text_lines
from pages.languages import language_codes
from pages.search.documents import MATERIAL, SearchDocument, SearchKind
from pages.search.words import words
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
    told += [line for file in files if file.language not in elsewhere for line in text_lines(file.text)]
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
