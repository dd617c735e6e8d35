"""What tests of the own pages share: a coordinator who has signed in, and the form filled in as on the page."""

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from contacts.models import Coordinator
from tests import factories
from tests.reading import soup

ENTRY = "/koordinator/"
CHANGE = "/koordinator/andra/"
CONFIRM = "/koordinator/bekrafta/"
HISTORY = "/koordinator/historik/"
SWITCH = "/koordinator/byt/"
MUNICIPALITIES = "/koordinator/kommuner/"


def held_entry(*numbers: str, sign_in: str = "hemlig@example.org", **fields: Any) -> Coordinator:
    """Return a published entry whose coordinator can sign in."""
    entry = factories.coordinator(*numbers, **fields)
    entry.user = get_user_model().objects.create_user(username=sign_in, email=sign_in)
    entry.save()
    return entry


def signed_in(entry: Coordinator) -> Client:
    """Return a browser in which an entry's coordinator has signed in."""
    client = Client()
    client.force_login(entry.user)
    return client


def form_data(html: BeautifulSoup) -> dict[str, str]:
    """Return what a browser would send for the page's own form if nothing were changed, but for the token."""
    form = html.select_one("main form.form, main form.form__actions")
    data = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[field["name"]] = chosen["value"] if chosen else ""
        else:
            data[field["name"]] = field.get("value", "") if field.name == "input" else field.text
    data.pop("csrfmiddlewaretoken", None)  # another one each time
    return data


def opened(client: Client, address: str) -> dict[str, str]:
    """Open a page and return what its form would send."""
    return form_data(soup(client.get(address)))


def typed_names(typed: dict[str, str]) -> dict[str, str]:
    """Return what is typed by the names of the form's fields; `number` is the first number's."""
    return {"phones-0-number" if name == "number" else name: value for name, value in typed.items()}
