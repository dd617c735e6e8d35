"""Publications, handouts and links."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page, Revision, RevisionMixin
from wagtail.search import index

from pages.examples import refuse_example
from pages.html.links import address_of, linked_pages
from pages.languages import language_codes, localized_fields
from pages.models.checks_texts import ChecksTexts
from pages.models.drafted import FinishedWhenPublished
from pages.models.forms import ReviewedTextsForm
from pages.models.rows import FramedPreviewMixin
from pages.review.models import Review
from pages.slugs import free_slug
from resources.languages import Language
from resources.models.kinds import Audience, Kind
from resources.models.topics import Topic


class ResourceQuerySet(models.QuerySet["Resource"]):
    """Resources as pages need them."""

    def published(self) -> "ResourceQuerySet":
        """Return the published resources, the newest first."""
        return self.filter(live=True).order_by("-date", "-pk")

    def with_page(self) -> "ResourceQuerySet":
        """Add where the list is in the active language, else in the default one, by which `Resource.url` is known."""
        pages = Page.objects.live().exclude(resourceindexpage=None).values("url_path")
        own = pages.filter(locale__language_code=get_language())[:1]
        default = pages.filter(locale__language_code=settings.LANGUAGE_CODE)[:1]
        return self.annotate(page_path=Coalesce(models.Subquery(own), models.Subquery(default)))

    def with_slug(self, slug: str) -> "ResourceQuerySet":
        """Return what has this slug in any language: an address that was given out leads on."""
        matches = models.Q()
        for name in localized_fields("slug"):
            matches |= models.Q(**{name: slug})
        return self.filter(matches)


class Resource(
    FinishedWhenPublished,
    ChecksTexts,
    index.Indexed,
    DraftStateMixin,
    RevisionMixin,
    FramedPreviewMixin,
    ClusterableModel,
):
    """Material in one or more languages, with its files and links; drafts and revisions are Wagtail's.

    The slug of each language is made from its first title and stays: addresses are permanent.
    """

    title = models.CharField(_("title"), max_length=150)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, editable=False)
    summary = models.TextField(_("summary"), help_text=_("One or two sentences: what it is and when to use it."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    audience = models.CharField(_("written for"), max_length=20, choices=Audience.choices)
    publisher = models.CharField(_("publisher"), max_length=120)
    date = models.DateField(
        _("date"), help_text=_("When the material was published. For a link: when you last looked at it.")
    )
    topics = ParentalManyToManyField(Topic, related_name="resources", blank=True, verbose_name=_("topics"))
    related_pages = StreamField(
        [("page", PageChooserBlock(label=_("page")))], blank=True, verbose_name=_("related pages")
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Made for the demonstration, and marked so wherever it is shown.")
    )

    _revisions = GenericRelation(Revision, related_query_name="resource", for_concrete_model=False)
    reviews = GenericRelation(Review)

    objects = ResourceQuerySet.as_manager()

    base_form_class = ReviewedTextsForm
    rows_with_texts = ("files",)

    page_path: str | None = None  # read by `with_page`

    search_fields = [
        *(index.SearchField(name, boost=2) for name in localized_fields("title")),
        *(index.SearchField(name) for name in localized_fields("summary")),
        index.SearchField("publisher"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Keep an example from readers of a live site."""
        super().clean()
        refuse_example("is_example", is_example=self.is_example)

    def refuse_unfinished(self) -> None:
        """Ask for title and summary together: where one is missing, readers would get two languages in one."""
        for code in language_codes():
            if getattr(self, f"title_{code}") and not getattr(self, f"summary_{code}"):
                raise ValidationError({f"summary_{code}": _("Write the summary in this language too.")})
            if getattr(self, f"summary_{code}") and not getattr(self, f"title_{code}"):
                raise ValidationError({f"title_{code}": _("Write the title in this language too.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Make the slug of each language that has a title and no slug yet."""
        for code in language_codes():
            if (title := getattr(self, f"title_{code}")) and not getattr(self, f"slug_{code}"):
                slug = free_slug(title, self._taken_slugs(), default="material", max_length=80)
                setattr(self, f"slug_{code}", slug)
        super().save(*args, **kwargs)

    def _taken_slugs(self) -> set[str]:
        others = Resource.objects.exclude(pk=self.pk).values_list(*localized_fields("slug"))
        return {"feed", *(slug for slugs in others for slug in slugs if slug)}  # the feed lies beside them

    def with_content_json(self, content: dict[str, Any]) -> "Resource":
        """Return a version of the resource at the addresses that it has today."""
        version = super().with_content_json(content)
        for name in localized_fields("slug"):
            setattr(version, name, getattr(self, name))
        return version

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """The kept versions of the resource, which Wagtail reads under this name."""
        return self._revisions

    @property
    def url(self) -> str:
        """The address of its page, for resources read `with_page`; "" while there is no list to lie below."""
        return f"{address_of(self.page_path)}{self.slug}/" if self.page_path else ""

    @property
    def text_language(self) -> str:
        """The language of title and summary: the active one, or the default where it is not translated."""
        active = get_language()
        return active if getattr(self, f"title_{active}", "") else settings.LANGUAGE_CODE

    @property
    def languages(self) -> list[Language]:
        """The languages of its files, each once, in the editor's order."""
        return list({file.language: file.spoken for file in self.files.all()}.values())

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)

    @property
    def updated_on(self) -> datetime.date | None:
        """The day on which it was last published here, where it was so before."""
        moments = (self.first_published_at, self.last_published_at)
        first, last = (moment and timezone.localdate(moment) for moment in moments)
        return last if last != first else None

    @property
    def published_related_pages(self) -> list[Page]:
        """The pages to go on to, in the language being read. One query, none without any."""
        ids = [block["value"] for block in self.related_pages.raw_data]
        targets = linked_pages(ids) if ids else {}
        return [page for page_id in ids if (page := targets[page_id])]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the resource as readers see it."""
        return "resources/resource_preview.html"
