"""Fixtures of all tests: the starter content in the database, no files outside a temporary folder."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.template import Template
from django.test import override_settings
from django.test.utils import teardown_databases
from django.utils import translation

from tests import shared
from tests.database import StartingPoint, copied_database
from tests.mail import MailFolder, mailers
from tests.pages.startup.starting import Place, free_port
from tests.undefined_variables import undefined_variables_fail

CopySite = Callable[..., Place]
OpenDatabase = Callable[[], AbstractContextManager[None]]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "new_place", "empty_places"}
ADMIN = "tests/browser/admin/"
starting_point = pytest.StashKey[StartingPoint]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let several runs share what takes long to make."""
    parser.addoption("--prepared", type=Path, help="folder for the content that is made once, or was made there before")


def pytest_configure(config: pytest.Config) -> None:
    """Look for garbage seldom, and keep compiled modules beside pytest's cache where the environment says to keep none.

    Each of the many processes that tests start would compile everything again, which takes half its time.
    """
    # After each few thousand objects more, what a request makes and leaves behind took a fourteenth of the time.
    gc.set_threshold(50_000, 20, 100)
    if sys.dont_write_bytecode and config.pluginmanager.has_plugin("cacheprovider"):
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("bytecode"))
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        sys.dont_write_bytecode = False


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Test named files in this process: to start workers takes longer than most of them. Folders get every core."""
    return None if any(Path(name.partition("::")[0]).is_dir() for name in config.args) else 0


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what asks for no database, keep a module of tests in a browser in one process, begin with what is long.

    A browser, and the sites that a module serves, are then started once and not by each process, that of the editors
    once for all their modules; what may be long begins so that no core waits for another at the end.
    """
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("xdist_group"):
            module = item.nodeid.partition("::")[0]
            item.add_marker(pytest.mark.xdist_group(ADMIN if module.startswith(ADMIN) else module))
        if not (item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(item.fixturenames)):
            item.add_marker(pytest.mark.any_database)
    result = yield
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("long", "browser"))))
    return result


@pytest.fixture(scope="session", autouse=True)
def site_folder(django_test_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep uploads and static files in a temporary folder, static files under their plain names."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "private": {"BACKEND": "resources.private_storage.PrivateStorage"},
        # The hashed names of production need `collectstatic`.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes half a second by design
    # What a process remembers for a second outlasts a test, which may take longer, and none of it the next.
    process = settings.CACHES["process"] | {"TIMEOUT": 600}
    with override_settings(
        STORAGES=storages,
        CACHES=settings.CACHES | {"process": process},
        MEDIA_ROOT=folder / "media",
        PRIVATE_ROOT=folder / "private",
        STATIC_ROOT=folder / "static",
        PASSWORD_HASHERS=hashers,
    ):
        yield folder


@pytest.fixture(scope="session", autouse=True)
def plain_rendering(django_test_environment: None) -> None:
    """Render as a site does: what Django keeps for `response.context` takes a tenth of the time."""
    Template._render = lambda template, context: template.nodelist.render(context)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder that all processes of this run share, or of several runs."""
    return pytestconfig.getoption("prepared") or shared.folder_of_the_run(tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, run_folder: Path, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Load the starter content once; each test sees it, and its own changes are rolled back."""
    from pages.starter import loader

    with django_db_blocker.unblock():
        has_others = hasattr(request.config, "workerinput") or request.config.getoption("prepared") is not None
        made = shared.make_test_database(run_folder, lambda: loader.load(lambda _part: None), keep=has_others)
        cache.clear()
        request.config.stash[starting_point] = StartingPoint()
    # What stays to the end, half a million objects, is not looked through for garbage time and again.
    gc.collect()
    gc.freeze()
    yield
    request.config.stash[starting_point].close()
    del request.config.stash[starting_point]
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no database behind when all processes have ended, but for the next run that shares it."""
    if session.config.pluginmanager.has_plugin("dsession") and not session.config.getoption("prepared"):
        shared.take_down_kept_database()


@pytest.fixture(scope="session")
def copy_site(
    tmp_path_factory: pytest.TempPathFactory,
    site_folder: Path,
    run_folder: Path,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[CopySite]:
    """Return a function that copies the starter content, database and files, for other processes.

    With the static files, unless a test asks for a site that has not collected them.
    """
    with ExitStack() as databases:

        def copy(*, is_collected: bool = True) -> Place:
            folder = tmp_path_factory.mktemp("copied")
            for files in (path for name in ("media", "private") if (path := site_folder / name).exists()):
                shutil.copytree(files, folder / files.name)
            with django_db_blocker.unblock():
                place = Place(folder, databases.enter_context(copied_database(folder)), free_port())
            if is_collected:
                shared.copy_collected_static_files(run_folder, place)
            return place

        yield copy


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Bring the starter content back after a test that commits, when its fixtures have emptied the tables."""
    result = yield
    if _commits(item) and starting_point in item.config.stash:  # gone after the last test of all
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[starting_point].restore()
    return result


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    by_marker = marker is not None and bool(marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return by_marker or not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="module")
def module_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[OpenDatabase]:
    """Return a function that opens the database for a fixture whose rows all tests of a module share.

    Each test takes back its own changes of them; after the last they are gone. Not where tests commit.
    """
    rows = transaction.atomic()
    with django_db_blocker.unblock():
        forget()
        rows.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        rows.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Start each test without what another left in memory."""
    forget()


def forget() -> None:
    """Empty what outlives a rollback: words and places in memory, the last request's language."""
    from contacts.search import register_at
    from pages import shared_memo
    from pages.search.additions import additions
    from pages.search.index import word_index
    from pages.search.views import top_pages

    caches["process"].clear()
    additions.cache_clear()  # a version that was rolled back comes again, with other content
    for language in ("sv", "en"):
        word_index(language).version = -1
    register_at.cache_clear()
    top_pages.cache_clear()
    shared_memo.forget()
    translation.deactivate()


@pytest.fixture
def strict_templates() -> Iterator[None]:
    """Fail the test when a template reads a variable that is not there."""
    with undefined_variables_fail():
        yield


@pytest.fixture
def mail(tmp_path: Path, settings: Any) -> MailFolder:
    """Write mail into a folder, as a demonstration does, and give it to the test."""
    from pages.outbox.sending import send_waiting

    folder = tmp_path / "mail"
    folder.mkdir()
    settings.MAILERS = mailers("filebased", file_path=str(folder))
    return MailFolder(folder, send_waiting)
