"""What editors write the guide with: questions, the question of the place, and results."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contacts.guide.graph import Answer, Graph, Node, Question, Result, answer_slug
from contacts.models.coordinators import TargetGroup
from pages.blocks.text import TEXT_FEATURES
from pages.manual.pages.step import read_index

NAME_HELP = _("A short name such as “age”, by which answers say that they lead here. Readers do not see it.")
TARGET_HELP = _("The name of the question or result.")
NUMBERS = [
    ("danger", _("the number for acute danger")),
    ("urgent", _("the number of the police")),
    ("social-services", _("the municipality’s social services, out of hours too")),
    ("coordinator", _("the regional coordinator")),
    ("advice", _("the support line")),
    ("victims", _("support for those who are exploited")),
]


def part_choices() -> list[tuple[str, str]]:
    """Return the published parts with their numbers. One query."""
    return list({part.code: (part.code, f"{part.number} {part.heading}") for part in read_index().parts}.values())


class StoredChoiceBlock(blocks.ChoiceBlock):
    """A choice that is read as it is stored."""

    def normalize_choice(self, value: Any) -> Any:
        """Keep the value, where Wagtail compares it with all choices: a query for every part that is read."""
        return value


class NameBlock(blocks.CharBlock):
    """A name that readers do not see, and that is the same in every language."""

    is_internal = True


class AnswerBlock(blocks.StructBlock):
    """An answer, and where it leads."""

    label = blocks.CharBlock(label=_("answer"), max_length=60)
    note = blocks.CharBlock(label=_("explanation"), max_length=120, required=False)
    target = NameBlock(label=_("leads to"), max_length=40, help_text=TARGET_HELP)

    class Meta:
        icon = "arrow-right"
        label = _("Answer")


class QuestionBlock(blocks.StructBlock):
    """A question with its answers, each a link."""

    name = NameBlock(label=_("name"), max_length=40, help_text=NAME_HELP)
    heading = blocks.CharBlock(label=_("question"), max_length=120)
    note = blocks.CharBlock(label=_("explanation"), max_length=250, required=False)
    answers = blocks.ListBlock(AnswerBlock(), label=_("answers"), min_num=2)

    class Meta:
        icon = "help"
        label = _("Question")
        description = _("A question with its answers; the first one is where readers begin.")


class PlaceBlock(blocks.StructBlock):
    """The question of the place, answered with a municipality or county, or left out."""

    name = NameBlock(label=_("name"), max_length=40, help_text=NAME_HELP)
    heading = blocks.CharBlock(label=_("question"), max_length=120)
    note = blocks.CharBlock(label=_("explanation"), max_length=250, required=False)
    label = blocks.CharBlock(label=_("answer of who does not know"), max_length=60)
    target = NameBlock(label=_("leads to"), max_length=40, help_text=TARGET_HELP)

    class Meta:
        icon = "site"
        label = _("Question of the place")
        description = _("Asks for the municipality or county, with which coordinator and social services are found.")


class ResultBlock(blocks.StructBlock):
    """An end of the guide."""

    name = NameBlock(label=_("name"), max_length=40, help_text=NAME_HELP)
    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    todo = blocks.ListBlock(
        blocks.RichTextBlock(label=_("thing to do"), features=TEXT_FEATURES),
        label=_("things to do now"),
        min_num=1,
        max_num=3,
    )
    numbers = blocks.ListBlock(
        StoredChoiceBlock(label=_("number"), choices=NUMBERS),
        label=_("numbers, in the order to call"),
        min_num=1,
        help_text=_("What is closed at the moment comes after what answers."),
    )
    group = StoredChoiceBlock(label=_("coordinators for"), choices=TargetGroup.choices, default=TargetGroup.BOTH)
    parts = blocks.ListBlock(
        StoredChoiceBlock(label=_("part of the manual"), choices=part_choices),
        label=_("parts of the manual"),
        min_num=1,
        max_num=2,
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Result")
        description = _("What to do now, the numbers, and the part of the manual.")


class NodesBlock(blocks.StreamBlock):
    """The questions and results of the guide."""

    question = QuestionBlock()
    place = PlaceBlock()
    result = ResultBlock()

    class Meta:
        label = _("Questions and results")


def graph_of(nodes: blocks.StreamValue) -> Graph:
    """Return the graph that the blocks of a guide describe."""
    return Graph(tuple(_node(child) for child in nodes))


def _node(child: blocks.StreamValue.StreamChild) -> Node:
    value: Any = child.value
    name = value["name"].strip()
    if child.block_type == "result":
        numbers, parts = (tuple(filter(None, value[field])) for field in ("numbers", "parts"))
        return Result(name, value["heading"], numbers, parts, value["group"], tuple(value["todo"]))
    if child.block_type == "place":
        slug = answer_slug(value["heading"])
        onward = Answer(value["label"], value["target"].strip(), slug, child.id or "")
        return Question(name, value["heading"], (onward,), value["note"], takes_place=True)
    answers = tuple(
        Answer(
            each.value["label"],
            each.value["target"].strip(),
            answer_slug(each.value["label"]),
            each.id or "",
            each.value["note"],
        )
        for each in value["answers"].bound_blocks
    )
    return Question(name, value["heading"], answers, value["note"])
