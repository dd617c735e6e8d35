"""The files of published resources, each at its permanent address."""

import hashlib

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control

from resources.models.files import ResourceFile
from resources.ranges import answer_with_range


@cache_control(public=True, max_age=0, must_revalidate=True)  # asked about each time: it may have been replaced
def resource_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Send a file whose resource is published; 404 for every other, as if it were not there."""
    files = ResourceFile.objects.select_related("resource").exclude(file="")
    row = get_object_or_404(files, code=code, resource__live=True)
    return send_file(request, row)


def send_file(request: HttpRequest, row: ResourceFile) -> HttpResponseBase:
    """Send the file of a row, to be read in the browser; 404 where it is lost."""
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    # Every version has a name of its own, so name and size tell them apart.
    tag = f'"{hashlib.sha256(f"{row.file.name} {row.size}".encode()).hexdigest()[:32]}"'
    headers = {
        "Content-Type": row.media_type,
        "Content-Disposition": str(content_disposition_header(as_attachment=False, filename=row.download_name)),
        "Content-Language": row.language,
    }
    return answer_with_range(request, content, row.file.size, tag, headers)
