"""Passwords are hashed by Argon2id, few at a time: 64 threads that sign in must not take 1.2 GiB."""

import subprocess
import sys
import threading

import pytest
from argon2.exceptions import HashingError
from django.conf import settings as configured
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.test import Client

from config import passwords
from config import settings as written
from tests.config.accounts import PASSWORD, admin_user, sign_in
from tests.reading import soup, words

pytestmark = pytest.mark.any_database  # a hash is the same wherever it lies

MEASURE = """
import re
from concurrent import futures
from pathlib import Path
import django
from django.conf import settings
settings.configure(PASSWORD_HASHERS=["config.passwords.Argon2idHasher"])
django.setup()
from config import passwords
from django.contrib.auth.hashers import make_password
passwords.WAIT_SECONDS = 120
make_password("a")
def peak():  # in KiB, of this program alone; getrusage begins with that of who started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
with futures.ThreadPoolExecutor(64) as threads:
    hashes = list(threads.map(make_password, ["lösenord"] * 128))
assert len(set(hashes)) == 128
print((peak() - before) // 1024)
"""


@pytest.fixture
def real_hashers(settings):
    """Hash as the site does; other tests do it fast."""
    settings.PASSWORD_HASHERS = written.PASSWORD_HASHERS


def test_hash_is_argon2id_with_19_mib_two_rounds_and_one_lane(real_hashers):
    assert make_password("lösenord").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.django_db
def test_earlier_hash_is_replaced_at_sign_in(real_hashers, client):
    user = admin_user()
    user.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    user.save()
    assert sign_in(client, user, "fel lösenord").status_code == 200
    assert sign_in(client, user).status_code == 302
    changed = User.objects.get(pk=user.pk).password
    assert changed.startswith("argon2$")
    assert check_password(PASSWORD, changed)
    assert client.get("/admin/").status_code == 200
    assert sign_in(Client(), user).status_code == 302
    assert User.objects.get(pk=user.pk).password == changed


def test_sixty_four_threads_take_the_memory_of_four():
    """Less than eight hashes' worth more than one; without the limit it is over 1,000 MiB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], capture_output=True, text=True, cwd=configured.BASE_DIR, check=False
    )
    assert done.returncode == 0, done.stderr
    assert 10 < int(done.stdout) < 8 * 19


@pytest.mark.django_db
def test_who_waits_for_too_long_is_asked_to_try_again(real_hashers, client, monkeypatch):
    user = admin_user()
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.05)
    go_on = threading.Event()
    for _ in range(passwords.AT_ONCE):
        passwords.threads.submit(go_on.wait, 30)
    try:
        answer = sign_in(client, user)
    finally:
        go_on.set()
    monkeypatch.undo()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    page = words(soup(answer, 503))
    assert "För många samtidigt" in page
    assert "020-390 000" in page.replace("\xa0", " ")
    assert sign_in(client, user).status_code == 302


def test_failure_is_told_and_keeps_no_thread(real_hashers):
    for _ in range(passwords.AT_ONCE + 1):
        with pytest.raises(HashingError):
            passwords.Argon2idHasher().encode("lösenord", "salt")  # too short
    assert make_password("lösenord").startswith("argon2$")


@pytest.mark.django_db
def test_long_password_of_any_characters_is_taken_as_it_is(client):
    user = admin_user()
    long = " " + "åß漢🙂 " * 20
    sign_in(client, user)
    typed = {"oldpassword": PASSWORD, "password1": long, "password2": long}
    assert client.post("/konto/password/change/", typed).status_code == 302
    assert sign_in(Client(), user, long.strip()).status_code == 200
    assert sign_in(Client(), user, long).status_code == 302


@pytest.mark.django_db
def test_field_is_masked_and_open_to_password_managers(client):
    (field,) = soup(client.get("/konto/login/")).select("[name=password]")
    assert (field["type"], field["autocomplete"]) == ("password", "current-password")
    assert not {"onpaste", "readonly"} & set(field.attrs)
