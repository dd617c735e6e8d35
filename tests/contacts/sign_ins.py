"""An editor at work in the admin, and the entries that tests need."""

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from contacts.editors import EDITORS
from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from pages.roles import AUTHOR
from tests.factories import coordinator
from tests.reading import soup


def editor(name: str = "redaktor", role: str = EDITORS) -> User:
    """Return somebody in the group of editors, or in another."""
    user = User.objects.create_user(name, f"{name}@example.org", "password")
    user.groups.add(Group.objects.get(name=role))
    return user


def editing(role: str = EDITORS) -> Client:
    """Return a browser in which an editor, or somebody with another role, has just signed in."""
    user = editor(role=role)
    browser = Client()
    browser.force_login(user)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return browser


def signing_in(address: str = "person@example.org", **fields: Any) -> Coordinator:
    """Return a published coordinator with a sign-in."""
    made = coordinator(**fields)
    give_sign_in(made, address)
    made.refresh_from_db()
    return made


def working_in_admin(address: str = "person@example.org", **fields: Any) -> Coordinator:
    """Return a coordinator who has become an author too, on the same account."""
    made = signing_in(address, **fields)
    made.user.groups.add(Group.objects.get(name=AUTHOR))
    return made


def action(name: str, entry: Coordinator) -> str:
    """Return the address of an action on an entry, or of its form ("edit")."""
    return reverse(f"wagtailsnippets_contacts_coordinator:{name}", args=[entry.pk])


def admin_form(browser: Client, entry: Coordinator) -> dict[str, Any]:
    """Return what the form of an entry sends when nothing is changed in it."""
    return sent_by(soup(browser.get(action("edit", entry))))


def sent_by(page: BeautifulSoup) -> dict[str, Any]:
    """Return what the form of a page of the admin sends when nothing is changed in it."""
    form = page.select_one("form[data-edit-form]")
    data = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.name == "select":
            data[field["name"]] = [option["value"] for option in field.select("option[selected]")]
        elif field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
            data[field["name"]] = field.get("value", "") if field.name == "input" else field.text.removeprefix("\n")
    return data


LIST = "wagtailsnippets_contacts_coordinator:list"


def invite(browser: Client, entry: Coordinator, address: str) -> HttpResponse:
    """Send the form that gives a sign-in."""
    return browser.post(action("sign_in", entry), {"address": address})
