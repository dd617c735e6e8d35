"""The forms of the account pages where the site's rules differ from allauth's."""

from allauth.account.fields import EmailField
from allauth.account.forms import LoginForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from config.accounts import NOBODY, accounts_or_nobody, is_admin_user, is_coordinator
from config.sign_in import throttle, throttle_code


class AddressField(EmailField):
    """The address of an account, in lower case."""

    def __init__(self) -> None:
        super().__init__(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class SignInForm(LoginForm):
    """Address and password, for admin users."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        del self.fields["password"].widget.attrs["placeholder"]
        self.fields["password"].help_text = ""  # the page has the link


class CodeRequestForm(RequestLoginCodeForm):
    """Asks for a code; every address gets the same answer, only a coordinator's gets the mail."""

    email = AddressField()

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        throttle_code(context.request, address)
        roles = [(user, is_coordinator(user), is_admin_user(user)) for user in accounts_or_nobody(address)]
        self._user = next((user for user, may_have_code, _is_admin in roles if may_have_code), None)
        return address


class PasswordResetForm(ResetPasswordForm):
    """Asks for a link to choose a password; only an admin user's address gets the mail, which is written for all."""

    email = AddressField()

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        throttle(context.request, "request_password_reset", address)
        accounts = accounts_or_nobody(address)
        self.users = [user for user in accounts if is_admin_user(user)] or [User(pk=NOBODY, email=address)]
        return address


class PasskeyForm(AddWebAuthnForm):
    """Adds a passkey, which alone signs in: the page asks the device for nothing less."""

    name = forms.CharField(label=_("Name"), help_text=_("Such as “My phone”"))
    passwordless = None
