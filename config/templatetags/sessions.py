"""What the lists of sessions show."""

from allauth.usersessions.models import UserSession
from django import template
from django.utils.translation import gettext as _

from pages.networks import wide_network_of

register = template.Library()


@register.simple_tag
def session_browser(session: UserSession) -> str:
    """Return the browser and system of a session in words."""
    return session.user_agent or _("Unknown browser")


@register.simple_tag
def session_network(session: UserSession) -> str:
    """Return the network that a session was last used from."""
    return wide_network_of(session.ip)
