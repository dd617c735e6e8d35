"""Every request to an address: with every method, with the fields of its form, and with nonsense."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client

from contacts.own_entry.edit_tokens import edit_token
from contacts.own_entry.values import ENTRY_FIELDS, read_values
from tests.config.every_url import Address
from tests.config.world import World

OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
JUNK = {
    "application/x-www-form-urlencoded": (
        b"title=%00&slug=%FF&next=%2F%2Fevil.example&page=1e9&p=-1&id=x&pk=%27&items=%7B&body-count=x&edit_token=x"
        b"&form-TOTAL_FORMS=x&phones-TOTAL_FORMS=99999999&comments-INITIAL_FORMS=-1&action-publish=&text=%ED%A0%80"
    ),
    "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="file"; filename="\0"\r\n\r\n\xff',
    "application/json": b'{"a": [' + b"[" * 2000,
    "application/x-www-form-urlencoded; charset=utf-8": b"title=x",  # and none of the fields that others count on
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request to an address, with the fields of a form or with nonsense."""

    address: Address
    method: str
    fields: dict[str, Any] | None = None
    junk: str = ""  # its type

    def __str__(self) -> str:
        nonsense = f", nonsense ({self.junk})" if self.junk else ""
        return f"{self.method} {self.address.url} ({self.address.name}{nonsense})"

    def send(self, client: Client) -> HttpResponse:
        if self.junk:
            return client.generic("POST", self.address.url, JUNK[self.junk], self.junk)
        if self.method in OTHERS:
            return client.generic(self.method, self.address.url)
        return getattr(client, self.method.lower())(self.address.url, self.fields)


def edit_token_of_b(world: World) -> dict[str, Any]:
    """Return what B's own pages send beside what is typed."""
    entry = world.entries["B"]
    return {"edit_token": edit_token(entry, read_values(entry, ENTRY_FIELDS))}


PHONES = {"phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0", "phones-0-kind": "direct"}
TYPED = PHONES | {"phones-0-number": "040-628 04 99", "employer": "Annan", "role_sv": "Annan"}
# What a page sends where an empty form would not do; on the own pages as B, whoever sends it.
FIELDS: dict[str, Callable[[World], dict[str, Any]]] = {
    "own_entry:change": lambda world: edit_token_of_b(world) | TYPED | {"target_group": "both"},
    "own_entry:confirm": edit_token_of_b,
    "own_entry:switch": lambda world: {"entry": world.entries["B"].uid},
    "wagtailadmin_pages:copy": lambda world: {"new_parent_page": world.own.get_parent().pk, "new_slug": "kopia"},
    "wagtailadmin_choose_page_external_link": lambda world: {"external-link-chooser-url": "https://example.org/"},
    "wagtailredirects:process_import": lambda world: {
        "import_file_name": Signer().sign(str(world.upload)),
        "input_format": Signer().sign("0"),
    },
}


def requests_to(
    address: Address, number: int, world: World, *, every_method: bool, with_nonsense: bool
) -> Iterator[Request]:
    """Yield every request to an address but HEAD; its number among all addresses chooses the nonsense.

    Of the methods that nearly every address refuses it chooses one as well, unless all are asked for, or no nonsense.
    """
    yield Request(address, "GET")
    fields = {"body-count": "0", "footnotes-count": "0", "related_pages-count": "0"}
    yield Request(address, "POST", fields | FIELDS.get(address.name, lambda _world: {})(world))
    if not with_nonsense:
        return
    yield Request(address, "POST", junk=list(JUNK)[number % len(JUNK)])
    for method in OTHERS if every_method else [OTHERS[number % len(OTHERS)]]:
        yield Request(address, method)
