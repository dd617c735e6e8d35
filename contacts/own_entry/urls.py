"""The coordinators' own pages. No address says whose entry it is about: that is who has signed in."""

from django.urls import path

from contacts.own_entry import municipalities, views

app_name = "own_entry"
urlpatterns = [
    path("", views.entry, name="entry"),
    path("andra/", views.change, name="change"),
    path("bekrafta/", views.confirm, name="confirm"),
    path("historik/", views.history, name="history"),
    path("byt/", views.switch, name="switch"),
    path("kommuner/", municipalities.municipalities, name="municipalities"),
    path("kommuner/<slug:code>/", municipalities.municipality, name="municipality"),
]
