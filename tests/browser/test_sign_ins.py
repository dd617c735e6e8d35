"""Sign-ins in a browser: where one is signed in, the code before the first factor, and text that a sign-out keeps."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import Findings
from tests.browser.served import Site
from tests.browser.signing_in import sign_in_as_editor
from tests.browser.test_layout import too_wide
from tests.mail import MailFolder, text

pytestmark = pytest.mark.browser

SESSIONS = "/konto/inloggningar/"
NUMBERS = "/admin/snippets/contacts/municipality/?q=gällivare"


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Open a browser of its own."""
    with browser.new_context(base_url=site.address) as context:
        yield context


def look(page: Page, name: str, widths: tuple[int, ...] = (320, 1280)) -> None:
    """Let axe look at a page in light and dark, narrow and wide."""
    findings = Findings(page)
    for scheme in ("light", "dark"):
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{name} {scheme} {width} px", colours=scheme)
            assert too_wide(page) == ""
    assert findings.problems == ""


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_code_by_mail_comes_before_the_first_factor(prefix: str, context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    sign_in_as_editor(page, site)
    page.goto(f"{prefix}/konto/tva-steg/app/")
    expect(page).to_have_url(re.compile("/tva-steg/mail/"))
    look(page, "before")
    page.locator("main .form button").press("Enter")
    expect(page.locator("[name=code]")).to_be_visible()
    page.locator("[name=code]").fill("BBBB-BBBB")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: " if prefix else "^Fel: "))
    look(page, "wrong code")
    mails = MailFolder(site.folder / "mail").to("editor@example.org")
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", text(mails[-1]), re.MULTILINE)
    assert code
    page.locator("[name=code]").fill(code[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}{prefix}/konto/tva-steg/app/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_own_sign_ins_are_accessible(prefix: str, context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    sign_in_as_editor(page, site)
    page.goto(prefix + SESSIONS)
    expect(page.locator("main section")).not_to_have_count(0)
    look(page, "sign-ins")


def test_administrator_ends_the_sign_in_of_a_user(browser: Browser, context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto("/konto/login/?next=/admin/users/")
    page.get_by_label("E-post").fill("administrator@example.org")
    page.get_by_label("Lösenord").fill(site.passwords["administrator"])
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(f"{site.address}/admin/users/")
    with browser.new_context(base_url=site.address) as other:
        theirs = other.new_page()
        sign_in_as_editor(theirs, site)
        expect(page.locator("[data-object-id]")).not_to_have_count(0)
        for key in [row.get_attribute("data-object-id") for row in page.locator("[data-object-id]").all()]:
            page.goto(f"/admin/users/sessions/{key}/")
            if "editor@example.org" in page.locator("body").inner_text():
                break
        findings = Findings(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            findings.look(scheme, colours=scheme, within="main")
        assert findings.problems == ""
        page.get_by_role("button", name="Avsluta alla").click()
        expect(page.locator("main")).to_contain_text("Inte inloggad någonstans.")
        theirs.goto("/admin/")
        expect(theirs).to_have_url(re.compile("/konto/login/"))


def test_text_outlives_a_sign_out(browser: Browser, context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    sign_in_as_editor(page, site)
    page.goto(NUMBERS)
    page.get_by_role("link", name="Gällivare").first.click()
    page.get_by_label("Källa till numren").fill("Telefonsamtal med växeln")
    with browser.new_context(base_url=site.address) as other:
        elsewhere = other.new_page()
        sign_in_as_editor(elsewhere, site)
        elsewhere.goto(SESSIONS)
        elsewhere.get_by_role("button", name="Logga ut överallt utom här").click()
    page.get_by_label("Källa till numren").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    look(page, "signed out")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    sign_in_as_editor(opened.value, site)
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inget har sparats än")
    look(page, "send again")
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto(NUMBERS)
    page.get_by_role("link", name="Gällivare").first.click()
    expect(page.get_by_label("Källa till numren")).to_have_value("Telefonsamtal med växeln")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_form_without_the_cookie_gets_a_page_of_ours(prefix: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{prefix}/konto/password/reset/")
    context.clear_cookies()
    page.locator("main input[type=email]").fill("nobody@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("main form")).to_have_count(0)
    expect(page.locator("a[href='tel:112']").first).to_be_attached()
    look(page, "no cookie")
    assert context.cookies() == []
