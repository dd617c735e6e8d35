"""What libraries load at every start and this site never uses: it is left out, a fifth of the time of importing.

Wagtail's HTTP API, version 3: five of its apps add their parts to it whether it has an address or not, and pydantic
makes models of them all. `holidays`: to read one country is to load three hundred.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

API = ".api.v3"
COUNTRIES = "holidays.countries"


class Nothing:
    """What is found in a module that was left out: it can be called and read, and nothing happens."""

    def __call__(self, *args: object, **kwargs: object) -> None:
        """Register nothing."""

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)  # Python asks every object for some of these
        return self


class LeftOut(MetaPathFinder, Loader):
    """Finds the modules before Python does, and leaves them empty."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for the modules of the API, and for the package of the countries but for what is in it."""
        is_api = fullname.startswith("wagtail.") and f"{API}." in f"{fullname}."
        if not is_api and fullname != COUNTRIES:
            return None
        spec = ModuleSpec(fullname, self, is_package=True)
        if fullname == COUNTRIES:
            spec.submodule_search_locations = [f"{folder}/countries" for folder in path or ()]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Give a module of the API an answer to every name."""
        if module.__name__ != COUNTRIES:
            module.__dict__["__getattr__"] = Nothing().__getattr__


def leave_out() -> None:
    """Leave them out of this process; to be called before any app is loaded."""
    sys.meta_path.insert(0, LeftOut())
