"""A mutation that cosmic-ray has not: one element less in a list, tuple, set or dict.

Rules are often such a display: the cookies that make a request personal, what a digest is made of.
"""

from collections.abc import Iterator

import cosmic_ray.plugins
from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Operator as Punctuation
from parso.python.tree import PythonNode
from parso.tree import NodeOrLeaf

DISPLAYS = {"testlist_comp", "dictorsetmaker"}


class DropElement(Operator):
    """Drops one element of a display with at least two."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield where each element begins and ends."""
        for element in _elements(node):
            yield element[0].start_pos, element[-1].end_pos

    def mutate(self, node: PythonNode, index: int) -> PythonNode:
        """Take an element away; a comma stays behind the last one, so that a tuple stays a tuple."""
        elements = _elements(node)
        del elements[index]
        node.children = [part for element in elements for part in [*element, Punctuation(",", (0, 0))]]
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Return what cosmic-ray shows of an operator."""
        return (Example("x = (1, 2)", "x = ( 2,)"), Example("x = {1: 2, **y}", "x = {1: 2,}", occurrence=1))


def _elements(node: NodeOrLeaf) -> list[list[NodeOrLeaf]]:
    if node.type not in DISPLAYS or any(child.type in {"comp_for", "sync_comp_for"} for child in node.children):
        return []
    elements: list[list[NodeOrLeaf]] = [[]]
    for child in node.children:
        if child == ",":
            elements.append([])
        else:
            elements[-1].append(child)
    return [element for element in elements if element]


def register() -> None:
    """Add the operator to those of cosmic-ray, which finds others by the entry points of installed packages only."""
    cosmic_ray.plugins.OPERATOR_PROVIDERS["site"] = {DropElement.__name__: DropElement}
