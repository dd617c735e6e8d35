"""Wagtail's command of the same name, which stops at the first page that cannot be published."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import DraftStateMixin, Page, Revision

from pages.jobs.command import JobCommand


class Command(JobCommand):
    """Publishes what is scheduled and takes down what has expired; goes on past what is refused, and lists it."""

    help = "Publish and unpublish what is due. What cannot be published is listed and tried again next time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take Wagtail's argument."""
        parser.add_argument("--dryrun", action="store_true", help="Say what is due and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due, and exit with an error if anything was skipped."""
        if options["dryrun"]:
            WagtailCommand(stdout=self.stdout, stderr=self.stderr).handle(dryrun=True)
            return
        skipped = [*self._take_down_expired(), *self._publish_due()]
        if skipped:
            raise CommandError("\n".join([_("Could not be published or taken down:"), *skipped]))

    def _take_down_expired(self) -> Iterator[str]:
        drafted = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
        for model in (Page, *(model for model in drafted if not issubclass(model, Page))):
            for expired in model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
                try:
                    with transaction.atomic():
                        expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
                except ValidationError as refusal:
                    yield _line(expired, refusal)

    def _publish_due(self) -> Iterator[str]:
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            try:
                with transaction.atomic():
                    revision.publish(log_action="wagtail.publish.scheduled")
            except ValidationError as refusal:
                yield _line(revision.content_object, refusal)


def _line(thing: Any, refusal: ValidationError) -> str:
    return f"{thing} ({thing._meta.verbose_name} {thing.pk}): {' '.join(map(str, refusal.messages))}"
