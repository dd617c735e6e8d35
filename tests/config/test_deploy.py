"""The unit of systemd: systemd understands it, and it lets the site do little."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.tools import tool_or_skip

UNIT = settings.BASE_DIR / "config/deploy/stod@.service"
EXPOSURE = 30  # tenths of what `systemd-analyze security` tells, from 0 to 100: below 50 is "OK", above 65 "EXPOSED"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, for the code and the Python that run this test."""
    tool_or_skip("systemd-analyze", bool(shutil.which("systemd-analyze")), "apt install systemd")
    text = UNIT.read_text()
    assert text.count("/opt/stod/.venv/bin/python") == 1
    text = text.replace("/opt/stod/.venv/bin/python", sys.executable)
    assert text.count("=/opt/stod") == 1
    (tmp_path / UNIT.name).write_text(text.replace("=/opt/stod", f"={settings.BASE_DIR}"))
    return tmp_path / UNIT.name


def analyzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_systemd_understands_the_unit(unit):
    instance = unit.with_name("stod@8000.service")
    unit.rename(instance)
    done = analyzed("verify", "--man=no", "--recursive-errors=no", str(instance))
    assert (done.returncode, done.stderr) == (0, "")


def test_fault_in_the_unit_is_noticed(unit):
    instance = unit.with_name("stod@8000.service")
    instance.write_text(unit.read_text().replace("KillMode=mixed", "KillMode=both"))
    assert "kill mode" in analyzed("verify", "--man=no", "--recursive-errors=no", str(instance)).stderr


def test_unit_may_do_little(unit):
    done = analyzed("security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", str(unit))
    assert done.returncode == 0, done.stdout


def test_unit_stops_as_the_site_does():
    lines = UNIT.read_text().splitlines()
    # The worker must not be told by systemd as well, and what is left after it is killed.
    assert "KillMode=mixed" in lines
    assert "Type=notify" in lines
    assert "UMask=0077" in lines
