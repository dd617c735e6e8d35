"""On a live site nothing can be saved as an example: once published, it would keep the site from starting again."""

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Coordinator, SupportLine
from contacts.models.support_lines import HoursStatus
from resources.models import Resource

pytestmark = pytest.mark.django_db

EXAMPLES = {
    "coordinator": lambda: Coordinator.objects.filter(is_example=True, user=None).first(),
    "publication": lambda: Resource.objects.filter(is_example=True).first(),
    "hours": lambda: SupportLine.objects.get(hours_status=HoursStatus.EXAMPLE),
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_example_is_refused_on_a_live_site_alone(settings, kind):
    row = EXAMPLES[kind]()
    row.full_clean()
    settings.SITE_LIVE = True
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    field = "hours_status" if kind == "hours" else "is_example"
    assert refused.value.message_dict == {
        field: ["Webbplatsen är i drift och får inte visa exempel. Skriv först det som stämmer."]
    }
    setattr(row, field, HoursStatus.UNKNOWN if kind == "hours" else False)
    row.full_clean()
