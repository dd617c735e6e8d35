"""The sign-in of the demonstration's editor in a browser."""

from playwright.sync_api import Page, expect

from tests.browser.served import Site


def sign_in_as_editor(page: Page, site: Site) -> None:
    """Sign in with the password that the first start has shown, and arrive in the admin."""
    page.goto("/konto/login/?next=/admin/")
    page.get_by_label("E-post").fill("editor@example.org")
    page.get_by_label("Lösenord").fill(site.passwords["editor"])
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(f"{site.address}/admin/")
