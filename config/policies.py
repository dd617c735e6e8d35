"""What every answer tells the browser, whoever makes it: a view, a middleware that refuses, an error, or nginx."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policies() -> dict[str, str]:
    """Return the headers; that which demands HTTPS is Django's own, and only on a live site."""
    return {
        str(CSP.HEADER_ENFORCE): build_policy(settings.SECURE_CSP),
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }


def add_policies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add what an answer lacks: those of middlewares before Django's own have none of them.

    The outermost middleware, so that nothing is answered outside of it.
    """
    wanted = policies()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in wanted.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
