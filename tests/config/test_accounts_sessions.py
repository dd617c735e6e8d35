"""Where somebody is signed in: listed for them and for administrators, ended by hand, by change, and when unused."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.sessions import browser_in_words
from tests.config.accounts import (
    LOGIN,
    OVERVIEW,
    PASSWORD,
    SESSIONS,
    add_app,
    admin_user,
    coordinator_account,
    sign_in,
)
from tests.config.passkeys import Passkey, add_passkey
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
NEW = {"password1": "ett nytt och långt lösenord", "password2": "ett nytt och långt lösenord"}


def browsers(user, *agents: str) -> list[Client]:
    """Return browsers in which somebody has signed in with the password."""
    made = [Client(headers={"user-agent": agent}, REMOTE_ADDR="192.0.2.77") for agent in agents]
    for browser in made:
        assert sign_in(browser, user).status_code == 302
    return made


def is_in(browser: Client) -> bool:
    return browser.get(OVERVIEW).status_code == 200


def test_own_sessions_are_listed_in_words_with_the_network_alone():
    here, _there = browsers(admin_user(), FIREFOX, IPHONE)
    page = words(soup(here.get(SESSIONS)).main)
    assert "Firefox, Linux (här)" in page
    assert "Safari, iPhone" in page
    assert "192.0.2.0/24" in page
    assert "192.0.2.77" not in page
    kept = list(UserSession.objects.values_list("ip", "user_agent"))
    assert sorted(kept) == [("192.0.2.0", "Firefox, Linux"), ("192.0.2.0", "Safari, iPhone")]


@pytest.mark.parametrize(
    ("agent", "expected"),
    [(EDGE, "Edge, Windows"), ("Edge, Windows", "Edge, Windows"), ("curl/8", ""), ("", ""), ("Safari, Mac",) * 2],
)
def test_browser_is_named_the_same_when_it_is_read_again(agent, expected):
    assert browser_in_words(agent) == expected


def test_one_other_session_is_ended():
    here, there, third = browsers(admin_user(), FIREFOX, IPHONE, EDGE)
    section = next(part for part in soup(here.get(SESSIONS)).select("section") if "iPhone" in words(part))
    answer = here.post(SESSIONS, {"session": section.button["value"]}, follow=True)
    assert "Den inloggningen är avslutad." in words(soup(answer))
    assert [is_in(browser) for browser in (here, there, third)] == [True, False, True]


def test_all_other_sessions_are_ended():
    here, *others = browsers(admin_user(), FIREFOX, IPHONE, EDGE)
    here.post(SESSIONS, {"others": "1"})
    assert is_in(here)
    assert not any(map(is_in, others))
    assert Session.objects.count() == UserSession.objects.count() == 1


def test_own_session_is_ended_and_leads_to_the_sign_in_page():
    (here,) = browsers(admin_user(), FIREFOX)
    key = soup(here.get(SESSIONS)).select_one("section button")["value"]
    assert here.post(SESSIONS, {"session": key}).url == LOGIN
    assert not is_in(here)


@pytest.mark.parametrize("key", ["", "x", "0", "²", "9" * 30])
def test_session_that_is_not_there_changes_nothing(key):
    (here,) = browsers(admin_user(), FIREFOX)
    assert here.post(SESSIONS, {"session": key}).url == SESSIONS
    assert is_in(here)


def test_nobody_ends_the_session_of_somebody_else_but_an_administrator():
    victim, editor, boss = admin_user("author"), admin_user(), admin_user("administrator")
    (theirs,), (other,), (chief,) = (browsers(user, FIREFOX) for user in (victim, editor, boss))
    key = str(UserSession.objects.get(user=victim).pk)
    other.post(SESSIONS, {"session": key})
    address = f"/admin/users/sessions/{victim.pk}/"
    for method in (other.get, other.post):
        assert method(address, {"session": key}).url == "/admin/"
    assert is_in(theirs)
    page = soup(chief.get(address))
    assert "Firefox, Linux" in words(page)
    assert "192.0.2.0/24" in words(page)
    assert chief.post(address, {"session": page.select_one("td button")["value"]}).url == address
    assert not is_in(theirs)
    assert is_in(other)
    assert "Inte inloggad någonstans." in words(soup(chief.get(address)))
    assert chief.get("/admin/users/sessions/987654/").status_code == 404
    assert soup(chief.get("/admin/users/")).select_one(f'a[href="{address}"]')


def test_administrator_ends_all_sessions_of_a_user():
    user = coordinator_account()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
        assert is_in(client)
    (chief,) = browsers(admin_user("administrator"), FIREFOX)
    chief.post(f"/admin/users/sessions/{user.pk}/", {"all": "1"})
    assert not any(map(is_in, clients))
    assert is_in(chief)


def _remove_passkey(browser: Client) -> None:
    browser.post(soup(browser.get(OVERVIEW)).select_one('a[href*="/remove/"]')["href"])


CHANGES = {
    "password": lambda browser: browser.post("/konto/password/change/", {"oldpassword": PASSWORD} | NEW),
    "app": add_app,
    "app removed": lambda browser: browser.post("/konto/tva-steg/app/remove/"),
    "passkey": lambda browser: add_passkey(browser, Passkey()),
    "passkey removed": _remove_passkey,
    "codes": lambda browser: browser.post("/konto/tva-steg/codes/new/"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_factor_ends_the_other_sessions(change, django_capture_on_commit_callbacks):
    user = admin_user()
    (here,) = browsers(user, FIREFOX)
    if change in {"app removed", "codes"}:
        add_app(here)
    if change == "passkey removed":
        add_passkey(here, Passkey())
    other, stranger = Client(), Client()
    other.force_login(user)
    stranger.force_login(admin_user("author"))
    assert is_in(other)
    assert is_in(stranger)
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[change](here)
    assert [is_in(browser) for browser in (here, other, stranger)] == [True, False, True]


def test_editors_session_ends_after_two_hours_without_activity(client):
    sign_in(client, admin_user())
    begin = timezone.now()
    with time_machine.travel(begin + timedelta(minutes=119)):
        assert client.get("/admin/").status_code == 200
    with time_machine.travel(begin + timedelta(minutes=237)):
        assert client.get("/admin/").status_code == 200
    with time_machine.travel(begin + timedelta(minutes=237 + 121)):
        assert client.get("/admin/").url == f"{LOGIN}?next=/admin/"
        assert "Du blev utloggad eftersom inget hade hänt på två timmar." in words(soup(client.get(LOGIN)))
    assert not Session.objects.filter(pk__in=UserSession.objects.values("session_key")).exists()


def test_open_editor_that_asks_by_itself_is_no_activity(client):
    sign_in(client, admin_user())
    begin = timezone.now()
    for minutes in range(10, 130, 10):
        with time_machine.travel(begin + timedelta(minutes=minutes)):
            client.post("/admin/editing-sessions/ping/wagtailcore/page/1/")
    with time_machine.travel(begin + timedelta(minutes=131)):
        assert client.get("/admin/").status_code == 302


def test_coordinators_session_lasts_the_working_day(client):
    client.force_login(coordinator_account())
    begin = timezone.now()
    with time_machine.travel(begin + timedelta(hours=9, minutes=50)):
        assert client.get("/koordinator/").status_code == 200


def queries_of(client: Client, address: str, word: str) -> list[str]:
    """Return the statements with a word that a request makes."""
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    return [query["sql"] for query in made if word in query["sql"]]


def test_activity_is_written_once_a_minute(client):
    sign_in(client, admin_user())
    begin = timezone.now()
    written = {}
    for second in (1, 59, 61, 62, 119, 123, 124):
        with time_machine.travel(begin + timedelta(seconds=second), tick=False):
            written[second] = len(queries_of(client, OVERVIEW, f'UPDATE "{UserSession._meta.db_table}"'))
    assert written == {1: 0, 59: 0, 61: 1, 62: 0, 119: 0, 123: 1, 124: 0}


def test_reader_with_an_old_cookie_keeps_it_and_costs_no_query(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert not client.get("/kontakt/").cookies
    assert queries_of(client, "/kontakt/", "session") == []
    assert queries_of(client, "/koordinator/", "session"), "where somebody signs in, it is looked for"


def test_sign_in_changes_the_key_of_the_session(client):
    before = client.session.session_key  # of a session that somebody else may have put into the browser
    assert Session.objects.filter(pk=before).exists()
    sign_in(client, admin_user())
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == client.session.session_key != before
    assert is_in(client)
    assert not Session.objects.filter(pk=before).exists()
