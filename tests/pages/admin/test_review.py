"""Owners and days of review: set in the form, listed, reminded of by mail, and done with one press."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from contacts.models import SupportLine, SupportService
from pages.models import GuidancePage, Review, WaitingMail, site_version
from resources.models import Resource
from tests.config.accounts import admin_user
from tests.editing import page_form
from tests.factories import guidance
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

LIST = "/admin/reports/pages-to-review/"


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture(autouse=True)
def nothing_else() -> None:
    Review.objects.all().delete()


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.user = admin_user("editor", "redaktor@example.org")
    browser.force_login(browser.user)
    return browser


@pytest.fixture
def page() -> GuidancePage:
    return guidance(title="Sidan", slug="sidan")


def reviewed(thing, days: int = -1, **fields) -> Review:
    return thing.reviews.create(review_by=in_days(days), **fields)


def rows(browser: Client, query: str = "") -> list[str]:
    return [words(row) for row in soup(browser.get(LIST + query)).select("main tbody tr")]


def reminders() -> dict[str, str]:
    return {mail.to: mail.body for mail in WaitingMail.objects.filter(kind="review")}


def test_draft_of_a_published_page_sets_owner_and_day_at_once_and_readers_see_no_new_version(editor, page):
    group = Group.objects.get(name="editor")
    version = site_version()
    address = f"/admin/pages/{page.pk}/edit/"
    for owner in (f"group:{group.pk}", f"user:{editor.user.pk}"):
        form = page_form(page, title="Utkast", review_by=in_days(40), review_owner=owner)
        assert editor.post(address, form).status_code == 302
        review = page.reviews.get()
        assert (str(review.review_by), review.owner) == (in_days(40), group if "group" in owner else editor.user)
    assert site_version() == version
    page.refresh_from_db()
    assert page.title == "Sidan"
    form = soup(editor.get(address))
    assert form.select_one("#id_review_by")["value"] == in_days(40)
    assert form.select_one("#id_review_owner option[selected]")["value"] == f"user:{editor.user.pk}"
    page.get_latest_revision().publish()
    assert str(page.reviews.get().review_by) == in_days(40)


def test_preview_and_refused_form_set_nothing(editor, page):
    form = page_form(page, review_by=in_days(40))
    editor.post(f"/admin/pages/{page.pk}/edit/preview/", form)
    editor.post(f"/admin/pages/{page.pk}/edit/", page_form(page, "action-publish", lead="", review_by=in_days(40)))
    assert not page.reviews.exists()


def test_new_page_has_its_review(editor, page):
    parent = page.get_parent()
    new = GuidancePage(title="Ny", slug="ny", lead="Om det nya.", locale=page.locale)
    new.get_parent = lambda: parent  # of the form as it is opened
    form = page_form(new, review_by=in_days(9), review_owner=f"user:{editor.user.pk}")
    assert editor.post(f"/admin/pages/add/pages/guidancepage/{parent.pk}/", form).status_code == 302
    review = GuidancePage.objects.get(slug="ny").reviews.get()
    assert (review.owner, str(review.review_by)) == (editor.user, in_days(9))


@pytest.mark.parametrize(
    ("model", "address"),
    [
        (Resource, "resources/resource"),
        (SupportLine, "contacts/supportline"),
        (SupportService, "contacts/supportservice"),
    ],
)
def test_publications_and_contacts_are_listed_and_have_the_fields(editor, model, address):
    thing = model.objects.first()
    reviewed(thing, -3)
    assert [str(thing) in row for row in rows(editor)] == [True]
    form = soup(editor.get(f"/admin/snippets/{address}/edit/{thing.pk}/"))
    assert form.select_one("#id_review_by")["value"] == in_days(-3)


def test_service_is_given_an_owner_in_its_form(editor):
    service = SupportService.objects.first()
    address = f"/admin/snippets/contacts/supportservice/edit/{service.pk}/"
    html = soup(editor.get(address))
    fields = {each["name"]: each.get("value", "") for each in html.select("main form input[name]:not([type=checkbox])")}
    fields |= {each["name"]: each.text.strip() for each in html.select("main form textarea[name]")}
    fields |= {each["name"]: "on" for each in html.select("main form input[type=checkbox][checked]")}
    fields |= {"review_owner": f"user:{editor.user.pk}", "review_by": in_days(5)}
    assert editor.post(address, fields).status_code == 302
    assert (service.reviews.get().owner, str(service.reviews.get().review_by)) == (editor.user, in_days(5))


def test_list_is_sorted_and_narrowed_and_one_press_notes_the_review(editor, page):
    other = guidance(title="Snart", slug="snart")
    late = guidance(title="Långt bort", slug="langt-bort")
    reviewed(page, -1, owner_user=editor.user)
    reviewed(other, 20, owner_group=Group.objects.get(name="editor"))
    reviewed(late, 200)
    draft = guidance(title="Nedtagen", slug="nedtagen")
    reviewed(draft)
    draft.unpublish()
    assert [row.split(" ")[0] for row in rows(editor)] == ["Sidan", "Snart", "Långt"]
    assert [row.split(" ")[0] for row in rows(editor, "?when=past")] == ["Sidan"]
    assert [row.split(" ")[0] for row in rows(editor, "?when=near")] == ["Snart"]
    assert [row.split(" ")[0] for row in rows(editor, "?whose=mine")] == ["Sidan", "Snart"]
    home = words(soup(editor.get("/admin/")))
    assert "1 text borde redan ha setts över" in home
    assert "1 text ska ses över inom en månad" in home
    version = site_version()
    form = soup(editor.get(LIST)).select_one("main tbody tr form")
    answer = editor.post(form["action"], {"next": LIST}, follow=True)
    assert "”Sidan” är sedd över." in words(soup(answer))
    review = page.reviews.get()
    assert (str(review.review_by), review.reviewed_on) == (in_days(365), timezone.localdate())
    assert PageLogEntry.objects.filter(page=page.pk, action="pages.reviewed", user=editor.user).count() == 1
    assert site_version() == version
    assert "Ingen text väntar på översyn." in words(soup(editor.get("/admin/")))
    assert "Sett över, inget att ändra" in words(soup(editor.get(f"/admin/pages/{page.pk}/history/")))


def test_author_sees_and_notes_only_own_pages(page):
    review = reviewed(page)
    author = Client()
    author.force_login(admin_user("author"))
    assert rows(author) == []
    author.post(f"/admin/reviews/{review.pk}/reviewed/")
    review.refresh_from_db()
    assert review.reviewed_on is None


def test_owners_are_reminded_once_a_month(editor, page):
    someone = admin_user("author", "ansvarig@example.org")
    admin_user("editor", "borta@example.org", is_active=False)
    reviewed(page, 14, owner_user=someone)
    reviewed(SupportLine.objects.first(), -400)
    reviewed(guidance(title="Gruppens", slug="gruppens"), owner_group=Group.objects.get(name="editor"))
    reviewed(guidance(title="Senare", slug="senare"), 15, owner_user=someone)
    draft = guidance(title="Nedtagen", slug="nedtagen")
    reviewed(draft, owner_user=someone)
    draft.unpublish()
    said = StringIO()
    call_command("remind_reviews", "--dry-run", stdout=said)
    assert "Sidan" in said.getvalue()
    assert "ansvarig@example.org" in said.getvalue()
    assert reminders() == {}
    call_command("remind_reviews", stdout=said)
    mails = reminders()
    assert set(mails) == {"ansvarig@example.org", "redaktor@example.org"}
    assert "Sidan" in mails["ansvarig@example.org"]
    assert f"/admin/pages/{page.pk}/edit/" in mails["ansvarig@example.org"]
    assert "Senare" not in mails["ansvarig@example.org"]
    assert "Nedtagen" not in mails["ansvarig@example.org"]
    assert "Gruppens" in mails["redaktor@example.org"]
    assert "Skulle ha setts över senast" in mails["redaktor@example.org"]
    call_command("remind_reviews", stdout=said)
    assert WaitingMail.objects.filter(kind="review").count() == 2
    Review.objects.filter(owner_user=someone).update(reminded_on=timezone.localdate() - timedelta(days=30))
    call_command("remind_reviews", stdout=said)
    assert WaitingMail.objects.filter(kind="review").count() == 3


def test_review_goes_with_its_page(page):
    reviewed(page)
    page.delete()
    assert not Review.objects.exists()
