"""The rules of a link that takes a change back, one by one: whom it goes to, and when it stops."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contacts.models import Coordinator
from contacts.own_entry.links import receivers
from contacts.own_entry.log_actions import CHANGE as CHANGED
from contacts.own_entry.saving import save_entry
from tests.contacts.own_entry.entry_world import NUMBERS, World, work
from tests.contacts.own_entry.link_model import EDITORS, OWNER
from tests.contacts.own_entry.links import EDITOR, OWNERS, link, refused, to
from tests.contacts.own_pages import CHANGE, SWITCH, opened
from tests.contacts.sign_ins import editing

pytestmark = pytest.mark.django_db

DEPUTY, OTHER = "deputy-1", "deputy-2"
X, B = work("Disa"), work("Efraim")


def hand_over_under_users(world):
    """Give the owner's account to somebody else as an administrator does under Settings, Users."""
    fields = {"email": "efraim@example.org", "first_name": "E", "last_name": "E", "is_active": "on"}
    assert editing("administrator").post(f"/admin/users/edit/{world.users[OWNER].pk}/", fields).status_code == 302


def test_former_deputy_cannot_set_a_number(world):
    """The deputy's own mailbox, put on the entry, got the link that brought the deputy's number back."""
    world.go_on_leave(DEPUTY, 5)
    world.change(DEPUTY, email=X)
    world.change(DEPUTY, phones=NUMBERS[3])
    world.change(DEPUTY, phones=NUMBERS[0])
    assert X not in {each.address for each in world.links}
    world.model.day = 6
    with world.at():
        world.change(OWNER, phones=NUMBERS[1])
        assert X not in to(world)


def test_deputys_mailbox_gets_a_mail_without_a_link(world, client, django_capture_on_commit_callbacks):
    """Through the pages themselves."""
    world.go_on_leave(DEPUTY, 5)
    client.force_login(world.users[DEPUTY])
    client.post(SWITCH, {"entry": str(world.entry.uid)})
    for typed in ({"email": X}, {"phones-0-number": "040-628 04 13"}):
        world.read_mail(None)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(CHANGE, opened(client, CHANGE) | typed)
    assert world.values() == {"phones": NUMBERS[3], "email": X}
    mailed = dict(world.read_mail(0))
    assert mailed.pop(X) == ""
    assert set(mailed) == {"redaktor0@example.org", "redaktor1@example.org", OWNERS, work("Olga")}
    assert all(mailed.values())


@pytest.mark.parametrize(("day", "is_mailed"), [(13, True), (14, False)])
def test_replaced_address_gets_links_while_its_own_works(world, day, is_mailed):
    world.change(OWNER, email=B)
    assert work("Olga") in to(world)
    world.model.day = day
    with world.at():
        world.change(OWNER, phones=NUMBERS[1])
        assert (work("Olga") in to(world)) == is_mailed


def test_address_that_somebody_else_replaced_gets_no_link(world):
    world.go_on_leave(DEPUTY, 5)
    world.change(DEPUTY, phones=NUMBERS[2])
    before = link(world, work("Olga"))
    world.publish(EDITORS[0], email=B)
    assert refused(world, before) == "Länken skickades till någon som inte längre får ändra uppgifterna."
    world.change(DEPUTY, phones=NUMBERS[1])
    assert to(world) == {EDITOR, "redaktor1@example.org", OWNERS}


def test_own_address_of_the_actor_gets_no_link(world):
    world.change(OWNER, email=B)
    world.model.day = 30
    with world.at():
        world.change(OWNER, phones=NUMBERS[1])
        assert B not in to(world)


@pytest.mark.parametrize(
    ("writer", "end"),
    [
        (EDITORS[0], lambda world: world.close_or_open(EDITORS[0])),
        (OWNER, World.hand_over),
        (OWNER, hand_over_under_users),
        (OWNER, lambda world: world.close_or_open(OWNER)),
        (DEPUTY, lambda world: world.go_on_leave(OTHER, 5)),
    ],
)
def test_address_counts_while_its_writer_may_change_the_entry(world, writer, end):
    world.go_on_leave(DEPUTY, 5)
    (world.publish if writer in EDITORS else world.change)(writer, email=B)
    world.go_on_leave(OTHER, 5)
    if writer == DEPUTY:
        assert not world.model.may(DEPUTY)
        world.go_on_leave(DEPUTY, 5)
        world.change(OWNER, phones=NUMBERS[1])
    else:
        world.change(OTHER, phones=NUMBERS[1])
    each = link(world, B)
    assert Client().get(each.path).status_code == 200
    end(world)
    assert "inte längre får ändra" in refused(world, each)


@pytest.mark.parametrize(
    ("actor", "end"),
    [
        (OWNER, World.hand_over),
        (OWNER, lambda world: world.close_or_open(OWNER)),
        (DEPUTY, lambda world: world.go_on_leave(OTHER, 5)),
    ],
)
def test_address_counts_while_whoever_made_the_change_may_make_it(world, actor, end):
    """Else somebody whose account is closed could put an old number back, as the reader of the entry's mailbox."""
    world.go_on_leave(DEPUTY, 5)
    world.change(actor, phones=NUMBERS[1])
    each = link(world, work("Olga"))
    assert Client().get(each.path).status_code == 200
    end(world)
    assert "inte längre får ändra" in refused(world, each)
    assert Client().get(link(world, EDITOR).path).status_code == 200


def test_address_counts_while_who_published_it_first_may_change_the_entry(mail, django_capture_on_commit_callbacks):
    world = World(mail, lambda: django_capture_on_commit_callbacks(execute=True), published_by=1)
    with world.at():
        world.change(OWNER, phones=NUMBERS[1])
        each = link(world, work("Olga"))
        assert Client().get(each.path).status_code == 200
        world.close_or_open(EDITORS[0])
        assert "inte längre får ändra" in refused(world, each)


@pytest.mark.parametrize(
    ("address", "end"),
    [
        (EDITOR, lambda world: world.close_or_open(EDITORS[0])),
        (OWNERS, World.hand_over),
        (OWNERS, hand_over_under_users),
        (OWNERS, lambda world: world.close_or_open(OWNER)),
    ],
)
def test_account_without_its_right_or_address_has_no_link(world, address, end):
    world.change(OWNER, phones=NUMBERS[1])
    each = link(world, address)
    assert Client().get(each.path).status_code == 200
    end(world)
    assert "inte längre får ändra" in refused(world, each)


@pytest.mark.parametrize("save", [World.change, World.publish])
def test_field_that_was_saved_since_is_not_put_back(world, save):
    world.change(OWNER, phones=NUMBERS[1])
    each = link(world)
    account = OWNER if save == World.change else EDITORS[0]
    save(world, account, email=B)
    assert Client().get(each.path).status_code == 200
    save(world, account, phones=NUMBERS[2])
    save(world, account, phones=NUMBERS[1])
    assert refused(world, each) == "Någon har ändrat uppgifterna igen efter att mejlet skickades."


def test_value_that_a_command_has_set_is_not_put_back(world):
    world.change(OWNER, email=B)
    Coordinator.objects.filter(pk=world.entry.pk).update(email="ny@example.se")
    assert "igen" in refused(world, link(world))


def test_address_that_a_command_has_set_after_changes_gets_no_link(world):
    world.publish(EDITORS[0], email=B)
    Coordinator.objects.filter(pk=world.entry.pk).update(email="ny@example.se")
    row = world.row()
    change = save_entry(row, {"phones": [["direct", NUMBERS[1]]]}, world.users[OWNER], CHANGED)
    assert {each.address for each in receivers(row, change)} == {EDITOR, "redaktor1@example.org", OWNERS}


def test_email_that_is_put_back_stops_every_earlier_link(world):
    world.change(OWNER, phones=NUMBERS[1])
    number = link(world)
    world.change(OWNER, email=B)
    assert world.press(link(world, EDITOR)) == 200
    assert refused(world, number).startswith("E-postadressen har återställts")
    assert "redan" in refused(world, link(world, OWNERS))
    world.model.now["email"] = work("Olga")
    world.read_mail(None)
    world.change(OWNER, phones=NUMBERS[2])
    assert world.press(link(world)) == 200


def test_number_that_is_put_back_stops_no_other_link(world):
    world.change(OWNER, email=B)
    email = link(world)
    world.change(OWNER, phones=NUMBERS[1])
    assert world.press(link(world)) == 200
    assert world.press(email) == 200


@pytest.mark.parametrize(("after", "works"), [(timedelta(days=14), True), (timedelta(days=14, seconds=1), False)])
def test_link_ends_after_fourteen_days(world, after, works):
    world.change(OWNER, phones=NUMBERS[1])
    with time_machine.travel(timezone.now() + after, tick=False):
        if works:
            assert world.press(link(world)) == 200
        else:
            assert "14 dagar" in refused(world, link(world))


@pytest.mark.parametrize("address", [EDITOR, OWNERS, work("Olga")])
def test_link_outlives_a_change_of_the_key(world, settings, address):
    world.change(OWNER, email=B)
    each = link(world, address)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, ["e" * 50, settings.SECRET_KEY]
    assert world.press(each) == 200


def test_link_of_somebody_who_has_left_is_gone(world):
    world.change(OWNER, phones=NUMBERS[1])
    world.leave_or_return()
    assert "har slutat" in refused(world, link(world, EDITOR))
