"""The permanent address of a part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pages.manual.index import replacement_of
from pages.manual.models.parts import ManualPart
from pages.manual.pages.step import read_index


def part(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the permanent address of a part to where it is now; 410 where it is no more.

    Never a permanent redirect: browsers keep those, and the part may move again.
    """
    known = ManualPart.objects.select_related("replaced_by").filter(code=code).first()
    if known is None:
        raise Http404
    index = read_index()
    if part := index.part(code):
        return redirect(part.url)
    return render(request, "410.html", {"page": None, "replacement": replacement_of(known, index)}, status=410)
