"""The forms of the account pages where the site's rules differ from allauth's."""

from allauth.account.fields import EmailField
from allauth.account.forms import LoginForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from config.accounts import active_accounts, is_admin_user, is_coordinator
from config.sign_in import throttle


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
        throttle(context.request, "request_login_code", address)
        self._user = next(filter(is_coordinator, active_accounts(address)), None)
        return address


class PasswordResetForm(ResetPasswordForm):
    """Asks for a link to choose a password; only an admin user's address gets the mail."""

    email = AddressField()

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        throttle(context.request, "request_password_reset", address)
        self.users = list(filter(is_admin_user, active_accounts(address)))
        return address


class PasskeyForm(AddWebAuthnForm):
    """Adds a passkey, which alone signs in: the page asks the device for nothing less."""

    name = forms.CharField(label=_("Name"), help_text=_("Such as “My phone”"))
    passwordless = None
