"""On paper, and in the colours that a reader forces on every site."""

import re
import shutil
import subprocess
from collections.abc import Callable

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from playwright.sync_api import Page, Route, expect

from tests.browser.addresses import EVERY_PAGE, Address, in_turn, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit
from tests.tools import tool_or_skip

pytestmark = pytest.mark.browser

WITH_QUESTIONS = {
    "guidance-questions",
    "guidance-checklists",
    "step",
    "step-role",
    "version",
    "actor-whole",
    "manual-whole",
}
# What stands before the first mark of a footnote: marks are printed apart from the line.
BEGINNING = """(all) => all.map((answer) => {
  const range = document.createRange();
  range.selectNodeContents(answer);
  const mark = answer.querySelector(".footnotes__mark");
  if (mark) range.setEndBefore(mark);
  return range.toString().trim().slice(0, 40);
})"""
PAPER = (718, 1047)  # A4 without its margins, in CSS pixels
SIGNS = "(all) => all.map((each) => getComputedStyle(each, '::before').backgroundColor)"
# Material in another language stands alone, with the two numbers for whom it is meant.
ORDINARY_PAGES = [each for each in EVERY_PAGE if each.status == 200 and each.kind != "publication-text"]
ANSWERS = {"sv": "svar", "en": "answers"}
STATE = {"sv": ("Öppet nu", "Stängt"), "en": ("Open now", "Closed")}
HOURS = {"sv": "08.00–16.00", "en": "08:00–16:00"}
HEADINGS = {"sv": ("Akut fara", "Brådskande", "Råd"), "en": ("Emergency", "Urgent", "Advice")}


def printed(page: Page) -> str:
    """Return the text of the page as it comes out of the printer, each run of white space as one space."""
    tool_or_skip("pdftotext", shutil.which("pdftotext") is not None, "apt-get install poppler-utils")
    text = subprocess.run(["pdftotext", "-", "-"], input=page.pdf(format="A4"), capture_output=True, check=True).stdout
    return " ".join(text.decode().split())


def run_together(text: str) -> str:
    """Return a text without what a printer may put into it at a line's end."""
    return re.sub(r"[\s\-\N{HYPHEN}\N{SOFT HYPHEN}]", "", text)


@in_turn(ORDINARY_PAGES)
def test_paper_says_what_stays_true(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)
    heading = page.locator("h1")
    lines = [line.strip() for line in heading.inner_text().split("\n") if line.strip(" ,")]
    is_seen = heading.bounding_box()["height"] > 2  # where words were looked for, they stand in the field
    folded = page.locator("main details:is(.details, .part) > :not(summary)").evaluate_all(BEGINNING)
    with translation.override(address.language):
        today = date_format(timezone.localdate(), "j F Y")

    text = printed(page)

    # A long word may be broken at a line's end, where pdftotext leaves out a hyphen.
    assert not is_seen or [line for line in lines if run_together(line) not in run_together(text)] == []
    assert "020-390 000" in text
    assert HOURS[address.language] in text
    assert [state for state in STATE[address.language] if state in text] == []
    # An address may be broken at a line's end, where pdftotext leaves out a hyphen.
    # Paper does not tell what was answered.
    printed_url = re.sub(rf"/{ANSWERS[address.language]}/.*", "/", page.url.partition("?")[0])
    assert printed_url.replace("-", "") in text.replace(" ", "").replace("-", "")
    assert today in text
    assert (address.kind in WITH_QUESTIONS) == bool(folded)
    assert [answer for answer in folded if " ".join(answer.split()) not in text] == []


@in_turn(pages("home", "guidance-checklists", "step", "guide-result", "county"))
def test_paper_is_readable_when_backgrounds_are_printed_too(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=PAPER)
    page.emulate_media(media="print")
    findings = Findings(page)
    findings.look("on paper")
    assert "color-contrast" not in findings.problems
    signs = page.locator(".steps__item, .manual-steps__step").evaluate_all(SIGNS)
    assert bool(signs) == (address.kind != "county")
    assert set(signs) <= {"rgba(0, 0, 0, 0)"}  # a number in an outline, not in a dark field


@in_turn(pages("step", "manual-whole", "actor-whole"))
def test_paper_has_the_permanent_address_of_every_part(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)
    parts = [part.get_attribute("id").removeprefix("p-") for part in page.locator(".part").all()]
    assert len(parts) > 2

    text = printed(page).replace(" ", "")  # an address may be broken at a line's end

    assert [code for code in parts if f"/manual/p/{code}/" not in text] == []


@in_turn(ORDINARY_PAGES)
def test_paper_has_no_controls(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)
    shown = page.locator("nav:not(.contents--printed), form, .skip-link").filter(visible=True)
    expect(shown.nth(1)).to_be_visible()

    page.emulate_media(media="print")

    expect(shown).to_have_count(0)


@in_turn(pages("manual-whole"))
def test_paper_has_the_contents_of_the_whole_manual(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)

    page.emulate_media(media="print")

    expect(page.locator("main nav.contents").get_by_role("link").last).to_be_visible()


def with_print_script(route: Route) -> None:
    """Answer with the script that a preview has; none may add it to a page of readers."""
    response = route.fetch()
    script = '<script type="module" src="/static/js/print_preview.js"></script></head>'
    route.fulfill(response=response, body=response.text().replace("</head>", script))


def test_preview_on_paper_shows_the_styles_of_print(look: Callable[..., Page]) -> None:
    page = look(pages("step")[0])
    on_screen, on_paper = page.locator(".call__state").first, page.locator(".cite__text").first
    expect(on_screen).to_be_visible()
    expect(on_paper).to_be_hidden()

    page.route(page.url, with_print_script)
    page.reload()

    expect(on_paper).to_be_visible()
    expect(on_screen).to_be_hidden()
    expect(page.locator("main nav").first).to_be_hidden()
    page.unroute_all()  # the window is that of the other tests, too


@pytest.mark.parametrize("size", [(320, 640), (1280, 800)], ids=["phone", "wide"])
@in_turn(pages("home", "step", "county"))
def test_levels_are_told_by_words_in_forced_colours(
    address: Address, size: tuple[int, int], visit: Callable[..., Visit]
) -> None:
    page = visit(address, size=size, forced_colors="active").page
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")

    rows = page.locator(".call").first.locator(".call__row")

    expect(rows).to_have_count(3)
    for row, heading in zip(rows.all(), HEADINGS[address.language], strict=True):
        expect(row.get_by_text(heading.split()[0]).locator("visible=true").first).to_be_visible()  # short in a row
        expect(row.locator(".call__number")).to_be_visible()
    state = rows.nth(2).get_by_text(STATE[address.language][0]).or_(rows.nth(2).get_by_text(STATE[address.language][1]))
    expect(state.first).to_be_visible()


@in_turn(pages("guidance-questions", "step"))
def test_current_page_is_told_in_forced_colours(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address, forced_colors="active").page
    menus = [".site-header__link", ".step-menu__link" if address.kind == "step" else ".contents__link"]
    for menu in menus:
        links = page.locator(f"{menu}[aria-current]")
        other = page.locator(f"{menu}:not([aria-current])").first
        expect(links).to_have_count(1)
        looks = [
            each.evaluate("(link) => [getComputedStyle(link).borderBlockEndColor, getComputedStyle(link).outlineStyle]")
            for each in (links, other)
        ]
        assert looks[0] != looks[1], menu
