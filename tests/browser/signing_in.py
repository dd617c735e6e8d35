"""The sign-in of the demonstration's editor in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.served import Site


def sign_in_as_editor(page: Page, site: Site, role: str = "editor") -> None:
    """Sign in with a password that the first start has shown, by default the editor's, and arrive in the admin."""
    page.goto("/konto/login/?next=/admin/")
    page.get_by_label("E-post").fill(f"{role}@example.org")
    page.get_by_label("Lösenord").fill(site.passwords[role])
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(f"{site.address}/admin/")


def signed_in(page: Page, site: Site, role: str = "editor") -> None:
    """Sign in without opening the form and the first page of the admin, which together take three seconds of a core."""
    form = page.request.get("/konto/login/").text()
    token, *_others = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    fields = {"csrfmiddlewaretoken": token, "login": f"{role}@example.org", "password": site.passwords[role]}
    assert page.request.post("/konto/login/", form=fields, max_redirects=0).status == 302
    page.goto("/robots.txt")
