"""The rows of files in the form of a publication, each known by its code."""

from typing import Any

from django.forms import BaseModelForm, CharField, HiddenInput
from django.forms.formsets import BaseFormSet
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from pages.admin.asking import KeepsDrafts
from pages.models.forms import TextsRowForm
from resources.models.files import ResourceFile
from resources.uploads import refuse_unreadable


class FileRowForm(KeepsDrafts, TextsRowForm):
    """Refuses beside its field a file that readers could not open, when the publication is to be published.

    A new one is refused by its field, a stored one here.
    """

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.leads_to_readers:
            self.refuse_with(refuse_unreadable)


class FileFormSet(BaseChildFormSet):
    """Rows that are found again in the latest version, those too that are in no database yet.

    Wagtail finds a row by its id. What a draft adds to a published resource has none, and would be made
    anew at each save: under another code, and without the file, which a browser never sends again.
    """

    def add_fields(self, form: BaseModelForm, index: int | None) -> None:
        """Add the code, but to new rows: the form for them is one that a script copies."""
        super().add_fields(form, index)
        is_known = index is not None and index < self.initial_form_count()
        # A row without id is kept only when it counts as changed.
        is_to_change = self.is_bound and form.instance.pk is None
        form.fields["code"] = CharField(
            required=False,
            widget=HiddenInput,
            initial=form.instance.code if is_known and not is_to_change else None,
            empty_value=None,  # two new rows are no duplicates
        )

    def _construct_form(self, i: int, **kwargs: Any) -> BaseModelForm:
        if self.is_bound and i < self.initial_form_count() and (row := self._row(i)):
            # Past modelcluster's own, which would make an empty row.
            return BaseFormSet._construct_form(self, i, instance=row, **kwargs)  # type: ignore[attr-defined]
        return super()._construct_form(i, **kwargs)

    def _row(self, index: int) -> ResourceFile | None:
        """Return the row of this version that was sent; None where its code is of no such row."""
        code = self.data.get(f"{self.add_prefix(index)}-code")
        return next((row for row in self.get_queryset() if row.code == code), None)


class FilesPanel(InlinePanel):
    """The rows of files."""

    def get_form_options(self) -> dict[str, Any]:
        """Name the rows' own form set, and their form."""
        options = super().get_form_options()
        own = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options()["defer_required_on_fields"]
        form = get_form_for_model(ResourceFile, form_class=FileRowForm, defer_required_on_fields=deferred)
        own |= {"formset": FileFormSet, "form": form}
        return options
