"""Measure a page that is built for the store, in a generation that has begun: prints JSON."""

import json
import os
import sys

import django

from tests.bench.timing import measured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402

from pages.page_cache.building import minimal_environ  # noqa: E402
from pages.render_context import RenderContext, collecting  # noqa: E402

PATH = "/vagledning/betanketid/"

if __name__ == "__main__":
    application = get_wsgi_application()
    memo: dict = {}

    def build() -> None:
        with collecting(RenderContext(memo)):
            answer = application(minimal_environ(("localhost", PATH, "")), lambda status, *_rest: status)
            assert b"</html>" in b"".join(answer)

    sys.stdout.write(json.dumps(measured(build, connection)) + "\n")
