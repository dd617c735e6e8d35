"""The admin beside a plain Wagtail of the same version: axe finds nothing in ours that it does not find there."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.axe import Findings
from tests.browser.served import Site
from tests.browser.signing_in import signed_in
from tests.pages.startup.starting import free_port

pytestmark = [pytest.mark.browser, pytest.mark.drill, pytest.mark.any_database]

# What both have, and what is ours; {page} and {section} are of a page and of what holds it.
SHARED = [
    *("/admin/", "/admin/pages/{section}/", "/admin/pages/{page}/edit/", "/admin/pages/{page}/history/"),
    *("/admin/pages/{page}/copy/", "/admin/pages/{page}/unpublish/", "/admin/pages/{section}/add_subpage/"),
    *("/admin/images/", "/admin/images/add/", "/admin/documents/", "/admin/documents/multiple/add/"),
    *("/admin/redirects/", "/admin/searchpicks/", "/admin/reports/site-history/", "/admin/account/"),
]
LIST, REPORT = "/admin/redirects/", "/admin/reports/site-history/"
FORM, WORDS = "/admin/snippets/wagtailredirects/redirect/add/", "/admin/account/"
# What is ours, by what it is like in both.
OURS = {
    LIST: [
        *("/admin/snippets/contacts/coordinator/", "/admin/snippets/contacts/municipality/"),
        *("/admin/snippets/contacts/supportline/", "/admin/snippets/contacts/readermessage/"),
        *("/admin/snippets/pages/glossaryterm/", "/admin/snippets/pages/sitenotice/"),
    ],
    FORM: [
        *("/admin/snippets/contacts/coordinator/add/", "/admin/snippets/resources/resource/add/"),
        *("/admin/snippets/pages/actor/add/", "/admin/snippets/pages/glossaryterm/add/"),
        "/admin/snippets/pages/sitenotice/add/",
    ],
    REPORT: [
        *("/admin/reports/pages-to-review/", "/admin/reports/unsent-mail/", "/admin/reports/translations/"),
        *("/admin/reports/broken-links/", "/admin/reports/schedules/", "/admin/reports/changes-by-coordinators/"),
    ],
    WORDS: ["/admin/try-searches/", "/admin/guide/editors/"],
}


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[str]:
    """The address of a plain Wagtail."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.browser.admin.plain_wagtail", str(port), str(tmp_path)]
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def rules(page: Page, paths: list[str]) -> dict[str, dict[str, str]]:
    """Return, for each address, the rules that axe finds broken there, each with an element."""
    (found,) = page.request.get("/admin/api/main/pages/?slug=betanketid").json()["items"]
    parent = page.request.get(f"/admin/api/main/pages/{found['id']}/").json()["meta"]["parent"]["id"]
    broken = {}
    for path in paths:
        page.goto(path.format(page=found["id"], section=parent))
        page.wait_for_load_state("networkidle")
        findings = Findings(page)
        findings.look("")
        lines = [line.removeprefix(": ") for line in findings.violations]
        broken[path] = {line.partition(":")[0]: line for line in lines}
    return broken


def opened(page: Page, path: str) -> bool:
    """Open a page of a server that may just be starting."""
    try:
        return bool(page.goto(path))
    except Error:
        return False


def test_admin_breaks_no_rule_that_plain_wagtail_keeps(browser: Browser, site: Site, plain: str) -> None:
    with browser.new_context(base_url=plain) as context:
        page = context.new_page()
        while not opened(page, "/admin/login/"):
            page.wait_for_timeout(500)
        page.locator("#id_username").fill("plain")
        page.locator("#id_password").fill("plain")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{plain}/admin/")
        theirs = rules(page, [*SHARED, FORM])
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        signed_in(page, site)
        ours = rules(page, [*SHARED, *(path for paths in OURS.values() for path in paths)])
    assert any(theirs.values())  # Wagtail has some, or nothing was measured
    like = {path: kind for kind, paths in OURS.items() for path in paths}
    beyond = []
    for path, broken in ours.items():
        excused = theirs[like.get(path, path)]
        sys.stdout.write(f"{path:55} ours: {', '.join(sorted(broken)):30} plain: {', '.join(sorted(excused))}\n")
        beyond += [f"{path} {line}" for rule, line in broken.items() if rule not in excused]
    assert "\n".join(beyond) == ""
