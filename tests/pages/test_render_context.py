"""What a page tells of itself while it is rendered."""

from datetime import UTC, datetime

from pages.render_context import RenderContext, collecting, expire_at, with_fallback


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
