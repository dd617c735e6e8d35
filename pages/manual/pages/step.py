"""The steps of the manual, and the index of them all."""

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import PageManager

from pages.faulty_texts import refuse_faulty_texts
from pages.html.links import preloaded_links
from pages.manual import publication
from pages.manual.audience import Role, RoleChoice
from pages.manual.blocks import PartsBlock, note_fault
from pages.manual.changes import changed_parts
from pages.manual.documents import part_document
from pages.manual.editions import edition_beside
from pages.manual.forms import StepForm
from pages.manual.index import ManualIndex, NumberedPart, indexed
from pages.manual.models.actors import Actor
from pages.manual.models.parts import part_code
from pages.manual.querysets import StepQuerySet
from pages.models.base import BasePage
from pages.render_context import memoize_per_version, set_canonical_query
from pages.search.documents import SearchDocument, SearchKind

ALIAS_REFUSED = _("The manual cannot have aliases: its parts would be in two places.")


class ManualStepPage(BasePage):
    """One step of the manual; its number is its position among the published steps."""

    objects = PageManager.from_queryset(StepQuerySet)()

    time_frame = models.CharField(_("time frame"), max_length=60, blank=True, help_text=_("Such as “first hours”."))
    parts = StreamField(PartsBlock, verbose_name=_("parts"), blank=True)

    is_article = True
    search_kind = SearchKind.MANUAL

    parent_page_types = ["pages.ManualPage"]
    subpage_types: list[str] = []
    page_description = _("A step of the manual: what to do in one period of time.")
    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("time_frame"),
        *BasePage.content_panels[1:],
        FieldPanel("parts"),
    ]

    base_form_class = StepForm
    alias_refusal = ALIAS_REFUSED

    class Meta:
        verbose_name = _("step of the manual")
        verbose_name_plural = _("steps of the manual")

    @property
    def note_faults(self) -> dict[str, str]:
        """How marks and footnotes disagree, by field, in the parts too."""
        faults = [f"“{part.value['heading']}”: {fault}" for part in self.parts if (fault := note_fault(part.value))]
        return super().note_faults | ({"parts": " ".join(faults)} if faults else {})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the ids of parts apart from those of other pages and, when published, what each id means."""
        fields = kwargs.get("update_fields")
        if fields is not None and "parts" not in fields:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            publication.keep_ids_apart(self)
            if self.live:
                refuse_faulty_texts(self)  # with the notes about changes, which go to readers from here
                publication.refuse_unexplained_changes(self)
                publication.record_changes(self)
            super().save(*args, **kwargs)
            if self.live:
                publication.record_positions(self)
            else:
                publication.record_removal(self)

    def with_content_json(self, content: dict[str, Any]) -> "ManualStepPage":
        """Return a draft or an earlier version; its parts have the ids with which it would be published."""
        page = super().with_content_json(content)
        publication.keep_ids_apart(page)
        return page

    @property
    def search_lead(self) -> str:
        """The words that tell what the step is about, with its time frame."""
        return "\n".join(filter(None, [self.time_frame, super().search_lead]))

    def search_documents(self) -> dict[str, SearchDocument]:
        """Add each part, at its own place."""
        with preloaded_links(dict.fromkeys(self.link_targets)):
            parts = {f":{part_code(part.id)}": part_document(part, self) for part in self.parts}
        return super().search_documents() | parts

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the reader's role, what can be chosen of it, and the parts to mark as changed where the reader asks."""
        role = Role.chosen(request.GET, self.actors)
        set_canonical_query(role.query.removeprefix("?"))
        return super().get_context(request, *args, **kwargs) | {
            "role": role,
            "role_choice": RoleChoice.beside(role, self.actors),
            "actor": next((actor for actor in self.actors if actor.code == role.actor and actor.url), None),
            "concerning": sum(role.is_concerned_by(part.value) for part in self.parts),
            "changed": changed_parts(request.GET, self.locale_id),
        }

    @cached_property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """The step as everybody sees it, on paper, and as each actor sees it. One query."""
        actors = [(f"actor={actor.code}", _("As seen by: %(actor)s") % {"actor": actor.name}) for actor in self.actors]
        return [("", _("The step")), ("print", _("On paper")), *actors]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the step as an actor who has chosen their role."""
        if mode_name.startswith("actor="):
            request.GET = QueryDict(mode_name)
        return super().serve_preview(request, mode_name)

    @property
    def texts(self) -> list[StreamValue]:
        """The text before the parts, and the parts."""
        return [*super().texts, self.parts]

    @property
    def edition_mark(self) -> str | Promise:
        """The edition of the manual that this is of."""
        return edition_beside(self, self.index)

    @cached_property
    def actors(self) -> list[Actor]:
        """All actors, in order. One query."""
        return memoize_per_version("actors", lambda: list(Actor.objects.with_page()))

    @cached_property
    def index(self) -> ManualIndex:
        """The published manual, by which this step and its parts are numbered. One query."""
        return read_index()

    @cached_property
    def steps(self) -> list["ManualStepPage"]:
        """The published steps of the same manual, in order."""
        return self.index.beside(self)

    @cached_property
    def numbered_parts(self) -> list[NumberedPart]:
        """The parts with their numbers, in order."""
        return [
            NumberedPart(block, f"{self.number}.{position}", part_code(block.id), self, self.actors)
            for position, block in enumerate(self.parts, start=1)
        ]

    @property
    def number(self) -> int:
        """The position of this step, from 1; for a draft, the one it would have."""
        return 1 + sum(step.path < self.path for step in self.steps)

    @property
    def previous_step(self) -> "ManualStepPage | None":
        """The published step before this one."""
        return next((step for step in reversed(self.steps) if step.path < self.path), None)

    @property
    def next_step(self) -> "ManualStepPage | None":
        """The published step after this one."""
        return next((step for step in self.steps if step.path > self.path), None)


def read_index(*, with_content: bool = False) -> ManualIndex:
    """Read the published manual, with the contents of its parts where they are asked for. One query."""
    return memoize_per_version(
        f"index {with_content}", lambda: indexed(ManualStepPage.objects.for_index(with_content=with_content))
    )
