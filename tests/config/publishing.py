"""An editor who publishes one page of a started site again and again."""

import re
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from pages.models import GuidancePage
from tests.editing import page_form
from tests.pages.startup.starting import Visitor
from tests.reading import words

SLUG = "tecken"
PATH = f"/vagledning/{SLUG}/"


class Publisher:
    """Signed in as the editor whose password the start has printed; the site is a copy of the test database."""

    def __init__(self, address: str, password: str) -> None:
        self._visitor = Visitor(address)
        self._visitor.sign_in("editor", password)
        page = GuidancePage.objects.get(slug=SLUG)
        self._path = f"/admin/pages/{page.pk}/edit/"
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self._visitor.get(self._path))
        assert token
        self._form = page_form(page, "action-publish") | {"csrfmiddlewaretoken": token[1]}

    def publish(self, lead: str) -> None:
        """Publish the page with another lead; return when it is confirmed."""
        data = urlencode(self._form | {"lead": lead}, doseq=True).encode()
        with self._visitor.opener.open(self._visitor.address + self._path, data, timeout=60) as answer:
            page = answer.read().decode()
            assert not answer.url.endswith(self._path), f"the form has come back: {told(page)}"


def told(page: str) -> list[str]:
    """Return what Wagtail's messages and the fields of a form say is wrong."""
    html = BeautifulSoup(page, "html.parser")
    return [words(message) for message in html.select(".messages li, .w-field__errors")]
