"""Steps and parts of the manual in tests."""

from typing import Any

from wagtail.blocks import StructValue

from pages.models import ManualStepPage

TABLE = {
    "type": "table",
    "value": {
        "table": {
            "columns": [{"type": "text", "heading": "Vem"}, {"type": "text", "heading": "Nummer"}],
            "rows": [{"values": ["<p>Polisen</p>", '<p><embed embedtype="number" number="urgent"/></p>']}],
            "caption": "Vem man ringer",
        },
        "row_headers": True,
    },
}


def step(slug: str = "akut-skydd", language: str = "sv") -> ManualStepPage:
    """Return a step of the starter content as it is stored."""
    return ManualStepPage.objects.get(slug=slug, locale__language_code=language)


def ids(page: ManualStepPage) -> list[str]:
    """Return the ids of a step's parts in order."""
    return [part.id for part in page.parts]


def part_value(text: str, **fields: Any) -> StructValue:
    """Return the value of a part with one paragraph."""
    block = ManualStepPage.parts.field.stream_block.child_blocks["part"]
    raw = {"heading": "Ny del", "body": [{"type": "text", "value": f"<p>{text}</p>"}], "footnotes": []}
    return block.to_python(raw | fields)


def with_text(
    page: ManualStepPage, text: str, *, place: int = 0, note: str = "", is_minor: bool = False
) -> ManualStepPage:
    """Return the step with another text in one of its parts, not saved."""
    value, new = page.parts[place].value, part_value(text)
    value["body"], value["footnotes"] = new["body"], new["footnotes"]
    value["change_note"], value["is_minor_edit"] = note, is_minor
    return page


def add_parts(count: int, body: list[dict[str, Any]]) -> None:
    """Publish more parts in the second Swedish step."""
    page = ManualStepPage.objects.get(slug="akut-skydd")
    part = page.parts.stream_block.child_blocks["part"]
    for number in range(count):
        value = {"heading": f"Extra del {number}", "body": body, "footnotes": [], "actors": ["police"]}
        page.parts.append(("part", part.to_python(value)))
    page.save_revision().publish()
