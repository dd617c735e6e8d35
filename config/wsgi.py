"""The WSGI application that `serve` serves: the page cache around Django; Django alone while DEBUG is set.

`/health/` comes before both.
"""

import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.postgresql.base import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
limit_waiting()
site: Callable[..., Any] = get_wsgi_application()

from pages.health.checks import CHECKS, NUMBERS  # noqa: E402  (needs the models, which are there now)
from pages.health.wsgi import Health  # noqa: E402
from pages.jobs.health import job_numbers, jobs_are_well, mail_is_well, mail_numbers  # noqa: E402

CHECKS |= {"jobs": jobs_are_well, "mail": mail_is_well}
NUMBERS |= {"jobs": job_numbers, "mail": mail_numbers}

at_once = None
if not settings.DEBUG:
    from pages.page_cache.direct import DirectAnswers
    from pages.page_cache.wsgi import PageCache

    site = PageCache(site, settings.DATA_DIR / "ready")
    CHECKS["generation"], NUMBERS["generation"] = site.state, site.numbers
    at_once = DirectAnswers(site.find)

application = Health(site, at_once)
