"""A plain Wagtail of the installed version, whose admin is measured beside ours.

In memory, with a page of two texts, one image and one administrator; every request is that administrator's.
"""

import sys
from io import BytesIO
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings

APPS = ("redirects", "search_promotions", "settings", "simple_translation", "typed_table_block")

if __name__ == "__main__":
    settings.configure(
        DEBUG=True,  # static files from where they are
        SECRET_KEY="plain",  # noqa: S106
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.browser.plain_urls",
        INSTALLED_APPS=[
            *("tests.bench.bare_site", *(f"wagtail.contrib.{name}" for name in APPS)),
            *("wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images"),
            *("wagtail.search", "wagtail.admin", "wagtail.locales", "wagtail.embeds", "wagtail"),
            *("modelcluster", "taggit", "django_filters", "django.contrib.auth", "django.contrib.contenttypes"),
            *("django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:plain?mode=memory&cache=shared"}},
        STATIC_URL="/static/",
        MEDIA_ROOT=sys.argv[2],
        LANGUAGE_CODE="sv",
        WAGTAIL_SITE_NAME="Plain",
        WAGTAILADMIN_BASE_URL="http://127.0.0.1",
        WAGTAIL_I18N_ENABLED=True,
        WAGTAIL_CONTENT_LANGUAGES=[("sv", "Svenska"), ("en", "Engelska")],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()

    from django.contrib.auth.models import User
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.files.images import ImageFile
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from PIL import Image as Picture
    from wagtail.admin.panels import FieldPanel
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.images.models import Image
    from wagtail.models import Page
    from wagtail.snippets.models import register_snippet

    from tests.bench.bare_site.models import BarePage

    register_snippet(Redirect)
    BarePage.content_panels = [*Page.content_panels, FieldPanel("body")]
    call_command("migrate", verbosity=0)
    User.objects.create_superuser("plain", "plain@example.org", "plain")
    home = Page.objects.get(depth=2)
    section = home.add_child(instance=BarePage(title="Vägledning", slug="vagledning"))
    section.add_child(instance=BarePage(title="Betänketid", slug="betanketid", body=[("text", "<p>Text.</p>")] * 2))
    stored = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(stored, "PNG")
    Image.objects.create(title="Bild", file=ImageFile(stored, "bild.png"))

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Say nothing of each request."""

    application = StaticFilesHandler(get_wsgi_application())
    make_server("127.0.0.1", int(sys.argv[1]), application, Server, Quiet).serve_forever()
