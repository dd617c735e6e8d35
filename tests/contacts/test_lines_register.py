"""The numbers to call as data: with the number from abroad, and nothing that is true for a moment."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.contacts.test_exports import read_csv, read_json

pytestmark = pytest.mark.django_db


@time_machine.travel(datetime(2026, 12, 24, 21, tzinfo=UTC), tick=False)  # closed, and for days to come
def test_lines_have_the_number_from_abroad_and_no_state(client):
    danger, urgent, advice = read_json(client, "lines")
    assert [danger["level"], urgent["level"]] == ["danger", "urgent"]
    assert danger["number"] == {"uri": "tel:112", "shown": "112"}
    assert danger["international"] is None
    assert advice == {
        "level": "advice",
        "heading": {"sv": "Råd i ett ärende", "en": "Advice on a case"},
        "name": {
            "sv": "Nationella stödtelefonen för yrkesverksamma",
            "en": "The national support line for professionals",
        },
        "number": {"uri": "tel:020390000", "shown": "020-390 000"},
        "international": {"uri": "tel:+4620390000", "shown": "+46(0)20-390 000"},
        "plain_hours": {"sv": "vardagar, kontorstid", "en": "weekdays, office hours"},
    }
    row = read_csv(client, "lines")[-1]
    assert (row["number_uri"], row["number_shown"]) == ("tel:020390000", "020-390 000")
    assert (row["international_uri"], row["international_shown"]) == ("tel:+4620390000", "'+46(0)20-390 000")
    assert row["plain_hours_en"] == "weekdays, office hours"
