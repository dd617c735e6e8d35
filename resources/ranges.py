"""A part of a file, where a reader's program asks for one: to go on after a break, or to show page 40 first."""

import re
from collections.abc import Mapping
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from whitenoise.responders import SlicedFile

ONE_RANGE = re.compile(r"bytes=\s*(?:(?P<first>\d{1,18})-(?P<last>\d{1,18})?|-(?P<suffix>\d{1,18}))\s*", re.IGNORECASE)


class NotSatisfiableError(ValueError):
    """The range begins behind the end of the file."""


def answer_with_range(
    request: HttpRequest, file: IO[bytes], size: int, etag: str, headers: Mapping[str, str]
) -> HttpResponseBase:
    """Return the file, or the part that was asked for (206), 304 for who has this version, 416 for what is not there.

    `etag` is strong, in quotation marks; `headers` say what the file is. It is closed with the answer.
    """
    about = {**headers, "ETag": etag, "Accept-Ranges": "bytes"}
    if unchanged := get_conditional_response(request, etag=etag):
        file.close()
        unchanged.headers["ETag"] = etag
        return unchanged
    try:
        asked = _range(request, size, etag)
    except NotSatisfiableError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if asked is None:
        return _answer(FileResponse(file), about | {"Content-Length": str(size)})
    first, last = asked
    about |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    return _answer(FileResponse(SlicedFile(file, first, last), status=206), about)


def _answer(response: FileResponse, headers: Mapping[str, str]) -> FileResponse:
    """Set headers, which FileResponse would overwrite with what it guesses from the name of the stored file."""
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Return the first and last byte that are asked for; None for the whole file.

    So for what cannot be read, for several ranges, and for a part of another version (RFC 9110, 14.2).
    """
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    if match["suffix"]:
        first, last = max(size - int(match["suffix"]), 0), size - 1
    else:
        first, last = int(match["first"]), min(int(match["last"] or size - 1), size - 1)
        if match["last"] and int(match["last"]) < first:
            return None
    if first > last:
        raise NotSatisfiableError
    return first, last
