"""The form for messages in a browser: by keyboard, without script, with faults, leaving no cookie."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import Address, in_turn, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit
from tests.browser.keys import tab_to
from tests.browser.served import Site
from tests.mail import mail_of_server, text

pytestmark = pytest.mark.browser

STARTS = pages("step")
FORMS = pages("message")
LINK = {"sv": "Fel nummer eller fel på sidan?", "en": "Wrong number or a problem on the page?"}
THANKS = {"sv": "Tack för ditt meddelande", "en": "Thank you for your message"}


@in_turn(STARTS, "start")
def test_message_is_sent_by_keyboard_alone(start: Address, site: Site, visit: Callable[..., Visit]) -> None:
    visited = visit(start)
    page = visited.page

    tab_to(page, f"footer a[href$='page={start.path}']")
    expect(page.locator(":focus")).to_have_text(LINK[start.language])
    page.keyboard.press("Enter")
    expect(page.locator("[name=kind]").first).to_be_visible()
    tab_to(page, "[name=kind]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=text]")
    page.keyboard.type(f"Rubriken är fel ({start.language}).")
    tab_to(page, "main button")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS[start.language])
    assert page.context.cookies() == []
    mails = [text(mail) for mail in mail_of_server(site.folder / "mail", "editor@example.org")]
    (mail,) = [mail for mail in mails if f"> Rubriken är fel ({start.language})." in mail]
    assert site.address + start.path in mail
    assert visited.complaints == []


def test_message_is_sent_without_script(visit: Callable[..., Visit]) -> None:
    page = visit(pages("county")[0], java_script_enabled=False).page
    page.get_by_role("link", name="Fel nummer? ").first.click()
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_label("Ditt meddelande").fill("Numret går till någon annan.")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS["sv"])
    assert page.context.cookies() == []


@in_turn(FORMS, "form")
def test_faults_are_told_and_led_to(form: Address, visit: Callable[..., Visit]) -> None:
    page = visit(form).page
    page.locator("[name=reply_to]").fill("lasare")
    page.locator("main button").press("Enter")

    summary = page.locator("main [role=alert]")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links).to_have_count(3)
    for name in ("id_kind", "id_text", "id_reply_to"):
        link = summary.locator(f"a[href='#{name}']")
        link.focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{name}")).to_be_focused()
    expect(page.locator("[name=reply_to]")).to_have_value("lasare")
    expect(page.locator("[name=leave_empty]")).to_be_hidden()
    expect(page).to_have_title(re.compile({"sv": "^Fel: ", "en": "^Error: "}[form.language]))
    assert page.context.cookies() == []


@in_turn(FORMS, "form")
def test_axe_finds_nothing_in_a_form_with_faults(form: Address, visit: Callable[..., Visit]) -> None:
    page = visit(form).page
    page.locator("main button").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    findings = Findings(page)
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{scheme} {width} px", colours=scheme)
    assert findings.problems == ""
