"""What the commands that import have in common."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.imports.files import Fault, FileRefused, Row, read_rows

type ImportRow = Callable[[Row], str]  # what became of it; raises ValidationError when it is wrong


class ImportCommand(ABC, BaseCommand):
    """Imports a file in one transaction, or says everything that is wrong with it and imports nothing."""

    required: ClassVar[list[str]]
    optional: ClassVar[list[str]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8, with commas or semicolons; columns: see the README")
        parser.add_argument("--dry-run", action="store_true", help="check the file and say what would be done")

    @abstractmethod
    def importer(self) -> ImportRow:
        """Return what imports a row; made inside the transaction."""

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            results = self._import(read_rows(file, self.required, self.optional), dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except FileRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            raise CommandError(_("Nothing was imported. Faults: %d.") % len(refused.faults)) from refused
        for result, number in sorted(results.items()):
            self.stdout.write(f"{result}: {number}")
        if dry_run:
            self.stdout.write(_("This was a trial: nothing was imported."))

    def _import(self, rows: list[Row], dry_run: bool) -> Counter[str]:
        faults: list[Fault] = []
        results: Counter[str] = Counter()
        with transaction.atomic():
            import_row = self.importer()
            for row in rows:
                try:
                    results[import_row(row)] += 1
                except ValidationError as error:
                    faults += row.faults(error)
            if faults:
                raise FileRefused(faults)
            transaction.set_rollback(dry_run)
        return results
