"""The cache that all servers of the site share, on whatever machine: a table of the database."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction
from django.utils import timezone

from pages.render_context import memory_of_build

OF_WAGTAIL = "wagtail_"  # the addresses of its sites and the names of its languages, for which no reader may wait


class SharedDatabaseCache(DatabaseCache):
    """Of several processes that add a key only one succeeds, also when an earlier one has expired.

    Django's own looks for a key that has expired and then writes over it: two attempts at once would both be the
    first, and limits on attempts build on that there is one.

    What Wagtail keeps is not shared: a page that is stored remembers it with all else of its version, any other answer
    for a second in its process.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what was set for a key."""
        if not key.startswith(OF_WAGTAIL):
            return super().get(key, default, version)
        memo = memory_of_build()
        return _here().get(key, default, version) if memo is None else memo.get((key, version), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        if not key.startswith(OF_WAGTAIL):
            super().set(key, value, timeout, version)
        elif (memo := memory_of_build()) is None:
            _here().set(key, value, version=version)
        else:
            memo[key, version] = value

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a key; tell whether it was there."""
        return bool(_here().delete(key, version) if key.startswith(OF_WAGTAIL) else super().delete(key, version))

    def clear(self) -> None:
        """Forget all of it."""
        super().clear()
        _here().clear()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a key that is not there; tell whether it was not."""
        if self.has_key(key, version):
            return False
        with transaction.atomic():
            self._remove_expired(self.make_and_validate_key(key, version=version))
            return bool(super().add(key, value, timeout, version))

    def _remove_expired(self, made_key: str) -> None:
        """Remove a key that has expired: whoever does the same waits for this transaction, and finds the new one."""
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(tzinfo=None, microsecond=0))
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]
            cursor.execute(f"DELETE FROM {table} WHERE cache_key = %s AND expires <= %s", [made_key, now])  # noqa: S608


def _here() -> BaseCache:
    return caches["process"]
