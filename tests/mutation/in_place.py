"""Mutating a module that is imported already: its functions get the code of the mutant.

Only what is inside functions can be changed so. Constants, classes and decorators have had their effect when the
module was imported; for them a new process must import it.
"""

import gc
from functools import lru_cache
from inspect import CO_OPTIMIZED
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FunctionType

type Replacements = dict[CodeType, CodeType]

Cached = type(lru_cache(len))
PARTS = {"config", "contacts", "pages", "resources"}  # of the site, whose caches may hold what the code returned


def replacements(path: Path, original: str, mutated: str) -> Replacements | None:
    """Return the code of functions by what it was; None where something outside functions differs."""
    old, new = (compile(source, str(path.absolute()), "exec") for source in (original, mutated))
    found: Replacements = {}
    return found if _collect(old, new, found) else None


def _collect(old: CodeType, new: CodeType, found: Replacements) -> bool:
    if old.co_flags & CO_OPTIMIZED:  # a function
        if len(old.co_freevars) != len(new.co_freevars):
            return False
        if old != new:
            found[old] = new
    elif _without_functions(old) != _without_functions(new):
        return False
    pairs = zip_longest(*([const for const in code.co_consts if isinstance(const, CodeType)] for code in (old, new)))
    return all(before and after and _collect(before, after, found) for before, after in pairs)


def _without_functions(code: CodeType) -> CodeType:
    return code.replace(co_consts=tuple(const for const in code.co_consts if not isinstance(const, CodeType)))


def replace(found: Replacements) -> None:
    """Put the code in place, in whatever wraps the functions, and forget what they have returned before."""
    names = {code.co_filename for code in found}
    for known in gc.get_objects():
        kind = type(known)  # lazy objects would come to life when asked what they are an instance of
        if kind is FunctionType and known.__code__.co_filename in names:
            known.__code__ = found.get(known.__code__, known.__code__)
        elif kind is Cached and known.__module__.partition(".")[0] in PARTS:
            known.cache_clear()
