"""Whom the parts of the manual concern."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.faulty_texts import validate_text
from pages.html.links import address_of
from pages.slugs import code_name, free_slug


class ActorQuerySet(models.QuerySet["Actor"]):
    """Questions that the manual asks of the actors."""

    def with_page(self) -> "ActorQuerySet":
        """Add where the page of all actors is in the active language, by which `Actor.url` knows its own place."""
        pages = Page.objects.live().exclude(actorspage=None).filter(locale__language_code=get_language())
        return self.annotate(page_path=models.Subquery(pages.values("url_path")[:1]))


class Actor(models.Model):
    """A kind of professional or authority with a role in the manual; parts refer to it by `code`."""

    code = models.SlugField(_("code"), primary_key=True, editable=False)
    name = models.CharField(_("name"), max_length=80, help_text=_("As in running text: “police”, “health care”."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    summary = models.TextField(_("what it does"), validators=[validate_text], help_text=_("One or two sentences."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    page_path: str | None  # read by `with_page`

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Make the code of a new actor from its name; it stays when the name changes."""
        if not self.code:
            taken = Actor.objects.values_list("code", flat=True)
            self.code = free_slug(code_name(self, "name"), taken, default="actor", max_length=50)
            kwargs["force_insert"] = True  # never in the place of another
        before = Actor.objects.filter(pk=self.code).first()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before:
                for page in Page.objects.exclude(actorspage=None).select_related("locale", "actorspage"):
                    redirect_renamed(page, before, self)

    @property
    def url(self) -> str:
        """The address of the actor's page, for actors read `with_page`; "" while there is none."""
        return f"{address_of(self.page_path)}{self.slug}/" if self.page_path else ""


def redirect_renamed(page: Page, before: Actor, actor: Actor) -> None:
    """Redirect from the addresses that an actor had below the page of the actors, as Wagtail does for a page."""
    with override(page.locale.language_code):
        routes = [[f"/{below}" for below in page.actorspage.paths_of(each)] for each in (before, actor)]
    for old, new in zip(*routes, strict=True):
        if old == new:
            continue
        paths = {route: Redirect.normalise_path(address_of(page.url_path).rstrip("/") + route) for route in (old, new)}
        made = Redirect.objects.filter(automatically_created=True)
        made.filter(old_path__in=paths.values()).delete()
        made.filter(redirect_page=page, redirect_page_route_path=old).update(redirect_page_route_path=new)
        target = {"redirect_page": page, "redirect_page_route_path": new, "automatically_created": True}
        Redirect.objects.get_or_create(old_path=paths[old], site=page.get_site(), defaults=target)
