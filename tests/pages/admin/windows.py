"""What two editors have before them, what is known of their pages, and what a save must leave whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page as StoredPage
from wagtail.models import PageLogEntry

from pages.models import GuidancePage, PublishedVersion, SearchEntry, SentForm

JSON = {"accept": "application/json"}
LOADED = ("loaded_revision_id", "loaded_revision_created_at")


@dataclass(slots=True)
class Window:
    """An editor's browser with one form open: of a page, or for a new one."""

    client: Client
    address: str
    fields: dict[str, Any]
    key: str = ""  # of a form for a new page
    seen: set[str] = field(default_factory=set)  # the texts of versions that its owner has seen, or has written

    def send(self, *buttons: str, by_itself: bool = False) -> HttpResponse:
        """Send the form."""
        data = self.fields | dict.fromkeys(buttons, "1")
        if not by_itself:
            data.pop("overwrite_revision_id", None)
        return self.client.post(self.address, data, headers=JSON if by_itself else {})

    def learn(self, saved: dict[str, Any]) -> None:
        """Do what the scripts do with an answer: Wagtail's, and ours."""
        self.fields |= saved["field_updates"]
        self.fields["overwrite_revision_id"] = str(saved["revision_id"])
        self.fields |= dict(zip(LOADED, (str(saved["revision_id"]), saved["revision_created_at"]), strict=True))
        self.address = saved.get("url", self.address)


@dataclass(slots=True)
class Page:
    """What must be true of a page: the text of its latest version, and of what readers see."""

    title: str
    latest: str = ""
    public: str = ""
    waits: str = ""  # for its time
    saved_by_button: list[str] = field(default_factory=list)
    may_be: dict[str, str] = field(default_factory=dict)  # texts whose answers were lost: what was to become of each

    def resolve(self) -> None:
        """Find out what came of a request whose answer was lost: all that it was to do, or nothing."""
        stored = GuidancePage.objects.filter(title=self.title).first()
        if stored and self.may_be:
            draft = stored.get_latest_revision_as_object()
            assert draft.lead in {self.latest, *self.may_be}
            self.latest, self.public = draft.lead, stored.lead if stored.live else ""
            waiting = stored.scheduled_revision
            self.waits = waiting.content["lead"] if waiting else ""
            became = {"publish": self.public, "schedule": self.waits}.get(self.may_be.get(draft.lead, ""), draft.lead)
            assert became == draft.lead, f"{self.title} was saved, and what else was asked for was not done"
            self.may_be.clear()


def halves(page: GuidancePage) -> Iterator[str]:
    """Yield what of a page is done by halves."""
    newest = page.revisions.order_by("pk").last()
    if newest.pk != page.latest_revision_id:
        yield "its latest version is not the one that is edited"
    if page.live:
        version = PublishedVersion.objects.filter(page=page.pk).order_by("pk").last()
        if version is None or version.lead != page.lead:
            yield "its version for readers of later days is missing"
        if not SearchEntry.objects.filter(page=page.pk, source="", lead=page.lead).exists():
            yield "the search does not know it as it is"
        published = PageLogEntry.objects.filter(action__startswith="wagtail.publish", page=page.pk)
        if not published.filter(revision=page.live_revision_id):
            yield "its publication is not in the log"


def halves_of_site() -> Iterator[str]:
    """Yield what else is."""
    if any(problems := StoredPage.find_problems()):
        yield f"the tree of pages is broken: {problems}"
    if SentForm.objects.filter(location="", answer={}).exists():
        yield "of a form that was taken nobody knows what came of it"
