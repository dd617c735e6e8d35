"""A site for processes of their own."""

import pytest

from tests.conftest import CopySite


@pytest.fixture(scope="session")
def copied_site(copy_site: CopySite) -> dict[str, str]:
    """The variables of a copy that many tests read."""
    return copy_site().variables
