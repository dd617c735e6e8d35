"""Try 300 mutants of the modules in modules.toml: `uv run python -m tests.mutation`.

A mutant is the code with one small change, such as `<` for `<=`. It is killed when a test of its module fails, or
hangs; what survives shows what no test holds. Takes about half an hour on two cores. What was tried is kept in
var/mutation/, by the code of the modules: a run that was cut off goes on where it was. `--survivors` tries the
survivors again, after tests were written. Ends with status 1 when less than 90 % are killed, or when a survivor
is not in survivors.toml, which says of each why it may live.
"""

import argparse
import hashlib
import os
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db

from tests.mutation import operators, report
from tests.mutation.drawing import draw
from tests.mutation.running import execute

MODULES = Path(__file__).with_name("modules.toml")
SESSIONS = Path("var/mutation")


def main() -> int:
    """Draw, try, report."""
    operators.register()
    options = _options()
    config = tomllib.loads(MODULES.read_text(encoding="utf-8"))
    tests = {Path(path): names for path, names in config["modules"].items()}
    number, seed = options.mutants or config["mutants"], options.seed or config["seed"]
    path = SESSIONS / f"{_digest(tests, seed, number)}.sqlite"
    is_new = not path.exists()
    SESSIONS.mkdir(parents=True, exist_ok=True)
    with use_db(path, WorkDB.Mode.create) as session:
        if is_new:
            draw(session, tests, seed, number)
        items = report.survived(session) if options.survivors else session.pending_work_items
        items = [item for item in items if options.only in str(item.mutations[0].module_path)]
        for item, result in execute(items, tests, options.workers):
            session.set_result(item.job_id, result)
            report.tell(item, result)
        return report.conclude(session)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--mutants", type=int, help="instead of the number in modules.toml")
    parser.add_argument("--seed", type=int, help="instead of the seed in modules.toml")
    parser.add_argument("--only", default="", help="part of a module's path: of what is drawn, try that one's")
    parser.add_argument("--survivors", action="store_true", help="try the survivors again")
    return parser.parse_args()


def _digest(modules: Iterable[Path], seed: int, number: int) -> str:
    sources = [f"{path} {path.read_text(encoding='utf-8')}" for path in modules]
    return hashlib.sha256("\n".join([str(seed), str(number), *sources]).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
