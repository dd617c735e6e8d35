"""What every site begins with, a live one too: the register, the numbers to call, no page of Wagtail's."""

from django.db import transaction
from wagtail.models import Page

from pages.registry import registered_functions


@transaction.atomic
def load_facts() -> None:
    """Load what is true of every site, where it is not there yet."""
    make_room()
    for loader in registered_functions("fact_loaders"):
        loader()


def make_room() -> None:
    """Remove Wagtail's welcome page, and with it the site whose start page it is."""
    for welcome in Page.objects.child_of(Page.get_first_root_node()).exact_type(Page):
        welcome.delete()
