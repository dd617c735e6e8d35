"""Attempts are limited by account and network: guessing is slow, and an office is never locked out."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from config import env
from tests.config.accounts import (
    CODE,
    CONFIRM,
    LOGIN,
    PASSWORD,
    RESET,
    SECOND_STEP,
    add_app,
    admin_user,
    coordinator_account,
    sign_in,
    totp,
)
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

OFFICE, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.10"}, {"REMOTE_ADDR": "198.51.100.7"}
WAIT = "För många försök. Vänta 5 minuter och försök igen."


def fail(user, times: int = 5, **place: str) -> None:
    """Try a wrong password, in a new browser each time."""
    for _ in range(times):
        assert sign_in(Client(), user, "fel", **place).status_code == 200


def is_let_in(user, **place: str) -> bool:
    return sign_in(Client(), user, **place).status_code == 302


def test_sixth_attempt_has_to_wait_and_is_told_how_long():
    user = admin_user()
    fail(user, 4, **OFFICE)
    assert is_let_in(user, **OFFICE), "a sign-in that works does not count"
    fail(user, 1, **OFFICE)
    answer = sign_in(Client(), user, **OFFICE)
    assert WAIT in words(soup(answer))


def test_wait_ends():
    user = admin_user()
    fail(user, **OFFICE)
    assert not is_let_in(user, **OFFICE)
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert is_let_in(user, **OFFICE)


def test_sixth_wrong_second_step_has_to_wait(client):
    user = admin_user()
    sign_in(client, user)
    secret = add_app(client)
    client.post("/konto/logout/")
    sign_in(client, user)
    for _ in range(5):
        assert WAIT not in words(soup(client.post(SECOND_STEP, {"code": "000000"})))
    assert WAIT in words(soup(client.post(SECOND_STEP, {"code": totp(secret)})))
    assert "_auth_user_id" not in client.session


def test_office_is_never_locked_out():
    victim, colleague = admin_user(), admin_user("author")
    for number in range(40):
        Client().post(LOGIN, {"login": f"{number}@example.org", "password": "fel"}, **OFFICE)
    fail(victim, 10, **OFFICE)
    assert not is_let_in(victim, **OFFICE)
    assert is_let_in(colleague, **OFFICE)
    assert is_let_in(victim, **ELSEWHERE)


def test_unknown_address_is_throttled_in_the_same_words():
    for _ in range(5):
        Client().post(LOGIN, {"login": "ingen@example.org", "password": PASSWORD}, **OFFICE)
    answer = Client().post(LOGIN, {"login": "INGEN@example.org", "password": PASSWORD}, **OFFICE)
    assert WAIT in words(soup(answer))


@pytest.mark.parametrize("page", [CODE, RESET])
def test_mails_are_limited(page, mail):
    address = coordinator_account().email if page == CODE else admin_user().email
    for _ in range(5):
        assert Client().post(page, {"email": address}, **OFFICE).status_code == 302
    assert WAIT in words(soup(Client().post(page, {"email": address}, **OFFICE)))
    assert Client().post(page, {"email": "another@example.org"}, **OFFICE).status_code == 302
    assert Client().post(page, {"email": address}, **ELSEWHERE).status_code == 302
    assert len(mail.to(address)) == 6


def test_ipv6_counts_by_network():
    user = admin_user()
    for number in range(5):
        fail(user, 1, REMOTE_ADDR=f"2001:db8:1:2::{number + 1}")
    assert not is_let_in(user, REMOTE_ADDR="2001:db8:1:2:ffff::9")
    assert is_let_in(user, REMOTE_ADDR="2001:db8:1:3::1")
    fail(user, REMOTE_ADDR="::ffff:192.0.2.10")
    assert not is_let_in(user, **OFFICE)
    assert is_let_in(user, REMOTE_ADDR="::ffff:198.51.100.7")


def test_without_proxies_nobody_chooses_their_address():
    user = admin_user()
    for number in range(5):
        fail(user, 1, **OFFICE, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert not is_let_in(user, **OFFICE, HTTP_X_FORWARDED_FOR="203.0.113.99")


@pytest.mark.parametrize(("proxies", "added"), [(1, "{}"), (2, "{}, 10.0.0.2")])
def test_behind_proxies_the_address_is_what_the_first_of_ours_saw(settings, proxies, added):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    proxy = {"REMOTE_ADDR": "10.0.0.1"}
    user = admin_user()
    for number in range(5):
        seen = added.format("203.0.113.5")
        fail(user, 1, **proxy, HTTP_X_FORWARDED_FOR=f"198.18.0.{number}, {seen}")  # the first is the client's own
    assert not is_let_in(user, **proxy, HTTP_X_FORWARDED_FOR=added.format("203.0.113.5"))
    assert is_let_in(user, **proxy, HTTP_X_FORWARDED_FOR=added.format("203.0.113.6"))


@pytest.mark.parametrize("value", ["-1", "two"])
def test_number_of_proxies_is_a_whole_number(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    with pytest.raises(env.ImproperlyConfigured, match="TRUSTED_PROXIES must be a whole number"):
        env.number("TRUSTED_PROXIES")


def test_network_that_guesses_at_many_accounts_has_to_wait():
    user = admin_user()
    for number in range(100):
        place = {"REMOTE_ADDR": f"192.0.2.{number + 1}"}
        Client().post(LOGIN, {"login": f"{number}@example.org", "password": "fel"}, **place)
    assert WAIT in words(soup(sign_in(Client(), user, REMOTE_ADDR="192.0.2.200")))
    assert is_let_in(user, **ELSEWHERE)
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=30)):
        assert is_let_in(user, **OFFICE)


def test_sign_ins_that_work_never_count_for_the_network():
    user = admin_user()
    for _ in range(101):
        assert is_let_in(user, **OFFICE)


def test_eleventh_code_in_an_hour_is_not_mailed(mail):
    """Whatever the network; and asked for once more on the page for the code, it counts too."""
    address = coordinator_account().email
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.{number}.1")
        assert client.post(CODE, {"email": address}).status_code == 302
        assert client.post(CONFIRM, {"action": "resend"}).status_code == 302
    assert len(mail.to(address)) == 10
    again = "Högst 10 koder i timmen mejlas till en adress."
    assert again in words(soup(client.post(CONFIRM, {"action": "resend"}, follow=True)))
    for asked in (address, address.upper()):
        assert again in words(soup(Client(REMOTE_ADDR="192.0.9.1").post(CODE, {"email": asked})))
    assert len(mail.to(address)) == 10
    assert Client(REMOTE_ADDR="192.0.9.1").post(CODE, {"email": "ingen@example.org"}).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert Client().post(CODE, {"email": address}).status_code == 302
        assert len(mail.to(address)) == 11


def test_network_that_asks_for_mails_to_many_has_to_wait(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"network_mail": "3/h/key"}  # 200 would take long
    for number in range(3):
        place = {"REMOTE_ADDR": f"2001:db8:1:{number}::1"}
        assert Client().post(CODE, {"email": f"{number}@example.org"}, **place).status_code == 302
    answer = Client().post(CODE, {"email": "x@example.org"}, REMOTE_ADDR="2001:db8:1:9::1")
    assert WAIT in words(soup(answer))
    assert Client().post(CODE, {"email": "x@example.org"}, REMOTE_ADDR="2001:db8:2::1").status_code == 302
