"""What a process has begun to write into its database, told by itself, also when it is killed at once afterwards."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.pages.startup.starting import RUN_MANAGE

# For a program that applies every migration, as PostgreSQL does and a copy of the code with a new one.
APPLY_MIGRATIONS = """
from pages.startup import ready_schema
ready_schema.load = lambda: False
"""
# A line for each statement that writes within a transaction, and for each end of one, by thread.
JOURNALLED = f"""
import os, threading
{APPLY_MIGRATIONS}
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

writing = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER")
journal = os.open(os.environ["JOURNAL"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def note(what):
    os.write(journal, f"{{threading.get_ident()}} {{what}}\\n".encode())

def wrap(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if context["connection"].in_atomic_block and sql.split(None, 1)[0] in writing:
        note("wrote " + " ".join(sql[:60].split()))
    return result

def ended(name):
    original = getattr(BaseDatabaseWrapper, name)
    def end(self):
        original(self)
        note(name)
    setattr(BaseDatabaseWrapper, name, end)

connection_created.connect(lambda connection, **_rest: connection.execute_wrappers.append(wrap), weak=False)
ended("commit")
ended("rollback")
{RUN_MANAGE}
"""
LINE = re.compile(r"^(\d+) (?:wrote (\w+ .*)|(commit|rollback))$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Journal:
    """The lines of all processes that were given this file, one after the other."""

    path: Path

    @property
    def variables(self) -> dict[str, str]:
        """What a process needs that runs `JOURNALLED`."""
        return {"JOURNAL": str(self.path)}

    def clear(self) -> None:
        """Forget what earlier processes wrote."""
        self.path.write_text("")

    def statements(self, beginning: str) -> int:
        """Return how many statements begin like this, whatever became of them."""
        return sum(written.startswith(beginning) for _thread, written, _end in self._lines())

    def confirmed(self, beginning: str) -> int:
        """Return how many such statements belong to transactions whose end was told."""
        waiting: Counter[str] = Counter()
        confirmed = 0
        for thread, written, end in self._lines():
            if written:
                waiting[thread] += written.startswith(beginning)
            else:
                confirmed += waiting.pop(thread, 0) if end == "commit" else 0
        return confirmed

    def open(self) -> list[str]:
        """Return what was written in transactions whose end was not told."""
        opened: dict[str, list[str]] = {}
        for thread, written, end in self._lines():
            if end:
                opened.pop(thread, None)
            else:
                opened.setdefault(thread, []).append(written)
        return [each for statements in opened.values() for each in statements]

    def _lines(self) -> list[tuple[str, str, str]]:
        return LINE.findall(self.path.read_text())
