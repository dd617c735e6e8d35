"""Debian's nginx with the configuration that the site writes: cached pages, and the application for the rest."""

import gzip
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import brotli
import pytest

from tests.config.nginx import configure, need_nginx, running_nginx
from tests.conftest import CopySite
from tests.pages.page_cache.processes import PATIENCE, VISIBLE_SECONDS, wait_until
from tests.pages.startup.starting import Place, free_port

pytestmark = [
    pytest.mark.django_db,  # for the database that is copied
    pytest.mark.xdist_group("nginx"),  # one started site for all
    pytest.mark.long,
    pytest.mark.any_database,  # it reads files, and knows no database
]

OF_THE_MOMENT = {"date", "server", "connection", "etag", "last-modified", "accept-ranges", "cache-status"}
# The site behind nginx in these tests is a demonstration, reached by http.
OF_THE_LIVE_SITE = {"strict-transport-security"}
SEEN_SECONDS = 2 * VISIBLE_SECONDS
PAGE = "/vagledning/betanketid/"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def source(self) -> str:
        return self.headers.get("cache-status", "")


@dataclass(frozen=True, slots=True)
class Behind:
    """A started site and nginx in front of it."""

    place: Place
    port: int
    folder: Path

    def ask(self, path: str, *, method: str = "GET", port: int = 0, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        named = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def ask_application(self, path: str, **headers: str) -> Answer:
        return self.ask(path, port=self.place.port, **headers)


@pytest.fixture(scope="module")
def behind(copy_site: CopySite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    need_nginx()
    folder, place, port = tmp_path_factory.mktemp("nginx"), copy_site(), free_port()
    configure(folder, port, place)
    with place.start() as start, running_nginx(folder, port):
        start.wait_for_answer()
        behind = Behind(place, port, folder)
        wait_until(lambda: "nginx; hit" in behind.ask(PAGE).source, PATIENCE)
        yield behind


def comparable(answer: Answer) -> dict[str, str]:
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_MOMENT | OF_THE_LIVE_SITE}
    # nginx writes other spellings of the same.
    return headers | {"cache-control": headers["cache-control"].replace(" ", "")}


@pytest.mark.parametrize("path", ["/", PAGE, "/en/guidance/reflection-period/", "/manual/akut-skydd/"])
@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_ready_page_is_that_of_the_application(behind, path, accepted):
    ours = behind.ask_application(path, Accept_Encoding=accepted)
    wait_until(lambda: "nginx; hit" in behind.ask(path).source, PATIENCE)
    answer = behind.ask(path, Accept_Encoding=accepted)
    assert "nginx; hit" in answer.source
    assert answer.status == ours.status == 200
    assert comparable(answer) == comparable(ours)
    assert answer.body == ours.body
    unpacked = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[accepted](answer.body)
    assert b"<!doctype html>" in unpacked[:100]


def test_known_page_is_not_sent_again(behind):
    tag = behind.ask(PAGE).headers["etag"]
    answer = behind.ask(PAGE, If_None_Match=tag)
    assert (answer.status, answer.body) == (304, b"")
    assert "content-security-policy" in answer.headers


def test_head_and_range(behind):
    whole, head = behind.ask(PAGE), behind.ask(PAGE, method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(whole.body)))
    part = behind.ask(PAGE, Range="bytes=0-9")
    assert part.body in {whole.body, whole.body[:10]}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"{PAGE}?utm_source=x", {}),
        ("/kontakt/?q=lund", {}),
        (PAGE, {"Cookie": "sessionid=x"}),
        (PAGE, {"Cookie": "theme=x; csrftoken=y"}),
        (PAGE, {"Cookie": "theme=x; __Host-sessionid=y"}),
        (PAGE, {"Cookie": "__Host-csrftoken=x"}),
        ("/admin/", {}),
        ("/finns-inte/", {}),
        ("/meddelande/", {}),
        ("/register/coordinators.json", {}),
        ("/vagledning/betanketid", {}),
    ],
)
def test_application_is_asked(behind, path, headers):
    answer = behind.ask(path, **headers)
    ours = behind.ask_application(path, **headers)
    assert "nginx" not in answer.source
    assert answer.status == ours.status
    assert answer.headers.get("location", "") == ours.headers.get("location", "")


@pytest.mark.parametrize("path", ["/health/ready", "/health/live"])
def test_health_is_for_this_machine_alone(behind, path):
    assert behind.ask_application(path).status == 200
    assert behind.ask(path).status == 301  # to where a page would be
    answer = behind.ask(f"{path}/")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_for_the_application(behind, method):
    assert behind.ask(PAGE, method=method).status == behind.ask(PAGE, method=method, port=behind.place.port).status


@pytest.mark.parametrize(
    "path",
    [
        *("/index.html", "/plain.html", f"{PAGE}index.html", f"{PAGE}index.ready", f"{PAGE}plain.html"),
        *("/../lock", "/..%2f..%2fdb.sqlite3", "/static/../db.sqlite3", "/media/../secret_key", "/static../secret_key"),
    ],
)
def test_nothing_but_pages_is_served(behind, path):
    assert behind.ask(path).status in {400, 404}


def test_static_files_are_compressed_and_kept(behind):
    path = re.search(r'href="(/static/css/[\w.]+\.css)"', behind.ask(PAGE).body.decode())[1]
    answer = behind.ask(path, Accept_Encoding="br")
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]
    assert brotli.decompress(answer.body) == behind.ask_application(path).body
    assert answer.headers["x-content-type-options"] == "nosniff"


def logged(folder: Path) -> str:
    """Return all that nginx and the application have written."""
    return "".join(path.read_text() for path in folder.glob("*.log"))


def test_what_readers_search_for_is_not_logged(behind):
    found = behind.ask("/sok/?q=betanketid")
    hit = re.search(r'class="page-list__link" href="(/[^"#?]+)', found.body.decode())[1]
    assert behind.ask(hit, Referer="http://localhost/sok/?q=betanketid", User_Agent="a browser").status == 200
    wait_until(lambda: f" GET {hit} 200 " in logged(behind.folder), PATIENCE)
    assert " GET /sok/ 200 " in logged(behind.folder)
    assert not re.search(r"[?]|q=|a browser", logged(behind.folder))
    assert "127.0.0.1" not in (behind.folder / "site.log").read_text()


def test_what_was_answered_in_the_guide_is_not_logged(behind):
    """Nor is how large the page was, which would tell it too; and of a failure only where the guide is."""
    answers = "/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/ja/var-ar-personen/"
    for path in (answers, f"{answers}?place=2580", "/en/right-now/answers/yes/", "/just-nu/svar/kanske/"):
        assert behind.ask(path).status in {200, 404}
    assert behind.ask("/just-nu/").status == 200
    wait_until(lambda: " GET /just-nu/ 200 " in logged(behind.folder), PATIENCE)
    assert not re.search("svar|answers|volont|2580", logged(behind.folder))


def test_publication_is_seen_through_nginx_within_two_seconds(behind):
    script = (
        "from pages.models import GuidancePage; page = GuidancePage.objects.get(slug='betanketid');"
        "page.lead = 'Seen through nginx.'; page.save_revision().publish()"
    )
    assert b"Seen through nginx." not in behind.ask(PAGE).body
    behind.place.manage("shell", "-c", script)
    wait_until(lambda: b"Seen through nginx." in behind.ask(PAGE).body, SEEN_SECONDS)
    wait_until(lambda: "nginx; hit" in behind.ask(PAGE).source, PATIENCE)


def test_without_the_application_the_last_pages_show_plain_hours(tmp_path, behind):
    """A copy of the folder, in front of an application that does not answer."""
    port = free_port()
    shutil.copytree(behind.place.folder / "ready", tmp_path / "data" / "ready", symlinks=True)
    shutil.rmtree(tmp_path / "data" / "ready" / "live")
    configure(tmp_path, port, behind.place, application_port=free_port())
    with running_nginx(tmp_path, port):
        answer = behind.ask(PAGE, port=port)
        assert answer.status == 200
        assert "application-away" in answer.source
        text = answer.body.decode()
        assert "call__lasting--shown" in text
        assert "call__state" not in text
        assert "content-security-policy" in answer.headers
        for path, method in (("/kontakt/?q=lund", "GET"), ("/meddelande/", "POST"), ("/en/is-not-here/", "GET")):
            nothing = behind.ask(path, method=method, port=port)
            assert nothing.status == 503
            assert nothing.body == (tmp_path / "away.html").read_bytes()
            assert nothing.headers["content-type"] == "text/html; charset=utf-8"
            assert nothing.headers["cache-control"] == "no-store"
            assert "default-src 'none'" in nothing.headers["content-security-policy"]
        assert behind.ask("/away.html", port=port).status == 404
        wait_until(lambda: " GET /kontakt/ 503 " in logged(tmp_path), PATIENCE)
        assert "lund" not in logged(tmp_path)
