"""Tables and pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from pages.blocks.text import TEXT_FEATURES


class TableBlock(blocks.StructBlock):
    """A table whose columns always have headers, and whose rows may."""

    table = TypedTableBlock([("text", blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES))], label=_("table"))
    row_headers = blocks.BooleanBlock(label=_("the first column names the rows"), required=False, default=True)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with headers, and a caption that says what it shows.")
        template = "blocks/table.html"
        form_layout = blocks.BlockGroup(children=["table"], settings=["row_headers"])

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


class FigureBlock(blocks.StructBlock):
    """A picture with a text alternative for this use, and a caption."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture; say in words what it shows, or mark it as decoration.")
        template = "blocks/figure.html"
        preview_template = "blocks/figure_preview.html"
