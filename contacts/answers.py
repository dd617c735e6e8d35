"""What the lookup answers: places to choose from, or none; and what the page of a place says of how one came there."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from contacts.findings import Finding
from contacts.gazetteer import aliases
from contacts.lookup import MAX_QUERY_LENGTH
from contacts.models.places import County, Municipality
from contacts.named_places import Place
from contacts.place_names import fold_word, without_kind_words
from contacts.places import place_label
from contacts.surroundings import is_postcode


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to choose, with the town or district that led there, if one did."""

    place: County | Municipality
    locality: str

    @property
    def label(self) -> str:
        """The names, so that the place is told from others: Rinkeby, Stockholm, Stockholms län."""
        return ", ".join(filter(None, [self.locality, place_label(self.place)]))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query that leads straight to no place."""

    query: str
    choices: list[Choice]
    is_guess: bool

    @classmethod
    def to(cls, query: str, finding: Finding, places: list[County | Municipality]) -> Self:
        """Make the answer of a finding, whose places are given as rows."""
        # What cannot be seen is left out: it breaks HTML, or turns the text around it.
        shown = "".join(filter(str.isprintable, query))[:MAX_QUERY_LENGTH].strip()
        choices = [Choice(place, finding.localities.get(place.code, "")) for place in places]
        return cls(shown, choices, finding.is_guess)

    @property
    def headline(self) -> str:
        """The answer in one sentence, which is the title of the page too."""
        if not self.choices and is_postcode(self.query):
            return _("We cannot look up postcodes such as “%(query)s”") % {"query": self.query}
        if not self.choices:
            return _("No municipality or county matches “%(query)s”") % {"query": self.query}
        if not self.is_guess:
            return _("Several municipalities or counties match “%(query)s”") % {"query": self.query}
        if self.names_localities and len(self.choices) == 1:
            return _("Did you mean %(place)s?") % {"place": self.choices[0].label}
        if self.names_localities:
            return _("Which place do you mean by “%(query)s”?") % {"query": self.query}
        told = _("No municipality or county is called “%(query)s”. Did you mean one of these?")
        return told % {"query": self.query}

    @property
    def advice(self) -> str:
        """What to do when none of it is right."""
        if not self.choices and is_postcode(self.query):
            return _(
                "Enter the municipality instead, or choose a county in the list. You can also call the support line."
            )
        if not self.choices:
            return _("Check the spelling, or choose a county in the list. You can also call the support line.")
        if self.names_localities:
            return _("There may be a place of this name elsewhere too. If none is right, enter the municipality.")
        return ""

    @property
    def names_localities(self) -> bool:
        """Whether towns or districts led to the choices; the list of these is not complete."""
        return any(choice.locality for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A name that leads straight to a place. The place's page, which is ready for all, says it to whom it led there."""

    name: str

    @property
    def html_id(self) -> str:
        """The part of the page that an address after a search ends in."""
        return f"typed-{fold_word(self.name)}"


def arrivals(place: Place) -> list[Arrival]:
    """Return the names that lead straight to a place."""
    names = [without_kind_words(name) for name in place.names if name]
    names += [other.label for same in aliases().values() for other in same if place.code in other.codes]
    return list({arrival.html_id: arrival for arrival in map(Arrival, names)}.values())
