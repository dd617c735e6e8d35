"""The one form for messages: kept, mailed, and thanked for. No cookie is set and no answer is stored."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from contacts.messages.delivery import keep_and_mail
from contacts.messages.forms import MessageForm, message_about
from contacts.messages.protection import PERIOD, comes_from_this_site, is_within_limit, new_token
from contacts.models import MessageKind
from pages.html.links import view_urls
from pages.models import HomePage
from pages.shared_memo import render_with_memo


@csrf_exempt  # Django's protection needs a cookie; `comes_from_this_site` and the token are ours
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def write(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep what was written in it."""
    if request.method != "POST":
        about = message_about(request.GET)
        kind = MessageKind.WRONG_NUMBER if about.coordinator else request.GET.get("kind", "")
        return _show(request, MessageForm(initial={"kind": kind}, instance=about))
    if not comes_from_this_site(request):
        return _show(request, MessageForm(), HTTPStatus.FORBIDDEN)
    form = MessageForm(request.POST, instance=message_about(request.POST))
    if not form.is_valid():
        return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_within_limit(request):
        form.add_error(None, _("Many messages have come from your network. Try again in an hour; your text is kept."))
        return _show(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    message = form.save(commit=False)
    keep_and_mail(message)
    return redirect(reverse("message-sent", query={"page": message.page} if message.page else None))


@cache_control(no_store=True)
def sent(request: HttpRequest) -> HttpResponse:
    """Thank for a message."""
    context = {
        "heading": _("Thank you for your message"),
        "description": _("The site’s editors have your message."),
        "section_path": message_about(request.GET).page,
        "language_urls": view_urls("message-sent"),
    }
    return render(request, "contacts/message_sent.html", context)


def _title_at(address: str) -> str:
    """Return the title of the published page at an address in the active language; "" for what is none of the tree."""
    home = HomePage.for_active_language()
    if not home or not home.url or not address.startswith(home.url):
        return ""
    url_path = home.url_path + address.removeprefix(home.url)
    return Page.objects.live().filter(url_path=url_path).values_list("title", flat=True).first() or ""


def _show(request: HttpRequest, form: MessageForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    response = render_with_memo(lambda: _rendered(request, form, status))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(PERIOD)
    return response


def _rendered(request: HttpRequest, form: MessageForm, status: HTTPStatus) -> HttpResponse:
    context = {
        "heading": _("Report a problem"),
        "description": _(
            "Report a wrong number, a problem on a page or something that is not accessible. You can be anonymous."
        ),
        "form": form,
        "section_path": form.instance.page,
        "about": _title_at(form.instance.page) or form.instance.page,
        "token": new_token(),
        "refused": status == HTTPStatus.FORBIDDEN,
        "kept_days": settings.MESSAGES_KEPT_DAYS,
        "language_urls": view_urls("message"),
    }
    return render(request, "contacts/message.html", context, status=status)
