"""vCards read back, as RFC 6350 says they are written."""

import re
from dataclasses import dataclass, field

from django.http import HttpResponse

_VALUES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


@dataclass(slots=True)
class Card:
    """The lines of one card: name, parameters and raw value of each."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def raw(self, name: str) -> list[str]:
        """Return the values of a property as they are written."""
        return [value for property_name, _parameters, value in self.lines if property_name == name]

    def texts(self, name: str) -> list[str]:
        """Return the texts of a property."""
        return [unescaped(value) for value in self.raw(name)]

    def parameters(self, name: str) -> list[str]:
        """Return the parameters of each line of a property."""
        return [parameters for property_name, parameters, _value in self.lines if property_name == name]


def unescaped(value: str) -> str:
    """Return a text from its written form; a lone separator or backslash is an error."""
    assert re.fullmatch(r"(?:[^\\,;]|\\[nN,;\\])*", value), value
    return re.sub(r"\\.", lambda match: _VALUES[match[0]], value)


def read_cards(response: HttpResponse) -> list[Card]:
    """Return the cards of an answer, after checking how the file is written."""
    assert response.status_code == 200
    content: bytes = response.content
    assert content.endswith(b"\r\n")
    octets = content.removesuffix(b"\r\n").split(b"\r\n")
    assert [line for line in octets if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    for line in octets:
        line.decode()  # no character is split between two lines
    cards: list[Card] = []
    for line in content.decode().removesuffix("\r\n").replace("\r\n ", "").split("\r\n"):
        head, value = line.split(":", 1)
        name, _semicolon, parameters = head.partition(";")
        if line == "BEGIN:VCARD":
            cards.append(Card())
        cards[-1].lines.append((name, parameters, value))
    assert all(card.lines[:2] == [("BEGIN", "", "VCARD"), ("VERSION", "", "4.0")] for card in cards)
    assert all(card.lines[-1] == ("END", "", "VCARD") for card in cards)
    return cards
