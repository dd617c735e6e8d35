"""A first view fits in what a server may send before the first acknowledgement: about 14.6 kB."""

import gzip
import re
from collections.abc import Callable

import pytest

from tests.browser.addresses import Address, pages
from tests.browser.conftest import Answer, Visit

pytestmark = pytest.mark.browser

FIRST_VIEW = 14_600
SCRIPT = 3_000


def weights(visited: Visit) -> dict[str, int]:
    """Return the compressed bytes that came over the wire, by type."""
    visited.page.wait_for_load_state("networkidle")
    weights: dict[str, int] = {}
    for request in visited.requests:
        size = request.sizes()["responseBodySize"]
        weights[request.resource_type] = weights.get(request.resource_type, 0) + size
    return weights


@pytest.mark.parametrize(
    "address",
    pages(
        "home",
        "guidance-questions",
        "guidance-checklists",
        "step",
        "step-role",
        "actors",
        "actor",
        "glossary",
        "county",
        "contacts",
        "search",
        "search-hits",
        "search-card",
        "publications",
        "publications-narrowed",
        "publication",
        "publication-text",
        "guidance-publications",
    ),
    ids=str,
)
def test_first_view_is_light(address: Address, visit: Callable[..., Visit]) -> None:
    weight = weights(visit(address))

    assert weight["document"] > 1_000
    assert weight["stylesheet"] > 1_000
    assert weight["document"] + weight["stylesheet"] + weight.get("script", 0) <= FIRST_VIEW
    assert weight.get("script", 0) <= SCRIPT
    assert "font" not in weight


@pytest.mark.parametrize("address", pages("all-coordinators"), ids=str)
def test_page_to_print_is_light_without_its_text(
    address: Address, visit: Callable[..., Visit], read: Callable[[Address], Answer]
) -> None:
    frame, found = re.subn(r"(?s)<main.*</main>", "", read(address).html)
    weight = weights(visit(address))

    assert found == 1
    assert len(gzip.compress(frame.encode(), 6)) + weight["stylesheet"] + weight.get("script", 0) <= FIRST_VIEW
    assert "font" not in weight
