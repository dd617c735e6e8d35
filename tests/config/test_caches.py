"""The shared cache: of several that add a key at once, one succeeds."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from threading import Barrier

from config.caches import SharedFileCache


def add(folder: str, key: str) -> bool:
    """Add a key, as a process of its own."""
    return SharedFileCache(folder, {}).add(key, "value")


def test_one_of_many_threads_adds_a_key(tmp_path):
    ready = Barrier(8)

    def compete(key: str) -> bool:
        ready.wait()
        return add(str(tmp_path), key)

    for number in range(30):
        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(compete, [f"key-{number}"] * 8)) == 1


def test_one_of_several_processes_adds_a_key(tmp_path):
    with get_context("spawn").Pool(2) as processes:
        for number in range(20):
            assert sum(processes.starmap(add, [(str(tmp_path), f"key-{number}")] * 4)) == 1


def test_key_can_be_added_again_when_it_has_expired(tmp_path):
    cache = SharedFileCache(str(tmp_path), {})
    assert cache.add("key", 1, timeout=100)
    assert not cache.add("key", 2, timeout=100)
    assert cache.get("key") == 1
    cache.set("key", 1, timeout=-1)
    assert cache.add("key", 2)
    assert cache.get("key") == 2
