"""Random histories of an entry: who may not change it now cannot, by any link, and every other link works.

`LINK_HISTORIES=300` runs that many instead of 20.
"""

import os
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.own_entry.links import LinkGone, open_link, read_token
from tests.conftest import forget
from tests.contacts.own_entry.entry_world import NUMBERS, PEOPLE, World, work
from tests.contacts.own_entry.link_model import AGENCY, DEPUTIES, EDITORS, OWNER, Link

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HISTORIES = int(os.environ.get("LINK_HISTORIES", "20"))
KEEPERS = (OWNER, *DEPUTIES)
FIELDS = ({"phones"}, {"email"}, {"phones", "email"})


def typed(which: int, number: int, mailbox: int) -> dict[str, str]:
    values = {"phones": NUMBERS[number % len(NUMBERS)], "email": work(PEOPLE[mailbox % len(PEOPLE)])}
    return {name: value for name, value in values.items() if name in FIELDS[which % len(FIELDS)]}


def change(world: World, who: int, which: int, value: int) -> None:
    account = KEEPERS[who % 3]
    world.change(account, **typed(which, value, value))


def publish(world: World, who: int, which: int, value: int) -> None:
    world.publish(EDITORS[who % 2], **typed(which, value, value))


def begin_leave(world: World, who: int, days: int, _value: int) -> None:
    world.go_on_leave(DEPUTIES[who % 2], 2 + days * 3)


def end_leave(world: World, who: int, _which: int, _value: int) -> None:
    world.go_on_leave(DEPUTIES[who % 2], 0)


def wait(world: World, days: int, _which: int, _value: int) -> None:
    world.model.day += 1 + days


def hand_over(world: World, _who: int, _which: int, _value: int) -> None:
    world.hand_over()


def close_or_open(world: World, who: int, _which: int, _value: int) -> None:
    world.close_or_open((OWNER, *EDITORS, OWNER, *DEPUTIES)[who % 6])


def leave_or_return(world: World, _who: int, _which: int, _value: int) -> None:
    world.leave_or_return()


def press(world: World, which: int, latest: int, _value: int) -> None:
    """Press one of the links, often a late one, as whoever reads the mailbox that it lies in."""
    if world.links:
        number = -1 - which % min(6, len(world.links)) if latest % 2 else which * 5 % len(world.links)
        check_press(world, world.links[number])


def there_and_back(world: World, who: int, which: int, value: int) -> None:
    """Save a value and the one before it again."""
    before = dict(world.model.now)
    change(world, who, which, value)
    world.change(KEEPERS[who % 3], **before)


def put_an_email_back(world: World, who: int, number: int, value: int) -> None:
    """Save a number, then an e-mail, and take that back."""
    account = KEEPERS[who % 3]
    world.change(account, phones=NUMBERS[number % len(NUMBERS)])
    world.change(account, email=work(PEOPLE[value % len(PEOPLE)]))
    if world.links:
        check_press(world, world.links[-1])


def change_for_the_first_time(world: World, who: int, end: int, value: int) -> None:
    """Let a deputy change an entry whose e-mail somebody else has just written, who then may lose the right to."""
    new = [account for account in DEPUTIES if account not in {event.account for event in world.model.events}]
    writer = (OWNER, EDITORS[0])[who % 2]
    write = world.publish if writer in EDITORS else world.change
    write(writer, email=work(PEOPLE[value % len(PEOPLE)]))
    deputy = (new or DEPUTIES)[0]
    world.go_on_leave(deputy, 4)
    world.change(deputy, phones=NUMBERS[value % len(NUMBERS)])
    check_links(world, LATEST)
    if end % 3 == 0 and writer == OWNER:
        world.hand_over()
    elif end % 3:
        world.close_or_open(writer)


# What was found by hand is drawn as a whole; the first are drawn more often.
OPERATIONS: list[Callable[[World, int, int, int], None]] = [
    *(change, change, press, press, begin_leave, end_leave, wait, publish, hand_over, close_or_open, leave_or_return),
    *(there_and_back, put_an_email_back, change_for_the_first_time),
]
CHOICE = st.integers(min_value=0, max_value=11)
LIFE = st.lists(st.tuples(st.sampled_from(OPERATIONS), CHOICE, CHOICE, CHOICE), min_size=8, max_size=14)
LATEST = 6  # links that are looked at after each step


def reader(address: str) -> str:
    """Return who reads a mailbox."""
    editors = {User(username=f"redaktor{number}").username: PEOPLE[4 + number] for number in range(2)}
    name = address.partition("@")[0].partition(".")[0]
    return editors.get(name, name.capitalize())


def check_press(world: World, link: Link) -> None:
    """Press, and check what has changed by it, and that who pressed may do so."""
    model, before = world.model, dict(world.model.now)
    expected = model.takes_back(link)
    person, events = reader(link.address), len(model.events)
    made = model.events[link.change]
    status = world.press(link)
    assert (status == 200) == bool(expected), (status, expected)
    assert world.values() == before | expected
    if not expected:
        assert world.read_mail(None) == []
        return
    # The promise itself, without the rules: by right of one's own, or of who gave readers one's mailbox.
    if not model.person_may(person):
        _account, writer, _number = model.writer(link.address)
        assert writer == AGENCY or model.person_may(writer)
        assert made.person not in {person, writer}
    model.save("", expected, undoes=link.change, person=person)
    assert len(model.events) == events + 1
    assert world.undone().data["reverts"]
    told = world.read_mail(None)
    assert {path for _address, path in told} == {""}
    assert not {address for address, _path in told} & ({before["email"]} - {world.values()["email"]})


def check_links(world: World, latest: int) -> int:
    """Check of the latest links whether they work, and what they put back; return how many work."""
    works = 0
    for link in world.links[-latest:]:
        try:
            opened = open_link(*read_token(link.path.split("/")[-2]), lock=False)
        except LinkGone:
            found = {}
        else:
            found = {name: values["old"] for name, values in opened.changes.items()}
        if "phones" in found:
            found["phones"] = found["phones"][0][1]
        assert found == world.model.takes_back(link)
        works += bool(found)
    return works


def test_no_link_changes_an_entry_for_whom_may_not(mail, django_capture_on_commit_callbacks):
    worked = []

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(published_by=CHOICE, life=LIFE)
    def live(published_by, life):
        with transaction.atomic():
            world = World(mail, lambda: django_capture_on_commit_callbacks(execute=True), published_by)
            for operation, *choices in life:
                with world.at():
                    operation(world, *choices)
                with world.at():
                    check_links(world, LATEST)
            with world.at():
                worked.append(check_links(world, len(world.links)))
            transaction.set_rollback(True)
        forget()

    live()
    assert len(worked) >= HISTORIES
    assert any(worked)
