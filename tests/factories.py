"""Rows for tests, made as the site's own code makes them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.db.models import F
from PIL import Image as Picture
from treebeard.mp_tree import MP_Node
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from contacts.models import Coordinator, CoordinatorPhone, County
from pages.models import BasePage, GuidancePage, SectionPage
from pages.models.site_version import raise_site_version
from pages.signals import write_entries


def published(page: BasePage, parent: Page | None = None) -> BasePage:
    """Publish a page, adding it below `parent` first when it is new."""
    if parent is not None:
        page.live = False
        parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def guidance(parent: Page | None = None, **fields: Any) -> GuidancePage:
    """Return a published guidance page, below the Swedish section by default."""
    parent = parent or section()
    fields = {"title": "Ny sida", "lead": "Om den nya sidan.", "locale": parent.locale} | fields
    return published(GuidancePage(**fields), parent)


def rewrite(part: StreamValue.StreamChild, text: str, *notes: str) -> None:
    """Give a part of the manual another text and other footnotes, as a minor edit."""
    blocks = part.block.child_blocks
    part.value["body"] = blocks["body"].to_python([{"type": "text", "value": text}])
    part.value["footnotes"] = blocks["footnotes"].to_python(list(notes))
    part.value["is_minor_edit"] = True


def one_of_many(number: int) -> dict[str, Any]:
    """Return the fields of a page that is like the others."""
    return {"title": f"Sida {number}", "lead": "En av många."}


def many_guidance_pages(
    count: int, language: str = "sv", fields: Callable[[int], dict[str, Any]] = one_of_many
) -> None:
    """Add published guidance pages to the section, past the tree's one-at-a-time methods."""
    parent = section(language)
    last = parent.get_last_child()
    steps = int(last.path[-4:], 36)
    content_type = ContentType.objects.get_for_model(GuidancePage)
    rows = []
    for number in range(steps + 1, steps + 1 + count):
        slug, title = f"sida-{number}", fields(number)["title"]
        rows.append(
            Page(
                path=parent.path + MP_Node._int2str(number).rjust(4, "0"),
                depth=parent.depth + 1,
                title=title,
                draft_title=title,
                slug=slug,
                url_path=f"{parent.url_path}{slug}/",
                content_type=content_type,
                locale=parent.locale,
            )
        )
    for number, row in enumerate(Page.objects.bulk_create(rows), start=steps + 1):
        page = GuidancePage(page_ptr=row)
        page.__dict__.update({key: value for key, value in row.__dict__.items() if key != "_state"})
        for name, value in fields(number).items():
            setattr(page, name, page.body.stream_block.to_python(value) if name == "body" else value)
        page.save_base(raw=True)
        write_entries(page)  # which the signal of a raw row does not
    raise_site_version()
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + count)


def section(language: str = "sv") -> SectionPage:
    """Return the guidance section of the starter content."""
    slug = {"sv": "vagledning", "en": "guidance"}[language]
    return SectionPage.objects.get(slug=slug, locale__language_code=language)


def coordinator(*numbers: str, counties: tuple[str, ...] = ("12",), **fields: Any) -> Coordinator:
    """Return a saved, published coordinator."""
    defaults = {
        "name": "Ny Koordinator",
        "role_sv": "Regionkoordinator",
        "role_en": "Regional coordinator",
        "employer": "Malmö stad",
        "target_group": "both",
        "email": "ny@example.se",
    }
    made = Coordinator(**defaults | fields)
    made.counties = County.objects.filter(code__in=counties)
    made.phones = [
        CoordinatorPhone(number=number, sort_order=order) for order, number in enumerate(numbers or ["040-628 04 99"])
    ]
    made.save()
    return made


def image_file(name: str = "bild.png", size: tuple[int, int] = (40, 30)) -> ImageFile:
    """Return a small picture as an upload."""
    buffer = BytesIO()
    Picture.new("RGB", size, "teal").save(buffer, name.rpartition(".")[2].upper().replace("JPG", "JPEG"))
    return ImageFile(BytesIO(buffer.getvalue()), name=name)


def image(title: str = "Bild") -> AbstractImage:
    """Return a saved image."""
    return get_image_model().objects.create(title=title, file=image_file())
