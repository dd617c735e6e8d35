"""What the admin takes as a document, where Wagtail alone would fail."""

from typing import Any

from django.core.files.storage import default_storage
from wagtail.documents.forms import BaseDocumentForm

from pages.admin.room import check_room


class DocumentForm(BaseDocumentForm):
    """The admin's form of a document."""

    def clean_file(self) -> Any:
        """Refuse a file for which there is no room."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_room(file, default_storage)
        return file
