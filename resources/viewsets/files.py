"""The files of drafts, for the editors who look at them before readers do."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from resources.models.resources import Resource
from resources.views import send_file


class DraftFileView(PermissionCheckedMixin, View):
    """A file of the latest version of a publication."""

    model = Resource
    permission_required = "change"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file as readers will get it; 404 where the version has no such row, or a link in it."""
        resource = get_object_or_404(Resource, pk=kwargs["pk"]).get_latest_revision_as_object()
        row = next((row for row in resource.files.all() if row.code == kwargs["code"] and row.file), None)
        if row is None:
            raise Http404
        return send_file(request, row)
