"""Coordinators as vCards (RFC 6350), which phones and mail programs save as contacts.

Written here: the libraries that are kept up write version 3.0 only.
"""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language

from contacts.models import ContactsPage, Coordinator, PhoneKind

MEDIA_TYPE = "text/vcard; charset=utf-8"
LINE_OCTETS = 75  # RFC 6350, 3.2: longer lines are folded
PHONE_TYPES = {PhoneKind.DIRECT: "work,voice", PhoneKind.MOBILE: "work,cell", PhoneKind.SWITCHBOARD: "work,voice"}

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def cards(coordinators: Iterable[Coordinator]) -> str:
    """Return the vCards of coordinators, one after the other, in the active language."""
    page = ContactsPage.for_active_language()
    lines = (line for coordinator in coordinators for line in _lines(coordinator, page))
    return "".join(f"{line}\r\n" for line in _folded(lines))


def file_name(name: str) -> str:
    """Return a file name that a reader recognises: nora-exempel.vcf."""
    return f"{slugify(name) or 'kontakt'}.vcf"


def _lines(coordinator: Coordinator, page: ContactsPage | None) -> Iterator[str]:
    name = escaped(coordinator.name)
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:urn:uuid:{coordinator.uid}"
    yield "KIND:individual"
    yield f"FN:{name}"
    # Phones show nobody without N. Which of the words is the family name is not known.
    yield f"N:;{name};;;"
    yield f"ORG:{escaped(coordinator.employer)}"
    yield f"TITLE;LANGUAGE={get_language()}:{escaped(coordinator.role)}"
    for phone in coordinator.phones.all():
        # As text, which every program dials; many show "tel:" where the value is an address.
        yield f"TEL;TYPE={PHONE_TYPES[PhoneKind(phone.kind)]}:{escaped(phone.number.as_international)}"
    if coordinator.email:
        yield f"EMAIL;TYPE=work:{escaped(coordinator.email)}"
    yield f"NOTE;LANGUAGE={get_language()}:{escaped(_note(coordinator))}"
    counties = coordinator.counties.all()
    if page and counties:
        # Where whoever has an old card finds the entry as it is now.
        yield f"URL:{settings.SITE_URL}{page.url}{page.place_path(counties[0])}"
    yield "END:VCARD"


def _note(coordinator: Coordinator) -> str:
    lines = render_to_string("contacts/vcard_note.txt", {"coordinator": coordinator}).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def escaped(text: str) -> str:
    """Write a text as a value: no separator, line break or control character of its own."""
    return _CONTROL_CHARACTERS.sub("", "\n".join(text.splitlines())).translate(_ESCAPES)


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Break lines that are too long between characters; what goes on begins with a space."""
    for line in lines:
        part, octets = "", 0
        for character in line:
            size = len(character.encode())
            if octets + size > LINE_OCTETS:
                yield part
                part, octets = " ", 1
            part += character
            octets += size
        yield part
