"""Rows of every kind for the walk over every address, and what the addresses are made of."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.documents import get_document_model
from wagtail.models import Locale, ModelLogEntry, Page, Site, Task, Workflow

from contacts.models import Coordinator, County, Municipality, ReaderMessage, SupportLine, SupportService
from contacts.own_entry.links import make_token, receivers
from contacts.own_entry.log_actions import CHANGE
from contacts.own_entry.saving import save_entry
from pages.models import (
    Actor,
    GlossaryTerm,
    GuidancePage,
    ManualPart,
    PublishedVersion,
    RemovedPage,
    SearchSynonyms,
    SectionPage,
    SiteNotice,
    SiteSettings,
)
from resources.models import Topic
from tests import factories
from tests.config.accounts import admin_user, coordinator_account
from tests.config.parameters import MISSING, WORDS, Samples
from tests.manual import ids, step
from tests.resources import making

ROLES = ("anonymous", "A", "B", "author", "editor", "administrator")
OF_SUBMITTED = ["edit", "workflow_action", "collect_workflow_action_data", "confirm_workflow_cancellation"]
OF_SUBMITTED += ["workflow_history", "workflow_history_detail"]  # what is told of a page that waits for approval
SECRETS = {"A": "hemligt utkast av A", "B": "hemligt utkast av B"}


class World:
    """Two coordinators with drafts, an account of each role, an author's pages, one row of every kind.

    `samples` are by parameter, and before that by the pattern's name or its beginning; by language at their end.
    """

    def __init__(self) -> None:
        self.entries = {name: _entry_with_draft(name, place) for place, name in enumerate(SECRETS)}
        self.links = {name: _link_that_takes_back(entry) for name, entry in self.entries.items()}
        self.users: dict[str, User | None] = {"anonymous": None}
        self.users |= {name: entry.user for name, entry in self.entries.items()}
        self.users |= {role: admin_user(role) for role in ROLES[3:]}
        self.own_step, self.other_step = step("akut-skydd"), step("identifiering")
        section = factories.section()
        for page in (section, self.own_step):
            for action in ("add", "change"):
                Group.objects.get(name="author").page_permissions.create(page=page, permission_type=action)
        self.own = factories.guidance(section)
        self.submitted = factories.guidance(section, title="Inskickad")
        self.approval = Workflow.objects.get(name="Granskning").start(self.submitted, self.users["author"])
        self.other = SectionPage.objects.exclude(pk=section.pk).filter(locale=section.locale)[0]
        self.upload = Path(settings.MEDIA_ROOT) / "omdirigeringar.csv"  # as it waits for the second page of the import
        self.upload.parent.mkdir(parents=True, exist_ok=True)
        self.upload.write_text("from,to\n/gammal,/ny\n")
        self.samples = self._of_pages(section) | self._of_coordinators() | _of_the_manual() | _of_places()
        self.samples |= _of_other_rows() | WORDS | _of_material()

    def _of_pages(self, section: Page) -> dict[str, Samples]:
        page = {"own": self.own.pk, "other": self.other.pk, "missing": MISSING}
        submitted = {"there": self.submitted.pk}
        elsewhere = GuidancePage.objects.get(slug="informationsblad")
        review = self.own.reviews.create(review_by=timezone.localdate())
        english = {"there": factories.section("en").pk, "missing": MISSING}
        steps = {"own": self.own_step.pk, "other": self.other_step.pk, "missing": self.own.pk}
        return {
            **dict.fromkeys(("page_id", "page_pk", "wagtailadmin_api:pages pk"), page),
            **dict.fromkeys(("compare_translation page_id", "answer_translation page_id"), english),
            **{f"wagtailadmin_pages:{name} page_id": page | submitted for name in OF_SUBMITTED},
            "workflow_state_id": {"there": self.approval.pk, "missing": MISSING},
            "task_state_id": {"there": self.approval.current_task_state.pk, "missing": MISSING},
            "locale_id": {"there": Locale.objects.get(language_code="en").pk, "missing": MISSING},
            "page_to_move_id": page | {"other": elsewhere.pk},
            **dict.fromkeys(("move_part page_id", "bring_parts page_id"), steps),
            "versions page_id sv": page,
            "versions page_id en": {"there": factories.section("en").pk, "missing": self.own.pk},
            "note_reviewed pk": {"own": review.pk, "other": self.other.reviews.get().pk, "missing": MISSING},
            "parent_page_id": page | {"own": section.pk},
            "destination_id": {"": section.pk},
            "revision_id": {"": self.own.latest_revision_id},
        }

    def _of_coordinators(self) -> dict[str, Samples]:
        def each(field: str, missing: object = MISSING) -> Samples:
            return {name: getattr(entry, field) for name, entry in self.entries.items()} | {"missing": missing}

        counties = {name: entry.counties.first().pk for name, entry in self.entries.items()}
        municipalities = {name: Municipality.objects.filter(county=code)[0].pk for name, code in counties.items()}
        return {
            "wagtailsnippets_contacts_coordinator pk": each("pk"),
            "wagtailsnippets_contacts_coordinator revision_id": each("latest_revision_id"),
            "simple_translation pk": each("pk"),
            "object_id": each("pk"),
            "wagtailusers_users pk": each("user_id"),
            "user_sessions pk": each("user_id"),
            "uid": each("uid", uuid4()),
            "county-cards code": counties | {"missing": "99"},
            "pocket-card code": counties | {"missing": "99"},
            "revert token": self.links | {"missing": "no-such-token"},
            "own_entry:municipality code": municipalities | {"missing": "9999"},
            "wagtailsnippets_contacts_municipality pk": municipalities | {"missing": "9999"},
        }


def _entry_with_draft(name: str, place: int) -> Coordinator:
    user = coordinator_account(f"{name.lower()}@example.org", place)
    entry = Coordinator.objects.get(user=user)
    entry.note_sv = entry.note_en = SECRETS[name]
    entry.save_revision(user=user)
    return Coordinator.objects.get(pk=entry.pk)


def _link_that_takes_back(entry: Coordinator) -> str:
    """Change the e-mail, which is live at once, and return the token of the mail about it."""
    change = save_entry(entry, {"email": f"bytt-{entry.pk}@example.se"}, entry.user, CHANGE)
    assert change
    entry.refresh_from_db()
    return make_token(change, receivers(entry, change)[-1])  # the owner's


def _of_the_manual() -> dict[str, Samples]:
    page = step("inledande-stod")
    part, gone = page.parts[0].id, page.parts[1].id
    for translated in [page, *page.get_translations()]:
        del translated.parts[ids(translated).index(gone)]
        translated.save_revision().publish()
    codes = {name: ManualPart.objects.get(pk=pk).code for name, pk in (("there", part), ("gone", gone))}
    samples: dict[str, Samples] = {
        "part code": codes | {"missing": "finnsinte"},
        "wagtailsnippets_pages_manualpart pk": {"there": gone, "missing": uuid4()},
        "wagtailsnippets_pages_actor pk": {"there": Actor.objects.first().pk, "missing": "nobody"},
        "wagtailsnippets_pages_glossaryterm pk": {"there": GlossaryTerm.objects.first().pk, "missing": MISSING},
        "wagtailsnippets_pages_publishedversion pk": {"there": PublishedVersion.objects.first().pk, "missing": MISSING},
    }
    row = RemovedPage(url_path="/borta/", title="Borta", locale=page.locale, page=page, removed_at=timezone.now())
    row.save()
    samples["wagtailsnippets_pages_removedpage pk"] = {"there": row.pk, "missing": MISSING}
    for language, other in (("sv", "en"), ("en", "sv")):
        kept = PublishedVersion.objects.filter(locale__language_code=language).order_by("pk")
        withdrawn = kept.last()
        withdrawn.withdrawn_on, withdrawn.reason = timezone.localdate(), "Ett fel."
        withdrawn.save()
        elsewhere = PublishedVersion.objects.filter(locale__language_code=other)[0]
        samples[f"version pk {language}"] = {"there": kept[0].pk, "withdrawn": withdrawn.pk, "missing": elsewhere.pk}
    return samples


def _of_places() -> dict[str, Samples]:
    samples = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            county, actor = County.objects.get(code="12"), Actor.objects.first()
            town = Municipality.objects.filter(county=county)[0]
            samples[f"contactspage county_slug {language}"] = {"there": county.slug, "missing": "finns-inte"}
            samples[f"contactspage municipality_slug {language}"] = {"there": town.slug, "missing": "finns-inte"}
            samples[f"actorspage slug {language}"] = {"there": actor.slug, "missing": "finns-inte"}
    for language, answer in (("sv", "nej-inte-just-nu"), ("en", "no-not-right-now")):
        samples[f"guidepage answers {language}"] = {"there": answer, "missing": "finns-inte"}
    return samples


def _of_other_rows() -> dict[str, Samples]:
    image = factories.image()
    document = get_document_model().objects.create(title="Blad", file=ContentFile(b"%PDF-1.7", "blad.pdf"))
    redirect = Redirect.objects.create(old_path="/gammal", redirect_link="/")
    message = ReaderMessage.objects.create(kind="page-fault", text="Fel")
    change = ModelLogEntry.objects.filter(action=CHANGE).first()
    notice = SiteNotice.objects.create(text_sv="Vi", text_en="We", ends_at=timezone.now() + timedelta(days=1))
    rows = {
        "read_change pk": change,
        "message_answered pk": message,
        "wagtailsnippets_pages_sitenotice pk": notice,
        "image_id": image,
        "wagtailimages_chooser pk": image,
        "wagtailadmin_api:images pk": image,
        "document_id": document,
        "doc_id": document,
        "wagtaildocs_chooser pk": document,
        "wagtailadmin_api:documents pk": document,
        "redirect_id": redirect,
        "query_id": Query.objects.create(query_string="telefon"),
        "wagtailsnippets_pages_searchsynonyms pk": SearchSynonyms.objects.first(),
        "wagtailsnippets_contacts_readermessage pk": message,
        "wagtailsnippets_contacts_supportline pk": SupportLine.objects.first(),
        "wagtailsnippets_contacts_supportservice pk": SupportService.objects.first(),
        "wagtailsettings pk": SiteSettings.objects.first(),
        "wagtailsites pk": Site.objects.first(),
        "wagtailusers_groups pk": Group.objects.get(name="editor"),
        "wagtaillocales pk": Locale.objects.first(),
        "wagtailadmin_workflows pk": Workflow.objects.first(),
        "workflow_pk": Workflow.objects.first(),
        "task_id": Task.objects.first(),
    }
    return {key: {"there": row.pk, "missing": MISSING} for key, row in rows.items()}


def _of_material() -> dict[str, Samples]:
    published = making.resource(making.file(text="<p>Text</p>"))
    draft = making.resource(making.file(text="<p>Text</p>"), title_sv="Utkast", title_en="Draft", live=False)
    row, hidden = published.files.get(), draft.files.get()
    space = "wagtailsnippets_resources_resource"
    return {
        "resource-file code": {"there": row.code, "missing": hidden.code},
        "resourceindexpage slug sv": {"there": published.slug_sv, "missing": draft.slug_sv},
        "resourceindexpage slug en": {"there": published.slug_en, "missing": draft.slug_en},
        "resourceindexpage code": {"there": row.code, "missing": hidden.code},
        f"{space} pk": {"there": published.pk, "missing": MISSING},
        f"{space} revision_id": {"there": published.latest_revision_id, "missing": MISSING},
        f"{space} code": {"there": row.code, "missing": hidden.code},
        "wagtailsnippets_resources_topic pk": {"there": Topic.objects.first().pk, "missing": MISSING},
    }
