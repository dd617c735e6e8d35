"""Start the site from nothing, or again: `manage.py serve`."""

import gc
import sys
from argparse import ArgumentParser, ArgumentTypeError
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import DatabaseError, connection, connections

from pages import background
from pages.startup import first_start, preflight, preparation
from pages.startup.first_start import SignIn
from pages.startup.server import Server
from pages.startup.stopping import FirstSignal, serve_until_signal
from pages.tagged_pdf import can_make_pdf

NO_PDF = (
    "No PDF of the manual: Pango is missing on this machine. "
    "Where it is Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
# Objects between two looks for garbage, of Python's usual 2,000: migrations make models by the thousand and keep them,
# and looking through them takes a tenth of their time, for 10 MB.
WHILE_PREPARING = 100_000
NO_ACCOUNT = "Nobody can sign in yet. Make the first administrator, who gets a link: manage.py init --admin ADDRESS"
GO_ON = "When that is put right, start again: it goes on from here. --traceback shows more."


def number(text: str, name: str, most: int) -> int:
    """Read a number from 1 to `most` from the command line."""
    if text.isdecimal() and 0 < int(text) <= most:
        return int(text)
    raise ArgumentTypeError(f"{text} is no {name}: choose a number from 1 to {most}")


def shortcomings() -> list[str]:
    """Return what this machine cannot do, a line each."""
    return [] if can_make_pdf() else [NO_PDF]


class Command(BaseCommand):
    help = "Prepare what is missing (database, static files, starter content, sign-ins) and serve the site."
    requires_system_checks = []  # a second start must answer at once; `manage.py check` is run by the tests

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for all (%(default)s)")
        # `manage.py` reads the port too: it decides the default of SITE_URL, before there are settings
        port = partial(number, name="port", most=65535)
        parser.add_argument("--port", type=port, default=8000, help="port to listen on (%(default)s)")
        threads = partial(number, name="number of threads", most=200)
        parser.add_argument("--threads", type=threads, default=64, help="requests answered at a time (%(default)s)")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--no-prepare", action="store_true", help="serve at once what was prepared before")
        which.add_argument("--prepare-only", action="store_true", help="prepare, and do not serve")

    def handle(self, *args: Any, host: str, port: int, threads: int, **options: Any) -> None:
        gc.freeze()  # what is loaded stays; `manage.py` kept it from being looked through
        gc.enable()
        usual = gc.get_threshold()
        gc.set_threshold(WHILE_PREPARING, *usual[1:])
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        preflight.keep_private()
        lock = preflight.StartLock(settings.DATA_DIR)
        if not options["prepare_only"]:
            preflight.free_address(host, port)
        if not options["no_prepare"]:
            preflight.check_database()
            lock.acquire(self.stdout.write)
        try:
            self._check_prepared() if options["no_prepare"] else self._prepare()
        except DatabaseError as error:
            raise CommandError(f"The database refused ({preflight.one_line(error)}). {GO_ON}") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or settings.DATA_DIR} cannot be written ({error.strerror}). {GO_ON}"
            ) from error
        gc.set_threshold(*usual)
        if options["prepare_only"]:
            return
        # once more: another start may have come first while this one prepared or waited
        self._serve(preflight.free_address(host, port), port, threads, lock)

    def _check_prepared(self) -> None:
        """Refuse what is not prepared; while a server is away, the site serves what is cached."""
        try:
            preflight.check_database()
        except CommandError as error:
            if connection.vendor == "sqlite":
                raise
            self.stdout.write(f"{error} Until it answers, cached pages are served.")
        else:
            preparation.check_prepared()
            first_start.refuse_examples()
        connections.close_all()

    def _prepare(self) -> None:
        preflight.lock_database(self.stdout.write)
        preparation.migrate(self.stdout)
        preparation.collect_static_files(self.stdout)
        first_start.load_content(self.stdout)
        first_start.refuse_examples()
        first_start.keep_site_address()
        first_start.make_sign_ins(self._show_sign_ins)
        if not get_user_model().objects.exists():
            self.stdout.write(NO_ACCOUNT)
        connections.close_all()  # ends the database lock, and no process may share a connection

    def _show_sign_ins(self, sign_ins: list[SignIn]) -> None:
        width = max(len(sign_in.address) for sign_in in sign_ins)
        lines = [f"\nSign in at {settings.SITE_URL}/admin/ as"]
        lines += [f"  {one.address:<{width}}  {one.password}" for one in sign_ins if one.password]
        lines += ["The passwords are shown only now. To set others: manage.py changepassword administrator", ""]
        for one in sign_ins:
            if not one.password:
                where = settings.DATA_DIR / "mail"
                lines += [f"Sign in at {settings.SITE_URL}{one.path} with a code by mail, which lies in {where}, as"]
                lines += [f"  {one.address}", ""]
        self.stdout.write("\n".join(lines) + "\n")
        self.stdout.flush()

    def _serve(self, address: str, port: int, threads: int, lock: preflight.StartLock) -> None:
        """Serve in this process until interrupted."""
        application = get_internal_wsgi_application()
        server = Server(application, getattr(application, "at_once", None), address, port, threads)
        first_signal = FirstSignal(server)  # whoever reads that it serves may stop it
        lock.release()  # the next start finds the port taken
        for line in shortcomings():
            self.stdout.write(line)
        self.stdout.write(f"Serving {settings.SITE_URL} on {address}, port {port}. Stop with Ctrl-C.")
        background.start()
        serve_until_signal(server, first_signal, port)
