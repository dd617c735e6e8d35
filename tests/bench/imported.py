"""Measure what importing the site and its addresses takes: prints JSON, the milliseconds of processor time."""

import gc
import json
import os
import sys
import time

import django
from django.urls import get_resolver

if __name__ == "__main__":
    gc.disable()  # as `serve` does until all is loaded
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    assert len(get_resolver().url_patterns) > 10
    sys.stdout.write(json.dumps({"ms": time.process_time() * 1000}) + "\n")
