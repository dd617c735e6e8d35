"""Who may change an entry and which links work, told from the events of a history alone: no log, no database.

Accounts are "owner", "deputy-1", "deputy-2", "editor-1" and "editor-2". A person holds each; the owner's is handed
over. Days are whole days since the beginning. Every change has a number: its place among the events.
"""

from dataclasses import dataclass, field

OWNER, DEPUTIES, EDITORS = "owner", ("deputy-1", "deputy-2"), ("editor-1", "editor-2")
DAYS = 14
AGENCY = "the agency"


@dataclass(frozen=True)
class Event:
    """What somebody saved; `undoes` is the number of the change that a link took back."""

    account: str
    person: str
    day: int
    values: dict[str, tuple[str, str]]  # by field: before, after
    undoes: int | None = None


@dataclass(frozen=True)
class Link:
    """A link as it was mailed: `account` is "" when only the address was known."""

    change: int
    address: str
    path: str


@dataclass
class Model:
    """Everything that has happened."""

    first_writer: str  # who wrote the e-mail that stood there at the beginning
    now: dict[str, str]
    signs_in: dict[str, str]  # by account: the address
    holders: dict[str, str]  # by account: the person
    day: int = 0
    leave: tuple[str, int] | None = None  # the deputy, and the last day
    has_left: bool = False
    closed: set[str] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    handed_over_after: int = -1  # the number of the last event before the owner's account went to another person

    def save(self, account: str, values: dict[str, str], undoes: int | None = None, person: str = "") -> int | None:
        """Note what was saved; return the number of the event, None when nothing was new."""
        changed = {name: (self.now[name], value) for name, value in values.items() if self.now[name] != value}
        if not changed:
            return None
        self.now |= values
        self.events.append(Event(account, person or self.holders.get(account, account), self.day, changed, undoes))
        return len(self.events) - 1

    def may(self, account: str) -> bool:
        """Whether an account may change the entry today."""
        if account in self.closed or self.has_left:
            return False
        return account == OWNER or account in EDITORS or self.deputy() == account

    def deputy(self) -> str | None:
        return self.leave[0] if self.leave and self.day <= self.leave[1] else None

    def person_may(self, person: str) -> bool:
        """Whether a person may change the entry today, signed in."""
        return any(holder == person and self.may(account) for account, holder in self.holders.items())

    def receivers(self, change: int) -> set[str]:
        """Return the addresses that a change is mailed to with a link today."""
        found = {self.signs_in[editor] for editor in EDITORS if self.may(editor)}
        if self.may(OWNER):
            found.add(self.signs_in[OWNER])
        return found | {address for address in [self.older_address(change)] if address}

    def older_address(self, change: int) -> str | None:
        """Return the e-mail from before the actor's first change that is still the entry's own."""
        made = self.events[change]
        if not self.holds(made.account, change):
            return None
        first = next(number for number, event in enumerate(self.events) if event.account == made.account)
        stood = [self.standing(number) for number in range(len(self.events) + 1)]
        address = stood[first]
        if stood[-1] != address:
            gone = max(number for number in range(len(self.events)) if stood[number] == address)
            after = [event for event in self.events[gone:] if "email" in event.values]
            if {event.account for event in after} != {made.account} or self.events[gone].day <= made.day - DAYS:
                return None
        return address if self.is_vouched_for(address) else None

    def standing(self, number: int) -> str:
        """Return the e-mail before an event."""
        later = [event.values["email"][0] for event in self.events[number:] if "email" in event.values]
        return later[0] if later else self.now["email"]

    def writer(self, address: str) -> tuple[str, str, int]:
        """Return the account and the person who first wrote an address, and the number of the event."""
        if self.standing(0) == address:
            return self.first_writer, self.holders.get(self.first_writer, AGENCY), -1
        return next(
            (event.account, event.person, number)
            for number, event in enumerate(self.events)
            if event.values.get("email", ("", ""))[1] == address
        )

    def is_vouched_for(self, address: str) -> bool:
        account, _person, number = self.writer(address)
        return account == AGENCY or self.holds(account, number)

    def holds(self, account: str, number: int) -> bool:
        """Whether who had an account at an event may change the entry today with it."""
        return self.may(account) and not (account == OWNER and number <= self.handed_over_after)

    def takes_back(self, link: Link) -> dict[str, str]:
        """Return what a link puts back today; nothing when it does not work."""
        made, later = self.events[link.change], self.events[link.change + 1 :]
        is_void = any(event.undoes is not None and "email" in event.values for event in later)
        if self.day - made.day > DAYS or self.has_left or is_void or link.address not in self.receivers(link.change):
            return {}
        saved = {name for event in later for name in event.values}
        return {name: before for name, (before, _after) in made.values.items() if name not in saved}
