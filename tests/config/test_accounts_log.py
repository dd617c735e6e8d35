"""The log of sign-ins and roles: what happened, to whom, from where, and no secret."""

import logging
import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from contacts.models import Coordinator
from tests.config.accounts import (
    CONFIRM,
    PASSWORD,
    SECOND_STEP,
    add_app,
    admin_user,
    ask_code,
    coordinator_account,
    mailed_code,
    sign_in,
    totp,
)
from tests.config.passkeys import Passkey, use_passkey

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    """Return a function that gives the lines logged since it was last called."""
    caplog.set_level(logging.INFO, logger="config.accounts")

    def read() -> list[str]:
        read_lines = [record.getMessage() for record in caplog.records if record.name == "config.accounts"]
        caplog.clear()
        return read_lines

    return read


def test_production_keeps_the_log(settings):
    assert settings.LOGGING["loggers"]["config.accounts"]["level"] == "INFO"
    assert settings.LOGGING["root"]["handlers"] == ["console", "operators"]


def test_sign_ins_say_who_where_and_how(client, lines):
    user = admin_user()
    lines()
    sign_in(client, user, REMOTE_ADDR="192.0.2.10")
    assert lines() == [f"Signed in: account {user.pk} (editor@example.org) from 192.0.2.10 by password"]
    secret = add_app(client)
    client.post("/konto/logout/")
    sign_in(client, user)
    client.post(SECOND_STEP, {"code": totp(secret)})
    out, back = lines()
    assert out == f"Signed out: account {user.pk} (editor@example.org)"
    assert back.endswith("by password+totp")


def test_failures_are_logged_and_addresses_of_strangers_are_not(client, lines):
    user = admin_user()
    lines()
    sign_in(client, user, "fel")
    assert lines() == [f"Wrong password: account {user.pk} (editor@example.org) from 127.0.0.1"]
    client.post("/konto/login/", {"login": "ingen@example.org", "password": "fel"})
    assert lines() == ["Wrong password: an unknown address from 127.0.0.1"]
    for _ in range(5):
        sign_in(client, user, "fel")
    assert lines()[-1] == f"Too many attempts: account {user.pk} (editor@example.org) from 127.0.0.1"


def test_refused_passkey_and_account_without_entry_are_logged(client, mail, lines):
    user = coordinator_account()
    ask_code(client, user.email)
    Coordinator.objects.filter(user=user).update(user=None)
    client.post(CONFIRM, {"code": mailed_code(mail, user.email)})
    assert lines()[-1] == f"Turned away: account {user.pk} ({user.email}) from 127.0.0.1"
    use_passkey(Client(), Passkey(user_handle="MQ"))
    assert lines() == ["Wrong passkey: from 127.0.0.1"]


def test_no_secret_is_logged(client, mail, lines, django_capture_on_commit_callbacks):
    user = admin_user()
    sign_in(client, user, "fel hemlighet")
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        secret = add_app(client)
    codes = client.get("/konto/tva-steg/codes/file/").content.decode().split()
    client.post("/konto/logout/")
    sign_in(client, user)
    client.post(SECOND_STEP, {"code": "123456"})
    client.post(SECOND_STEP, {"code": codes[0]})
    client.post("/konto/logout/")
    coordinator = coordinator_account()
    ask_code(client, coordinator.email)
    client.post(CONFIRM, {"code": "BBBB-CCCC"})
    code = mailed_code(mail, coordinator.email)
    client.post(CONFIRM, {"code": code})
    text = "\n".join(lines())
    for happened in (
        "Wrong password",
        "Wrong code",
        "Signed in",
        "Second factor added: totp",
        "by code",
        "recovery_codes",
    ):
        assert happened in text
    for hidden in (PASSWORD, "fel hemlighet", secret, "123456", "BBBB-CCCC", code, *codes, client.session.session_key):
        assert hidden not in text


def test_roles_are_logged_with_who_gave_them(client, lines):
    administrator = admin_user("administrator")
    user = admin_user("author")
    sign_in(client, administrator)
    lines()
    editor = Group.objects.get(name="editor")
    fields = {"email": "ny@example.org", "first_name": "A", "last_name": "B", "is_active": "on", "groups": [editor.pk]}
    client.post(f"/admin/users/edit/{user.pk}/", fields)
    by = f"by account {administrator.pk} (administrator@example.org)"
    changed = lines()
    assert f"Account changed: account {user.pk} (ny@example.org) {by}: email=ny@example.org" in changed
    assert f"Role add: account {user.pk} (ny@example.org), editor {by}" in changed
    assert f"Role remove: account {user.pk} (ny@example.org), author {by}" in changed
    client.post(f"/admin/bulk/auth/user/set_active_state/?id={user.pk}", {"mark_as_active": "False"})
    assert f"Account changed: account {user.pk} (ny@example.org) {by}: is_active=False" in lines()
    client.post(f"/admin/users/delete/{user.pk}/")
    assert any(re.fullmatch(rf"Deleted: account \S+ \(ny@example.org\) {re.escape(by)}", line) for line in lines())


def test_rights_of_a_role_are_logged(lines):
    role = Group.objects.get(name="author")
    role.permissions.clear()
    assert lines() == ["Role clear: role author, everything by the command line"]
    role.page_permissions.create(page_id=1, permission_type="publish")
    assert lines() == ["Section given: publish_page on page 1 for role author by the command line"]
    User.objects.create_superuser("root", "root@example.org", PASSWORD)
    assert "superuser=True" in lines()[0]
