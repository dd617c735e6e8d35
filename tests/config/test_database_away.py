"""A database that does not answer: 503 in the language of the address, with whom to call."""

import pytest

from tests.browser.served import NO_DATABASE
from tests.config.processes import Answer, get, visit
from tests.reading import assert_numbers, words

UNAVAILABLE = {
    "sv": ["/", "/vagledning/betanketid/", "/kontakt/?q=lund", "/finns-inte/", "/documents/1/x.pdf", "/sitemap.xml"],
    "en": ["/en/", "/en/guidance/reflection-period/", "/en/contact/?q=lund", "/en/is-not-here/"],
}
REAL_NUMBERS = {
    "sv": " 112, 114 14 och 020-390 000 är riktiga.",
    "en": " 112, 114 14 and 020-390 000 are real.",
}
APOLOGY = {"sv": "Något är fel hos oss", "en": "Something is wrong on our side"}


@pytest.fixture(scope="module")
def without_database(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """The answers of a site whose database does not answer, in a process that has never read from it."""
    paths = [*UNAVAILABLE["sv"], *UNAVAILABLE["en"], "/admin/", "/robots.txt"]
    requests = [get(path, {"Host": "localhost", "Cookie": f"sessionid={'a' * 32}"}) for path in paths]
    folder = tmp_path_factory.mktemp("without")
    return dict(zip(paths, visit(requests, DATA_DIR=str(folder), DATABASE_URL=NO_DATABASE), strict=True))


@pytest.mark.parametrize(
    ("language", "address"), [(code, path) for code, paths in UNAVAILABLE.items() for path in paths]
)
def test_page_without_database_says_so_in_its_language_with_whom_to_call(without_database, language, address):
    answer = without_database[address]
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.html.html["lang"] == language
    assert words(answer.html.h1) == APOLOGY[language]
    assert_numbers(answer.html)
    banner = words(answer.html.find(class_="demonstration"))
    assert banner.endswith(REAL_NUMBERS[language])
    assert "Traceback" not in answer.text


def test_admin_without_database_answers_503(without_database):
    assert without_database["/admin/"].status == 503


def test_robots_need_no_database(without_database):
    assert without_database["/robots.txt"].text == "User-agent: *\nDisallow: /\n"
