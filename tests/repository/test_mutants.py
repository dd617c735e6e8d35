"""What is mutated is there, and the survivors that are excused are lines of the code."""

import tomllib

from tests.mutation.__main__ import MODULES
from tests.mutation.survivors import known
from tests.repository.tree import ROOT, text

CONFIG = tomllib.loads(MODULES.read_text(encoding="utf-8"))


def test_modules_and_their_tests_are_there():
    paths = [path for module, tests in CONFIG["modules"].items() for path in (module, *tests)]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).is_file()] == []


def test_survivors_are_lines_of_the_code_and_have_a_reason():
    survivors = known()
    assert survivors
    for survivor, reason in survivors.items():
        assert survivor.module in CONFIG["modules"]
        assert survivor.line in " ".join(line.strip() for line in text(survivor.module).splitlines()), survivor
        assert len(reason) > 20
