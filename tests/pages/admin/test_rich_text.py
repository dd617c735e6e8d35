"""Editors who open pages at once: each has the text of their own page in the form."""

import json

import pytest

from pages.models import GuidancePage
from tests.editing import block_form
from tests.threads import at_once

pytestmark = pytest.mark.any_database


def shown(html: str) -> list[str]:
    """Return the paragraphs that Wagtail's editor shows for a stored text, in the widget that all requests share."""
    block = GuidancePage.body.field.stream_block.child_blocks["text"]
    (state,) = block_form(block, block.to_python(html), "text").values()
    return [paragraph["text"] for paragraph in json.loads(state)["blocks"]]


def test_texts_that_are_opened_at_once_are_not_mixed():
    texts = [[f"Sida {number}, stycke {place}." for place in range(8)] for number in range(200)]
    stored = ["".join(f"<p>{paragraph}</p>" for paragraph in text) for text in texts]
    assert at_once(shown, stored) == texts
