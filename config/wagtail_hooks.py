"""What accounts add to Wagtail: the way to the account pages, limits, and in the log what signals do not see."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.admin.widgets import Button

from config.audit import actor, log, who
from config.session_views import UserSessionsView
from pages.admin.pictures import PictureField


class ProfilePictureForm(AvatarPreferencesForm):
    """Takes a profile picture within the limits of other pictures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # made for each form: the field writes its limits in the language that is active while it is made
        self.fields["avatar"] = PictureField(label=self.fields["avatar"].label, required=False)


# Wagtail has no setting for it, and its own template says nothing when it refuses.
AvatarSettingsPanel.form_class = ProfilePictureForm
AvatarSettingsPanel.template_name = "account/profile_picture.html"


@hooks.register("register_account_menu_item")
def link_account_pages(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Password and second step"),
        "help_text": _("Change your password, add a passkey or an authenticator app."),
    }


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [path("users/sessions/<int:pk>/", UserSessionsView.as_view(), name="user_sessions")]


@hooks.register("register_user_listing_buttons")
def link_sessions(user: User, request_user: User) -> list[Button]:
    if not request_user.has_perm("auth.change_user"):
        return []
    return [Button(_("Sign-ins"), reverse("user_sessions", args=[user.pk]), icon_name="key", priority=40)]


@hooks.register("after_bulk_action")
def log_bulk_change(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Log accounts that Wagtail opens or closes in one query."""
    if action_type == "set_active_state":
        active = action.cleaned_form.cleaned_data["mark_as_active"]
        for user in objects:
            if isinstance(user, User):
                log.info("Account changed: %s by %s: is_active=%s", who(user), actor(), active)
