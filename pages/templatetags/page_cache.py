"""Passages that are true for a time, with a fallback that is true at any time, and passages alike on many pages."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from pages.render_context import expire_at, render_per_version, with_fallback

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


class PerVersionNode(template.Node):
    """Renders `{% per_version name … %}…{% endper_version %}`."""

    def __init__(self, name: list[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        """Render the passage, or take what another page of the same version has rendered."""
        name = ("passage", *(part.resolve(context, ignore_failures=True) for part in self.name))
        # Rendered HTML, escaped where it had to be.
        return mark_safe(render_per_version(name, lambda: self.nodelist.render(context)))  # noqa: S308


@register.tag
def per_version(parser: Parser, token: Token) -> PerVersionNode:
    """Render a passage once for all pages of a version in a language: name it, and give all that it depends on."""
    _tag, *name = token.split_contents()
    if not name:
        raise template.TemplateSyntaxError("per_version needs a name.")
    nodelist = parser.parse(("endper_version",))
    parser.delete_first_token()
    return PerVersionNode([parser.compile_filter(part) for part in name], nodelist)
