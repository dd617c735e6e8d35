"""What the README and `.env.example` say is so."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from config.env import VARIABLES
from tests.repository.tree import ROOT, apps, files, text

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def section(heading: str) -> str:
    """Return a chapter of the README."""
    return text("README.md").split(f"\n## {heading}\n")[1].split("\n## ")[0]


def table(heading: str) -> list[list[str]]:
    """Return the cells of a chapter's table, without its head."""
    rows = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def command(heading: str) -> str:
    """Return the line to paste of a chapter."""
    (line,) = re.findall(r"```sh\n(.*)\n```", section(heading))
    return line


def test_table_of_settings_is_that_of_the_code():
    rows = [[f"`{v.name}`", v.type, f"`{v.default}`" if v.default else "", v.meaning] for v in VARIABLES]
    assert table("Settings") == rows


def test_example_of_env_names_every_variable():
    found = re.findall(r"^# (\* )?(.+)\n(?:# )?([A-Z_]+)=(.*)$", text(".env.example"), re.MULTILINE)
    assert [(name, meaning) for _star, meaning, name, _value in found] == [(v.name, v.meaning) for v in VARIABLES]
    for (star, _meaning, name, value), variable in zip(found, VARIABLES, strict=True):
        assert value in {"", variable.default}, name
        assert star or variable.default is not None, f"{name} has no default: a live site must set it"


def test_table_of_folders_is_true():
    rows = table("Where things are")
    folders = {row[0].strip("`/") for row in rows}
    assert folders >= {"templates", "tests"}
    for folder, meaning in rows:
        base = ROOT / folder.strip("`")
        assert base.is_dir()
        for path in re.findall(r"`([\w/<>.]+[/.][\w/<>]*)`", meaning):
            for language in LANGUAGES:
                place = Path(path.replace("<language>", language))
                assert (base / place).exists() or (ROOT / place).exists(), path


def tree() -> dict[str, set[str]]:
    """Return the folders (with a slash) and modules that the README's tree names of each app."""
    (block,) = re.findall(r"\n```\n(.+?)\n```", section("Where things are"), re.DOTALL)
    found: dict[str, set[str]] = {}
    is_described = False  # and so is what follows on the next lines
    for line in re.sub(r" \([^)]*\)", "", block).splitlines():
        if line[0] not in "├└│ ":
            names = found.setdefault(line.split()[0], set())
            continue
        if line[0] in "├└":
            is_described = bool(re.match(r"\S+ \w+/ ", line))
        elif is_described:
            continue
        names |= {line.split()[1]} if is_described else set(re.findall(r"\w+/?", line))
    return found


def named_once() -> set[str]:
    """Return what the README names once for all apps: what Django and Wagtail read."""
    (paragraph,) = re.findall(r"\nEach app has .+?\n\n", section("Where things are"), re.DOTALL)
    return {"__init__", *re.findall(r"\w+/?", paragraph)}


@pytest.mark.parametrize("app", apps())
def test_tree_names_every_folder_and_module_of_an_app(app):
    below = [path.relative_to(app) for path in files(app)]
    modules = {path.stem for path in below if path.suffix == ".py" and len(path.parts) == 1}
    there = modules | {f"{path.parts[0]}/" for path in below if len(path.parts) > 1}
    named = tree()[f"{app}/"]
    assert len(named) > 10
    assert there - named - named_once() == set()
    assert named - there == set()


def test_tree_and_table_name_every_folder_of_the_repository():
    folders = {path.parts[0] for path in files() if len(path.parts) > 1 and not path.parts[0].startswith(".")}
    assert folders == {name.strip("/") for name in tree()} | {row[0].strip("`/") for row in table("Where things are")}


def test_named_files_exist():
    paths = re.findall(
        r"`((?:config|contacts|pages|resources|templates|static|tests|locale|\.ci)/[\w/.]+)`", text("README.md")
    )
    assert len(paths) > 3
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_lines_to_paste_differ_in_their_end_only():
    run, test = command("Run"), command("Test")
    assert run.endswith('; PATH="$HOME/.local/bin:$PATH" uv run manage.py serve')
    assert test.endswith(" uv run pytest")
    assert run.removesuffix("manage.py serve") == test.removesuffix("pytest")
    # `.ci/run` gets uv in the same way.
    assert run.partition(";")[0] in text(".ci/run")


@pytest.mark.parametrize("heading", ["Run", "Test"])
@pytest.mark.parametrize("state", ["uv is there", "pip installs", "pip is managed by the system"])
def test_line_to_paste_gets_uv_where_it_is_missing(tmp_path, heading, state):
    home, programs = tmp_path / "home", tmp_path / "bin"
    for folder in (programs, home / ".local" / "bin"):
        folder.mkdir(parents=True)
    uv = '#!/bin/sh\necho uv "$@"\n'
    if state == "uv is there":
        script(programs / "uv", uv)
    else:
        # A pip that puts programs where it may, as Debian's and others do.
        target = programs if state == "pip installs" else home / ".local" / "bin"
        flag = "" if state == "pip installs" else "--break-system-packages"
        script(
            programs / "python3",
            f"""#!/bin/sh
case "$*" in "-m pip install "*{flag}*uv) ;; *) echo "externally managed" >&2; exit 1;; esac
printf '#!/bin/sh\\necho uv "$@"\\n' > {target}/uv
/bin/chmod +x {target}/uv
""",
        )
    result = subprocess.run(
        ["/bin/sh", "-c", command(heading)],
        env={"HOME": str(home), "PATH": str(programs)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == {"Run": "uv run manage.py serve\n", "Test": "uv run pytest\n"}[heading]


def script(path: Path, content: str) -> None:
    path.write_text(content)
    path.chmod(0o700)


def test_readme_is_short():
    assert 100 < len(text("README.md").splitlines()) <= 180


def decisions() -> list[Path]:
    return files(suffix="DECISIONS.md")


@pytest.mark.parametrize("path", decisions(), ids=str)
def test_decisions_are_numbered_dated_and_whole(path):
    title, *entries = re.split(r"^## ", text(path), flags=re.MULTILINE)
    assert title.startswith("# Decisions about ")
    assert entries
    for number, entry in enumerate(entries, start=1):
        assert re.match(rf"{number}\. \S.*\n\n\d{{4}}-\d\d-\d\d[^\n]* · \w", entry), entry
        assert re.findall(r"^- \*\*(\w+):\*\* ", entry, re.MULTILINE) == ["Context", "Decision", "Consequence"], entry


def test_readme_names_every_file_of_decisions():
    assert {f"`{path}`" for path in decisions()} <= set(re.findall(r"`[^`\n]+`", text("README.md")))
