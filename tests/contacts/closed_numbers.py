"""What a page must say of each number at a moment, told from the rows alone, and what it says."""

from dataclasses import dataclass
from datetime import date, datetime

from bs4 import Tag

from contacts.models import Coordinator
from contacts.opening_hours import STOCKHOLM
from tests.contacts.duty_model import AGES, is_on_leave, who_answers, works_with
from tests.contacts.hours_model import HOLIDAYS, Model
from tests.reading import words

DANGER, URGENT, LINE = "112", "11414", "020390000"
DAYTIME, OUT_OF_HOURS = "+46406280470", "+46406280471"
MARKS = {"sv": ("stängt nu", "ledig"), "en": ("closed now", "on leave")}
ON_LEAVE = {"sv": "Ledig till och med", "en": "On leave up to and including"}


def number(link: Tag) -> str:
    """Return what a link dials, without what separates it."""
    return link["href"].removeprefix("tel:").replace("-", "")


def links(node: Tag) -> list[Tag]:
    """Return the links to numbers, in order."""
    return node.select('a[href^="tel:"]')


@dataclass(slots=True)
class Truth:
    """Who answers at a moment; `line` is the model of the support line's hours, None where they are not known."""

    county: list[Coordinator]
    line: Model | None
    moment: datetime

    @property
    def day(self) -> date:
        return self.moment.astimezone(STOCKHOLM).date()

    @property
    def office_is_closed(self) -> bool:
        """Walk the minutes of the day: an office day goes from the line's first to its last, within seven to six."""
        wall = self.moment.astimezone(STOCKHOLM)
        if wall.weekday() >= 5 or wall.date() in HOLIDAYS:
            return True
        minutes = sorted(self.line.weekly[wall.weekday()]) if self.line else []
        within = [each for each in range(420, 1080) if minutes and minutes[0] <= each <= minutes[-1]]
        return wall.hour * 60 + wall.minute not in (within or range(420, 1080))

    @property
    def line_is_closed(self) -> bool:
        return not self.line.is_open(self.moment) if self.line else self.office_is_closed

    @property
    def advice(self) -> str:
        """The number for who cannot reach a coordinator."""
        return URGENT if self.line_is_closed else LINE

    def numbers_of(self, name: str | None) -> set[str]:
        """Return the numbers of a coordinator, or of the support line."""
        people = {each.name: each for one in self.county for each in (one, one.deputy) if each}
        return {phone.number.as_e164 for phone in people[name].phones.all()} if name else {LINE}

    def stand_ins(self, someone: Coordinator) -> list[str | None]:
        """Return who answers for each age group that someone on leave works with."""
        model = who_answers(self.county, self.day)
        return [model[someone.name, age] for age in AGES if works_with(someone, age)]

    def is_closed(self, dialled: str, own: Coordinator | None = None) -> bool:
        """Tell whether a number does not answer, on the card of a coordinator or elsewhere."""
        if dialled in {DANGER, URGENT, OUT_OF_HOURS}:
            return False
        if dialled == LINE:
            return self.line_is_closed
        is_own = own is not None and dialled in self.numbers_of(own.name) and is_on_leave(own, self.day)
        return self.office_is_closed or is_own


def check_link(link: Tag, is_closed: bool, language: str) -> None:
    """Check that a number is marked as closed, and not filled, if and only if it is closed."""
    beside = words(link.find_parent(["li", "p"]))
    assert any(mark in beside for mark in MARKS[language]) == is_closed, beside
    assert not is_closed or link.find_parent(class_=["coordinator__numbers--quiet", "social-services__text--quiet"])


def check_card(card: Tag, someone: Coordinator, truth: Truth, language: str) -> None:
    """Check one coordinator's card."""
    found = links(card)
    for link in found:
        check_link(link, truth.is_closed(number(link), someone), language)
    assert not found or truth.office_is_closed or not truth.is_closed(number(found[0]), someone)
    leave = card.select_one(".coordinator__leave")
    assert (leave is not None) == is_on_leave(someone, truth.day) == (ON_LEAVE[language] in words(card))
    dialled = [number(link) for link in found]
    if leave is None:
        assert set(dialled) == truth.numbers_of(someone.name)
        return
    expected = truth.stand_ins(someone)
    above = {number(link) for link in links(leave)}
    shut = truth.line_is_closed and None in expected and not truth.office_is_closed  # else the page says it
    assert above == set.union(*map(truth.numbers_of, expected)) | ({truth.advice} if shut else set())
    assert set(dialled[len(links(leave)) :]) == truth.numbers_of(someone.name)  # below, and none above it


def check_notice(main: Tag, truth: Truth) -> None:
    """Check that a page says once, before every card, that offices are closed, and what answers instead."""
    told = main.select(".office-closed, .coordinator")
    assert len(main.select(".office-closed")) == (truth.office_is_closed and bool(main.select(".coordinator")))
    if truth.office_is_closed and told:
        assert "office-closed" in told[0]["class"]
        assert [number(link) for link in links(told[0])] == [truth.advice]
