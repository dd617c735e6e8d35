"""Addresses of the material outside the page tree, in every language at once."""

from django.urls import path

from pages.requests import read_only
from resources.views import resource_file

urlpatterns = [path("file/<slug:code>/", read_only(resource_file), name="resource-file")]
