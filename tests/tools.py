"""Tools that the tests use but that pip cannot install: Chromium, Java, gettext, nginx, Pango."""

import os

import pytest


def tool_or_skip(name: str, available: bool, hint: str) -> None:
    """Skip the test when a tool is missing, saying how to get it; fail instead where REQUIRE_TOOLS=1, as in CI."""
    if available:
        return
    reason = f"{name} is not on this machine: {hint}"
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
