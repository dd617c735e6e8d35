"""What operators install: systemd understands the units, they let the site do little, and the scripts are whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.tools import tool_or_skip

DEPLOY = settings.BASE_DIR / "config/deploy"
CODE = "/opt/stod/current"
UNIT = DEPLOY / "stod@.service"
UNITS = {"stod@.service": "stod@8000.service", "stod-backup.service": "", "stod-backup.timer": ""}  # with an instance
EXPOSURE = 20  # tenths of what `systemd-analyze security` tells, from 0 to 100: below 50 is "OK", above 65 "EXPOSED"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, for the code and the Python that run this test."""
    tool_or_skip("systemd-analyze", bool(shutil.which("systemd-analyze")), "apt install systemd")
    for name, instance in UNITS.items():
        text = (DEPLOY / name).read_text()
        assert CODE in text or name.endswith(".timer")
        text = text.replace(f"{CODE}/.venv/bin/python", sys.executable).replace(CODE, str(settings.BASE_DIR))
        (tmp_path / (instance or name)).write_text(text)
    return tmp_path


def analyzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_every_unit_is_looked_at():
    assert {path.name for path in DEPLOY.glob("*.*") if path.suffix in {".service", ".timer", ".socket"}} == set(UNITS)


@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(units, name):
    done = analyzed("verify", "--man=no", "--recursive-errors=no", str(units / (UNITS[name] or name)))
    assert (done.returncode, done.stderr) == (0, "")


def test_fault_in_a_unit_is_noticed(units):
    instance = units / UNITS["stod@.service"]
    instance.write_text(instance.read_text().replace("KillMode=mixed", "KillMode=both"))
    assert "kill mode" in analyzed("verify", "--man=no", "--recursive-errors=no", str(instance)).stderr


@pytest.mark.parametrize("name", ["stod@.service", "stod-backup.service"])
def test_unit_may_do_little(units, name):
    path = units / (UNITS[name] or name)
    done = analyzed("security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", str(path))
    assert done.returncode == 0, done.stdout


def test_unit_stops_as_the_site_does():
    lines = UNIT.read_text().splitlines()
    # The worker must not be told by systemd as well, and what is left after it is killed.
    assert "KillMode=mixed" in lines
    assert "Type=notify" in lines
    assert "UMask=0077" in lines


def test_unit_lets_the_child_that_reads_uploads_limit_itself():
    """`resources/pdf_child.py` calls setrlimit, which is one of @resources."""
    assert "@resources" not in UNIT.read_text()


def test_release_stops_before_anything_is_done_where_there_is_no_code(tmp_path):
    done = subprocess.run([DEPLOY / "release.sh", tmp_path], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "holds no manage.py" in done.stderr
    assert list(tmp_path.iterdir()) == []
