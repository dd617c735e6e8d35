"""`manage.py serve` on an empty folder and database: content, address and two sign-ins."""

import re
import stat

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.test import override_settings
from wagtail.models import Site

from pages import tagged_pdf
from pages.management.commands.serve import NO_PDF, shortcomings
from pages.startup import first_start
from pages.tagged_pdf import can_make_pdf
from tests.config.accounts import last_code
from tests.mail import mail_of_server, text
from tests.pages.startup.starting import Visitor

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.long, pytest.mark.sample]


def test_first_start_prints_the_address_and_the_sign_ins(place, site):
    lines = site.output.splitlines()
    assert f"Sign in at {place.address}/admin/ as" in lines
    assert set(site.passwords) == {"administrator", "editor"}
    assert site.passwords["administrator"] != site.passwords["editor"]
    assert (NO_PDF in lines) is not can_make_pdf()
    assert f"Serving {place.address} on 127.0.0.1, port {place.port}. Stop with Ctrl-C." in lines


def test_start_tells_a_machine_without_pango_that_there_is_no_pdf(monkeypatch):
    monkeypatch.setattr(tagged_pdf, "LIBRARIES", ("is-on-no-machine",))
    can_make_pdf.cache_clear()
    try:
        assert shortcomings() == [NO_PDF]
        monkeypatch.setattr(tagged_pdf, "LIBRARIES", ())
        can_make_pdf.cache_clear()
        assert shortcomings() == []
    finally:
        can_make_pdf.cache_clear()


@pytest.mark.parametrize("step", ["Preparing the database", "Collecting static files", "Loading the starter content"])
def test_long_step_counts_on_one_line(place, site, step):
    (line,) = (line for line in site.log.read_bytes().decode().split("\n") if step in line)
    states = [part.removesuffix("\x1b[K") for part in line.strip("\r").split("\r")]
    assert states[0] == f"{step} ..."
    assert re.fullmatch(rf"{step} done after \d+\.\d s", states[-1])
    counts = [int(state.removeprefix(f"{step} ... ")) for state in states[1:-1]]
    is_from_file = step == "Preparing the database" and not place.database_url
    assert len(counts) >= 3 or is_from_file
    assert counts == sorted(set(counts))


def test_first_start_fills_tables_and_search_index(site):
    assert site.counts["contacts_municipality"] == 290
    assert site.counts["wagtailcore_page"] > 50
    # Every page is in the index of editors, the root too; readers do not find the root.
    found, pages, resources = (
        site.counts[name] for name in ("pages_searchentry", "wagtailcore_page", "resources_resource")
    )
    assert found > pages
    assert site.counts["wagtailsearch_indexentry"] == pages + resources
    assert site.counts["wagtailcore_referenceindex"] > 50


def test_first_start_lets_the_database_count_its_rows(place, site):
    if place.database_url:
        with psycopg.connect(place.database_url) as database:
            counted = database.execute("SELECT COUNT(DISTINCT tablename) FROM pg_stats WHERE schemaname = 'public'")
            assert counted.fetchone()[0] > 50
    else:
        assert site.counts["sqlite_stat1"] > 50


def test_first_start_keeps_everything_in_one_folder(place, site):
    # mail comes with the first message; SQLite's two files come and go
    expected = {"static", "static.stamp", "secret_key", "serve.lock", "private", "ready"}
    if not place.database_url:
        expected.add("db.sqlite3")
    assert {path.name for path in place.folder.iterdir()} - {"mail", "db.sqlite3-wal", "db.sqlite3-shm"} == expected
    assert stat.S_IMODE((place.folder / "secret_key").stat().st_mode) == 0o600


def test_both_languages_answer_with_styles(place, site):
    visitor = Visitor(place.address)
    for path, language in (("/", "sv"), ("/en/", "en")):
        page = visitor.get(path)
        assert f'<html lang="{language}"' in page
        styles = re.findall(r'href="(/static/css/\w+\.[0-9a-f]{12}\.css)"', page)
        assert styles
        assert all(visitor.get(style) for style in styles)


def test_printed_passwords_sign_in(place, site):
    for name, password in site.passwords.items():
        assert len(password) >= 16
        validate_password(password, get_user_model()(username=name, email=f"{name}@example.org"))
        visitor = Visitor(place.address)
        assert 'name="login"' in visitor.get("/admin/")
        assert 'name="login"' in visitor.sign_in(name, f"{password}x")
        visitor.sign_in(name, password)
        assert 'name="login"' not in visitor.get("/admin/")


def test_editor_publishes_pages_and_contacts_and_no_more(place, site):
    editor = Visitor(place.address)
    editor.sign_in("editor", site.passwords["editor"])
    home = re.search(r"/admin/pages/(\d+)/edit/", editor.get("/admin/pages/1/"))
    assert 'name="action-publish"' in editor.get(home[0])
    assert 'name="action-publish"' in editor.get("/admin/snippets/contacts/coordinator/add/")
    assert editor.get("/admin/snippets/contacts/supportline/add/")
    assert "/admin/users/new/" not in editor.get("/admin/users/")
    administrator = Visitor(place.address)
    administrator.sign_in("administrator", site.passwords["administrator"])
    assert "/admin/users/new/" in administrator.get("/admin/users/")


def test_printed_coordinator_signs_in_with_the_code_in_the_mail_folder(place, site):
    line = r"^Sign in at (\S+) with a code by mail, which lies in (\S+), as\n  (\S+)$"
    printed = re.search(line, site.output, re.MULTILINE)
    assert printed.group(1) == f"{place.address}/koordinator/"
    assert printed.group(2) == str(place.folder / "mail")
    visitor = Visitor(place.address)
    visitor.post("/konto/login/code/", email=printed.group(3))
    code = last_code(mail_of_server(place.folder / "mail", printed.group(3)))
    visitor.post("/konto/login/code/confirm/", code=code)
    assert 'name="login"' not in visitor.get("/koordinator/")


def test_mail_goes_to_the_folder(place, site):
    Visitor(place.address).post("/konto/password/reset/", email="editor@example.org")
    (mail,) = mail_of_server(place.folder / "mail", "editor@example.org")
    assert f"{place.address}/konto/password/reset/key/" in text(mail)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "hostname", "port"),
    [
        ("https://agency.example", "agency.example", 443),
        ("http://agency.example", "agency.example", 80),
        ("http://localhost:8123", "localhost", 8123),
    ],
)
def test_site_answers_at_its_address(django_assert_num_queries, address, hostname, port):
    with override_settings(SITE_URL=address):
        first_start.keep_site_address()
        site = Site.objects.get(is_default_site=True)
        assert (site.hostname, site.port, site.root_url) == (hostname, port, address)
        with django_assert_num_queries(1):
            first_start.keep_site_address()


@pytest.mark.django_db
def test_no_sign_in_stays_that_nobody_has_seen():
    def cut_off(passwords: dict[str, str]) -> None:
        raise KeyboardInterrupt

    get_user_model().objects.all().delete()
    with pytest.raises(KeyboardInterrupt):
        first_start.make_sign_ins(cut_off)
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_sign_ins_are_made_for_a_database_without_users_only():
    get_user_model().objects.create_user("somebody")
    first_start.make_sign_ins(lambda passwords: pytest.fail("shown"))
    assert get_user_model().objects.count() == 1
