"""The pages of the site.

Home: the start page of a language. Section: a part of the site that lists its pages. Guidance:
one subject. Manual and its steps: what to do on suspicion, in order of time. Part: a numbered
passage of a step, with an address for ever. Actor: whom a part concerns; the page of the actors
gathers the parts of each. Glossary: its terms, to which texts lead. Accessibility statement:
what the law (2018:1937) asks for. Search entry: what can be found. Every page has a lead, a body of blocks and dates.
Second person: who approves what another has written. Site settings: what editors set for all of it.
Site notice: what all readers are told for a time. Review: who looks after something, and by when.
Waiting mail: what is to be sent. Job run: how a command that runs by itself has gone.
Removed page: what was at an address, and why it is not.
Sent form: what came of a form for something new.
"""

from pages.admin.models import SentForm
from pages.jobs.models import JobRun
from pages.links.models import BrokenLink
from pages.manual.models.actors import Actor
from pages.manual.models.changes import ChangeKind, PartChange
from pages.manual.models.parts import ManualPart, PublishedPart
from pages.manual.models.terms import GlossaryTerm
from pages.manual.pages.actors import ActorsPage
from pages.manual.pages.glossary import GlossaryPage
from pages.manual.pages.manual import ManualPage
from pages.manual.pages.step import ManualStepPage
from pages.models.accessibility import AccessibilityStatementPage
from pages.models.base import BasePage
from pages.models.content import GuidancePage, HomePage, SectionPage
from pages.models.site_notice import NoticeLevel, SiteNotice
from pages.models.site_settings import SiteSettings
from pages.models.site_version import SiteVersion, raise_site_version, site_version
from pages.models.subpage_routes import SubpageRoutes
from pages.outbox.models import MailKind, WaitingMail
from pages.removed.models import RemovedPage
from pages.review.models import Review
from pages.search.documents import SearchKind
from pages.search.models import SearchEntry, SearchSynonyms
from pages.versions.models import PublishedVersion
from pages.workflow import SecondPersonTask

__all__ = [
    "AccessibilityStatementPage",
    "Actor",
    "ActorsPage",
    "BasePage",
    "BrokenLink",
    "ChangeKind",
    "GlossaryPage",
    "GlossaryTerm",
    "GuidancePage",
    "HomePage",
    "JobRun",
    "MailKind",
    "ManualPage",
    "ManualPart",
    "ManualStepPage",
    "NoticeLevel",
    "PartChange",
    "PublishedPart",
    "PublishedVersion",
    "RemovedPage",
    "Review",
    "SearchEntry",
    "SearchKind",
    "SearchSynonyms",
    "SecondPersonTask",
    "SectionPage",
    "SentForm",
    "SiteNotice",
    "SiteSettings",
    "SiteVersion",
    "SubpageRoutes",
    "WaitingMail",
    "raise_site_version",
    "site_version",
]
