"""The sign-in of the demonstration's editor in a browser."""

from playwright.sync_api import Page, expect

from tests.browser.served import Site


def sign_in_as_editor(page: Page, site: Site, role: str = "editor") -> None:
    """Sign in with a password that the first start has shown, by default the editor's, and arrive in the admin."""
    page.goto("/konto/login/?next=/admin/")
    page.get_by_label("E-post").fill(f"{role}@example.org")
    page.get_by_label("Lösenord").fill(site.passwords[role])
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(f"{site.address}/admin/")
