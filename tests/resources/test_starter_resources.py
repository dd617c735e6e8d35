"""The material that the site ships with: real, tagged files that say what their text says."""

import re
from io import BytesIO

import pikepdf
import pytest
from bs4 import BeautifulSoup
from PIL import ImageFile
from pypdf import PdfReader
from wagtail.rich_text import expand_db_html

from pages.tagged_pdf import can_make_pdf
from resources.languages import LANGUAGES
from resources.models import Resource, ResourceFile, Topic
from resources.pdf import PdfFacts, read_pdf
from resources.starter_resources import example_files, read_starter
from tests.reading import soup, words
from tests.resources.making import fetch
from tests.tools import tool_or_skip

pytestmark = pytest.mark.any_database

FILES = list(example_files())
NOTES = (
    "Det här är ett exempel. Det är gjort för demonstrationen. Ingen myndighet har gett ut eller godkänt det.",
    "This is an example. It was made for the demonstration. No authority has issued or approved it.",
)
CYRILLIC = re.compile("[а-яґєіїё]", re.IGNORECASE)


def squeezed(text: str) -> str:
    """Return text without spaces, which a PDF places as it likes."""
    return "".join(text.split())


def text_of_pdf(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def text_of_source(example) -> str:
    html = BeautifulSoup(example.title + expand_db_html(example.text), "html.parser")
    return squeezed(read_starter()["example"][example.language] + html.get_text().replace("•", ""))


def test_every_text_has_its_file():
    assert len(FILES) == 8
    folder = FILES[0].source.parent.parent
    assert {example.pdf for example in FILES} == set(folder.glob("*/*.pdf"))


@pytest.mark.django_db  # the numbers in the texts are stored contacts
@pytest.mark.parametrize("example", FILES, ids=lambda example: f"{example.source.parent.name}-{example.language}")
class TestExampleFile:
    def test_is_tagged_titled_and_in_its_language(self, example):
        content = example.pdf.read_bytes()
        assert read_pdf(BytesIO(content)) == PdfFacts(1, is_tagged=True, has_title=True, has_language=True)
        with pikepdf.open(example.pdf) as pdf:
            assert str(pdf.docinfo["/Title"]) == example.title
            assert str(pdf.Root.Lang) == example.language
        assert len(content) < 50_000

    def test_says_what_its_text_says_and_that_it_is_an_example(self, example):
        assert text_of_pdf(example.pdf.read_bytes()).replace("•", "") == text_of_source(example)

    def test_is_made_again_by_the_command(self, example, tmp_path):
        tool_or_skip("Pango", can_make_pdf(), "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
        copy = tmp_path / f"{example.language}.html"
        copy.write_text(example.source.read_text(encoding="utf-8"), encoding="utf-8")
        again = type(example)(example.language, copy)
        again.make_pdf()
        assert text_of_pdf(again.pdf.read_bytes()) == text_of_pdf(example.pdf.read_bytes())
        assert not ImageFile.LOAD_TRUNCATED_IMAGES, "pictures that are cut off could be uploaded from now on"

    def test_is_written_in_the_script_of_its_language(self, example):
        assert bool(CYRILLIC.search(example.title + example.text)) == (example.language in {"uk", "ru"})
        if example.language == "uk":
            assert not re.search("[ыэёъ]", example.text, re.IGNORECASE)
        if example.language == "ru":
            assert not re.search("[іїєґ]", example.text, re.IGNORECASE)


@pytest.mark.django_db
def test_material_of_the_ukraine_section_is_found_by_language(client):
    for language in ("uk", "ru", "en"):
        page = soup(client.get(f"/publikationer/?topic=ukraine&kind=handout&language={language}"))
        assert len(page.main.select(".page-list__link")) == 2
    for address in ("/ukraina/lagesrapport/", "/en/ukraine/situation-report/"):
        assert soup(client.get(address)).main.select_one('.page-list a[href*="2022"]')


@pytest.mark.django_db
def test_what_is_real_is_a_link_under_its_own_title(client):
    analyses = soup(client.get("/publikationer/?kind=situation-analysis")).main.select(".page-list__link")
    assert [words(link) for link in analyses] == [
        "Lägesanalys: Risk att kvinnor och barn utnyttjas i vinter",
        "Lägesanalys 5 maj 2022: Ökad utsatthet för ukrainska kvinnor på flykt",
    ]
    for analysis, day in zip(analyses, ("17 november 2022", "5 maj 2022"), strict=True):
        page = soup(client.get(analysis["href"])).main
        assert day in words(page.select_one(".fields"))
        assert not page.select_one(".callout")
        assert {link["href"] for link in page.select(".material a")} == {
            "https://jamstalldhetsmyndigheten.se/aktuellt/publikationer"
        }


@pytest.mark.django_db
def test_no_example_bears_a_title_or_sender_that_is_real(client):
    examples = Resource.objects.filter(is_example=True)
    assert len(examples) == 3
    for row in examples:
        assert row.title_sv.startswith("Exempel: ")
        assert row.title_en.startswith("Example: ")
        assert row.publisher == "Exempel"
        page = soup(client.get(f"/publikationer/{row.slug_sv}/")).main
        assert words(page.select_one(".callout")).startswith("Det här är ett exempel.")


def test_each_example_file_says_that_no_authority_issued_it():
    said = {"sv": ["Ingen myndighet har gett ut eller godkänt det."], "en": ["No authority has issued or approved it."]}
    for example in FILES:
        for sentence in said.get(example.language, [*said["sv"], *said["en"]]):
            assert sentence in example.text


@pytest.mark.django_db
def test_each_file_has_its_text_as_a_web_page(client):
    examples = ResourceFile.objects.exclude(file="")
    assert len(examples) == len(FILES)
    for row in examples.select_related("resource"):
        page = soup(client.get(f"/publikationer/{row.resource.slug_sv}/{row.code}/"))
        printed = text_of_pdf(fetch(client, row.url).body).replace("•", "")
        for note in NOTES:  # the page has its own, in the language that is read
            printed = printed.replace(squeezed(note), "")
        assert squeezed(read_starter()["example"][row.language] + page.main.article.get_text()) == printed
        assert page.main.article["lang"] == row.language
        assert page.select_one(".callout")


@pytest.mark.django_db
def test_topics_and_texts_are_in_both_languages():
    assert Topic.objects.count() == 6
    for row in [*Topic.objects.all(), *Resource.objects.all()]:
        for field in ("name", "title", "summary"):
            assert all(getattr(row, f"{field}_{language}", "–") for language in ("sv", "en"))
    assert all(Resource.objects.values_list("live", flat=True))
    examples = Resource.objects.filter(is_example=True)
    assert {row.resource_id for row in ResourceFile.objects.exclude(file="")} == {row.pk for row in examples}


def test_languages_are_told_apart():
    assert len({language.own_name for language in LANGUAGES.values()}) == len(LANGUAGES)
    assert [code for code, language in LANGUAGES.items() if language.direction == "rtl"] == [
        "ar", "prs", "ckb", "ps", "fa", "ur",
    ]  # fmt: skip
