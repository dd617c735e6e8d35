"""Which page may be made where."""

import pytest
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from contacts.guide.page import GuidePage
from contacts.models import ContactsPage
from pages.models import (
    AccessibilityStatementPage,
    ActorsPage,
    BasePage,
    GlossaryPage,
    GuidancePage,
    HomePage,
    ManualPage,
    ManualStepPage,
    SectionPage,
)
from resources.models import ResourceIndexPage
from tests.factories import section

# The whole matrix: what is not named here is refused.
BELOW = {
    Page: {HomePage},
    HomePage: {
        SectionPage,
        GuidancePage,
        ManualPage,
        AccessibilityStatementPage,
        ContactsPage,
        GuidePage,
        ResourceIndexPage,
    },
    SectionPage: {GuidancePage},
    GuidancePage: set(),
    ManualPage: {ManualStepPage, ActorsPage, GlossaryPage, GuidancePage},
    ManualStepPage: set(),
    ActorsPage: set(),
    GlossaryPage: set(),
    AccessibilityStatementPage: set(),
    ContactsPage: set(),
    GuidePage: set(),
    ResourceIndexPage: set(),
}


class PageTypesTest(WagtailPageTestCase):
    def test_matrix_names_every_page_type(self):
        assert set(BELOW) == {Page, *BasePage.__subclasses__()}

    def test_each_type_allows_exactly_what_the_matrix_says(self):
        for parent, children in BELOW.items():
            with self.subTest(parent=parent.__name__):
                assert set(parent.creatable_subpage_models()) == children

    def test_each_type_stands_only_below_what_the_matrix_says(self):
        for child in set(BELOW) - {Page}:
            parents = {parent for parent, children in BELOW.items() if child in children}
            with self.subTest(child=child.__name__):
                self.assertAllowedParentPageTypes(child, parents)

    def test_second_glossary_and_second_page_of_actors_are_refused(self):
        manual = ManualPage.objects.get(locale__language_code="sv")
        for model in (ActorsPage, GlossaryPage):
            assert model.objects.child_of(manual).count() == 1
            assert not model.can_create_at(manual)

    def test_second_page_of_its_kind_is_refused(self):
        home = HomePage.objects.get(locale__language_code="sv")
        for model in (AccessibilityStatementPage, ContactsPage, GuidePage, ResourceIndexPage):
            assert model.objects.child_of(home).count() == 1
            assert not model.can_create_at(home)


# Wagtail answers a refusal with a message on the admin's start page.
@pytest.mark.django_db
@pytest.mark.parametrize(("model", "status"), [("guidancepage", 200), ("manualsteppage", 302), ("sectionpage", 302)])
def test_editor_form_is_given_only_for_what_is_allowed(admin_client, model, status):
    assert admin_client.get(f"/admin/pages/add/pages/{model}/{section().pk}/").status_code == status


@pytest.mark.django_db
def test_editor_creates_a_page_with_a_body(admin_client):
    parent = section()
    form = {
        "title": "Skriven i formuläret",
        "slug": "skriven",
        "lead": "En mening.",
        "body-count": "1",
        "footnotes-count": "0",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "quotation",
        "body-0-value-text": "Någon lyssnade.",
        "body-0-value-source": "Ett vittne",
        "action-publish": "Publicera",
    }
    response = admin_client.post(f"/admin/pages/add/pages/guidancepage/{parent.pk}/", form)
    assert response.status_code == 302
    page = GuidancePage.objects.get(slug="skriven")
    assert page.live
    assert page.is_child_of(parent)
    assert "Någon lyssnade." in admin_client.get(page.url).content.decode()
