"""The licences of what the site is installed with, as each package states them; `python -m tests.licences`."""

import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from config import env

# Whoever runs the site may use these as they are, with the notice that comes with them.
PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|PSFL|0BSD|HPND|CC0|Unlicense|MIT-CMU|CNRI-Python|ZPL"
    r"|Zope Public License)\b",
    re.IGNORECASE,
)
# The rest, each with its terms: used as a library and not changed, none of them binds the site's own code.
COPYLEFT = {
    "certifi": "MPL-2.0",
    "pikepdf": "MPL-2.0",
    "psycopg": "LGPL-3.0",
    "psycopg-binary": "LGPL-3.0",
    "pyphen": "GPL-2.0+ or LGPL-2.1+ or MPL-1.1: taken under MPL-1.1",
}


def installed_with_the_site() -> list[str]:
    """Return the names of the packages that are locked for production, with every extra."""
    exported = subprocess.run(
        [
            "uv",
            "export",
            "-q",
            "--locked",
            "--no-dev",
            "--all-extras",
            "--no-hashes",
            "--no-emit-project",
            "--no-header",
        ],
        cwd=env.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(set(re.findall(r"^([\w.-]+)==", exported, re.MULTILINE)))


def stated_licence(package: Distribution) -> str:
    """Return what a package says of its licence: the expression, the classifiers, or the first line of its text."""
    about = package.metadata
    classifiers = [name.rpartition(" :: ")[2] for name in about.get_all("Classifier", []) if name.startswith("License")]
    text = (about.get("License") or "").strip().splitlines()
    return about.get("License-Expression") or ", ".join(classifiers) or (text[0] if text else "")


def licences() -> dict[str, str]:
    """Return the licence of each package that is installed here; some are for other systems alone."""
    found = {}
    for name in installed_with_the_site():
        try:
            found[name] = stated_licence(distribution(name))
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    for name, licence in licences().items():
        sys.stdout.write(f"{name}: {COPYLEFT.get(name, licence)}\n")
