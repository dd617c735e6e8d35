"""The accessibility rules of axe-core, run in an open page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.tools import tool_or_skip

NODE_MODULES = Path(__file__).parent / "node_modules"
_SCRIPT = NODE_MODULES / "axe-core" / "axe.min.js"

# Every rule up to WCAG 2.2 AA and the best practices; target-size is off unless asked for.
# Of text in a drawing axe cannot tell what is behind it; the drawing's own text says the same.
_DRAWN = "svg[aria-hidden=true]"
_EVERY_RULE = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RUN = """async ([runOnly, isTouched, within, drawn]) => {
  const rules = runOnly.type === "tag" ? { "target-size": { enabled: isTouched } } : {};
  const { violations, incomplete, passes } = await axe.run({ include: [within], exclude: [drawn] }, { runOnly, rules });
  const told = (results) => results.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => ({
    rule: id, element: target.join(" "), why: [...any, ...all, ...none].map(({ message }) => message).join("; "),
  })));
  const measured = passes.filter(({ id }) => id === "color-contrast");
  return { violations: told(violations), unsure: told(incomplete), measured: told(measured) };
}"""


class Findings:
    """What axe found on one page in the states in which it was asked."""

    def __init__(self, page: Page) -> None:
        tool_or_skip("axe-core", _SCRIPT.exists(), "npm ci --prefix tests/browser")
        self._page = page
        self._violations: list[str] = []
        self._unsure: dict[str, str] = {}
        self._measured: set[str] = set()
        page.evaluate(_SCRIPT.read_text())

    def look(self, state: str, *, colours: str = "", within: str = "html") -> None:
        """Run every rule on the page as it is now, or on what a selector finds in it.

        In the dark only those of colours: by nothing else does it differ from the light (`test_styles.py`).
        `colours` names the colours it has now. A contrast that axe cannot measure, because the element is half out
        of sight, counts as found unless the same element is measured in the same colours another time.
        """
        result: dict[str, list[dict[str, Any]]] = self._page.evaluate(
            _RUN,
            [
                _OF_COLOURS if colours == "dark" else _EVERY_RULE,
                colours != "print",  # nobody taps paper
                within,
                _DRAWN,
            ],
        )
        self._violations += [f"{state}: {_line(node)}" for node in result["violations"]]
        self._unsure |= {_key(node, colours): f"{state}: unsure: {_line(node)}" for node in result["unsure"]}
        self._measured |= {_key(node, colours) for node in result["measured"]}

    @property
    def violations(self) -> list[str]:
        """One line for each, without what axe leaves to a person."""
        return self._violations

    @property
    def problems(self) -> str:
        """One line for each violation, and for each thing that axe leaves to a person."""
        unsure = [line for key, line in self._unsure.items() if key not in self._measured]
        return "\n".join(self._violations + unsure)


def _key(node: dict[str, Any], colours: str) -> str:
    return f"{node['rule']} {colours} {node['element']}"


def _line(node: dict[str, Any]) -> str:
    return f"{node['rule']}: {node['element']}: {node['why']}"
