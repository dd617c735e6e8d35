"""Contacts as files: vCards, and the registers as JSON and CSV."""

import hashlib
import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from contacts.confirmation import today
from contacts.exports import spreadsheets, vcards
from contacts.exports.registers import REGISTERS, Register
from contacts.models import Coordinator, County
from pages.html.headings import Heading
from pages.html.links import view_urls
from pages.page_cache.rules import cacheable

# Kept, but asked about each time: a number that was changed is never served from a copy.
asked_about = cache_control(public=True, max_age=0, must_revalidate=True)


@cacheable
@asked_about
def coordinator_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Offer a published coordinator as a contact to save."""
    coordinator = get_object_or_404(Coordinator.objects.published(), uid=uid)
    return _file(vcards.cards([coordinator]), vcards.MEDIA_TYPE, vcards.file_name(coordinator.name))


@cacheable
@asked_about
def county_cards(request: HttpRequest, code: str) -> HttpResponse:
    """Offer all published coordinators of a county in one file."""
    county = get_object_or_404(County, code=code)
    coordinators = Coordinator.objects.published().for_county(county).prefetch_related("counties")
    if not coordinators:
        raise Http404
    return _file(vcards.cards(coordinators), vcards.MEDIA_TYPE, vcards.file_name(county.name))


@cacheable
@asked_about
def register_json(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a register as JSON, under its name."""
    rows = list(_register(name).rows())
    data = {
        "generated_at": timezone.localtime().isoformat(timespec="seconds"),
        "licence": None,  # none has been given
        "documentation": settings.SITE_URL + reverse("registers"),
        name: rows,
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    # Of the rows alone, so that a copy is out of date only when they are.
    response.headers["ETag"] = f'"{hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]}"'
    return response


@cacheable
@asked_about
def register_csv(request: HttpRequest, name: str) -> HttpResponse:
    """Offer a register as a file for spreadsheets."""
    register = _register(name)
    table = spreadsheets.write(register.columns, register.table())
    return _file(table, spreadsheets.MEDIA_TYPE, f"{name}-{today()}.csv")


@cacheable
def registers(request: HttpRequest) -> HttpResponse:
    """Explain the registers and their fields."""
    context = {
        "heading": _("The registers as data"),
        "description": _("Coordinators, municipalities and the numbers to call as JSON and CSV, each field explained."),
        "registers": REGISTERS.values(),
        "headings": [
            Heading("files", escape(_("How the files are written")), 2),
            *(Heading(each.name, escape(each.title), 2) for each in REGISTERS.values()),
        ],
        "language_urls": view_urls("registers"),
    }
    return render(request, "contacts/registers.html", context)


def _register(name: str) -> Register:
    if name not in REGISTERS:
        raise Http404
    return REGISTERS[name]


def _file(content: str, media_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})
