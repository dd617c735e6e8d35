"""The doors of allauth that this site uses.

Those for signing up and for changing one's address are left out, and so are not there.
"""

from allauth.account import views
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from config import account_views, mail_confirmation, session_views

urlpatterns = [
    path("", account_views.overview, name="account_overview"),
    path("login/", views.login, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account_views.ConfirmCodePage.as_view(), name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("inloggningar/", session_views.own_sessions, name="account_sessions"),
    path("password/change/", account_views.PasswordPage.as_view(), name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("tva-steg/", factor.index, name="mfa_index"),
    path("tva-steg/mail/", mail_confirmation.confirm_address, name="account_confirm_address"),
    path("tva-steg/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("tva-steg/reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("tva-steg/app/", account_views.AuthenticatorAppPage.as_view(), name="mfa_activate_totp"),
    path("tva-steg/app/remove/", account_views.RemoveAuthenticatorAppPage.as_view(), name="mfa_deactivate_totp"),
    path("tva-steg/codes/", account_views.RecoveryCodesPage.as_view(), name="mfa_view_recovery_codes"),
    path("tva-steg/codes/new/", account_views.NewRecoveryCodesPage.as_view(), name="mfa_generate_recovery_codes"),
    path("tva-steg/codes/file/", account_views.RecoveryCodesFile.as_view(), name="mfa_download_recovery_codes"),
    path("tva-steg/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("tva-steg/passkeys/add/", account_views.AddPasskeyPage.as_view(), name="mfa_add_webauthn"),
    path("tva-steg/passkeys/login/", account_views.PasskeySignInPage.as_view(), name="mfa_login_webauthn"),
    path("tva-steg/passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tva-steg/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
