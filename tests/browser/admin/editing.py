"""What an editor does in Wagtail's forms."""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import APIResponse, Browser, Locator, Page, Response, expect

from tests.browser.addresses import in_drills
from tests.pages.admin.swedish import FIXED, english_of_scripts, said

SAVED = ".w-autosave-indicator__state--saved"
LISTING = re.compile(r"/admin/pages/\d+/$")  # where publishing leads
POLL = 300  # milliseconds
MINUTE = re.compile(r"\b\d\d[.:]\d\d\b")
form_paths: dict[tuple[str, str, str], str] = {}  # by server, query and title
_readers: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()
COPY = """([html, text]) => document.addEventListener("copy", (event) => {
  event.preventDefault();
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", text);
}, { once: true })"""


def one_in_drills(titles: Iterable[str]) -> pytest.MarkDecorator:
    """Give a test a page by its title, the first one; the drills give it the others, which are in another language."""
    first, *others = titles
    return pytest.mark.parametrize("title", [first, *map(in_drills, others)])


def open_page_form(page: Page, query: str, title: str = "") -> None:
    """Open the form of a page, which is looked for by its title, or by another word of it, the first time."""
    asked = (urlsplit(page.url).netloc, query, title)
    if asked in form_paths:
        page.goto(form_paths[asked])
    else:
        page.goto(f"/admin/pages/search/?q={query}")
        found = page.locator(".title-wrapper a").filter(has_text=title or query).first
        expect(found).to_have_text(title or query)
        form_paths[asked] = str(found.get_attribute("href"))
        found.click()
    expect(page.locator("[data-edit-form]")).to_be_attached()


def press(page: Page, name: str) -> None:
    """Press a button behind the arrow in the footer, wherever it is: it moves when the form saves itself.

    As with a pointer, the field in which one was is left first: what is written in it may only then be made good.
    """
    page.evaluate("document.activeElement.blur()")
    page.locator("footer .w-dropdown__toggle").dispatch_event("click")
    page.get_by_role("button", name=name, exact=True).dispatch_event("click")


def published(page: Page) -> str:
    """Publish the page of the form, and return the path of its form."""
    press(page, "Publicera")
    page.wait_for_url(LISTING)
    return str(page.locator(".messages a[href*='/edit/']").first.get_attribute("href"))


def add_block(page: Page, name: str) -> Locator:
    """Put a block before the others of a page's body."""
    page.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name=name, exact=True).click()
    return page.locator("[data-contentpath=body] [data-streamfield-child]").first


def choose_page(page: Page, title: str) -> None:
    """Choose a page with the button that asks for one."""
    page.locator("main").get_by_role("button", name="Välj en sida").first.click()
    dialogue = page.locator(".modal-content")
    dialogue.locator("[name=q]").fill(title)
    found = dialogue.get_by_role("link", name=title, exact=True).first
    expect(found).to_be_visible()
    assert_swedish(page, "Extern länk" if dialogue.get_by_text("Extern länk").count() else "Välj en sida")
    found.click()
    expect(dialogue).to_have_count(0)


def assert_swedish(page: Page, heard: str) -> None:
    """Hear a text, but no English of Wagtail's scripts, in what is shown, read aloud or waits to be opened."""
    found = said(page.content())
    assert heard in found
    assert found & english_of_scripts() - FIXED == set()


def copy(page: Page, html: str, text: str = "") -> None:
    """Put on the clipboard what a word processor puts there."""
    page.evaluate(COPY, [html, text])
    page.keyboard.press("Control+c")


def open_panel(page: Page, name: str) -> None:
    """Open a panel beside the form; one that was left open in another form opens by itself, some time after loading."""
    page.wait_for_load_state()
    toggle = page.locator(f"[data-side-panel-toggle={name}]")
    panel = page.locator(f"[data-side-panel={name}]")
    if panel.is_hidden():
        toggle.click()
    page.wait_for_timeout(POLL)
    if panel.is_hidden():  # both opened it, so that it was closed
        toggle.click()
    expect(panel).to_be_visible()


def draft_time(page: Page, at: datetime, field: str = "go_live_at") -> None:
    """Write into the draft when it is to be published, or to expire, in the site's time zone."""
    open_panel(page, "status")
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator(f"[role=dialog] [name={field}]").fill(f"{at:%Y-%m-%d %H:%M}")
    page.keyboard.press("Tab")
    assert_swedish(page, "Spara tiderna")
    page.get_by_role("button", name="Spara tiderna").press("Enter")  # the calendar may lie over it
    expect(page.locator(".messages .success")).to_be_visible()
    page.wait_for_load_state()


def publish_at_that_time(page: Page) -> None:
    """Press the button that lets the version of the form be published at the time in its draft."""
    press(page, "Schemalägg publiceringen")
    page.wait_for_url(LISTING)  # the form still says that the time is saved


def schedule(page: Page, at: datetime) -> None:
    """Let the version of the form be published at a time."""
    draft_time(page, at)
    publish_at_that_time(page)


def open_notice_form(page: Page, texts: dict[str, str]) -> None:
    """Open the form of a new notice to all readers, and write its text in each language."""
    page.goto("/admin/snippets/pages/sitenotice/add/")
    for language, text in texts.items():
        page.locator(f"textarea[name=text_{language}]").fill(text)


def write_times(page: Page, starts: datetime, ends: datetime) -> None:
    """Write into the form of a notice from when and until when it is shown."""
    for name, at in {"starts_at": starts, "ends_at": ends}.items():
        page.locator(f"input[name={name}]").fill(f"{at:%Y-%m-%d %H:%M}")
        page.keyboard.press("Tab")  # the calendar may lie over the button


def save_snippet(page: Page) -> None:
    """Save what has no drafts."""
    page.locator("button.action-save").click()
    expect(page.locator(".messages .success")).to_be_visible()


def remove_notice(page: Page, text: str) -> None:
    """Delete a notice, found by its text in the list."""
    page.goto("/admin/snippets/pages/sitenotice/")
    page.locator("main tbody a").filter(has_text=text).first.click()
    form = page.url.replace("/edit/", "/delete/")
    page.goto(form)
    page.get_by_role("button", name="Ja, radera").click()
    expect(page.locator(".messages .success")).to_be_visible()


def expect_soon(
    page: Page, address: str, text: str, *, status: int = 200, seconds: int = 30, in_source: bool = False
) -> None:
    """Wait until readers see a text, who are not signed in: a page is built anew within a second."""
    reader, url = _reader(page), urljoin(page.url, address)
    answer = reader.goto(url)
    end = time.monotonic() + seconds
    while (answer.status, text in _seen(reader, in_source=in_source)) != (status, True):
        assert time.monotonic() < end, (address, answer.status, _seen(reader, in_source=in_source))
        page.wait_for_timeout(POLL)
        # To open a page takes a core for half a second: only when something else is sent.
        if _sent(reader.request.get(url)) != _sent(answer):
            answer = reader.goto(url)


def _reader(page: Page) -> Page:
    """Return the window of a reader, who is not signed in: one for each browser, since another takes a core a while."""
    browser = page.context.browser
    if browser not in _readers:
        _readers[browser] = browser.new_page()
        # What was read before is read again.
        session = _readers[browser].context.new_cdp_session(_readers[browser])
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return _readers[browser]


def _sent(answer: APIResponse | Response) -> tuple[int, bytes]:
    return answer.status, answer.body()


def _seen(reader: Page, *, in_source: bool) -> str:
    main = reader.locator("main")
    return main.inner_html() if in_source else main.inner_text()


@contextmanager
def answers_take(page: Page, milliseconds: int) -> Iterator[None]:
    """Let every answer take so long meanwhile."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", limits)
    yield
    session.detach()  # another session that sets no delay would leave this one's


def read(page: Page, address: str) -> str:
    """Return what a reader sees, who is not signed in, at whatever minute."""
    reader = _reader(page)
    reader.goto(urljoin(page.url, address))
    return MINUTE.sub("", reader.locator("main").inner_text())
