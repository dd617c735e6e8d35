"""Random histories of the site in three processes: every answer soon is what Django alone would answer.

MODEL_RUNS=200 runs 200 histories instead of 3, other ones each time; VISIBLE_SECONDS=1 holds them to the second.
"""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.pages.page_cache.processes import VISIBLE_SECONDS, Site
from tests.reading import PAIRS, difference

# The site is a copy of what it sets up; two of them at once would keep each other waiting.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ready"), pytest.mark.long]

RUNS = int(os.environ.get("MODEL_RUNS", "0"))
WATCHED = ("/", "/en/", "/vagledning/", "/vagledning/betanketid/", *PAIRS["all coordinators"], PAIRS["county"][0])
START = "2027-{month:02}-01T07:30+01:00"
LEADS = st.integers(0, 999).map("Ingress {}.".format)
WHICH = st.sampled_from([0, 1])
HOURS = st.integers(0, 22).flatmap(lambda opens: st.tuples(st.just(opens), st.integers(opens + 1, 23)))
MINUTES = st.sampled_from([1, 29, 30, 31, 60, 8 * 60, 24 * 60, 10 * 24 * 60])


class History(RuleBasedStateMachine):
    """What happens to a page of its own, to the first coordinator, to the hours, to the processes and to the time."""

    site: Site
    months: Iterator[int]

    @initialize()
    def begin(self) -> None:
        self.now = datetime.fromisoformat(START.format(month=next(self.months)))
        self.site.set_clock(self.now.isoformat())
        self.site.settle()  # no promise is for a clock that jumps by a month
        self.page = self.site.editor.do("make_page", title="Modell")
        self.addresses = {"/vagledning/modell/"}
        self.changed()

    def changed(self) -> None:
        """Take down when readers must see it at the latest."""
        self.deadline = time.monotonic() + VISIBLE_SECONDS

    def edit(self, name: str, **arguments: object) -> None:
        self.site.editor.do(name, **arguments)
        self.changed()
        self.addresses.add(self.site.editor.do("address", page=self.page))

    @rule(lead=LEADS)
    def publish(self, lead: str) -> None:
        self.edit("publish", page=self.page, lead=lead)

    @rule()
    def unpublish(self) -> None:
        self.edit("unpublish", page=self.page)

    @rule()
    def move(self) -> None:
        self.edit("move", page=self.page)

    @rule(slug=st.sampled_from(["modell", "annan", "tredje"]))
    def rename(self, slug: str) -> None:
        self.edit("rename", page=self.page, slug=slug)

    @rule(lead=LEADS)
    def roll_back(self, lead: str) -> None:
        self.edit("roll_back", page=self.page, lead=lead)

    @rule(lead=LEADS)
    def update_quietly(self, lead: str) -> None:
        self.edit("update_quietly", page=self.page, lead=lead)

    @rule(lead=LEADS, minutes=MINUTES)
    def schedule(self, lead: str, minutes: int) -> None:
        self.edit("schedule", page=self.page, lead=lead, minutes=minutes)

    @rule(minutes=MINUTES)
    def expire(self, minutes: int) -> None:
        self.edit("expire", page=self.page, minutes=minutes)

    @rule(digits=st.integers(10, 99))
    def edit_contact(self, digits: int) -> None:
        self.edit("edit_contact", number=f"+464062804{digits}")

    @rule(days=st.sampled_from([0, 171, 179, 180, 181]))
    def confirm_contact(self, days: int) -> None:
        self.edit("confirm_contact", days_ago=days)

    @rule(hours=HOURS)
    def set_hours(self, hours: tuple[int, int]) -> None:
        self.edit("set_hours", opens=hours[0], closes=hours[1])

    @rule()
    def close_today(self) -> None:
        self.edit("close_today")

    @rule(minutes=MINUTES)
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.site.set_clock(self.now.isoformat())
        self.edit("publish_scheduled")

    @rule(number=WHICH, lead=LEADS)
    def kill(self, number: int, lead: str) -> None:
        """Kill a process while it builds what has just been published."""
        self.site.editor.tell("publish", page=self.page, lead=lead)
        self.site.readers[number].tell("begin_to_ask", path="/kontakt/alla/")
        self.site.readers[number].kill()
        self.site.editor.take()
        self.site.replace(number)
        self.changed()

    @invariant()
    def every_answer_is_that_of_django(self) -> None:
        for path in (*WATCHED, *sorted(self.addresses)):
            self.compare(path)

    def compare(self, path: str) -> None:
        """Ask until all answers are Django's; what is asked for after the deadline must be so at once."""
        while True:
            late = time.monotonic() - self.deadline  # when it is asked: what Django answers takes a build
            seen = [reader.get(path) for reader in self.site.readers]
            fresh = self.site.editor.fresh(path)
            wrong = [each for each in seen if each.shown != fresh.shown]
            if not wrong:
                return
            assert late < 0, (path, late, wrong[0].source, difference(wrong[0].text, fresh.text))

    def teardown(self) -> None:
        if hasattr(self, "page"):
            self.site.editor.do("delete", page=self.page)


def test_every_answer_is_what_django_would_answer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(History, "site", site, raising=False)
    # Confirmations and hours of an earlier history are not of the time of a later one.
    monkeypatch.setattr(History, "months", (1 + number % 12 for number in range(10_000)), raising=False)
    bounded = settings(
        max_examples=RUNS or 3,
        stateful_step_count=30 if RUNS else 12,
        derandomize=not RUNS,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a shorter history would take longer to find than to read
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(History, settings=bounded)
