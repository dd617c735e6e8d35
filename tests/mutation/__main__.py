"""Try 300 mutants of the modules in modules.toml: `uv run python -m tests.mutation`.

A mutant is the code with one small change, such as `<` for `<=`. It is killed when a test of its module fails, or
hangs; what survives shows what no test holds. Takes about half an hour on two cores. What was tried is kept in
var/mutation/, by the code of the modules: a run that was cut off goes on where it was.

survivors.toml says of each survivor why it may live. What it names is not tried and counts as survived;
`--survivors` tries all survivors again, after tests were written. Ends with status 1 when less than 90 % are
killed, or when a survivor has no reason.
"""

import argparse
import hashlib
import os
import re
import signal
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db

from tests.mutation import operators, report
from tests.mutation.drawing import draw
from tests.mutation.running import execute

MODULES = Path(__file__).with_name("modules.toml")
SESSIONS = Path("var/mutation").absolute()


def main() -> int:
    """Draw, try, report."""
    operators.register()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # with the workers
    options = _options()
    config = tomllib.loads(MODULES.read_text(encoding="utf-8"))
    tests = config["modules"]
    number, seed = options.mutants or config["mutants"], options.seed or config["seed"]
    path = SESSIONS / f"{_digest(tests, seed, number)}.sqlite"
    SESSIONS.mkdir(parents=True, exist_ok=True)
    with use_db(path, WorkDB.Mode.create) as session:
        if not session.num_results:
            draw(session, map(Path, tests), seed, number)
        if options.survivors:
            report.forget_survivors(session)
        else:
            report.take_named_survivors(session)
        items = [
            item for item in report.pending(session) if re.search(options.only, str(item.mutations[0].module_path))
        ]
        for item, result in execute(session, items, tests, options.workers):
            report.tell(item, result)
        return report.conclude(session)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--mutants", type=int, help="instead of the number in modules.toml")
    parser.add_argument("--seed", type=int, help="instead of the seed in modules.toml")
    parser.add_argument(
        "--only",
        default="",
        help="of what is drawn, try what is in modules with this in their path (regular expression)",
    )
    parser.add_argument("--survivors", action="store_true", help="try the survivors again")
    return parser.parse_args()


def _digest(modules: Iterable[str], seed: int, number: int) -> str:
    sources = [f"{path} {Path(path).read_text(encoding='utf-8')}" for path in modules]
    return hashlib.sha256("\n".join([str(seed), str(number), *sources]).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
