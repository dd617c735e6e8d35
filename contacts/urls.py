"""Addresses of the contacts outside the page tree."""

from django.urls import path
from django.utils.translation import pgettext_lazy
from wagtail.utils.urlpatterns import decorate_urlpatterns

from contacts.exports import views as exports
from contacts.exports.pocket_cards import pocket_card
from contacts.messages import views as messages
from contacts.own_entry.revert import revert
from contacts.suggestions import locality_names, place_names
from pages.requests import read_only

# In every language at once.
once = decorate_urlpatterns(
    [
        path("register/<slug:name>.json", exports.register_json, name="register-json"),
        path("register/<slug:name>.csv", exports.register_csv, name="register-csv"),
    ],
    read_only,
)

# Below the prefix of each language. "Register" is Swedish too.
in_each_language = decorate_urlpatterns(
    [
        path("register/", exports.registers, name="registers"),
        path("register/coordinators/<uuid:uid>.vcf", exports.coordinator_card, name="coordinator-card"),
        path("register/counties/<slug:code>.vcf", exports.county_cards, name="county-cards"),
        path("register/counties/<slug:code>.pdf", pocket_card, name="pocket-card"),
        path("register/lookup/names.json", place_names, name="place-names"),
        path("register/lookup/localities.json", locality_names, name="locality-names"),
        path(pgettext_lazy("address of the thanks for a message", "message/sent/"), messages.sent, name="message-sent"),
    ],
    read_only,
)
in_each_language += [
    path(pgettext_lazy("address of the form for messages", "message/"), messages.write, name="message"),
    # The only one of the own pages that somebody opens who has not signed in.
    path("koordinator/aterstall/<str:token>/", revert, name="revert"),
]
