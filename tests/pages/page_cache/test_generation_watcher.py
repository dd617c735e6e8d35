"""What the watcher tells nginx, readers and editors, while the database answers and while it does not."""

import logging
import threading
from collections.abc import Callable

import pytest

from pages.page_cache import generation_watcher
from pages.page_cache.generation_watcher import MAX_AGE, POLL_SECONDS, REMOVAL_SECONDS, SILENCE
from tests.pages.page_cache.generations import CODE, OTHER_CODE, PAGE, Process


@pytest.fixture
def process(start: Callable[..., Process]) -> Process:
    """A process that has polled once."""
    return start()


def periods(process: Process) -> set[str]:
    """Return the periods in which nginx may read."""
    return {path.name for path in process.folder.live.iterdir()}


def end(name: str) -> None:
    """Wait for the end of threads."""
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(10)


# --- The database is away


def test_generation_stays_in_use_while_the_database_is_away(process, world):
    response = process.build("known")
    key = process.key
    world.is_away = True
    process.poll()
    assert not process.watcher.is_up_to_date()
    assert (process.key, process.current.responses[PAGE]) == (key, response)
    assert periods(process) == set()
    world.is_away = False
    process.poll()
    assert process.watcher.is_up_to_date()
    assert periods(process)


def test_process_that_starts_without_a_database_uses_what_its_code_has_left(process, world, tmp_path):
    process.build("left")
    world.is_away = True
    late, other = (Process(world, tmp_path / "ready", code=code) for code in (CODE, OTHER_CODE))
    late.poll()
    other.poll()
    assert late.key == process.key
    assert late.current.is_in_use
    assert late.folder.read(late.key, PAGE).body().startswith(b"left")
    assert other.switch.current is None


def test_process_that_began_without_a_database_begins_anew_when_it_answers(process, world, tmp_path):
    world.is_away = True
    late = Process(world, tmp_path / "ready")
    late.poll()
    world.is_away = False
    late.poll()
    assert late.key != process.key


def test_error_that_is_not_of_the_database_is_logged_and_survived(world, tmp_path, caplog):
    process = Process(world, tmp_path / "ready", read_version=lambda: 1 // 0)
    process.poll()
    assert "ZeroDivisionError" in caplog.text
    assert not process.watcher.is_up_to_date()


def test_loss_and_return_of_the_database_are_logged_once(world, tmp_path, caplog):
    process = Process(world, tmp_path / "ready")
    for world.is_away in (False, True, True, False, False):
        process.poll()
    told = [record.getMessage() for record in caplog.records]
    assert told == ["The database does not answer; cached pages go on.", "The database answers again."]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_watch_goes_on_after_a_poll_that_took_long(world, tmp_path):
    asked = []

    def read_version() -> int:
        world.pass_time(2 * POLL_SECONDS)
        asked.append(world.now)
        if len(asked) == 5:
            raise SystemExit  # ends the thread
        return world.version

    Process(world, tmp_path / "ready", read_version=read_version).watcher.start()
    end("page cache: watch")
    assert len(asked) == 5


# --- Up to date or not


def test_answer_is_good_for_half_a_second(process, world):
    world.pass_time(MAX_AGE)
    assert process.watcher.is_up_to_date()
    world.pass_time(SILENCE)
    assert not process.watcher.is_up_to_date()  # the watch itself has stopped
    assert not process.watcher.is_away


def test_database_that_hangs_is_away(world, tmp_path):
    is_asked, may_answer = threading.Event(), threading.Event()

    def read_version() -> int:
        if process.switch.current:
            is_asked.set()
            may_answer.wait(10)
        return 1

    process = Process(world, tmp_path / "ready", read_version=read_version)
    process.poll()
    poll = threading.Thread(target=process.watcher.poll)
    poll.start()
    assert is_asked.wait(10)
    world.pass_time(1)
    assert not process.watcher.is_up_to_date()
    assert process.watcher.is_away
    may_answer.set()
    poll.join(10)
    assert process.watcher.is_up_to_date()


def test_slow_machine_is_not_taken_for_a_database_that_is_away(process, world, monkeypatch):
    monkeypatch.setattr(generation_watcher, "MAX_AGE", 0.05)
    world.pass_time(1)
    assert process.watcher.is_up_to_date()


# --- Waiting for readers


def test_who_has_saved_waits_until_readers_see_it(process, world, monkeypatch):
    monkeypatch.setattr(generation_watcher, "PATIENCE", 60)
    world.version = 2
    waiting = threading.Thread(target=process.watcher.wait_for_readers, args=[2], daemon=True)
    waiting.start()
    process.poll()
    waiting.join(0.1)
    assert waiting.is_alive()
    process.settle()
    waiting.join(10)
    assert process.key.version == 2
    assert not waiting.is_alive()


def returns_at_once(process: Process, version: int) -> bool:
    """Tell whether nobody waits for a version, however long they would."""
    waiting = threading.Thread(target=process.watcher.wait_for_readers, args=[version], daemon=True)
    waiting.start()
    waiting.join(5)
    return not waiting.is_alive()


@pytest.mark.parametrize("version", [0, 1])
def test_nobody_waits_for_what_is_seen_already(process, monkeypatch, version):
    monkeypatch.setattr(generation_watcher, "PATIENCE", 60)
    assert returns_at_once(process, version)


def test_nobody_waits_while_everything_is_for_django(world, tmp_path, monkeypatch):
    monkeypatch.setattr(generation_watcher, "PATIENCE", 60)
    assert returns_at_once(Process(world, tmp_path / "ready"), 7)


def test_nobody_waits_for_ever(process, monkeypatch):
    monkeypatch.setattr(generation_watcher, "PATIENCE", 0.01)
    process.watcher.wait_for_readers(7)
    assert process.key.version == 1


# --- nginx


def test_nginx_reads_for_two_periods(process, world):
    period = int(world.now) // 10
    assert periods(process) == {str(period), str(period + 1)}
    assert (process.folder.live / str(period)).resolve() == process.folder.root / process.key
    process.poll(10)
    assert periods(process) == {str(period + 1), str(period + 2)}


def test_nginx_does_not_read_an_earlier_version_while_the_next_is_in_memory_alone(process, world, caplog):
    root = process.folder.root
    away = root.rename(root.with_name("away"))
    root.write_text("in the way of the folder")
    world.version = 2
    with caplog.at_level(logging.CRITICAL):
        process.settle()
    root.unlink()
    away.rename(root)
    process.poll()
    assert process.key.version == 2
    assert process.folder.current().version == 1
    assert periods(process) == set()


def test_nginx_asks_the_application_once_other_code_has_taken_over(process, world, tmp_path):
    Process(world, tmp_path / "ready", code=OTHER_CODE).poll()
    process.poll()
    assert process.switch.current is None
    assert periods(process) == set()


# --- Removal of old generations


def generations(process: Process) -> set[str]:
    """Return the generations in the folder, after what removes old ones is done."""
    end("page cache: remove")
    return {path.name for path in process.folder.root.iterdir() if path.is_dir() and path.name[0].isdigit()}


def test_old_generation_is_kept_for_who_reads_it_and_then_removed(process, world):
    old = process.key
    process.poll(REMOVAL_SECONDS + 1)
    assert generations(process) == {old}
    world.pass_time(REMOVAL_SECONDS - 0.1)  # since the last removal
    world.version = 2
    process.settle()
    assert generations(process) == {old, process.key}
    process.poll(REMOVAL_SECONDS - 1)
    assert generations(process) == {old, process.key}
    process.poll(2)
    assert generations(process) == {process.key}


def test_unfinished_files_of_killed_processes_are_removed(process):
    (process.folder.root / ".4711").symlink_to("nowhere")
    process.poll(REMOVAL_SECONDS + 1)
    assert generations(process) == {process.key}
    assert not list(process.folder.root.glob(".*"))
