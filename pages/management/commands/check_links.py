"""Walk through the published site and note the links that lead nowhere; run every day."""

from argparse import ArgumentParser
from typing import Any

from pages.jobs.command import JobCommand
from pages.links.checking import check_links


class Command(JobCommand):
    """Notes what is broken for the report in the admin."""

    help = "Look at every link of the published site: pages, places in them, files and numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--external", action="store_true", help="also ask other websites, once a second at most")

    def handle(self, *args: Any, external: bool, **options: Any) -> None:
        self.stdout.write(f"{check_links(external=external)} broken links.")
