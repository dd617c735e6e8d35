"""Random interleavings of two editors, autosave, schedule and kill: no confirmed text is lost, nothing is there twice.

INTERLEAVINGS=200, as in `.ci/drills`, runs that many instead of 8, each of twelve steps.
"""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.conftest import CopySite

pytestmark = pytest.mark.long

RUNS = int(os.environ.get("INTERLEAVINGS", "8"))
GROUPS = 4  # tests that share them, so that they can run side by side


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_confirmed_text_is_lost_and_nothing_is_there_twice(copy_site: CopySite, group: int) -> None:
    place = copy_site()
    seeds = [str(seed) for seed in range(group, RUNS, GROUPS)]
    assert seeds
    walked = subprocess.run(
        [sys.executable, "-m", "tests.pages.admin.interleavings", *seeds],
        cwd=settings.BASE_DIR,
        env=place.environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    assert walked.returncode == 0, walked.stdout + walked.stderr
    lines = [line.split() for line in walked.stdout.splitlines()]
    assert [(seed, steps) for seed, steps, *_rest in lines] == [(f"{seed}:", "12") for seed in seeds]
    assert sum(int(kills) for _seed, _steps, _word, kills, *_rest in lines) > 0
