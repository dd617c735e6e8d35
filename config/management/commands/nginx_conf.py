"""Write nginx's configuration of this site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from config.nginx import nginx_files, servers
from contacts.models import SupportLine


class Command(BaseCommand):
    help = "Write nginx's configuration of this site, and the page for when the site does not answer, into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and where the site listens."""
        parser.add_argument("folder", type=Path, help="such as /etc/nginx/stod")
        application = "host and port of `manage.py serve`; once for each of several (127.0.0.1:8000)"
        parser.add_argument("--application", action="append", help=application)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files; refuse while there are no numbers for the page."""
        lines = list(SupportLine.objects.with_hours())
        if not lines:
            raise CommandError("The site has no numbers to call yet: `manage.py init` gives it them.")
        try:
            applications = servers(options["application"] or ["127.0.0.1:8000"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        folder = options["folder"].absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in nginx_files(folder, applications, lines).items():
                (folder / name).write_text(content, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{folder} cannot be written ({error.strerror}).") from error
        self.stdout.write(f"{folder / 'site.conf'}: set what is marked <<, and link it from sites-enabled/.")
