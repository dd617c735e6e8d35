"""What a page tells of itself while it is rendered."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.utils.translation import override
from wagtail.models import Page

from pages.render_context import RenderContext, collecting, expire_at, with_fallback
from tests.reading import ADDRESSES

pytestmark = pytest.mark.any_database


def test_page_expires_at_the_earliest_time_and_then_shows_its_fallbacks():
    context = RenderContext({})
    with collecting(context):
        expire_at(datetime(2000, 1, 2, tzinfo=UTC))
        expire_at(datetime(2000, 1, 1, tzinfo=UTC))
        expire_at(datetime(2000, 1, 3, tzinfo=UTC))
        body = f"<p>{with_fallback('open', lambda: 'from 8 to 4')}, {with_fallback('now', str)}</p>".encode()
    assert context.expires_at == datetime(2000, 1, 1, tzinfo=UTC)
    assert context.variants(body) == (b"<p>open, now</p>", b"<p>from 8 to 4, </p>")


def test_outside_a_build_nothing_is_marked():
    assert with_fallback("open", lambda: "from 8 to 4") == "open"


PASSAGE = """{% load page_cache %}{% per_version "hours" place %}{% fresh_until ends %}{{ word }} now{% fallback %}8-16
{% endfresh_until %}{% endper_version %}"""
ENDS = datetime(2000, 1, 1, tzinfo=UTC)


def rendered(context: RenderContext | None, **values: Any) -> str:
    template, given = Template(PASSAGE), Context({"ends": ENDS, "place": None, **values})
    if context is None:
        return template.render(given)
    with collecting(context):
        return template.render(given)


def test_passage_is_rendered_once_per_version_by_name_and_language():
    memo: dict[Any, Any] = {}

    def shown(**values: Any) -> bytes:
        context = RenderContext(memo)
        return context.variants(rendered(context, **values).encode())[0]

    assert shown(word="open") == b"open now"
    assert shown(word="closed") == b"open now"
    assert shown(word="closed", place=1) == b"closed now"
    with override("en"):
        assert shown(word="closed") == b"closed now"
    memo.clear()
    assert shown(word="closed") == b"closed now"


def test_every_page_that_shows_a_passage_expires_with_it_and_has_its_fallback():
    memo: dict[Any, Any] = {}
    for _page in range(2):
        context = RenderContext(memo)
        body = rendered(context, word="open").encode()
        assert context.variants(body)[1] == b"8-16\n"
        assert context.expires_at == ENDS


def test_passage_outside_a_build_is_rendered_each_time():
    assert [rendered(None, word=word) for word in ("open", "closed")] == ["open now", "closed now"]


def test_passage_needs_a_name():
    with pytest.raises(TemplateSyntaxError, match="name"):
        Template("{% load page_cache %}{% per_version %}{% endper_version %}")


def variants(client: Client, address: str, memo: dict[Any, Any]) -> tuple[bytes, bytes, datetime]:
    """Return a page as it is built, its fallback, and when it expires."""
    context = RenderContext(memo)
    with collecting(context):
        response = client.get(address)
    assert response.status_code == 200
    return *context.variants(response.content), context.expires_at


@pytest.mark.django_db
def test_page_is_the_same_whatever_was_built_before_it(client, time_machine):
    """What pages take from each other is nothing of their own: the place in the menu, the page, the language."""
    time_machine.move_to(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False)  # open; a Tuesday
    tree = [page.url for page in Page.objects.live().filter(depth__gt=1).order_by("path")]
    addresses = list(dict.fromkeys([*tree, *ADDRESSES]))
    assert len(addresses) > 60
    assert any(len(set(variants(client, address, {})[:2])) == 2 for address in addresses[:3])
    memo: dict[Any, Any] = {}
    for address in [*addresses, *reversed(addresses)]:
        assert variants(client, address, memo) == variants(client, address, {}), address
