"""The shared cache: of several that add a key at once, one succeeds; what Wagtail keeps is true for a version."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches
from wagtail.models import Site

from config import settings as site_settings
from pages.render_context import RenderContext, collecting
from tests.config.processes import run
from tests.conftest import CopySite

BEGIN = """
import django
django.setup()
from django.core.cache import cache
"""
EXPIRE = f"""
{BEGIN}
for number in range(100):
    cache.set(f"key-{{number}}", 0, timeout=-1)
"""
ADD = f"""
{BEGIN}
print(sum(cache.add(f"key-{{number}}", 1) for number in range(200)))
"""


def test_one_of_several_processes_adds_a_key_also_where_one_has_expired(copy_site: CopySite):
    variables = copy_site().variables
    assert run("-c", EXPIRE, **variables).returncode == 0
    with ThreadPoolExecutor(3) as threads:
        done = list(threads.map(lambda _number: run("-c", ADD, **variables), range(3)))
    assert [process.stderr for process in done] == [""] * 3
    assert sum(int(process.stdout) for process in done) == 200


@pytest.mark.django_db
def test_key_can_be_added_again_when_it_has_expired():
    assert cache.add("key", 1, timeout=100)
    assert not cache.add("key", 2, timeout=100)
    assert cache.get("key") == 1
    cache.set("key", 1, timeout=-1)
    assert cache.add("key", 2)
    assert cache.get("key") == 2


@pytest.mark.django_db
def test_builds_of_a_version_remember_the_addresses_and_another_version_reads_them_anew():
    site = Site.objects.get()
    memo, next_memo = {}, {}
    with collecting(RenderContext(memo)):
        before = Site.get_site_root_paths()
    Site.objects.update(hostname="another.example.org")  # as on another machine: this process is not told
    with collecting(RenderContext(memo)):
        assert Site.get_site_root_paths() == before
    with collecting(RenderContext(next_memo)):
        assert Site.get_site_root_paths()[0].root_url != before[0].root_url
    assert site.hostname != "another.example.org"


@pytest.mark.django_db
def test_other_answers_remember_the_addresses_for_a_second(monkeypatch):
    monkeypatch.setattr(caches["process"], "default_timeout", site_settings.CACHES["process"]["TIMEOUT"])
    before = Site.get_site_root_paths()
    Site.objects.update(hostname="another.example.org")
    assert Site.get_site_root_paths() == before
    time.sleep(1.1)
    assert Site.get_site_root_paths()[0].root_url != before[0].root_url


@pytest.mark.django_db
def test_saved_site_is_seen_at_once():
    site = Site.objects.get()
    before = Site.get_site_root_paths()
    site.hostname = "another.example.org"
    site.save()
    assert Site.get_site_root_paths()[0].root_url != before[0].root_url
