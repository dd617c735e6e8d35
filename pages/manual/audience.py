"""Whom a part of the manual is for, and who its reader is: the actor they work for, and whom their case is about.

A reader's role is chosen with a form, `?actor=police&person=child&permit=without`. What is not chosen stands for all of
its kind, and what is not known counts as not chosen.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pages.manual.models.actors import Actor
from pages.requests import ROLE

Options = Sequence[tuple[str, str | Promise]]

# What editors choose for a part.
AGE_CHOICES = [("adult", _("adults")), ("child", _("children"))]
PERMIT_CHOICES = [("with", _("with a residence permit")), ("without", _("without a residence permit"))]

# What readers choose; the texts go on from the title of the choice.
PERSON_OPTIONS: Options = [("", _("adult or child")), ("adult", _("an adult")), ("child", _("a child"))]
PERMIT_OPTIONS: Options = [
    ("", pgettext_lazy("residence permit", "with or without")),
    ("with", pgettext_lazy("residence permit", "with")),
    ("without", pgettext_lazy("residence permit", "without")),
]


@dataclass(frozen=True, slots=True)
class Role:
    """What a reader has chosen to see; the fields are named as the parameters are."""

    actor: str = ""
    person: str = ""
    permit: str = ""

    @classmethod
    def chosen(cls, query: Mapping[str, str], actors: Iterable[Actor]) -> Self:
        """Read the choice from the parameters of a request."""
        known = {
            "actor": {actor.code for actor in actors},
            "person": dict(PERSON_OPTIONS),
            "permit": dict(PERMIT_OPTIONS),
        }
        return cls(**{name: query[name] for name in ROLE if query.get(name, "") in known[name] and name in query})

    @property
    def query(self) -> str:
        """The query string of this choice; "" when nothing is chosen."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    def is_concerned_by(self, part: Mapping[str, Any]) -> bool:
        """Tell whether a part, given as the value of its block, is for this reader."""
        wanted = ((self.actor, part["actors"]), (self.person, part["ages"]), (self.permit, part["permits"]))
        return all(not mine or not named or mine in named for mine, named in wanted)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter; "" stands for all of them."""

    value: str
    text: str | Promise
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The values of one parameter, of which one is chosen; the first stands for all of them."""

    parameter: str
    title: str | Promise
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """What is chosen; None when that is everything."""
        return next((choice for choice in self.choices[1:] if choice.is_chosen), None)


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """What a reader can choose of a role."""

    actors: ChoiceGroup
    details: list[ChoiceGroup]

    @classmethod
    def beside(cls, role: Role, actors: Iterable[Actor]) -> Self:
        """Return the choices, with what is chosen already."""

        def group(parameter: str, title: Promise, options: Options) -> ChoiceGroup:
            chosen = getattr(role, parameter)
            return ChoiceGroup(parameter, title, [Choice(value, text, value == chosen) for value, text in options])

        names = [(actor.code, capfirst(actor.name)) for actor in actors]
        return cls(
            group("actor", _("I work for"), [("", _("all actors, every part")), *names]),
            [
                group("person", _("The person is"), PERSON_OPTIONS),
                group("permit", _("Residence permit"), PERMIT_OPTIONS),
            ],
        )


def in_words(codes: Container[str], all_actors: list[Actor]) -> str:
    """Name the actors of these codes, "" where there are none."""
    actors = [actor.name for actor in all_actors if actor.code in codes]
    return gettext("all actors") if actors and len(actors) == len(all_actors) else ", ".join(actors)


def concerned(part: Mapping[str, Any], all_actors: list[Actor]) -> list[str | Promise]:
    """Say in words whom a part is for, given as the value of its block."""
    actors = in_words(part["actors"], all_actors)
    named: list[str | Promise] = [actors] if actors else []
    named += [text for code, text in AGE_CHOICES if part["ages"] == [code]]
    named += [text for code, text in PERMIT_CHOICES if part["permits"] == [code]]
    return named
