"""The guide of the starter content: questions and results in the front matter of its page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from contacts.guide.page import GuidePage
from pages.manual.models.parts import part_code
from pages.starter.markdown import starter_part_id

# Of the blocks of the guide: the same in every language, by which answers are found in another.
NAMESPACE = UUID("4c1a3c5e-6c1b-5d0f-8c57-0f2f6f1f7a55")


def fill(page: GuidePage, nodes: Sequence[Mapping[str, Any]], rich_text: Callable[[str], str]) -> None:
    """Fill the page with its questions and results, given in order."""
    page.nodes = page.nodes.stream_block.to_python([_block(node, rich_text) for node in nodes])


def _block(node: Mapping[str, Any], rich_text: Callable[[str], str]) -> dict[str, Any]:
    kind, name = next((kind, node[kind]) for kind in ("question", "place", "result") if kind in node)
    value = {"name": name, **{key: text for key, text in node.items() if key != kind}}
    if kind == "question":
        value["answers"] = _items(name, node["answers"])
    if kind == "result":
        value["todo"] = [rich_text(text) for text in node["todo"]]
        value["parts"] = [part_code(starter_part_id(key)) for key in node["parts"]]
    return {"type": kind, "id": str(uuid5(NAMESPACE, name)), "value": value}


def _items(name: str, answers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": str(uuid5(NAMESPACE, f"{name}/{number}")), "value": dict(answer)}
        for number, answer in enumerate(answers)
    ]
