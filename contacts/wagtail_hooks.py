"""What contacts add to Wagtail's admin: the register's lists, a report, and words for the audit log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from contacts import number_editor
from contacts.activation import DEACTIVATE
from contacts.models import Coordinator
from contacts.own_entry.log_actions import CHANGE, CONFIRM, CORRECT, READ, REVERT
from contacts.purging import PURGED
from contacts.reports import CountiesWithoutCoordinatorView, ReadChangeView, UnreadChangesView
from contacts.sign_in import INVITE
from contacts.viewsets.coordinators import CoordinatorViewSet
from contacts.viewsets.messages import ANSWERED, AnsweredView, ReaderMessageViewSet
from contacts.viewsets.municipalities import MunicipalityViewSet
from contacts.viewsets.support_lines import SupportLineViewSet
from contacts.viewsets.support_services import SupportServiceViewSet
from pages.admin.reports import ReportMenuItem, report_urls


@register_snippet
class ContactsViewSetGroup(SnippetViewSetGroup):
    """Contacts, as one entry of the admin's menu."""

    items = (CoordinatorViewSet, MunicipalityViewSet, SupportLineViewSet, SupportServiceViewSet, ReaderMessageViewSet)
    menu_icon = "mobile-alt"
    menu_label = _("Contacts")
    menu_order = 200


@hooks.register("register_rich_text_features")
def register_number_feature(features: FeatureRegistry) -> None:
    number_editor.register(features)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("contacts/numbers/", number_editor.choose_number, name=number_editor.CHOOSER),
        path("contacts/changes/<int:pk>/read/", ReadChangeView.as_view(), name="read_change"),
        path("contacts/messages/<int:pk>/answered/", AnsweredView.as_view(), name="message_answered"),
        *report_urls(CountiesWithoutCoordinatorView, "counties-without-coordinator"),
        *report_urls(UnreadChangesView, "changes-by-coordinators"),
    ]


@hooks.register("register_reports_menu_item")
def register_counties_menu_item() -> MenuItem:
    return ReportMenuItem(CountiesWithoutCoordinatorView, order=110)


@hooks.register("register_reports_menu_item")
def register_changes_menu_item() -> MenuItem:
    return ReportMenuItem(UnreadChangesView, order=111)


@hooks.register("construct_snippet_action_menu")
def publish_nobody_who_has_left(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    instance = context.get("instance")
    if isinstance(instance, Coordinator) and instance.left_on:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(INVITE, _("Invite to sign in"), _("Invited to sign in"))
    actions.register_action(DEACTIVATE, _("Close a leaver's entry"), _("Left: entry and sign-in closed"))
    actions.register_action("contacts.reactivate", _("Reopen an entry"), _("Entry and sign-in reopened"))
    actions.register_action("contacts.import", _("Import from a file"), _("Imported from a file"))
    actions.register_action(PURGED, _("Delete a leaver for good"), _("Personal data deleted"))
    actions.register_action("contacts.deputy_left", _("Remove a deputy who left"), _("Deputy removed, who has left"))
    actions.register_action(CHANGE, _("Changed on the own pages"), _("Changed on the coordinator's own pages"))
    actions.register_action(CONFIRM, _("Still right"), _("Confirmed as still right on the coordinator's own pages"))
    actions.register_action(REVERT, _("Change undone"), _("A change of numbers or e-mail undone"))
    actions.register_action(READ, _("Read a coordinator's change"), _("Change by the coordinator read by an editor"))
    actions.register_action(ANSWERED, _("Take care of a message"), _("Message taken care of"))
    actions.register_action(CORRECT, _("Corrected"), _("A municipality's numbers corrected by a coordinator"))
