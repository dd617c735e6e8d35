"""What every page of the site has in common."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from pages.blocks import BodyBlock
from pages.html.links import preloaded_links, targets_of
from pages.html.plain_text import text_lines
from pages.models.forms import PageCopyForm
from pages.requests import PageRequest, framed_by_the_admin
from pages.search.documents import SearchDocument, SearchKind
from pages.workflow import SecondPersonTester


def served_pages() -> PageQuerySet:
    """Return the published pages in languages whose start page, right below the root, is published too."""
    return Page.objects.live().filter(locale__in=Page.objects.live().filter(depth=2).values("locale"))


class BasePage(Page):
    """A page with lead, body, the dates that readers see, and notes that only editors see."""

    lead = models.TextField(_("lead"), help_text=_("One or two sentences: what the reader finds here."))
    body = StreamField(BodyBlock, verbose_name=_("body"), blank=True)
    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("Longer heading on the page itself, where the title is kept short for menus and links."),
    )
    updated_on = models.DateField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("The date readers see. Change it when the content changes, not for a corrected comma."),
    )
    responsible_unit = models.CharField(_("responsible unit"), max_length=120, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)
    editor_note = models.TextField(_("note to editors"), blank=True, help_text=_("Never shown to readers."))

    # How search names a page of this type, and how it stands beside pages that answer as well.
    search_kind = SearchKind.PAGE
    search_boost = 100

    # What a request shows at an address below the page, where its type has such addresses.
    current_subpage: models.Model | None = None

    # Whether search engines are told of it as an article.
    is_article = False

    # The site holds public information and drafts, nothing between: no page can be made private.
    private_page_options: list[str] = []
    copy_form_class = PageCopyForm

    # Why pages of a type can have no aliases; "" where they can.
    alias_refusal: str | Promise = ""

    content_panels = [*Page.content_panels, FieldPanel("heading"), FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("slug", "seo_title", "search_description")],
            heading=_("For search engines"),
        ),
        FieldPanel("show_in_menus"),
    ]
    settings_panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("updated_on", "responsible_unit", "review_by", "editor_note")],
            heading=_("Care of the text"),
        ),
        PublishingPanel(),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to be an alias where the type can have none."""
        if self.alias_of_id and self.alias_refusal:
            raise ValidationError({"alias_of": self.alias_refusal})
        super().save(*args, **kwargs)

    @property
    def name_for_sharing(self) -> str:
        """What the page is called where a link to it is shown."""
        return capfirst(str(self.current_subpage)) if self.current_subpage else self.heading or self.title

    @property
    def description(self) -> str:
        """One or two sentences about the page for search engines and links."""
        return self.search_description or self.lead

    @property
    def search_text(self) -> str:
        """The text in which readers find this page, a paragraph a line; a hook for types that show more.

        Without its links to pages: it must not change when another page does.
        """
        with preloaded_links(dict.fromkeys(self.link_targets)):
            return "\n".join(text_lines(self.body.render_as_block({"page": self, "is_snapshot": True})))

    @property
    def search_lead(self) -> str:
        """The words that tell what this page is about, beside its title; a hook for types that tell more."""
        return "\n".join(filter(None, [self.lead, self.search_description]))

    def search_documents(self) -> dict[str, SearchDocument]:
        """Return what readers find of this page: itself under "", parts of it under other keys."""
        found = SearchDocument(
            self.search_kind,
            self.title,
            self.search_lead,
            self.search_text,
            heading=self.heading,
            date=self.updated_on,
            boost=self.search_boost,
        )
        return {"": found}

    @property
    def texts(self) -> list[StreamValue]:
        """The texts that readers of this page see."""
        return [self.body]

    @cached_property
    def link_targets(self) -> dict[int, Page | None]:
        """Where the links in these texts lead, by the ids that they hold. One query."""
        return targets_of(self.texts)

    @cached_property
    def live_translations(self) -> dict[str, Page]:
        """The translations of this page that readers can open, by language code; itself included. One query."""
        pages = served_pages().filter(translation_key=self.translation_key).select_related("locale")
        return {page.locale.language_code: page for page in pages}

    @cached_property
    def _children_in_both_languages(self) -> list[Page]:
        """The published pages below this one and below its original in the default language. One query."""
        original = self.live_translations.get(settings.LANGUAGE_CODE, self)
        pages = self.annotated_children(Page.objects.live().select_related("locale"))
        return list(pages.filter(pages.child_of_q(self) | pages.child_of_q(original)).order_by("path"))

    def annotated_children(self, pages: PageQuerySet) -> PageQuerySet:
        """Add what this type shows of the pages below it; a hook for types that show more."""
        return pages

    @property
    def child_pages(self) -> list[Page]:
        """The published pages below this one, in menu order."""
        return [page for page in self._children_in_both_languages if page.is_child_of(self)]

    @property
    def untranslated_child_pages(self) -> list[Page]:
        """The pages that would be here, but are published in the default language only."""
        translated = {page.translation_key for page in self.child_pages}
        return [page for page in self._children_in_both_languages if page.translation_key not in translated]

    def permissions_for_user(self, user: Any) -> SecondPersonTester:
        """Return what someone may do with this page."""
        return SecondPersonTester(user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return none, without asking the database: see `private_page_options`."""
        return PageViewRestriction.objects.none()

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """The address of this very page in each language in which it is published."""
        return {code: page.url for code, page in self.live_translations.items()}

    @framed_by_the_admin
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft, in the admin's preview or on a page of its own."""
        return super().serve_preview(request, mode_name)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Describe the page at its public address, and where its other languages are."""
        return [self.sitemap_entry({code: page.url for code, page in self.live_translations.items()})]

    def sitemap_entry(self, urls: dict[str, str]) -> dict[str, Any]:
        """Describe an address that belongs to this page, given in each language in which it is published."""
        addresses = {code: settings.SITE_URL + url for code, url in urls.items()}
        own = addresses[self.locale.language_code]
        if settings.LANGUAGE_CODE in addresses:
            addresses["x-default"] = addresses[settings.LANGUAGE_CODE]
        alternates = [{"lang_code": code, "location": address} for code, address in addresses.items()]
        return {"location": own, "lastmod": self.last_published_at, "alternates": alternates}
