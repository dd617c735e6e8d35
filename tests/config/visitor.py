"""The program that `processes.visit` runs: sends the requests it reads, writes down the answers."""

import json
import sys
from typing import Any

import django
from django.conf import settings
from django.http import HttpResponse
from django.test import Client


def written_down(response: HttpResponse) -> dict[str, Any]:
    return {
        "status": response.status_code,
        "headers": dict(response.items()),
        "cookies": response.cookies.output(header=""),
        "text": response.content.decode(),
    }


if __name__ == "__main__":
    # The hashed names of production need `collectstatic`, which takes longer than all the rest: few tests run it.
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()
    client = Client(raise_request_exception=False)
    json.dump([written_down(client.generic(**request)) for request in json.load(sys.stdin)], sys.stdout)
