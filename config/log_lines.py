"""The log as JSON, for machines that collect it: what happened, to which object, in which request.

Nobody is named: mail and network addresses are left out, and so is what stands behind the question mark of an address.
"""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from pythonjsonlogger.json import JsonFormatter

from pages.log_names import ObjectName

REQUEST_ID = re.compile(r"[0-9a-f]{32}")  # as nginx makes them
MAIL_ADDRESS = re.compile(r"[^\s<>\"'(),:;]+@[^\s<>\"'(),:;]+")
MAYBE_NETWORK_ADDRESS = re.compile(r"(?<![\w.:])[0-9a-fA-F:]*[.:][0-9a-fA-F:.]*(?:/\d+)?(?![\w])")
QUERY = re.compile(r"(?<=\S)\?\S+")
LEFT_OUT = "…"

request_id: ContextVar[str] = ContextVar("request_id", default="")


def number_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request that Django answers a number, that of nginx where it has one, for the log and the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        token = request_id.set(number)
        try:
            return get_response(request)
        finally:
            request_id.reset(token)

    return middleware


class JsonLine(JsonFormatter):
    """One JSON object a line, with these fields alone."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """Fill in what is known; objects are the keys of what the message names."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        objects = [argument.key for argument in arguments if isinstance(argument, ObjectName)]
        told: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_addresses(record.message),
            "request_id": request_id.get(),
            "objects": objects,
            "status": getattr(record, "status_code", None),
            "error": without_addresses(message_dict.get("exc_info", "")),
        }
        log_data |= {name: value for name, value in told.items() if value}


def without_addresses(text: str) -> str:
    """Return a text without mail addresses, network addresses and queries."""
    text = QUERY.sub("?" + LEFT_OUT, MAIL_ADDRESS.sub(LEFT_OUT, text))
    return MAYBE_NETWORK_ADDRESS.sub(_unless_of_a_network, text)


def _unless_of_a_network(found: re.Match[str]) -> str:
    try:
        ip_address(found[0].partition("/")[0].rstrip("."))
    except ValueError:
        return found[0]
    return LEFT_OUT
