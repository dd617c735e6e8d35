"""What somebody has written into a form that could not be taken: kept on the page that says so, to be sent again."""

import re

from django.http import HttpRequest

SIGN_IN = re.compile(r"/(login|authenticate|reauthenticate)/")  # in the path of whatever takes a password or a code


def fields_of_own_form(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form of this site has sent, by a browser that says so and that has the site's token.

    Nothing where files came along, which cannot be sent again, nor where a password or a code did, which must stand in
    no page. From elsewhere nobody is asked to send anything.
    """
    is_own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not is_own or "CSRF_COOKIE" not in request.META or request.FILES or _is_secret(request):
        return []
    lists = request.POST.lists()
    return [(name, value) for name, values in lists if name != "csrfmiddlewaretoken" for value in values]


def _is_secret(request: HttpRequest) -> bool:
    return bool(SIGN_IN.search(request.path_info)) or any("password" in name.lower() for name in request.POST)
