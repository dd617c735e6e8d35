"""Material in the body of any page, offered through the registry of `pages`."""

from typing import Any

from django.core.cache import caches
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from resources.models.kinds import Kind
from resources.models.resources import Resource
from resources.models.topics import Topic

MOST = 12


def topic_choices() -> list[tuple[str, str]]:
    """Return the topics as choices, which may be a second old: every form of a page asks for them."""
    return caches["process"].get_or_set(f"topic-choices-{get_language()}", _read_topics) or []


def _read_topics() -> list[tuple[str, str]]:
    return [(topic.code, capfirst(topic.name)) for topic in Topic.objects.all()]


class TopicBlock(blocks.ChoiceBlock):
    """A choice of a topic by its code."""

    def normalize_choice(self, value: Any) -> Any:
        """Keep the code, where Wagtail compares it with all choices: a query for every block that is read."""
        return value


class ResourcesBlock(blocks.StructBlock):
    """Resources that the editor chose, or the newest of a topic; drafts among them are left out."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120, required=False)
    chosen = blocks.ListBlock(
        SnippetChooserBlock("resources.Resource"),
        label=_("publications"),
        default=[],
        max_num=MOST,
        help_text=_("In this order. Without any, the newest of the topic are shown."),
    )
    topic = TopicBlock(label=_("topic"), choices=topic_choices, required=False)
    kind = blocks.ChoiceBlock(label=_("kind"), choices=Kind.choices, required=False)
    count = blocks.IntegerBlock(label=_("how many at most"), min_value=1, max_value=MOST, default=5)

    class Meta:
        icon = "doc-full"
        label = _("Publications")
        description = _("Publications that you choose, or the newest of a topic.")
        template = "blocks/resources.html"
        preview_value = {"heading": "", "chosen": [], "topic": "", "kind": "handout", "count": 3}

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list[Any], dict[str, Any]]:
        """Leave the children out of migrations: those of `pages` would else import this app."""
        return "wagtail.blocks.StructBlock", [[]], {}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the published resources. Three queries at most."""
        context = super().get_context(value, parent_context)
        published = Resource.objects.published().with_page().prefetch_related("files")
        if ids := [resource.pk for resource in value["chosen"] if resource]:
            by_id = published.in_bulk(ids)
            resources = [by_id[pk] for pk in ids if pk in by_id]
        else:
            asked = {"topics__code": value["topic"], "kind": value["kind"]}
            resources = list(
                published.filter(**{name: of for name, of in asked.items() if of})[: value["count"] or MOST]
            )
        return {"heading_level": 2, "is_paper": False, **context, "resources": resources}
