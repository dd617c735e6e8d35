"""What an editor's browser sends: the form of a page as Wagtail's script would fill it in."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

FormData = dict[str, Any]


def page_form(page: Page, *buttons: str, **changes: Any) -> FormData:
    """Return the fields of the page's form as they are when it is opened, with `changes`, and the buttons pressed."""
    form = page.get_edit_handler().get_form_class()(instance=page, parent_page=page.get_parent())
    data: FormData = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if hasattr(field, "block"):
            data |= block_form(field.block, value, name)
        else:
            data[name] = field.widget.format_value(field.prepare_value(value))
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    sent = data | changes | dict.fromkeys(buttons, "1")
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def block_form(block: blocks.Block, value: Any, name: str) -> FormData:
    """Return the fields of a block."""
    if isinstance(block, ImageBlock):
        texts = {f"{name}-image": str(value.pk), f"{name}-alt_text": value.contextual_alt_text or ""}
        return texts | ({f"{name}-decorative": "on"} if value.decorative else {})
    if isinstance(block, blocks.StructBlock):
        fields = (block_form(child, value.get(key), f"{name}-{key}") for key, child in block.child_blocks.items())
        return {key: field for of_child in fields for key, field in of_child.items()}
    if isinstance(block, blocks.StreamBlock):
        return _sequence([(child.block, child.value, child.id, child.block_type) for child in value], name)
    if isinstance(block, blocks.ListBlock):
        return _sequence([(block.child_block, child.value, child.id, "item") for child in value.bound_blocks], name)
    assert isinstance(block, blocks.FieldBlock), f"no form for {type(block).__name__}"
    return {name: block.field.widget.format_value(block.field.prepare_value(block.value_for_form(value)))}


def _sequence(children: list[tuple[blocks.Block, Any, str, str]], name: str) -> FormData:
    data: FormData = {f"{name}-count": str(len(children))}
    for place, (block, value, child_id, block_type) in enumerate(children):
        own = f"{name}-{place}"
        data |= {f"{own}-deleted": "", f"{own}-order": str(place), f"{own}-type": block_type, f"{own}-id": child_id}
        data |= block_form(block, value, f"{own}-value")
    return data
