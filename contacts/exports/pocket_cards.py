"""The pocket card of a county: one sheet to print and fold, with whom to call, the coordinators and the steps."""

import base64
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

import qrcode
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from contacts.duty import duties, office_at
from contacts.models import ContactsPage, Coordinator, County
from contacts.who_to_call import MoreSupport, who_to_call
from pages.html.links import view_urls
from pages.made_files import MadeLaterError, made_path, open_or_make_alone, styles
from pages.models import HomePage, SiteSettings
from pages.tagged_pdf import can_make_pdf, write_tagged_pdf

# There is room on one page, whatever is told of each, for so many coordinators, and beside so many for steps' leads.
SHOWN = 4
SHOWN_WITH_LEADS = 2
RETRY_SECONDS = 5  # a card takes about two


def pocket_card(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """Send the card of a county as a PDF; 503 while another is being made, 404 on a machine that cannot make one."""
    county = get_object_or_404(County, code=code)
    page = ContactsPage.for_active_language()
    if page is None or not can_make_pdf():
        raise Http404
    try:
        name = f"{slugify(pgettext('name of a file', 'pocket card'))}-{county.slug}.pdf"
        return FileResponse(card_file(county, page), as_attachment=True, filename=name)
    except MadeLaterError:
        context = {
            "heading": _("The pocket card is being made"),
            "description": "",
            "county": county,
            "county_url": page.url + page.place_path(county),
            "language_urls": view_urls("pocket-card", county.code),
        }
        response = render(request, "contacts/pocket_card_later.html", context, status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response


def card_file(county: County, page: ContactsPage) -> BinaryIO:
    """Return the card in the active language, opened. It bears its day, and is made anew each day that it is asked for.

    One card is made at a time on this machine; for who asks meanwhile `MadeLaterError` is raised.
    """
    text = card_text(county, page)
    path = made_path("pocket_cards", f"{county.code}-{get_language()}", text, ".pdf")
    return open_or_make_alone(path, lambda unfinished: write_tagged_pdf(text, unfinished))


def card_text(county: County, page: ContactsPage) -> str:
    """Return the card as HTML that needs no other file."""
    call = who_to_call()
    all_of_county = duties(list(Coordinator.objects.for_cards().for_county(county)), office_at(call))
    home, site = HomePage.for_active_language(), SiteSettings.objects.first()
    url = settings.SITE_URL + page.url + page.place_path(county)
    context = {
        "county": county,
        "sender_name": site.sender if site else "",
        "call": replace(call.on_dated_paper(), more=MoreSupport("", ())),
        "duties": all_of_county[:SHOWN],
        "has_more": len(all_of_county) > SHOWN,
        "has_leads": len(all_of_county) <= SHOWN_WITH_LEADS,
        "steps": home.manual_steps if home else [],
        "url": url,
        "qr_code": qr_code(url),
        "style": styles("css/paper.css", "css/pocket_card.css"),
    }
    return render_to_string("files/pocket_card.html", context)


def qr_code(text: str) -> str:
    """Return a QR code as a `data:` address of an SVG; a seventh of it may be soiled or creased (level M)."""
    svg = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage).save(svg)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.getvalue()).decode()}"
