"""What lies below the manual beside its steps: all of it on one page, files to carry away, what changed."""

from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import pgettext_lazy
from wagtail.contrib.routable_page.models import path

from pages.links import urls_below
from pages.models.base import AddressesBelow
from pages.requests import PageRequest


class ManualRoutes(AddressesBelow):
    """Addresses below the manual. The modules that answer read this model, so they are imported when asked."""

    @path(pgettext_lazy("address of the whole manual on a page", "whole/"), name="whole")
    def whole(self, request: HttpRequest) -> HttpResponse:
        """Show the whole manual on one page, to read and to print."""
        from pages.manual_changes import changed_parts  # noqa: PLC0415
        from pages.whole_manual import whole_manual  # noqa: PLC0415

        changed = changed_parts(request.GET, self.locale_id)
        context = whole_manual(self, request, changed)
        return self.render(request, template="pages/whole_manual.html", context_overrides=context)

    @path(pgettext_lazy("address of the manual as a file", "copy/html/"), name="html_file")
    def html_file(self, request: HttpRequest) -> FileResponse:
        """Send the manual as one HTML file."""
        from pages.whole_manual import html_file  # noqa: PLC0415

        return self._file(html_file(self, request))

    @path(pgettext_lazy("address of the manual as a PDF", "copy/pdf/"), name="pdf_file")
    def pdf_file(self, request: HttpRequest) -> FileResponse:
        """Send the manual as a PDF; 404 on a machine that cannot make one."""
        from pages.whole_manual import pdf_file  # noqa: PLC0415

        if not self.can_be_pdf:
            raise Http404
        return self._file(pdf_file(self, request))

    def _file(self, file: BinaryIO) -> FileResponse:
        name = f"{self.slug}-{translation.get_language()}{Path(file.name).suffix}"
        return FileResponse(file, as_attachment=True, filename=name)

    @path(pgettext_lazy("address of the changes of the manual", "changes/"), name="changes")
    def changes(self, request: HttpRequest) -> HttpResponse:
        """Show what changed, the last year first; `?year=` chooses another."""
        from pages.manual_changes import changes_page  # noqa: PLC0415  (it reads this model)

        return self.render(request, template="pages/changes.html", context_overrides=changes_page(self, request.GET))

    @path(pgettext_lazy("address of the feed of the manual", "changes/feed/"), name="changes_feed")
    def changes_feed(self, request: HttpRequest) -> HttpResponse:
        """Return the changes as an Atom feed."""
        from pages.manual_changes import ChangesFeed  # noqa: PLC0415

        return ChangesFeed()(request, manual=self)

    @property
    def can_be_pdf(self) -> bool:
        """Tell whether this machine can make the PDF."""
        from pages.whole_manual import can_make_pdf  # noqa: PLC0415

        return can_make_pdf()

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same page below the manual in each language."""
        name = request.routable_resolver_match.url_name
        return urls_below(super().language_urls(request), lambda: self.reverse_subpage(name))
