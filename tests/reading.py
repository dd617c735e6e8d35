"""What tests read from answers, and the addresses of one page of each kind."""

import re
from difflib import unified_diff

from bs4 import BeautifulSoup
from django.http import HttpResponse

# One page of every kind: its Swedish and its English address.
PAIRS = {
    "home": ("/", "/en/"),
    "section": ("/vagledning/", "/en/guidance/"),
    "guidance": ("/vagledning/betanketid/", "/en/guidance/reflection-period/"),
    "manual": ("/manual/", "/en/manual/"),
    "step": ("/manual/akut-skydd/", "/en/manual/emergency-protection/"),
    "actors": ("/manual/aktorernas-ansvar/", "/en/manual/actors/"),
    "actor": ("/manual/aktorernas-ansvar/socialtjansten/", "/en/manual/actors/social-services/"),
    "actor whole": ("/manual/aktorernas-ansvar/socialtjansten/allt/", "/en/manual/actors/social-services/whole/"),
    "glossary": ("/manual/ordlista/", "/en/manual/glossary/"),
    "statement": ("/tillganglighet/", "/en/accessibility/"),
    "guide": ("/just-nu/", "/en/right-now/"),
    "guide result": (
        "/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/ja/var-ar-personen/",
        "/en/right-now/answers/no-not-right-now/i-am-a-volunteer/yes/where-is-the-person/",
    ),
    "guide flow chart": ("/just-nu/flodesschema/", "/en/right-now/flow-chart/"),
    "contacts": ("/kontakt/", "/en/contact/"),
    "all coordinators": ("/kontakt/alla/", "/en/contact/all/"),
    "county": ("/kontakt/skane-lan/", "/en/contact/skane-county/"),
    "municipality": (
        "/kontakt/vastra-gotalands-lan/goteborg/",
        "/en/contact/vastra-gotaland-county/gothenburg/",
    ),
    "search": ("/sok/", "/en/search/"),
    "publications": ("/publikationer/", "/en/publications/"),
    "publication": (
        "/publikationer/du-kan-be-om-hjalp-blad-for-barn/",
        "/en/publications/you-can-ask-for-help-handout-for-children/",
    ),
    "publication text": (
        "/publikationer/du-kan-be-om-hjalp-blad-for-barn/14e61959/",
        "/en/publications/you-can-ask-for-help-handout-for-children/14e61959/",
    ),
    "message": ("/meddelande/", "/en/message/"),
    "message sent": ("/meddelande/skickat/", "/en/message/sent/"),
    "registers": ("/register/", "/en/register/"),
}
ADDRESSES = [address for pair in PAIRS.values() for address in pair]

# By the language of the page, which material in another language has for itself.
SITE_NAMES = {
    "sv": "Stöd till yrkesverksamma",
    "en": "Support for professionals",
    "uk": "Підтримка для фахівців",
}

# The numbers that must be on every page, also on errors, as they are shown and dialled.
NUMBERS = {"112": "tel:112", "114 14": "tel:11414", "020-390 000": "tel:020390000"}
FROM_ABROAD = {"+46(0)20-390 000": "tel:+4620390000"}  # in English alone
# The minute at which a page is read, in which two answers may differ.
AS_OF = re.compile(r'<span class="call__as-of">.*?</span>', re.DOTALL)


def soup(response: HttpResponse, status: int = 200) -> BeautifulSoup:
    """Return the answer's HTML, after checking its status."""
    assert response.status_code == status, f"{response.status_code} instead of {status}"
    return BeautifulSoup(response.content, "lxml")  # in half the time of Python's own parser


def words(node: BeautifulSoup) -> str:
    """Return the text of an element as a reader sees it, in one line."""
    return re.sub(r"\s+", " ", node.get_text(" ").replace("\N{SOFT HYPHEN}", "")).strip()


def assert_numbers(html: BeautifulSoup) -> None:
    """Check that the three numbers are there, each dialled as it is shown."""
    for number, target in NUMBERS.items():
        links = html.select(f'a[href="{target}"]')
        assert links, f"no {target}"
        assert {words(link) for link in links} == {number}


def difference(one: str, other: str) -> list[str]:
    """Return the lines in which two pages differ."""
    return list(unified_diff(one.splitlines(), other.splitlines(), n=0, lineterm=""))
