"""What a live site begins with: `manage.py init`."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from config.first_administrator import administrator, password_link, send_link
from pages.examples import published_examples
from pages.starter import loader
from pages.starter.facts import load_facts
from pages.startup import first_start, preflight, preparation


class Command(BaseCommand):
    """Each option stands alone and may be given again; without any, the database is prepared."""

    help = "Prepare the database of a live site; make its first administrator, load texts, take examples down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is asked for."""
        parser.add_argument(
            "--admin", metavar="ADDRESS", help="make an administrator, and mail them a link to choose a password"
        )
        parser.add_argument(
            "--show-link", action="store_true", help="write the link here and send no mail: who reads it can sign in"
        )
        parser.add_argument("--texts", action="store_true", help="load the starter texts into a site without pages")
        parser.add_argument(
            "--take-down-examples", action="store_true", help="unpublish invented coordinators, publications and hours"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked for, in an order in which the rest may depend on it."""
        preflight.check_database()
        preflight.lock_database(self.stdout.write)
        preparation.migrate(self.stdout)
        load_facts()
        if options["take_down_examples"]:
            self._take_down_examples()
        if options["texts"]:
            self._load_texts()
        if options["admin"]:
            self._make_administrator(options["admin"], show_link=options["show_link"])

    def _take_down_examples(self) -> None:
        with transaction.atomic():
            for example in published_examples():
                example.take_down()
                self.stdout.write(f"Taken down: {example}")

    def _load_texts(self) -> None:
        if not loader.is_empty():
            raise CommandError("There are pages already. The starter texts are for a site that has none.")
        first_start.load_texts(self.stdout)
        first_start.keep_site_address()
        self.stdout.write("Read every text before the site is announced: none of them is the agency's.")

    def _make_administrator(self, address: str, *, show_link: bool) -> None:
        try:
            with transaction.atomic():
                user = administrator(address)
            if not show_link:
                send_link(user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(
                f"The account is made, but the mail was not sent ({preflight.one_line(error)}). Correct EMAIL_URL and "
                "give this command again; or add --show-link, by which the link is written here."
            ) from error
        if show_link:
            self.stdout.write(f"{user.email} chooses a password here, once, within an hour:\n{password_link(user)}")
        else:
            self.stdout.write(f"{user.email} has a mail with a link to choose a password, within an hour.")
