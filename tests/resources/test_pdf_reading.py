"""Uploads are read in a process with limits: what is hostile or broken is refused with its reason."""

import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from resources import pdf as reading
from resources import pdf_child
from resources.models import Resource
from resources.pdf import PdfFacts, Reason, UnreadablePdfError, read_pdf
from tests.resources.forms import ADD, NEW, PUBLISH, errors, send
from tests.resources.making import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOST = 98_000  # bytes of the file
UNPACKED = 201_000_000


@cache
def bomb() -> bytes:
    """Return a small PDF whose metadata, which are read for the title, unpack to 201 MB."""
    packed = zlib.compress(zlib.compress(bytes(UNPACKED)))
    stream = b"<</Type/Metadata/Subtype/XML/Filter[/FlateDecode/FlateDecode]/Length %d>>" % len(packed)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>",
        b"<</Type/Pages/Count 0/Kids[]>>",
        stream + b"\nstream\n" + packed + b"\nendstream",
    ]
    made, table = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    trailer = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 4\n" + table + trailer


UNREADABLE = {
    "bomb": (bomb, Reason.TOO_HEAVY),
    "encrypted": (lambda: pdf(locked=True), Reason.LOCKED),
    "truncated": (lambda: pdf(pages=30)[:-500], Reason.CUT_OFF),
    "html": (lambda: b"<script>alert(1)</script>", Reason.NO_PDF),
    "nothing in it": (lambda: b"%PDF-1.7\n%%EOF\n", Reason.BROKEN),
}


def refusal(content: bytes) -> Reason:
    with pytest.raises(UnreadablePdfError) as refused:
        read_pdf(BytesIO(content))
    return refused.value.reason


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_says_its_reason(name):
    content, reason = UNREADABLE[name]
    assert refusal(content()) == reason


def test_file_is_read_whole_and_left_at_its_start():
    file = BytesIO(pdf(pages=3, language=""))
    file.seek(7)
    assert read_pdf(file) == PdfFacts(3, is_tagged=True, has_title=True, has_language=False)
    assert file.tell() == 0


def test_what_a_hostile_file_unpacks_to_is_not_in_our_memory():
    content = bomb()
    assert len(content) < MOST
    with pikepdf.open(BytesIO(content)) as made:
        # It is what it says: whoever reads it here holds all of it.
        assert len(made.Root.Metadata.read_bytes()) == UNPACKED
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = memory("VmHWM")
    assert refusal(content) == Reason.TOO_HEAVY
    assert memory("VmHWM") - before < 10 * 2**20


def memory(name: str) -> int:
    """Return a value of /proc/self/status in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


LIMITS = "import json, resource, sys; sys.path.insert(0, {folder!r}); import pdf_child; pdf_child.limit();"


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """Run code as the child does, after it has limited itself."""
    before = LIMITS.format(folder=str(Path(pdf_child.__file__).parent))
    command = [sys.executable, "-I", "-c", before + code]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_child_has_limits_that_it_cannot_raise():
    names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE")
    done = limited(f"print([resource.getrlimit(getattr(resource, name)) for name in {names}])")
    assert done.stdout.strip() == str([(256 * 2**20,) * 2, (5, 5), (0, 0), (4096, 4096)]), done.stderr
    assert "MemoryError" in limited("bytes(256 * 2**20)").stderr


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file whose code stands in for the child's; its limits are the test's to set."""
    script = tmp_path / "child.py"
    monkeypatch.setattr(reading, "COMMAND", [sys.executable, "-I", str(script)])
    return script


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os.abort()", Reason.BROKEN),
        ("import ctypes; ctypes.string_at(0)", Reason.BROKEN),
        ("print('no JSON')", Reason.BROKEN),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Reason.TOO_HEAVY),
    ],
)
def test_child_that_dies_is_a_file_that_cannot_be_read(child, code, reason):
    child.write_text(code)
    assert refusal(pdf()) == reason


def test_child_that_is_late_is_killed_with_what_it_started(child, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 1)
    pids = tmp_path / "pids"
    child.write_text(
        "import os, subprocess, time\n"
        "other = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{other.pid}}')\n"
        "time.sleep(60)\n"
    )
    began = time.monotonic()
    assert refusal(pdf()) == Reason.TOO_HEAVY
    assert time.monotonic() - began < 4
    for pid in map(int, pids.read_text().split()):
        assert ended(pid), pid


def ended(pid: int) -> bool:
    """Tell whether a process is gone, or only waits to be asked for what it ended with."""
    for _attempt in range(100):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_child_knows_nothing_of_the_site(child, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a secret")
    told = tmp_path / "told"
    child.write_text(
        "import os, sys\n"
        f"open({str(told)!r}, 'w').write(repr((dict(os.environ).get('SECRET_KEY'), os.getcwd(),"
        " os.getpgrp() == os.getpid(), len(os.listdir('/proc/self/fd')))))"
    )
    assert refusal(pdf()) == Reason.BROKEN
    # Standard input, output and errors, the file that is written, and the folder that is listed.
    assert told.read_text() == repr((None, "/", True, 5))


@pytest.mark.parametrize(
    ("name", "language", "button", "said"),
    [
        ("bomb", "sv", PUBLISH, "tar för mycket minne eller tid"),
        ("bomb", "en", PUBLISH, "takes too much memory or time"),
        ("encrypted", "sv", PUBLISH, "är lösenordsskyddad"),
        ("truncated", "sv", PUBLISH | {"go_live_at": "2126-11-29 12:00"}, "är avhuggen"),
        ("html", "sv", PUBLISH, "är ingen PDF"),
        ("nothing in it", "sv", PUBLISH, "går inte att läsa"),
    ],
)
def test_unreadable_file_is_refused_beside_its_field_and_nothing_is_lost(editor, name, language, button, said):
    response = send(editor(language), ADD, NEW | button, UNREADABLE[name][0]())
    assert said in errors(response)
    form = response.content.decode()
    assert all(value in form for value in ("Nytt blad", "New sheet", "Malmö stad", "Новий листок"))
    assert not Resource.objects.filter(title_sv="Nytt blad").exists()
