"""The pages of the site.

Home: the start page of a language. Section: a part of the site that lists its pages. Guidance:
one subject. Manual and its steps: what to do on suspicion, in order of time. Part: a numbered
passage of a step, with an address for ever. Actor: whom a part concerns; the page of the actors
gathers the parts of each. Glossary: its terms, to which texts lead. Accessibility statement:
what the law (2018:1937) asks for. Search entry: what can be found. Every page has a lead, a body of blocks and dates.
Second person: who approves what another has written. Site settings: what editors set for all of it.
"""

from pages.models.accessibility import AccessibilityStatementPage
from pages.models.actors import Actor, ActorsPage
from pages.models.base import AddressesBelow, BasePage
from pages.models.content import GuidancePage, HomePage, SectionPage
from pages.models.glossary import GlossaryPage, GlossaryTerm
from pages.models.manual import ManualPage, ManualStepPage
from pages.models.parts import ManualPart, PublishedPart
from pages.models.search import FoundKind, SearchEntry, SearchSynonyms
from pages.models.second_person import SecondPersonTask
from pages.models.site_settings import SiteSettings
from pages.models.site_version import SiteVersion, raise_site_version, site_version
from pages.models.versions import ChangeKind, PartChange, PublishedVersion

__all__ = [
    "AccessibilityStatementPage",
    "Actor",
    "ActorsPage",
    "AddressesBelow",
    "BasePage",
    "ChangeKind",
    "FoundKind",
    "GlossaryPage",
    "GlossaryTerm",
    "GuidancePage",
    "HomePage",
    "ManualPage",
    "ManualPart",
    "ManualStepPage",
    "PartChange",
    "PublishedPart",
    "PublishedVersion",
    "SearchEntry",
    "SearchSynonyms",
    "SecondPersonTask",
    "SectionPage",
    "SiteSettings",
    "SiteVersion",
    "raise_site_version",
    "site_version",
]
