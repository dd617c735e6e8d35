"""Secrets of second factors lie encrypted in the database, and outlive a change of the key."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from config.encryption import MARK, UNREADABLE, decrypt, encrypt, is_current
from tests.config.accounts import SECOND_STEP, add_app, admin_user, sign_in, totp
from tests.config.passkeys import Passkey, add_passkey, use_passkey
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

CODES = "/konto/tva-steg/codes/"
NEW_KEY = "n" * 25 + "e" * 25


def stored(kind: str) -> str:
    """Return the secret of the one factor of a kind, as the database holds it."""
    field = {"totp": "secret", "recovery_codes": "seed"}[kind]
    return Authenticator.objects.get(type=kind).data[field]


def store(kind: str, secret: str) -> None:
    factor = Authenticator.objects.get(type=kind)
    factor.data[{"totp": "secret", "recovery_codes": "seed"}[kind]] = secret
    factor.save()


@pytest.fixture
def secret(client):
    """Return the secret of an app, added in the client's session."""
    sign_in(client, admin_user())
    return add_app(client)


def codes(client):
    return [words(code) for code in soup(client.get(CODES)).select("main code")]


def test_neither_secret_nor_seed_is_in_the_database(client, secret):
    assert decrypt(stored("totp")) == secret
    for kind in ("totp", "recovery_codes"):
        assert stored(kind).startswith(MARK)
        assert decrypt(stored(kind)) not in str(list(Authenticator.objects.values()))


def test_same_secret_is_never_stored_the_same():
    assert encrypt("hemlig") != encrypt("hemlig")


@pytest.mark.parametrize("before", ["plain", "earlier key"])
def test_what_was_stored_before_works_and_is_encrypted_anew(client, secret, settings, before):
    shown = codes(client)
    client.post("/konto/logout/")
    if before == "plain":
        for kind in ("totp", "recovery_codes"):
            store(kind, decrypt(stored(kind)))
    else:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]
    assert not is_current(stored("totp"))
    user = Authenticator.objects.first().user
    sign_in(client, user)
    assert client.post(SECOND_STEP, {"code": totp(secret)}).url == "/admin/"
    assert is_current(stored("totp"))
    assert decrypt(stored("totp")) == secret
    assert codes(client) == shown
    client.post("/konto/logout/")
    for expected in (302, 200):
        sign_in(client, user)
        assert client.post(SECOND_STEP, {"code": shown[0]}).status_code == expected
        assert is_current(stored("recovery_codes"))
        client.post("/konto/logout/")
    settings.SECRET_KEY_FALLBACKS = []
    sign_in(client, user)
    assert client.post(SECOND_STEP, {"code": shown[1]}).url == "/admin/"


@pytest.mark.parametrize("way", ["app", "recovery code", "passkey"])
def test_one_sign_in_is_enough_before_the_earlier_key_goes(client, secret, settings, way):
    passkey = Passkey()
    add_passkey(client, passkey)
    shown = codes(client)
    client.post("/konto/logout/")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]
    if way == "passkey":
        assert use_passkey(client, passkey) == "/admin/"
    else:
        sign_in(client, Authenticator.objects.first().user)
        code = totp(secret) if way == "app" else shown.pop(0)
        assert client.post(SECOND_STEP, {"code": code}).url == "/admin/"
    settings.SECRET_KEY_FALLBACKS = []
    assert decrypt(stored("totp")) == secret
    assert codes(client) == shown


def test_lost_key_is_told_and_lets_nobody_in(client, secret, settings):
    user = Authenticator.objects.first().user
    client.post("/konto/logout/")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, []
    sign_in(client, user)
    for code in (totp(secret), totp("A" * 32)):
        assert "Det går inte att kontrollera steg 2." in words(soup(client.post(SECOND_STEP, {"code": code})))
    assert "_auth_user_id" not in client.session
    with pytest.raises(ValidationError, match=str(UNREADABLE)):
        decrypt(stored("totp"))


@pytest.mark.parametrize("page", [CODES, CODES + "file/"])
def test_who_has_a_passkey_comes_in_without_the_key_and_makes_new_codes(client, secret, settings, page):
    passkey = Passkey()
    add_passkey(client, passkey)
    client.post("/konto/logout/")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, []
    assert use_passkey(client, passkey) == "/admin/"
    answer = client.get(page)
    assert answer.url == f"{CODES}new/"
    assert "Det går inte att kontrollera steg 2." in words(soup(client.get(answer.url)).main)
    assert client.post(answer.url).url == CODES
    assert len(codes(client)) == 10
