"""Suggestions while somebody types a place: a combobox by keyboard, mouse and touch; and the field without them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import Address, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit
from tests.browser.suggesting import NAMES_FILE, tab_to_field
from tests.browser.test_accessibility import SCHEMES, WIDTHS

pytestmark = pytest.mark.browser

HOMES = pages("home")
HOME = HOMES[0]
GOTHENBURG = {"sv": "goteborg", "en": "gothenburg"}


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def active(page: Page) -> str:
    """Return the text of the option that is told to assistive technology as the active one."""
    return page.evaluate("""() => {
      const id = document.activeElement.getAttribute("aria-activedescendant");
      const selected = [...document.querySelectorAll("[aria-selected=true]")].map((option) => option.id);
      if (selected.join() !== (id ?? "")) throw Error(`${selected} selected, ${id} active`);
      return id ? document.getElementById(id).textContent : "";
    }""")


@pytest.mark.parametrize("home", HOMES, ids=str)
def test_keyboard_leads_to_a_place(home: Address, visit: Callable[..., Visit]) -> None:
    visited = visit(home)
    page = visited.page
    field = tab_to_field(page)
    expect(field).to_have_attribute("aria-expanded", "false")

    page.keyboard.type("goteb")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert active(page).startswith({"sv": "Göteborg", "en": "Gothenburg"}[home.language])
    expect(field).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"/{GOTHENBURG[home.language]}/$"))
    assert visited.complaints == []
    assert page.context.cookies() == []


def test_keys_do_what_the_pattern_says(visit: Callable[..., Visit]) -> None:
    page = visit(HOME).page
    field = tab_to_field(page)
    page.keyboard.type("karl")
    names = [text.split(" ")[0] for text in options(page).all_inner_texts()]
    assert names == ["Karlsborg", "Karlshamn", "Karlskoga", "Karlskrona", "Karlstad"]
    assert active(page) == ""

    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(active(page).split(" ")[0])
    assert walked == ["Karlsborg", "Karlshamn", "Karlsborg", "", "Karlstad", ""]

    for key, place in (("Home", 0), ("End", 4), ("ArrowLeft", 3), ("ArrowRight", 4)):
        page.keyboard.press("ArrowDown")
        assert active(page)
        page.keyboard.press(key)
        assert active(page) == ""
        assert field.evaluate("(field) => field.selectionStart") == place

    page.keyboard.press("ArrowDown")
    page.keyboard.type("st")
    assert active(page) == ""
    expect(options(page)).to_have_count(1)

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("karlst")
    page.keyboard.press("Alt+ArrowDown")
    expect(options(page)).to_have_count(1)
    assert active(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_leaving_the_field_closes_the_list_and_chooses_nothing(visit: Callable[..., Visit]) -> None:
    page = visit(HOME).page
    field = tab_to_field(page)
    page.keyboard.type("karl")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator(".lookup button")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("karl")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_asks_the_site(visit: Callable[..., Visit]) -> None:
    page = visit(HOME).page
    tab_to_field(page)
    page.keyboard.type("karl")
    expect(options(page)).to_have_count(5)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/kontakt/\?q=karl$"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("GÖTEBORG", ["Göteborg"]),
        ("gøteborg", ["Göteborg"]),
        ("upplandsva", ["Upplands Väsby"]),
        ("vasby", ["Upplands Väsby"]),
        ("gbg", ["Göteborg"]),
        ("gothen", ["Göteborg"]),
        ("göteborgso", ["Göteborg"]),
        ("gotebrog", ["Göteborg"]),
        ("habo", ["Habo", "Håbo"]),
        ("smaland", ["Jönköpings län", "Kalmar län", "Kronobergs län"]),
        ("skåne lä", ["Skåne län"]),
        ("rinkeb", ["Rinkeby"]),
        ("xyz", []),
        ("<b>xyz", []),
        ("  ", []),
    ],
)
def test_names_are_found_however_they_are_typed(typed: str, found: list[str], visit: Callable[..., Visit]) -> None:
    page = visit(HOME).page
    tab_to_field(page)
    page.keyboard.type(typed)
    expect(options(page).locator("b")).to_have_text(found)


@pytest.mark.parametrize("home", HOMES, ids=str)
def test_number_of_suggestions_is_announced(home: Address, visit: Callable[..., Visit]) -> None:
    page = visit(home).page
    tab_to_field(page)
    status = page.locator("form.lookup [role=status]")
    for typed, beginning in (
        ("karl", {"sv": "5 förslag", "en": "5 suggestions"}),
        ("stad", {"sv": "1 förslag", "en": "1 suggestion"}),
        ("xyz", {"sv": "Inget förslag", "en": "No suggestion"}),
    ):
        page.keyboard.type(typed)
        expect(status).to_have_text(re.compile(f"^{beginning[home.language]}"))
    page.keyboard.press("Escape")
    expect(status).to_have_text("")


def test_file_is_asked_for_at_the_first_focus_only(visit: Callable[..., Visit]) -> None:
    visited = visit(HOME)
    visited.page.wait_for_load_state("networkidle")
    asked: Callable[[], int] = lambda: sum(bool(NAMES_FILE.search(each.url)) for each in visited.requests)  # noqa: E731
    assert asked() == 0
    field = tab_to_field(visited.page)
    field.blur()
    field.focus()
    visited.page.wait_for_load_state("networkidle")
    assert asked() == 1


def test_field_works_when_the_file_does_not_come(visit: Callable[..., Visit]) -> None:
    page = visit(HOME).page
    page.route(NAMES_FILE, lambda route: route.abort())
    page.locator("#lookup-field").focus()
    page.keyboard.type("goteborg")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/goteborg/#typed-goteborg$"))


@pytest.mark.parametrize("home", HOMES, ids=str)
def test_field_without_script_is_a_plain_field(home: Address, visit: Callable[..., Visit]) -> None:
    visited = visit(home, java_script_enabled=False)
    field = visited.page.locator("#lookup-field")
    field.fill("gbg")
    assert field.get_attribute("role") is None
    assert [each.url for each in visited.requests if NAMES_FILE.search(each.url)] == []
    field.press("Enter")
    expect(visited.page).to_have_url(re.compile(rf"/{GOTHENBURG[home.language]}/#typed-gbg$"))


@pytest.mark.parametrize("options_of_context", [{}, {"has_touch": True, "size": (320, 640)}], ids=["mouse", "touch"])
def test_pointing_leads_to_a_place(options_of_context: dict[str, Any], visit: Callable[..., Visit]) -> None:
    page = visit(HOME, **options_of_context).page
    field = page.locator("#lookup-field")
    point = field.tap if "has_touch" in options_of_context else field.click
    with page.expect_response(NAMES_FILE):
        point()
    page.keyboard.type("karl")
    option = options(page).nth(4)
    (option.tap if "has_touch" in options_of_context else option.click)()
    expect(page).to_have_url(re.compile(r"/karlstad/$"))


@pytest.mark.parametrize("home", HOMES, ids=str)
def test_axe_finds_nothing_in_the_open_list(home: Address, visit: Callable[..., Visit]) -> None:
    page = visit(home).page
    findings = Findings(page)
    field = tab_to_field(page)
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"closed, {scheme} {width} px", colours=scheme)  # measures what the list covers
            field.fill("lan")
            page.keyboard.press("ArrowDown")
            assert active(page)
            findings.look(f"open, {scheme} {width} px", colours=scheme)
            page.keyboard.press("Escape")
    assert findings.problems == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_list_fits_and_is_on_top(width: int, visit: Callable[..., Visit]) -> None:
    page = visit(HOME, size=(width, 640)).page
    tab_to_field(page)
    page.keyboard.type("ö")
    expect(options(page)).not_to_have_count(0)
    for option in options(page).all():
        option.scroll_into_view_if_needed()
        assert option.evaluate("""(option) => {
          const { left, right, top, bottom, height } = option.getBoundingClientRect();
          const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return left >= 0 && right <= innerWidth && height >= 24 && option.contains(seen);
        }""")


def test_active_option_is_told_in_forced_colours(visit: Callable[..., Visit]) -> None:
    page = visit(HOME, forced_colors="active").page
    tab_to_field(page)
    page.keyboard.type("karl")
    page.keyboard.press("ArrowDown")
    outlines = options(page).evaluate_all("(all) => all.map((option) => getComputedStyle(option).outlineStyle)")
    assert outlines == ["solid", "none", "none", "none", "none"]
