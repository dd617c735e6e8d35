"""Random coordinators of a county, and a plain model of who answers for them.

The model asks of each pair whether one may answer for the other, and ranks who may; the code goes down lists.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from contacts.models import Coordinator, CoordinatorPhone

DAY = timedelta(days=1)
AGES = ("adults", "children")
GROUPS = (*AGES, "both")


def works_with(someone: Coordinator, age: str) -> bool:
    """Tell whether a coordinator works with an age group."""
    return someone.target_group in (age, "both")


def is_on_leave(someone: Coordinator, day: date) -> bool:
    """Tell whether a day is within the leave."""
    return someone.leave_from is not None and someone.leave_from <= day < someone.leave_until + DAY


def can_be_reached(someone: Coordinator, day: date) -> bool:
    """Tell whether readers can call a coordinator on a day."""
    is_gone = not someone.live or someone.left_on or is_on_leave(someone, day)
    return not is_gone and len(someone.phones.all()) > 0


def who_answers(county: list[Coordinator], day: date) -> dict[tuple[str, str], str | None]:
    """Return by name and age group who answers for whom is on leave; None is the support line."""
    found: dict[tuple[str, str], str | None] = {}
    for place, someone in enumerate(county):
        for age in AGES:
            if not is_on_leave(someone, day) or not works_with(someone, age):
                continue
            ranks = {
                (other - place) % len(county): each.name
                for other, each in enumerate(county)
                if can_be_reached(each, day) and works_with(each, age)
            }
            if someone.deputy and can_be_reached(someone.deputy, day):
                ranks[0] = someone.deputy.name
            found[someone.name, age] = ranks[min(ranks)] if ranks else None
    return found


@st.composite
def leaves(draw: st.DrawFn, day: date) -> dict[str, date]:
    """Draw the days of a leave near a day, or none."""
    if draw(st.integers(0, 2)) == 0:
        return {}
    first = day + draw(st.integers(-3, 3)) * DAY
    return {"leave_from": first, "leave_until": first + draw(st.integers(0, 4)) * DAY}


@st.composite
def people(draw: st.DrawFn, day: date, names: str) -> list[Coordinator]:
    """Draw unsaved coordinators, some of whom are not published, have left, have no number or are on leave."""
    found = []
    for order, name in enumerate(names):
        state = draw(st.sampled_from(["live", "live", "live", "live", "draft", "left", "mute"]))
        someone = Coordinator(
            name=f"Person {name}",
            role_sv="Regionkoordinator",
            employer="Malmö stad",
            target_group=draw(st.sampled_from(GROUPS)),
            live=state in {"live", "mute"},
            left_on=day - DAY if state == "left" else None,
            sort_order=order,
            **draw(leaves(day)),
        )
        letter = ord(name) - ord("A")
        numbers = [] if state == "mute" else [f"040-628 04 {letter:02}", f"031-390 06 {letter:02}"][: order % 2 + 1]
        someone.phones = [CoordinatorPhone(number=number, sort_order=at) for at, number in enumerate(numbers)]
        found.append(someone)
    return found


@st.composite
def counties(draw: st.DrawFn, day: date) -> tuple[list[Coordinator], list[Coordinator]]:
    """Draw the published coordinators of a county and everybody there is, each with a deputy or none: in rings too."""
    county = draw(people(day, "ABCDE"[: draw(st.integers(0, 5))]))
    everyone = [*county, *draw(people(day, "XYZ"))]
    for someone in everyone:
        someone.deputy = draw(st.sampled_from([None, None, *everyone]))
    return [each for each in county if each.live], everyone
