"""Every address of the site. Pages are in Wagtail's tree; what is here exists once, outside it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from config import account_urls
from contacts import urls as contacts_urls
from pages import views
from pages.admin.adding import add_once
from pages.manual import views as manual
from pages.manual.admin.publishing import show_refusals
from pages.requests import read_only
from pages.search import suggestions
from pages.search import views as search
from pages.sitemap import sitemap_index, sitemap_part
from pages.versions import views as versions
from resources import urls as resources_urls

handler404 = "pages.views.not_found"
handler500 = "pages.views.server_error"

admin_urls = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, csp_override(settings.ADMIN_CSP))
CLOSED = {"exception": Http404()}
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password")


for_readers = [
    path("media/<path:path>", views.uploaded_file),
    path("robots.txt", views.robots),
    path("favicon.ico", views.favicon),
    path(".well-known/security.txt", views.security_txt),
    path("sitemap.xml", sitemap_index),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap_part"),
    # Wagtail's own addresses beside this one are those of private pages, which the site does not have.
    *i18n_patterns(
        # For ever, whatever the manual is called and wherever it lies.
        path("manual/p/<slug:code>/", manual.part, name="part"),
        path(pgettext_lazy("address of the search page", "search/"), search.search, name="search"),
        path(
            pgettext_lazy("address of the suggestions of the search", "search/titles.json"),
            suggestions.titles,
            name="search-titles",
        ),
        path("version/<int:pk>/", versions.version, name="version"),
        path("version/page/<int:page_id>/", versions.versions, name="versions"),
        re_path(serve_pattern, views.serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]

urlpatterns = [
    # Wagtail's own ways in know neither second factor nor throttling.
    path("admin/login/", to_sign_in),
    re_path("^admin/password_reset/", to_password_reset),
    # Doors of Wagtail that only raise errors, and one that shows messages to whoever may not read them.
    path("admin/failwhale/", views.not_found, CLOSED),
    re_path(r"^admin/snippets/choose/\w+/\w+/create/$", views.not_found, CLOSED),
    re_path("^admin/snippets/choose/contacts/readermessage/", views.not_found, CLOSED),
    path("admin/", include(decorate_urlpatterns(decorate_urlpatterns(admin_urls, show_refusals), add_once))),
    path("documents/", include(wagtaildocs_urls)),
    path("koordinator/", include("contacts.own_entry.urls")),
    path("", include(contacts_urls.once)),
    path("", include(resources_urls)),
    *i18n_patterns(
        path("konto/", include(decorate_urlpatterns(account_urls.urlpatterns, never_cache))),
        path("", include(contacts_urls.in_each_language)),
        prefix_default_language=False,
    ),
    *decorate_urlpatterns(for_readers, read_only),
]
