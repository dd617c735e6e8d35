"""Passages that are true for a time."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

from pages.render_context import timed, true_until

register = template.Library()


class UntilNode(template.Node):
    """`{% until moment %}…{% afterwards %}…{% enduntil %}`; see `until`."""

    child_nodelists = ("now", "later")

    def __init__(self, moment: FilterExpression, now: NodeList, later: NodeList) -> None:
        self.moment, self.now, self.later = moment, now, later

    def render(self, context: template.Context) -> str:
        """Render what is true now, and for the store also what is true afterwards."""
        true_until(self.moment.resolve(context))
        return timed(self.now.render(context), lambda: self.later.render(context))


@register.tag
def until(parser: Parser, token: Token) -> UntilNode:
    """Show the first passage until a moment (aware); what has been stored shows the second afterwards.

    The second must be true at any time: it is read while no new page can be built.
    """
    _name, moment = token.split_contents()
    now = parser.parse(("afterwards",))
    parser.delete_first_token()
    later = parser.parse(("enduntil",))
    parser.delete_first_token()
    return UntilNode(parser.compile_filter(moment), now, later)
