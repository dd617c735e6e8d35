"""Passages that are true for a time, with a fallback that is true at any time."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

from pages.render_context import expire_at, with_fallback

register = template.Library()


class FreshUntilNode(template.Node):
    """Renders `{% fresh_until expires_at %}…{% fallback %}…{% endfresh_until %}`."""

    child_nodelists = ("current", "fallback")

    def __init__(self, expires_at: FilterExpression, current: NodeList, fallback: NodeList) -> None:
        self.expires_at, self.current, self.fallback = expires_at, current, fallback

    def render(self, context: template.Context) -> str:
        """Render the current passage, and for the page cache the fallback too."""
        expire_at(self.expires_at.resolve(context))
        return with_fallback(self.current.render(context), lambda: self.fallback.render(context))


@register.tag
def fresh_until(parser: Parser, token: Token) -> FreshUntilNode:
    """Show the first passage until a time (aware); a cached page shows the second one afterwards.

    The second passage must be true at any time: it is read while no new page can be built.
    """
    _name, expires_at = token.split_contents()
    current = parser.parse(("fallback",))
    parser.delete_first_token()
    fallback = parser.parse(("endfresh_until",))
    parser.delete_first_token()
    return FreshUntilNode(parser.compile_filter(expires_at), current, fallback)
