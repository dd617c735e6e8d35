"""Two machines on one PostgreSQL database and one store of uploads: each has a data folder of its own, and no more."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.config.load import ask
from tests.config.object_store import object_store
from tests.config.processes import run
from tests.config.publishing import PATH, Publisher
from tests.conftest import CopySite
from tests.pages.page_cache.processes import VISIBLE_SECONDS, wait_until
from tests.pages.startup.starting import Place, Start, Visitor, free_port

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("two machines")]

SITE = {"SITE_URL": "http://localhost:8000"}
WAIT = "För många försök"
UPLOAD = """
import django
django.setup()
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
made = get_document_model().objects.create(title="Text", file=ContentFile(b"%PDF uploaded on one machine", "text.pdf"))
print(made.file.url)
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A server with a data folder of its own."""

    place: Place
    start: Start

    def read(self, path: str) -> str:
        return Visitor(self.place.address).get(path)


@pytest.fixture(scope="module")
def store_url() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture(scope="module")
def machines(copy_site: CopySite, store_url: str, tmp_path_factory) -> Iterator[tuple[Machine, Machine]]:
    first = copy_site()
    second = Place(tmp_path_factory.mktemp("second"), first.database_url, free_port())
    variables = SITE | {"UPLOADS_URL": store_url}
    with first.start(**variables) as start:
        start.wait_for_answer()
        shutil.copy(first.folder / "secret_key", second.folder)
        second.copy_static_files(first)
        with second.start(**variables) as other:
            other.wait_for_answer()
            yield Machine(first, start), Machine(second, other)


@pytest.mark.django_db
def test_publication_on_one_is_seen_on_both(machines):
    first, second = machines
    publisher = Publisher(first.place.address, first.start.passwords["editor"])
    for number in range(3):
        lead = f"Ny ingress {number}"
        assert ask(second.place.port, PATH)[0] == 200  # is in its cache
        publisher.publish(lead)
        begun = time.monotonic()
        for machine in machines:
            wait_until(lambda machine=machine, lead=lead: lead in machine.read(PATH), VISIBLE_SECONDS)
        assert time.monotonic() - begun < VISIBLE_SECONDS


def test_upload_on_one_is_read_on_the_other(machines, store_url):
    first, second = machines
    made = run("-c", UPLOAD, **first.place.variables | SITE | {"UPLOADS_URL": store_url})
    assert made.returncode == 0, made.stderr
    assert second.read(made.stdout.strip()) == "%PDF uploaded on one machine"
    for machine in machines:
        assert not list(Path(machine.place.folder).glob("media/**/*.pdf"))


def test_attempts_on_both_are_counted_together(machines):
    pages = [Visitor(machines[number % 2].place.address).sign_in("administrator", "fel") for number in range(6)]
    assert [WAIT in page for page in pages] == [False] * 5 + [True]
