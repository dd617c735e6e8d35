#!/usr/bin/env python
"""Run Django's commands, and `serve`, which starts the site from nothing."""

import gc
import os
import sys
from argparse import ArgumentParser

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config import env  # reads .env: a SITE_URL there counts as set


def main() -> None:
    """Run the command; configuration that is wrong is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    gc.disable()  # of what is loaded nothing is garbage, and to look takes an eighth of the time
    try:
        if sys.argv[1:2] == ["serve"]:
            follow_port()  # which loads more, and then enables it
        else:
            django.setup()
            gc.freeze()
            gc.enable()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit(130)


def follow_port() -> None:
    """Let the site's address follow `serve --port`, unless SITE_URL is set.

    Here because the settings, which need the address, are read before any command.
    """
    parser = ArgumentParser(add_help=False)
    parser.add_argument("--port", nargs="?")
    port = parser.parse_known_args()[0].port
    if port and port.isdecimal() and int(port) <= env.MAX_PORT and not os.environ.get("SITE_URL"):
        os.environ["SITE_URL"] = f"http://localhost:{port}"


if __name__ == "__main__":
    main()
