"""The stylesheets: each class has its rules for the screen in one file, by its own name, and is used."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tinycss2

from tests.repository.tree import files, site_modules, text

STANDS_ALONE = {"paper.css", "paper_manual.css", "pocket_card.css"}  # go into files, without the others
FOR_EVERY_PAGE = {"print_base.css"}  # what holds on paper whatever the component
ON_PAPER = {
    "print_base.css",
    "print_call.css",
    "print_components.css",
    "print_checklist.css",
    "print_contacts.css",
    "print_guide.css",
}  # for a printer
PLACING = {"home.css", "call_compact.css"}  # what becomes of the parts of a component in another
SIZED_WHERE_IT_STANDS = {"icon"}
WRITTEN_BY_EDITORS = {"rich_text.css"}  # rich text has no classes
NOT_OURS = {"errorlist"}  # Django's own name
ARGUMENTS = re.compile(r":(?:not|has)\((?:[^()]|\([^()]*\))*\)")
COMBINATOR = re.compile(r"[\s>+~]+(?![^(]*\))")
TEMPLATE_TAG = re.compile(r"{[{%].*?[%}]}")
CLASSES = (
    re.compile(r'\bclass=\\?"((?:{[{%].*?[%}]}|[^"])*)"'),
    re.compile(r'\bclass: "([^"]*)"'),
    re.compile(r'classList\.add\("([^"]*)"\)'),
    re.compile(r"{% block (?:layout|header_class) %}(.*?){% endblock %}"),
    re.compile(r'{% icon "[\w-]+" "([\w-]+)" %}'),
    re.compile(r'class_name: str = "(\w+)"'),
)


def stylesheets() -> list[Path]:
    return [path for path in files("static/css", ".css") if path.name not in STANDS_ALONE]


def rules(content: Any, layer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each rule with the layer it is in; rules within rules after the one that holds them."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        assert node.type != "error", node.message
        if node.type == "at-rule" and node.content:
            within = tinycss2.serialize(node.prelude).strip() if node.lower_at_keyword == "layer" else layer
            yield from rules(node.content, within)
        elif node.type == "qualified-rule":
            yield layer, node
            yield from rules(node.content, layer)


def selectors(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the tokens of each rule's selectors with its layer."""
    tokens = tinycss2.parse_component_value_list(text(path))
    yield from ((layer, rule.prelude) for layer, rule in rules(tokens))


def elements(selector: Any) -> Iterator[str]:
    """Yield the names of HTML elements in a selector."""
    before = ""
    for token in selector:
        if token.type == "ident" and before not in {".", ":"}:
            yield token.value
        if token.type == "function" and not token.lower_name.startswith("nth-"):
            yield from elements(token.arguments)
        before = getattr(token, "value", "")


def styled(selector: Any) -> set[str]:
    """Return the classes of what a selector chooses, without those of what it stands in or beside."""
    found: set[str] = set()
    for single in re.split(r",(?![^(]*\))", ARGUMENTS.sub("", tinycss2.serialize(selector))):
        found |= set(re.findall(r"\.([\w-]+)", COMBINATOR.split(single.strip())[-1]))
    return found


def used_classes() -> tuple[set[str], set[str]]:
    """Return the classes in the markup, and the beginnings of those whose end a template fills in."""
    whole, beginnings = set(), set()
    for path in [*files("templates", ".html"), *files("static/js", ".js"), *site_modules()]:
        for pattern in CLASSES:
            for value in pattern.findall(text(path)):
                for word in TEMPLATE_TAG.sub("\0", value).split():
                    pieces = word.split("\0")
                    whole |= set(pieces)
                    beginnings |= {piece for piece in pieces[:-1] if piece.endswith("--")}
    return whole, beginnings


def test_class_has_its_rules_in_one_file():
    places: dict[str, set[str]] = {}
    for path in stylesheets():
        if path.name in ON_PAPER | PLACING:
            continue
        for _layer, selector in selectors(path):
            for name in styled(selector) - SIZED_WHERE_IT_STANDS:
                places.setdefault(name, set()).add(path.name)
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_components_have_rules_by_class_alone():
    named = {
        (path.name, element)
        for path in stylesheets()
        if path.name not in FOR_EVERY_PAGE | ON_PAPER | WRITTEN_BY_EDITORS
        for layer, selector in selectors(path)
        if layer != "base"
        for element in elements(selector)
    }
    assert named == set()


def test_elements_are_found():
    found = {
        element for path in stylesheets() for _layer, selector in selectors(path) for element in elements(selector)
    }
    assert {"body", "h1", "nav", "sup"} <= found


def test_no_class_is_unused():
    used, beginnings = used_classes()
    written = {
        name
        for path in stylesheets()
        for _layer, selector in selectors(path)
        for name in re.findall(r"\.([A-Za-z][\w-]*)", tinycss2.serialize(selector))
    }
    assert len(written) > 100
    assert {name for name in written - used - NOT_OURS if not name.startswith(tuple(beginnings))} == set()


def test_nothing_is_important():
    declarations = [
        (path.name, node)
        for path in stylesheets()
        for _layer, rule in rules(tinycss2.parse_component_value_list(text(path)))
        for node in tinycss2.parse_blocks_contents(rule.content)
        if node.type == "declaration"
    ]
    assert len(declarations) > 500
    assert [(name, node.name) for name, node in declarations if node.important] == []


def test_stylesheets_are_short():
    assert {path.name for path in stylesheets() if len(text(path).splitlines()) > 200} == set()


def test_every_rule_is_in_a_layer():
    layers = {layer for path in stylesheets() for layer, _selector in selectors(path)}
    assert layers == {"tokens", "base", "layout", "components", "print"}


def test_every_token_is_used():
    sheets = "\n".join(map(text, stylesheets()))
    set_somewhere, used = (
        set(re.findall(r"^\s+(--[\w-]+):", sheets, re.MULTILINE)),
        set(re.findall(r"var\((--[\w-]+)", sheets)),
    )
    assert len(used) > 20
    assert set_somewhere == used


def test_dark_differs_from_light_in_its_colours_alone():
    """What axe finds in the dark without asking of colours it finds in the light."""
    everything = "".join(map(text, [*stylesheets(), *files("static/js", ".js"), *files("templates", ".html")]))
    assert everything.count("prefers-color-scheme") == 1
    (dark,) = re.findall(r"@media \(prefers-color-scheme: dark\) {\s*:root {([^{}]+)}\s*}", everything)
    lines = tinycss2.parse_blocks_contents(dark, skip_whitespace=True)
    assert len(lines) > 20
    assert {(line.type, line.name[:2]) for line in lines} == {("declaration", "--")}
    assert {token.type for line in lines for token in line.value} == {"whitespace", "hash"}
    both = [line for path in files("static/css", ".css") for line in text(path).splitlines() if "light-dark(" in line]
    assert len(both) > 10  # of what goes into files
    assert [line for line in both if not re.fullmatch(r"\s+--[\w-]+: light-dark\(#\w+, #\w+\);", line)] == []
