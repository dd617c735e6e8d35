"""One page of every kind, in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest


@dataclass(frozen=True, slots=True)
class Address:
    """Where a kind of page is found in a language, and the status it answers with.

    `path` is where a link leads whose own address no test can know: `links` are followed from there,
    each the beginning of an address.
    """

    kind: str
    language: str
    path: str
    status: int = 200
    links: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}-{self.language}"


# Answers of a professional who meets an adult.
_SWEDISH = "/just-nu/svar/nej-inte-just-nu/jag-moter-personen-i-mitt-arbete/nej-en-vuxen/"
_ENGLISH = "/en/right-now/answers/no-not-right-now/i-meet-the-person-in-my-work/no-an-adult/"

_PATHS = {
    "home": ("/", "/en/"),
    "section": ("/vagledning/", "/en/guidance/"),
    "guidance-questions": ("/vagledning/betanketid/", "/en/guidance/reflection-period/"),
    "guidance-checklists": ("/vagledning/tecken/", "/en/guidance/signs/"),
    "guidance-contacts": ("/vagledning/regionkoordinatorer/", "/en/guidance/regional-coordinators/"),
    "manual": ("/manual/", "/en/manual/"),
    "step": ("/manual/akut-skydd/", "/en/manual/emergency-protection/"),
    "step-role": (
        "/manual/inledande-stod/?actor=police&person=child&permit=with",
        "/en/manual/initial-support/?actor=police&person=child&permit=with",
    ),
    "manual-whole": ("/manual/allt/", "/en/manual/whole/"),
    "manual-changes": ("/manual/andringar/", "/en/manual/changes/"),
    "versions": ("/manual/akut-skydd/", "/en/manual/emergency-protection/"),
    "version": ("/manual/akut-skydd/", "/en/manual/emergency-protection/"),
    "actors": ("/manual/aktorernas-ansvar/", "/en/manual/actors/"),
    "actor": ("/manual/aktorernas-ansvar/socialtjansten/", "/en/manual/actors/social-services/"),
    "actor-whole": (
        "/manual/aktorernas-ansvar/socialtjansten/allt/",
        "/en/manual/actors/social-services/whole/",
    ),
    "glossary": ("/manual/ordlista/", "/en/manual/glossary/"),
    "statement": ("/tillganglighet/", "/en/accessibility/"),
    "guide": ("/just-nu/", "/en/right-now/"),
    "guide-place": (_SWEDISH, _ENGLISH),
    "guide-several": (f"{_SWEDISH}?q=Karl", f"{_ENGLISH}?q=Karl"),
    "guide-question": (
        f"{_SWEDISH}var-ar-personen/ja-det-kan-vanta/?place=1280",
        f"{_ENGLISH}where-is-the-person/yes-it-can-wait/?place=1280",
    ),
    "guide-result": (
        f"{_SWEDISH}var-ar-personen/nej-det-ar-brattom/",
        f"{_ENGLISH}where-is-the-person/no-it-is-urgent/",
    ),
    "guide-result-place": (
        f"{_SWEDISH}var-ar-personen/nej-det-ar-brattom/?place=1280",
        f"{_ENGLISH}where-is-the-person/no-it-is-urgent/?place=1280",
    ),
    "guide-victim": (
        "/just-nu/svar/nej-inte-just-nu/det-ar-jag-som-ar-utsatt/",
        "/en/right-now/answers/no-not-right-now/i-am-the-one-being-exploited/",
    ),
    "guide-flow-chart": ("/just-nu/flodesschema/", "/en/right-now/flow-chart/"),
    "contacts": ("/kontakt/", "/en/contact/"),
    "lookup-several": ("/kontakt/?q=habo", "/en/contact/?q=habo"),
    "lookup-guess": ("/kontakt/?q=Karl", "/en/contact/?q=Karl"),
    "lookup-locality": ("/kontakt/?q=Rinkeby", "/en/contact/?q=Rinkeby"),
    "lookup-postcode": ("/kontakt/?q=753+10", "/en/contact/?q=753+10"),
    "lookup-none": ("/kontakt/?q=Xyzxyz", "/en/contact/?q=Xyzxyz"),
    "county": ("/kontakt/skane-lan/", "/en/contact/skane-county/"),
    "municipality": ("/kontakt/vastra-gotalands-lan/goteborg/", "/en/contact/vastra-gotaland-county/gothenburg/"),
    "all-coordinators": ("/kontakt/alla/", "/en/contact/all/"),
    "search": ("/sok/", "/en/search/"),
    "search-hits": (f"/sok/?q={quote('människohandel')}", "/en/search/?q=trafficking"),
    "search-card": (f"/sok/?q={quote('socialjour malmö')}", "/en/search/?q=coordinator+malmo"),
    "search-corrected": (f"/sok/?q={quote('betnäketid')}", "/en/search/?q=identifcation"),
    "search-nothing": ("/sok/?q=xyzzyxyzzy", "/en/search/?q=xyzzyxyzzy"),
    "search-guess": (f"/sok/?q={quote('förargelse')}", "/en/search/?q=victimhood"),
    "publications": ("/publikationer/", "/en/publications/"),
    "publications-narrowed": (
        "/publikationer/?topic=ukraine&kind=handout&language=uk",
        "/en/publications/?topic=ukraine&kind=handout&language=uk",
    ),
    "publications-none": ("/publikationer/?q=xyzxyz", "/en/publications/?q=xyzxyz"),
    "publication": (
        "/publikationer/du-kan-fa-hjalp-blad-for-den-som-flytt/",
        "/en/publications/you-can-get-help-handout-for-people-in-flight/",
    ),
    "publication-text": (
        "/publikationer/du-kan-be-om-hjalp-blad-for-barn/14e61959/",
        "/en/publications/you-can-ask-for-help-handout-for-children/14e61959/",
    ),
    "guidance-publications": ("/ukraina/informationsblad/", "/en/ukraine/handouts/"),
    "message": ("/meddelande/?page=/manual/", "/en/message/?page=/en/manual/"),
    "message-sent": ("/meddelande/skickat/", "/en/message/sent/"),
    "registers": ("/register/", "/en/register/"),
    "missing": ("/finns-inte/", "/en/is-not-here/"),
    # `served.py` makes these two.
    "part-replaced": ("/manual/p/replaced/", "/en/manual/p/replaced/"),
    "version-withdrawn": ("/om-webbplatsen/", "/en/about-this-site/"),
    # Served by a site whose database is away.
    "unavailable": ("/om-webbplatsen/", "/en/about/"),
}
_STATUS = {"missing": 404, "part-replaced": 410, "version-withdrawn": 410, "unavailable": 503}
_LINKS = {
    "versions": {"sv": ("/version/page/",), "en": ("/en/version/page/",)},
    "version": {"sv": ("/version/page/", "/version/"), "en": ("/en/version/page/", "/en/version/")},
}
_LINKS["version-withdrawn"] = _LINKS["version"]

EVERY_PAGE = [
    Address(kind, language, path, _STATUS.get(kind, 200), _LINKS.get(kind, {}).get(language, ()))
    for kind, paths in _PATHS.items()
    for language, path in zip(("sv", "en"), paths, strict=True)
]


def pages(*kinds: str) -> list[Address]:
    """Return the addresses of these kinds, in both languages."""
    assert set(kinds) <= set(_PATHS)
    return [address for address in EVERY_PAGE if address.kind in kinds]


def in_drills(*values: Any) -> Any:
    """Return a case of a test that is left to the drills: that of the other language.

    The templates are the same, and what a test in Chromium takes is most of what a landing waits for.
    """
    return pytest.param(*values, marks=[pytest.mark.drill, pytest.mark.any_database])


def is_in_turn(address: Address) -> bool:
    """Tell whether `.ci/run` tests this language of a kind: now this, now that."""
    return (list(_PATHS).index(address.kind) % 2 == 0) == (address.language == "sv")


def in_turn(addresses: Iterable[Address], argument: str = "address", *, indirect: bool = False) -> pytest.MarkDecorator:
    """Give a test addresses: of each kind one language, now this, now that; the drills give it the other one."""
    cases = [address if is_in_turn(address) else in_drills(address) for address in addresses]
    return pytest.mark.parametrize(argument, cases, ids=str, indirect=indirect)
