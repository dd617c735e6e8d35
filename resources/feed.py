"""The newest material as an Atom feed."""

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure

from pages.models.base import BasePage
from resources.models.resources import Resource

FEED_LENGTH = 50


class ResourceFeed(Feed):
    """Published resources with their files, the newest first, in the language of the list."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, page: BasePage, path: str) -> BasePage:
        """Return the list whose feed this is; `path` is where the feed lies."""
        self.language = page.locale.language_code
        self.path = path
        return page

    def title(self, page: BasePage) -> str:
        """Name the feed after the list."""
        return page.heading or page.title

    def subtitle(self, page: BasePage) -> str:
        """Say what is in it."""
        return page.lead

    def link(self, page: BasePage) -> str:
        """Lead to the list."""
        return settings.SITE_URL + page.url

    def feed_url(self, page: BasePage) -> str:
        """Return the feed's own address."""
        return settings.SITE_URL + self.path

    def author_name(self, page: BasePage) -> str:
        """Name who answers for it, which Atom asks for."""
        return page.responsible_unit or settings.WAGTAIL_SITE_NAME

    def items(self, page: BasePage) -> list[Resource]:
        """Return the newest resources. Three queries."""
        return list(Resource.objects.published().with_page().prefetch_related("files", "topics")[:FEED_LENGTH])

    def item_title(self, item: Resource) -> str:
        """Return the resource's title."""
        return item.title

    def item_description(self, item: Resource) -> str:
        """Return the summary."""
        return item.summary

    def item_author_name(self, item: Resource) -> str:
        """Name who published the material."""
        return item.publisher

    def item_link(self, item: Resource) -> str:
        """Lead to the resource's page."""
        return settings.SITE_URL + item.url

    def item_guid(self, item: Resource) -> str:
        """Tell resources apart, whatever the language and whatever becomes of the address."""
        return f"{settings.SITE_URL}/#resource-{item.pk}"

    def item_categories(self, item: Resource) -> list[str]:
        """Return kind and topics."""
        return [str(item.get_kind_display()), *(topic.name for topic in item.topics.all())]

    def item_enclosures(self, item: Resource) -> list[Enclosure]:
        """Return the files."""
        return [
            Enclosure(settings.SITE_URL + file.url, str(file.size), file.media_type)
            for file in item.files.all()
            if file.file
        ]

    def item_pubdate(self, item: Resource) -> datetime:
        """Return when the material was published."""
        return timezone.make_aware(datetime.combine(item.date, time()), UTC)

    def item_updateddate(self, item: Resource) -> datetime:
        """Return when it was last published here."""
        return item.last_published_at or self.item_pubdate(item)
