"""Measure answers of the guide for a place, which are stored nowhere: prints JSON."""

import json
import os
import sys

import django

from tests.bench.timing import measured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from tests.contacts.guide.for_places import asking, ways_past_the_place  # noqa: E402

if __name__ == "__main__":
    ask = asking()
    for _way in ways_past_the_place():
        ask()
    sys.stdout.write(json.dumps(measured(ask, connection)) + "\n")
