"""What Wagtail cannot do with the parts of the manual: move one to another step, bring one to a translation."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.log_actions import LogContext, log

from pages.manual.models.changes import ChangeKind, PartChange
from pages.manual.models.parts import ManualPart, PublishedPart
from pages.manual.pages.step import ManualStepPage

MOVED = "pages.move_part"
BROUGHT = "pages.bring_parts"


@dataclass(slots=True)
class LiveAndDraft:
    """A step as it is stored, which is what readers see when it is live, and its newer draft where there is one."""

    stored: ManualStepPage
    draft: ManualStepPage | None

    @classmethod
    def of(cls, step: ManualStepPage) -> "LiveAndDraft":
        """Read both."""
        stored = ManualStepPage.objects.select_related("locale").get(pk=step.pk)
        latest = stored.get_latest_revision_as_object()
        return cls(stored, None if latest is stored else latest)

    def has(self, part_id: str) -> bool:
        """Tell whether a part is in one of them."""
        return any(position_of(part_id, step) is not None for step in (self.stored, self.draft) if step)

    def publishes(self, part_id: str) -> bool:
        """Tell whether readers see a part here."""
        return self.stored.live and position_of(part_id, self.stored) is not None


@dataclass(slots=True)
class Move:
    """A part on its way from one step to another, in one language."""

    part_id: str
    source: LiveAndDraft
    target: LiveAndDraft
    user: Any

    @property
    def is_public(self) -> bool:
        """Whether readers see it; a part that is only in drafts stays in drafts."""
        return self.source.publishes(self.part_id)

    def carry_out(self) -> None:
        """Take the part out of one step and put it last in the other."""
        is_public, source, target = self.is_public, self.source, self.target
        published = _take(self.part_id, source.stored)
        drafted = _take(self.part_id, source.draft)
        latest = drafted or published
        heading = latest.value["heading"]
        if is_public:
            self._tell(heading)
            self._publish(source.stored)
        elif published:
            source.stored.save(clean=False)
        if source.draft:
            source.draft.save_revision(user=self.user, clean=False)

        draft = target.draft
        if is_public:
            _put(published, target.stored)
            self._publish(target.stored)
            if not draft and latest.get_prep_value() != published.get_prep_value():
                draft = ManualStepPage.objects.get(pk=target.stored.pk)
        else:
            draft = draft or target.stored
        if draft:
            _put(latest, draft)
            draft.save_revision(user=self.user, clean=False)
        details = {"heading": heading, "step": target.stored.title}
        with LogContext(self.user):  # Wagtail shows one entry of an action in a context; each language has its own
            log(instance=source.stored, action=MOVED, data=details, content_changed=True)

    def _tell(self, heading: str) -> None:
        """Let the record follow first: then no removal is told."""
        source, target = self.source.stored, self.target.stored
        PublishedPart.objects.filter(part=UUID(self.part_id), locale=source.locale_id).update(page=target)
        PartChange.objects.create(
            part_id=self.part_id,
            locale_id=source.locale_id,
            kind=ChangeKind.MOVED,
            heading=heading,
            step_title=target.title,
            changed_at=timezone.now(),
        )

    def _publish(self, step: ManualStepPage) -> None:
        step.save_revision(user=self.user).publish(user=self.user, log_action=False, skip_permission_checks=True)


@transaction.atomic
def move_part(part_id: str, source: ManualStepPage, target: ManualStepPage, user: Any = None) -> None:
    """Move a part to the end of another step, in every language, in what is published and in drafts.

    Raises ValidationError, having changed nothing, where a language lacks the other step or would
    lose a published part. Permissions are the caller's business.
    """
    moves = planned_moves(part_id, source, target, user)
    if not moves:
        raise ValidationError(_("The part is not in this step any more."))
    ManualPart.objects.filter(pk=part_id).update(step_key=target.translation_key)
    for move in moves:
        move.carry_out()


def planned_moves(part_id: str, source: ManualStepPage, target: ManualStepPage, user: Any = None) -> list[Move]:
    """Return the move in each language that has the part; raises ValidationError as `move_part` does."""
    targets = ManualStepPage.objects.filter(translation_key=target.translation_key)
    by_locale = {step.locale_id: step for step in targets}
    moves = []
    for step in ManualStepPage.objects.filter(translation_key=source.translation_key):
        live_and_draft = LiveAndDraft.of(step)
        if not live_and_draft.has(part_id):
            continue
        other = by_locale.get(step.locale_id)
        names = {"step": (other or target).title, "language": live_and_draft.stored.locale.get_display_name()}
        if other is None:
            message = _("“%(step)s” is not translated to %(language)s. Translate it first, then move the part.")
            raise ValidationError(message % names)
        move = Move(part_id, live_and_draft, LiveAndDraft.of(other), user)
        if move.is_public and not other.live:
            message = _("“%(step)s” is not published in %(language)s. Publish it first, then move the part.")
            raise ValidationError(message % names)
        moves.append(move)
    return moves


def missing_parts(translation: ManualStepPage) -> list[tuple[int, StreamValue.StreamChild]]:
    """Return the published parts of the original that a translation's latest draft lacks, with their positions."""
    originals = ManualStepPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    original = originals.filter(translation_key=translation.translation_key).exclude(pk=translation.pk).first()
    if original is None:
        return []
    present = {part.id for part in translation.get_latest_revision_as_object().parts}
    return [(position, part) for position, part in enumerate(original.parts) if part.id not in present]


def bring_missing_parts(translation: ManualStepPage, user: Any = None) -> int:
    """Put the parts that a translation lacks into a draft of it, each at its position.

    Returns how many. They come with their ids and their untranslated text.
    """
    missing = missing_parts(translation)
    if missing:
        draft = translation.get_latest_revision_as_object()
        for position, part in missing:
            draft.parts.insert(position, ("part", part.value))
            draft.parts[min(position, len(draft.parts) - 1)].id = part.id
        draft.save_revision(user=user, clean=False)
        headings = ", ".join(part.value["heading"] for _position, part in missing)
        log(instance=draft, action=BROUGHT, user=user, data={"headings": headings}, content_changed=True)
    return len(missing)


def position_of(part_id: str, step: ManualStepPage) -> int | None:
    """Return the position of a part in a step, from 0; None where it is not in it."""
    return next((position for position, part in enumerate(step.parts) if part.id == part_id), None)


def _take(part_id: str, step: ManualStepPage | None) -> Any:
    """Take a part out of a step and return it; None where it is not in it."""
    position = position_of(part_id, step) if step else None
    return None if step is None or position is None else step.parts.pop(position)


def _put(part: StreamValue.StreamChild, step: ManualStepPage) -> None:
    _take(part.id, step)
    step.parts.append(("part", part.value))
    step.parts[-1].id = part.id
