"""Search in lists of some hundred rows."""

from typing import Any

from django.db.models import QuerySet
from wagtail.snippets.views.snippets import IndexView


class SwedishSearchIndexView(IndexView):
    """A list in which every word of the query must be somewhere in the row.

    Compared here rather than by the database: SQLite takes Å and å for different letters.
    """

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows that hold all words."""
        wanted = self.search_query.casefold().split()
        if not wanted:
            return queryset
        rows = {
            pk: " ".join(str(value) for value in values if value).casefold()
            for pk, *values in queryset.model.objects.values_list("pk", *self.search_fields)
        }
        return queryset.filter(pk__in=[pk for pk, text in rows.items() if all(word in text for word in wanted)])
