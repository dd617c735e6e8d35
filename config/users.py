"""Users in the admin: an account is its address, and no two have the same."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm
from wagtail.users.views.users import UserViewSet

from contacts.models import Coordinator
from contacts.sign_in import end_sessions, log_address


class AccountForm(UserForm):
    """Asks for no user name: an account is named by its address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"]

    def separate_username_field(self) -> bool:
        """Keep Wagtail's template from showing the field."""
        return False

    def clean_email(self) -> str:
        """Refuse an address that another account signs in with, and for a coordinator one that is published."""
        address = self.cleaned_data["email"].lower()
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(Q(email__iexact=address) | Q(username__iexact=address)).exists():
            raise ValidationError(_("Another account has this address."))
        if self.moves_a_coordinator(address) and Coordinator.objects.filter(email__iexact=address).exists():
            raise ValidationError(_("This address is on the public pages. Give one that is not published."))
        return address

    def save(self, commit: bool = True) -> User:
        """Name the account by its address."""
        if "email" in self.changed_data:
            self.instance.username = self.cleaned_data["email"][:150]
        return super().save(commit)

    def moves_a_coordinator(self, address: str) -> bool:
        """Tell whether a coordinator's codes would go to another address than until now."""
        return hasattr(self.instance, "coordinator") and address != self.initial["email"].lower()


class AccountCreationForm(AccountForm, UserCreationForm):
    """Makes an account without a password; its owner chooses one through “Forgotten password”."""

    def save(self, commit: bool = True) -> User:
        """Give no password."""
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(AccountForm, UserEditForm):
    """Changes an account."""

    def save(self, commit: bool = True) -> User:
        """End what was signed in under a coordinator's old address, and log it, as Invite to sign in does."""
        address = self.cleaned_data["email"]
        if not self.moves_a_coordinator(address):
            return super().save(commit)
        end_sessions(self.instance)
        user = super().save(commit)
        log_address(user.coordinator, address, self.initial["email"])
        return user


class AccountViewSet(UserViewSet):
    """Wagtail's views with these forms."""

    def get_form_class(self, for_update: bool = False) -> type[AccountForm]:
        """Return the form for a new account or an old one."""
        return AccountEditForm if for_update else AccountCreationForm
