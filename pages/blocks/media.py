"""Tables and pictures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from pages.blocks.text import TEXT_FEATURES


class TableBlock(blocks.StructBlock):
    """A table whose columns always have headers, and whose rows may."""

    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES, required=False))], label=_("table")
    )
    row_headers = blocks.BooleanBlock(label=_("the first column names the rows"), required=False, default=True)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with headers, and a caption that says what it shows.")
        template = "blocks/table.html"
        form_layout = blocks.BlockGroup(children=["table"], settings=["row_headers"])

    def get_context(self, value: blocks.StructValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the rows, each cell with its column: on a narrow screen its heading stands above it."""
        table = value["table"]
        rows = [list(zip(table.columns, row, strict=True)) for row in table.rows] if table else []
        return {**super().get_context(value, parent_context), "rows": rows}

    def get_preview_value(self) -> blocks.StructValue:
        """Return a small table; built here because a typed table is no plain value."""
        column = {"type": "text", "heading": "Vem"}
        table = self.child_blocks["table"].to_python(
            {
                "columns": [column, {**column, "heading": "När"}],
                "rows": [{"values": ["<p>Socialnämnden</p>", "<p>När som helst</p>"]}],
                "caption": "Vem kan ansöka",
            }
        )
        return self.normalize({"table": table, "row_headers": True})


class PictureBlock(ImageBlock):
    """Wagtail's block of a picture, which names its chooser in English whatever the language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.child_blocks["image"].label = _("image")


class FigureBlock(blocks.StructBlock):
    """A picture with a text alternative for this use, and a caption."""

    image = PictureBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture; say in words what it shows, or mark it as decoration.")
        template = "blocks/figure.html"
        preview_template = "blocks/figure_preview.html"
