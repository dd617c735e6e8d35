"""The guide as a figure in its form in the admin."""

from typing import Any

from wagtail.admin.panels import Panel

from contacts.guide.blocks import graph_of
from contacts.guide.figure import Figure


class FigurePanel(Panel):
    """Shows the saved draft as a figure."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in the form of a guide."""

        template_name = "contacts/admin/guide_figure.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the figure."""
            context = super().get_context_data(parent_context)
            return context | {"figure": Figure.of(graph_of(self.instance.nodes))}
