"""The private modules of allauth that the site needs; no other file imports any, and the version is bound for them.

- `begin_registration`: the options a browser needs to make a passkey. The form's own page offers them for a
  second step only, and this site's passkeys sign in alone.
- `clear_login`: ends a sign-in that was begun. The public way out of a stage is there for stages only, and an
  account is turned away before the first.
- `record_authentication`: notes in the session that a second step was taken, right after it was added.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.webauthn.internal.auth import begin_registration

__all__ = ["begin_registration", "clear_login", "record_authentication"]
