"""Query parameters: only those that are declared change a page."""

import pytest
import time_machine

from pages.manual.audience import Role
from pages.requests import DECLARED, ROLE
from tests.reading import ADDRESSES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@time_machine.travel("2026-11-24 10:00+01:00", tick=False)
@pytest.mark.parametrize("address", ADDRESSES)
def test_undeclared_parameter_changes_nothing(client, address):
    names = ["utm_source", "person_id", "Actor"]
    assert DECLARED.isdisjoint(names)
    query = "&".join(f"{name}=police" for name in names)
    assert client.get(f"{address}?{query}").content == client.get(address).content


def test_fields_of_a_role_are_the_declared_parameters():
    assert tuple(Role.__dataclass_fields__) == ROLE
    assert DECLARED.issuperset(ROLE)
