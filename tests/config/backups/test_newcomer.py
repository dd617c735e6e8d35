"""The newcomer's drill: from an empty database and folder to a live site, to a restored one, to the next version."""

import json
import os
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from config.public_pages import differing
from tests.config.backups.backing_up import empty_place
from tests.config.backups.newcomer import Browser, Machine, asking
from tests.config.live_site import make_certificate
from tests.config.nginx import configure_tls, need_nginx, running_nginx
from tests.config.processes import LIVE
from tests.mail_server import MailServer, mail_server
from tests.pages.page_cache.processes import wait_until
from tests.pages.startup.starting import PATIENCE, Place, free_port

pytestmark = pytest.mark.drill

PAGES = int(os.environ.get("RESTORED_PAGES", "60"))  # that are compared
ADDRESS = "drift@example.org"
PASSWORD = "ett ganska långt lösenord"  # noqa: S105
CHANGES = """
from itertools import cycle, islice
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from pages.models import GuidancePage
for number, page in enumerate(islice(cycle(GuidancePage.objects.live()), 49)):
    page.lead = f"Ny ingress {number}"
    page.save_revision().publish()
get_document_model().objects.create(title="Text", file=ContentFile(b"%PDF a document", "text.pdf"))
"""
CHANGED = "/vagledning/tecken/"
ASKED = ["/robots.txt", "/", "/sok/?q=tecken", "/manual/", "/finns-inte/"]


def sign_in_by_the_mailed_link(browser: Browser, server: MailServer) -> None:
    """Choose a password behind the link of the mail, and sign in with it."""
    mail = message_from_bytes(server.messages[-1], policy=policy.default).get_body().get_content()
    (link,) = re.findall(r"https://\S+/password/reset/key/\S+", mail)
    _status, form, _text = browser.ask(link)
    _status, _to, page = browser.ask(form)
    fields = {name: PASSWORD for name in ("password1", "password2") if f'name="{name}"' in page}
    assert fields
    assert browser.ask(form, fields | {"csrfmiddlewaretoken": token(page)})[0] == 302
    _status, _to, page = browser.ask("/konto/login/")
    given = {"login": ADDRESS, "password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    assert browser.ask("/konto/login/", given)[0] == 302
    status, to, _page = browser.ask("/admin/")
    assert (status, to.startswith("/konto/tva-steg/")) == (302, True), "a second step is asked for: who it is is known"


def token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def is_compiled(release: Path) -> bool:
    """Tell whether Python's bytecode is there of a module that no server has loaded."""
    return Path(cache_from_source(str(release / "config/management/commands/move_database.py"))).exists()


@pytest.fixture
def empty_places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """Two machines with an empty database and folder: one to set up, one to restore on."""
    with empty_place(tmp_path / "data") as place, empty_place(tmp_path / "again") as again:
        yield place, again


def test_newcomer_goes_live_loses_everything_restores_it_and_releases(empty_places, tmp_path: Path):
    need_nginx()
    place, again = empty_places
    with mail_server() as server:
        variables = LIVE | place.variables | {"EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}"}
        machine = Machine(tmp_path, variables, (place.port, free_port()))
        machine.release(machine.add_release("first"))
        machine.manage("init", "--texts", "--admin", ADDRESS)
        (folder := tmp_path / "nginx").mkdir()
        ports = {"http": free_port(), "https": free_port()}
        make_certificate(folder)
        machine.manage("nginx_conf", str(folder), *(f"--application=127.0.0.1:{port}" for port in machine.ports))
        configure_tls(folder, ports)
        browser = Browser(ports["https"], folder / "certificate.pem")
        try:
            with running_nginx(folder, ports["https"]):
                sign_in_by_the_mailed_link(browser, server)
                machine.manage("shell", "-c", CHANGES)
                wait_until(lambda: "Ny ingress" in browser.ask(CHANGED)[2], PATIENCE)
                machine.manage("backup", str(tmp_path / "backup.tar.gz"))
                before = json.loads(machine.manage("public_pages", "--most", str(PAGES)))
                machine.stop()
                machine.wipe()
                machine.set("DATABASE_URL", again.database_url)
                machine.release(machine.add_release("second"), tmp_path / "backup.tar.gz")
                after = json.loads(machine.manage("public_pages", "--most", str(PAGES)))
                assert len(after) >= min(PAGES, 300)
                assert differing(before, after) == []
                assert is_compiled(tmp_path / "releases/second"), "the site's user may not keep what it compiles"
                with asking([Browser(browser.port, browser.certificate) for _reader in range(3)], ASKED) as statuses:
                    wait_until(lambda: len(statuses) > 50, PATIENCE)
                    machine.release(machine.add_release("third"))
                    so_far = len(statuses)
                    wait_until(lambda: len(statuses) > so_far + 50, PATIENCE)
                assert set(statuses) == {200, 404}
                assert (tmp_path / "current").resolve().name == "third"
        finally:
            machine.stop()
