"""Measure a bare Wagtail page: blocks, a menu, breadcrumbs, SQLite, nothing of ours. Prints JSON.

Reads the page's content, HTML with headings of the second level, from the standard input.
"""

import json
import re
import sys

import django
from django.conf import settings

from tests.bench.timing import measured

TEMPLATE = """
{% load wagtailcore_tags %}
<!doctype html>
<html lang="sv">
<head><title>{{ page.title }}</title></head>
<body>
{% for item in page.get_site.root_page.get_children.live.in_menu %}
  <a href="{% pageurl item %}">{{ item.title }}</a>
{% endfor %}
{% for above in page.get_ancestors %}<a href="{% pageurl above %}">{{ above.title }}</a>{% endfor %}
<main><h1>{{ page.title }}</h1>{% for block in page.body %}{% include_block block %}{% endfor %}</main>
</body>
</html>
"""

settings.configure(
    SECRET_KEY="bench",  # noqa: S106
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF="tests.bench.bare_site.urls",
    INSTALLED_APPS=[
        *("tests.bench.bare_site", "wagtail.sites", "wagtail.users", "wagtail.documents", "wagtail.images"),
        *("wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit", "django.contrib.auth"),
        *("django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.staticfiles"),
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"bare_site/bare_page.html": TEMPLATE}),
                    "django.template.loaders.app_directories.Loader",
                ],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="Bare",
    WAGTAILADMIN_BASE_URL="http://localhost",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from tests.bench.bare_site.models import BarePage  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    home = Page.objects.get(depth=2)
    section = home.add_child(instance=BarePage(title="Vägledning", slug="vagledning", show_in_menus=True))
    for number in range(6):
        home.add_child(instance=BarePage(title=f"Avdelning {number}", show_in_menus=True))
    texts = [("text", text) for text in re.split(r"(?=<h2|<ul|<ol|<p)", sys.stdin.read()) if text.strip()]
    assert len(texts) > 10
    section.add_child(instance=BarePage(title="Betänketid", slug="betanketid", body=texts))
    Site.objects.update(hostname="localhost", root_page=home)
    client = Client(headers={"host": "localhost"})

    def build() -> None:
        answer = client.get("/vagledning/betanketid/")
        assert answer.status_code == 200

    sys.stdout.write(json.dumps(measured(build, connection)) + "\n")
