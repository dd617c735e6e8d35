"""The site's addresses, and some whose views fail."""

from django.conf.urls.i18n import i18n_patterns
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler404, handler500, urlpatterns  # noqa: F401 (found by their names)


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a mistake of ours")


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server closed the connection")


urlpatterns = [
    *i18n_patterns(path("failing/", failing), path("away/", away), prefix_default_language=False),
    *urlpatterns,
]
