"""Which entry a user may change: found from the signed-in user at every request, never from the address."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.own_entry.edit_tokens import WrongObject
from contacts.sign_in import INVITE

# The entry, by its uid, that a deputy has switched to.
_SESSION_KEY = "chosen_entry"


@dataclass(frozen=True, slots=True)
class EntryAccess:
    """The entry that a user may change in this request; the row is locked in a POST."""

    user: AbstractBaseUser
    own: Coordinator
    entry: Coordinator

    @property
    def is_deputy(self) -> bool:
        return self.entry != self.own

    @property
    def others(self) -> list[Coordinator]:
        """The entries that the user may switch to."""
        return [entry for entry in Coordinator.objects.entrusted_to(self.user) if entry != self.entry]


def may_change(entry: Coordinator, user_id: int) -> bool:
    """Tell whether an account may change an entry now: as editor, as its owner, or as deputy during the leave."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None or entry.left_on:
        return False
    is_keeper = entry.user_id == user_id or Coordinator.objects.entrusted_to(user).filter(pk=entry.pk).exists()
    return is_keeper or user.has_perm("contacts.publish_coordinator")


def has_changed_hands(user_id: int, since: ModelLogEntry) -> bool:
    """Tell whether a coordinator's account was given another address after a row of the log, to somebody else maybe."""
    entry = Coordinator.objects.filter(user=user_id).first()
    given = ModelLogEntry.objects.for_instance(entry).filter(action=INVITE, pk__gt=since.pk) if entry else ()
    return any(row.data["old_address"] not in {"", row.data["address"]} for row in given)


def private[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Keep a view's answers out of every store and search engine."""

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def with_entry_access[**P](
    view: Callable[Concatenate[HttpRequest, EntryAccess, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give a view the entry that this request may change, locked until the answer of a POST is made."""

    @private
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # What was posted is lost on the way, and some addresses take nothing else.
            return redirect_to_login(reverse("own_entry:entry") if request.method == "POST" else request.path)
        # Not for reading: on SQLite every transaction waits for the one that writes.
        with transaction.atomic() if request.method == "POST" else nullcontext():
            own = Coordinator.objects.filter(user=request.user, left_on=None).first()
            if own is None:
                return render(request, "contacts/own_entry/no_entry.html", status=403)
            entry = _current_entry(request, request.user, own)
            if entry is None:
                switch_to(request, own)
                messages.error(request, _("The leave is over, so you no longer keep that entry. Nothing was saved."))
                return redirect("own_entry:entry")
            try:
                return view(request, EntryAccess(request.user, own, entry), *args, **kwargs)
            except WrongObject:
                messages.error(request, _("You now keep another entry than the page was about. Nothing was saved."))
                return redirect("own_entry:entry")

    return answer


def switch_to(request: HttpRequest, entry: Coordinator) -> None:
    """Switch to an entry until further notice; whether the user may is asked at each request."""
    request.session[_SESSION_KEY] = str(entry.uid)


def _current_entry(request: HttpRequest, user: AbstractBaseUser, own: Coordinator) -> Coordinator | None:
    """Return one's own entry or the one that was switched to, locked in a POST; None when its leave is over."""
    uid = request.session.get(_SESSION_KEY, str(own.uid))
    entries = Coordinator.objects.filter(uid=uid)
    # Asked again of one's own entry: it may have been closed while this request waited for the row.
    entries = entries.filter(user=user, left_on=None) if uid == str(own.uid) else entries.entrusted_to(user)
    if request.method == "POST":
        entries = entries.select_for_update(of=("self",))
    return entries.first()
