"""A third language, written from right to left: one line in the settings and one generated migration."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.processes import Answer, get, run, visit
from tests.conftest import CopySite
from tests.copies import change, copy_repository, run_tests
from tests.reading import assert_numbers, words

pytestmark = [
    pytest.mark.django_db,  # for the database that is copied
    pytest.mark.xdist_group("another language"),  # one copy for all
    pytest.mark.long,
]

LINE = '[("sv", _("Swedish")), ("en", _("English"))]'
LONGER_LINE = '[("sv", _("Swedish")), ("en", _("English")), ("ar", _("Arabic"))]'
TITLE = "دعم للمهنيين"
# What an editor does in the admin: adds the locale, translates and publishes the start page.
TRANSLATE = f"""
import django
django.setup()
from wagtail.models import Locale
from pages.models import HomePage
arabic = Locale.objects.create(language_code="ar")
home = HomePage.objects.get(locale__language_code="sv").copy_for_translation(arabic)
home.title = home.heading = home.lead = "{TITLE}"
home.seo_title = home.search_description = home.responsible_unit = ""
home.body = home.footnotes = []
home.save_revision().publish()
"""
PATHS = ["/ar/", "/ar/vagledning/betanketid/", "/ar/finns-inte/", "/", "/en/", "/kontakt/skane-lan/", "/sitemap-1.xml"]

Site = tuple[Path, dict[str, str]]


@pytest.fixture(scope="module")
def site(copy_site: CopySite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the repository and of its database, in which the language was added as the README says."""
    folder = tmp_path_factory.mktemp("repository")
    copy_repository(folder)
    change(folder / "config" / "settings.py", (LINE, LONGER_LINE))
    variables = copy_site().variables
    collect = ["collectstatic", "--no-input", "-v", "0"]  # under the hashed names of production
    for arguments in (["makemigrations"], ["migrate", "-v", "0"], collect):
        done = run("manage.py", *arguments, folder=folder, **variables)
        assert done.returncode == 0, done.stderr
    return folder, variables


@pytest.fixture(scope="module")
def untranslated(site: Site) -> Answer:
    """The address of the language before anything is translated."""
    folder, variables = site
    (answer,) = visit([get("/ar/", {"Host": "localhost"})], folder, **variables)
    return answer


@pytest.fixture(scope="module")
def answers(site: Site, untranslated: Answer) -> dict[str, Answer]:
    """The answers of the site when its start page is translated and nothing else."""
    folder, variables = site
    done = run("-c", TRANSLATE, folder=folder, **variables)
    assert done.returncode == 0, done.stderr
    found = visit([get(path, {"Host": "localhost"}) for path in PATHS], folder, **variables)
    return dict(zip(PATHS, found, strict=True))


def migrations(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.glob("*/migrations/0*.py")}


def test_one_migration_of_each_app_is_generated_and_nothing_is_left_over(site):
    folder, variables = site
    new = migrations(folder) - migrations(settings.BASE_DIR)
    assert sorted(path.partition("/")[0] for path in new) == ["contacts", "pages", "resources"]
    assert all("name_ar" in (folder / path).read_text() for path in new)
    done = run("manage.py", "makemigrations", "--check", folder=folder, **variables)
    assert done.stdout == "No changes detected\n"


def test_language_without_start_page_answers_404_with_whom_to_call(untranslated):
    assert untranslated.status == 404
    assert untranslated.html.html.attrs == {"lang": "ar", "dir": "rtl"}
    assert_numbers(untranslated.html)


def test_translated_page_is_written_from_right_to_left(answers):
    answer = answers["/ar/"]
    assert (answer.status, answer.headers["Content-Language"]) == (200, "ar")
    assert answer.html.html.attrs == {"lang": "ar", "dir": "rtl"}
    assert words(answer.html.h1) == TITLE
    assert_numbers(answer.html)


def test_page_without_a_picture_is_shared_with_that_of_the_default_language(answers):
    def picture(address: str) -> str:
        return answers[address].html.find("meta", property="og:image")["content"]

    assert re.fullmatch(r"http://localhost:8000/static/img/shared-sv\.[0-9a-f]{12}\.png", picture("/ar/"))
    assert picture("/ar/") == picture("/") != picture("/en/")


def test_pages_of_the_other_languages_are_as_before(answers):
    for address, language in (("/", "sv"), ("/en/", "en"), ("/kontakt/skane-lan/", "sv")):
        assert answers[address].status == 200
        assert answers[address].html.html.attrs == {"lang": language, "dir": "ltr"}


def test_translations_lead_to_each_other(answers):
    addresses = {"sv": "/", "en": "/en/", "ar": "/ar/"}
    for own, address in addresses.items():
        html = answers[address].html
        links = {link["hreflang"]: link["href"] for link in html.head.find_all("link", rel="alternate")}
        public = {code: f"http://localhost:8000{path}" for code, path in addresses.items()}
        assert links == public | {"x-default": public["sv"]}
        switch = {link["hreflang"]: link["href"] for link in html.find("header").find_all("a", hreflang=True)}
        assert switch == {code: path for code, path in addresses.items() if code != own}
    assert "<loc>http://localhost:8000/ar/</loc>" in answers["/sitemap-1.xml"].text


def test_page_that_is_not_translated_says_so(answers):
    header = answers["/kontakt/skane-lan/"].html.find("header", class_="site-header")
    assert "Finns inte på العربيّة" in words(header)
    assert header.find("a", hreflang="ar") is None
    assert header.find("a", hreflang="en")


def test_sections_that_are_not_translated_are_listed_with_the_way_to_the_swedish_ones(answers):
    entries = answers["/ar/"].html.main.select(".body ~ .page-list li")
    assert {entry.a["href"] for entry in entries} >= {"/manual/", "/vagledning/", "/kontakt/"}
    for entry in entries:
        assert (entry.a["lang"], entry.a["hreflang"]) == ("sv", "sv")
        assert "Sidan är inte översatt" in words(entry)


def test_lookup_leads_to_the_swedish_contacts_page(answers):
    assert answers["/ar/"].html.main.form["action"] == "/kontakt/"


def test_swedish_path_behind_the_new_prefix_leads_to_the_swedish_page(answers):
    answer = answers["/ar/vagledning/betanketid/"]
    assert answer.status == 404
    assert answer.html.html.attrs == {"lang": "ar", "dir": "rtl"}
    link = answer.html.main.find("a", href="/vagledning/betanketid/")
    assert (link["lang"], link["hreflang"]) == ("sv", "sv")
    assert "Sidan är inte översatt" in words(answer.html.main)


def test_address_of_nothing_shows_whom_to_call(answers):
    assert answers["/ar/finns-inte/"].status == 404
    assert_numbers(answers["/ar/finns-inte/"].html)


def test_editors_and_coordinators_write_it_and_it_is_imported_found_and_exported(site):
    folder, _variables = site
    run_tests(folder, "tests/config/walks/arabic.py", "tests/contacts/walks/arabic.py")
