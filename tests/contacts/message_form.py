"""The form for messages as a reader fills it in."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from tests.reading import PAIRS, soup

FORMS = PAIRS["message"]
THANKS = PAIRS["message sent"]
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def filled_in(page: BeautifulSoup, changes: dict[str, str] | None = None) -> dict[str, str]:
    """Return what a browser would send of the form on a page, with what somebody writes in it."""
    form = page.main.find("form", class_="form")
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input") if field["type"] != "radio"}
    fields |= {radio["name"]: radio["value"] for radio in form.find_all("input", type="radio", checked=True)}
    fields |= {area["name"]: area.text.removeprefix("\n").removeprefix("\r\n") for area in form.find_all("textarea")}
    return fields | (changes or {})


def send(
    client: Client, query: str = "", language: int = 0, headers: dict[str, str] | None = None, **changes: str
) -> Any:
    """Open the form, write in it, send it, and return the answer."""
    written = {"kind": "page-fault", "text": "Länken är trasig."} | changes
    fields = filled_in(soup(client.get(FORMS[language] + query)), written)
    return client.post(FORMS[language], fields, headers=SAME_ORIGIN if headers is None else headers)
