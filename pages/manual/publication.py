"""What publishing a step of the manual does to its parts: ids kept apart, changes told, positions recorded.

Called by `ManualStepPage.save` in its transaction, so on every path that publishes: editor,
workflow, schedule, bulk action, command.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.models import Revision

from pages.manual.content import compared_text, content_of, has_changed
from pages.manual.models.changes import ChangeKind, PartChange
from pages.manual.models.parts import ManualPart, PublishedPart, copied_id, part_code
from pages.refusals import RefusedError
from pages.render_context import reading_once

# A ManualStepPage: page types stand on top of this module, so it cannot name their classes.
type StepPage = Any

NO_NOTE = {"change_note": "", "is_minor_edit": False}


class UnexplainedChangesError(RefusedError):
    """Parts of a step changed since they were published and do not say how; the summary names them."""

    def __init__(self, step: StepPage, positions: list[int]) -> None:
        headings = ", ".join(f"“{step.parts[position].value['heading']}”" for position in positions)
        summary = _("Changed parts do not say what changed: %(headings)s.") % {"headings": headings}
        message = _("This part has changed. Write what changed, or mark it as a minor edit.")
        errors = {
            position: StructBlockValidationError({"change_note": ValidationError(message)}) for position in positions
        }
        super().__init__(step, summary, {"parts": StreamBlockValidationError(errors, [summary])})


def keep_ids_apart(step: StepPage) -> None:
    """Give every part an id; one that belongs to another step, or is here twice, gets an id of its own.

    So does one whose code is another part's: 1 in 4 billion of new ids begins as another does.
    """
    others = type(step).objects.filter(locale=step.locale_id).exclude(pk=step.pk)
    taken = {raw.get("id") for parts in others.values_list("parts", flat=True) for raw in parts.raw_data}
    ids = [part.id or str(uuid4()) for part in step.parts]
    known = _known_parts(ids)
    for position, part_id in enumerate(ids):
        while part_id in ids[:position] or not _is_free(part_id, step, known, taken):
            part_id = copied_id(part_id, step)  # noqa: PLW2901
            known |= _known_parts([part_id])
        ids[position] = part_id
    if ids != [part.id for part in step.parts]:
        # A copy shares its parts with the page in memory that it was made from: that page keeps its ids.
        parts = [(part.block_type, part.value, part_id) for part, part_id in zip(step.parts, ids, strict=True)]
        step.parts = StreamValue(step.parts.stream_block, parts)


def _known_parts(ids: Iterable[str]) -> dict[str, ManualPart]:
    return ManualPart.objects.in_bulk([part_code(part_id) for part_id in ids], field_name="code")


def _is_free(part_id: str, step: StepPage, known: dict[str, ManualPart], taken: set[str]) -> bool:
    published = known.get(part_code(part_id))
    if published is None:
        return part_id not in taken
    return str(published.pk) == part_id and published.step_key == step.translation_key


def _note(part: StreamValue.StreamChild) -> str:
    return part.value["change_note"].strip()


def published_before(step: StepPage) -> dict[str, PublishedPart]:
    """Return what is on record about the parts of this step and those that were on it, by id. One query."""
    ids = [part.id for part in step.parts]
    known = PublishedPart.objects.filter(locale=step.locale_id)
    found = known.filter(part__in=ids) | known.filter(page=step.pk, page__isnull=False)
    return {str(published.part_id): published for published in found.select_related("page")}


def refuse_unexplained_changes(step: StepPage) -> None:
    """Raise UnexplainedChangesError where a part that readers can read has changed and does not say how."""
    before = published_before(step)
    positions = [
        position
        for position, part in enumerate(step.parts)
        if part.id in before
        and before[part.id].page_id == step.pk
        and has_changed(part, before[part.id].content)
        and not (_note(part) or part.value["is_minor_edit"])
    ]
    if positions:
        raise UnexplainedChangesError(step, positions)


def record_changes(step: StepPage) -> None:
    """Write down what changes by this publication, before it is saved; the notes in the draft have then served."""
    before = published_before(step)
    with override(step.locale.language_code), reading_once():  # some blocks have words of their own
        changes = [_change(step, part, before.pop(part.id, None)) for part in step.parts]
        gone = [_removal(step, published) for published in before.values()]
    PartChange.objects.bulk_create([change for change in changes if change] + gone)
    empty_notes(step)
    for part in step.parts:
        known = {"code": part_code(part.id), "step_key": step.translation_key}
        ManualPart.objects.get_or_create(pk=part.id, defaults=known)


def empty_notes(step: StepPage) -> None:
    """Take the notes about changes from the parts of a step, which is not saved."""
    for part in step.parts:
        part.value.update(NO_NOTE)


def empty_notes_of(revision: Revision) -> None:
    """Take the notes from a revision that was published: what they tell is told, whenever it is published again."""
    parts = json.loads(revision.content["parts"])
    for part in parts:
        part["value"].update(NO_NOTE)
    revision.content["parts"] = json.dumps(parts)
    revision.save(update_fields=["content"])


def record_removal(step: StepPage) -> None:
    """Write down that readers can read the parts of a step no more, since it is unpublished or deleted."""
    with override(step.locale.language_code), reading_once():
        gone = [_removal(step, published) for published in step.published_parts.all()]
    PartChange.objects.bulk_create(gone)
    step.published_parts.update(page=None)


def _change(step: StepPage, part: StreamValue.StreamChild, old: PublishedPart | None) -> PartChange | None:
    if old and old.page_id and not has_changed(part, old.content):
        return None
    kind = ChangeKind.CHANGED if old and old.page_id else ChangeKind.RETURNED if old else ChangeKind.ADDED
    content = content_of(part)
    return PartChange(
        part_id=part.id,
        kind=kind,
        heading=content["heading"],
        note=_note(part),
        is_minor=bool(part.value["is_minor_edit"]),
        before=compared_text(old.content) if old else "",
        after=compared_text(content),
        **_when_and_where(step),
    )


def _removal(step: StepPage, gone: PublishedPart) -> PartChange:
    return PartChange(
        part_id=gone.part_id,
        kind=ChangeKind.REMOVED,
        heading=gone.heading,
        before=compared_text(gone.content),
        **_when_and_where(step),
    )


def _when_and_where(step: StepPage) -> dict[str, Any]:
    return {"locale_id": step.locale_id, "step_title": step.title, "changed_at": timezone.now()}


def record_positions(step: StepPage) -> None:
    """Write down where each part of a published step is, and which are on it no more."""
    for position, part in enumerate(step.parts):
        PublishedPart.objects.update_or_create(
            part_id=part.id,
            locale_id=step.locale_id,
            defaults={
                "page": step,
                "heading": part.value["heading"],
                "sort_order": position,
                "content": content_of(part),
            },
        )
    step.published_parts.exclude(part__in=[part.id for part in step.parts]).update(page=None)
