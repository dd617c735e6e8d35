"""What every page of the site has in common."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction

from pages.blocks import BodyBlock
from pages.blocks.footnotes import NOTE_HELP, FootnotesBlock
from pages.html.advice import marked
from pages.html.footnotes import disagreement
from pages.html.links import targets_of
from pages.models.checks_texts import ChecksTexts
from pages.models.forms import AddressInput, PageCopyForm, TextsForm
from pages.models.in_languages import InLanguages
from pages.models.searched import SearchedPage
from pages.requests import framed_by_the_admin
from pages.review.forms import review_panel
from pages.review.models import Review
from pages.workflow import SecondPersonTester


class BasePage(ChecksTexts, SearchedPage, InLanguages):
    """A page with lead, body, the dates that readers see, and notes that only editors see."""

    lead = models.TextField(_("lead"), help_text=_("One or two sentences: what the reader finds here."))
    body = StreamField(BodyBlock, verbose_name=_("body"), blank=True)
    footnotes = StreamField(FootnotesBlock, verbose_name=_("footnotes"), blank=True, help_text=NOTE_HELP)
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
    editor_note = models.TextField(_("note to editors"), blank=True, help_text=_("Never shown to readers."))

    reviews = GenericRelation(Review)

    # What a request shows at an address below the page, where its type has such addresses.
    current_subpage: models.Model | None = None

    # Whether search engines are told of it as an article.
    is_article = False

    # The site holds public information and drafts, nothing between: no page can be made private.
    private_page_options: list[str] = []
    base_form_class = TextsForm
    copy_form_class = PageCopyForm

    # Why pages of a type can have no aliases; "" where they can.
    alias_refusal: str | Promise = ""

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("heading", "lead", "body", "footnotes")),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug", widget=AddressInput),
                *(FieldPanel(name) for name in ("seo_title", "search_description")),
            ],
            heading=_("For search engines"),
        ),
        FieldPanel("show_in_menus"),
    ]
    settings_panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("updated_on", "responsible_unit", "editor_note")],
            heading=_("Care of the text"),
        ),
        review_panel(),
        *Page.settings_panels,
    ]

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse a mark without its footnote, and a footnote without its mark; the form of a draft excludes them."""
        super().clean_fields(exclude)
        excluded = set(exclude or ())
        if excluded.isdisjoint({"body", "footnotes"}):
            faults = {name: fault for name, fault in self.note_faults.items() if name not in excluded}
            if faults:
                raise ValidationError(faults)

    @property
    def note_faults(self) -> dict[str, str]:
        """How marks and footnotes disagree, by field; a hook for types with more texts than the body."""
        fault = disagreement(str(self.body.get_prep_value()), len(self.footnotes))
        return {"footnotes": fault} if fault else {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to be an alias where the type can have none."""
        if self.alias_of_id and self.alias_refusal:
            raise ValidationError({"alias_of": self.alias_refusal})
        super().save(*args, **kwargs)

    @property
    def edition_mark(self) -> str | Promise:
        """The edition that copies and citations of this page name; a hook for types that are of one."""
        return ""

    @property
    def name_for_sharing(self) -> str:
        """What the page is called where a link to it is shown."""
        return capfirst(str(self.current_subpage)) if self.current_subpage else self.heading or self.title

    @property
    def description(self) -> str:
        """One or two sentences about the page for search engines and links."""
        return self.search_description or self.lead

    def render_text(self, context: Mapping[str, Any], notes: str = "") -> str:
        """Return the body with its footnotes, whose ids begin with `notes`, as HTML; marks and links as stored."""
        shown = {"notes": [note.value for note in self.footnotes], "anchor": notes}
        footnotes = render_to_string("components/footnotes.html", shown) if self.footnotes else ""
        return f"{self.body.render_as_block(context)}{footnotes}"

    @property
    def texts(self) -> list[StreamValue]:
        """The texts that readers of this page see."""
        return [self.body, self.footnotes]

    @cached_property
    def link_targets(self) -> dict[int, Page | None]:
        """Where the links in these texts lead, by the ids that they hold. One query."""
        return targets_of(self.texts)

    def permissions_for_user(self, user: Any) -> SecondPersonTester:
        """Return what someone may do with this page."""
        return SecondPersonTester(user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return none, without asking the database: see `private_page_options`."""
        return PageViewRestriction.objects.none()

    @framed_by_the_admin
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft, in the admin's preview or on a page of its own, marked for the content checker."""
        response = super().serve_preview(request, mode_name)
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(_mark)
        return response


def _mark(response: TemplateResponse) -> None:
    response.content = marked(response.text)
