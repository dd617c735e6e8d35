"""The WSGI application that granian serves: the page cache around Django; Django alone while DEBUG is set."""

import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application: Callable[..., Any] = get_wsgi_application()
if not settings.DEBUG:
    from pages.page_cache.wsgi import PageCache  # needs the models, which are there now

    application = PageCache(application, settings.DATA_DIR / "ready")
