"""Code that goes round signals raises the site version itself, or changes nothing that readers see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, files

# What Django and treebeard do without sending a signal for each row.
PAST_SIGNALS = {
    *("update", "aupdate", "bulk_create", "abulk_create", "bulk_update", "abulk_update"),
    *("_raw_delete", "raw", "cursor", "execute", "executemany", "executescript", "save_base"),
}
SITE_VERSION = "pages/models/site_version.py"
# Where no version is raised, and why none is needed.
UNSEEN = {
    "config/backups/databases.py _first": "reads",
    "config/backups/databases.py load": "raises the version itself, above that of both databases",
    "config/caches.py _remove_expired": "the shared cache",
    "config/copying.py _copy_table": "an empty database, which no server reads yet",
    "config/copying.py _count": "reads",
    "config/copying.py _stored": "reads",
    "config/copying.py copy_rows": "an empty database, which no server reads yet",
    "config/sessions.py _note": "when a session was last used",
    "config/postgresql/base.py ask": "reads",
    "pages/page_cache/generation_switch.py read_version": "reads",
    "contacts/activation.py deactivate": "scheduled versions alone; what readers see goes with save() and unpublish()",
    "contacts/activation.py reactivate": "who has left is not published, and is not published by this",
    "contacts/own_entry/saving.py _take_into_draft": "when a draft is published, which publishes nothing by itself",
    "contacts/purging.py _forget": "the audit log",
    "contacts/reminders.py _mark": "the date of a reminder",
    "contacts/sign_in.py _save_sign_in": "who keeps an entry",
    "contacts/viewsets/messages.py press": "messages, which editors alone see",
    "contacts/starter.py load_facts": "an empty database; the lines and coordinators of the same transaction are saved",
    "pages/versions/withdrawal.py redact": "called by the save() of the version that is withdrawn",
    "pages/manual/moving.py _tell": "both steps are published in the same transaction",
    "pages/manual/moving.py move_part": "both steps are published in the same transaction",
    "pages/manual/models/actors.py redirect_renamed": "called by the save() of the actor",
    "pages/manual/publication.py record_changes": "called by the save() of the step",
    "pages/manual/publication.py record_positions": "called by the save() of the step",
    "pages/manual/publication.py record_removal": "called when the step is saved, unpublished or deleted",
    "pages/health/checks.py database": "reads",
    "pages/jobs/command.py _note": "when a job has run",
    "pages/jobs/command.py execute": "runs a command",
    "pages/jobs/lock.py _of_server": "a lock",
    "pages/jobs/lock.py _unlock": "a lock",
    "pages/links/checking.py _check": "broken links, which editors alone see",
    "pages/outbox/sending.py _claim": "waiting mail",
    "pages/outbox/sending.py _drop_expired": "waiting mail",
    "pages/review/reminders.py _mark": "the date of a reminder",
    "pages/translations/making.py make_translation": "a draft without words, which nobody reads yet",
    "pages/statistics.py analyze": "what the database knows of its tables",
    "pages/startup/preflight.py lock_database": "a lock",
    "pages/startup/ready_schema.py load": "the schema of an empty database",
}


def goes_past_signals(node: ast.AST) -> bool:
    """Tell whether a node calls a method that changes rows without signals; `update` of a dictionary is not one."""
    match node:
        case ast.Call(func=ast.Attribute(attr="update"), args=[], keywords=[_, *_]):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in PAST_SIGNALS - {"update"}
    return False


def raises_version(function: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "raise_site_version" for node in ast.walk(function))


def places(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the functions of a module that go past signals, and whether they raise the version."""
    tree = ast.parse((ROOT / path).read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for function in functions:
        if any(map(goes_past_signals, ast.walk(function))):
            yield f"{path} {function.name}", raises_version(function)
    for node in ast.walk(tree):
        if goes_past_signals(node) and id(node) not in inside:
            yield f"{path} line {node.lineno}", False


def modules() -> list[Path]:
    apps = [path for path in files(suffix=".py") if path.parts[0] in {"config", "contacts", "pages", "resources"}]
    return [path for path in apps if "migrations" not in path.parts and path.as_posix() != SITE_VERSION]


def test_what_goes_past_signals_raises_the_version_or_is_not_seen():
    found = {place: raised for path in modules() for place, raised in places(path)}
    assert {place for place, raised in found.items() if not raised} == set(UNSEEN)


@pytest.mark.parametrize(
    "code",
    [
        "Page.objects.update(live=True)",
        "x.bulk_create([])",
        "cursor.execute('')",
        "def f():\n  a.filter(b=1).update(c=2)",
    ],
)
def test_it_is_noticed(tmp_path, code):
    (tmp_path / "new.py").write_text(code)
    assert [raised for _place, raised in places(tmp_path / "new.py")] == [False]


def test_dictionaries_and_what_raises_the_version_are_let_alone(tmp_path):
    code = "d.update({'a': 1})\ndef f():\n  a.filter(b=1).update(c=2)\n  raise_site_version()"
    (tmp_path / "new.py").write_text(code)
    assert [raised for _place, raised in places(tmp_path / "new.py")] == [True]
