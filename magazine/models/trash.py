"""Keep what was thrown away for thirty days, out of everybody's sight but the trash's own list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from magazine.page_access import DeskPage
from magazine.trash_place import URL_PATH, is_trashed

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

__all__ = ["KEPT_FOR", "URL_PATH", "Trash", "TrashedPage", "is_trashed", "outside_trash"]

KEPT_FOR = dt.timedelta(days=30)


def outside_trash(pages: PageQuerySet) -> PageQuerySet:
    """Leave out the trash and what lies in it."""
    # By primary key: that is what Wagtail's search can filter by.
    trashed = TrashedPage.objects.order_by().values("page")
    return pages.exclude(pk__in=trashed).exclude(pk__in=Trash.objects.order_by().values("pk"))


class Trash(DeskPage, Page):
    """The bin: a page beside the site, so that nothing in it has an address."""

    is_creatable = False
    max_count = 1
    parent_page_types: list[str] = []
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("trash")
        verbose_name_plural = _("trashes")


class TrashedPageQuerySet(models.QuerySet):
    """The questions that the trash answers."""

    def with_pages(self) -> TrashedPageQuerySet:
        """Fetch what the trash's list shows, in a fixed number of queries."""
        return self.select_related(
            "page__content_type", "page__owner", "former_parent", "trashed_by"
        )

    def thrown_away_before(self, moment: dt.datetime) -> TrashedPageQuerySet:
        """Keep what was thrown away before a moment."""
        return self.filter(trashed_at__lt=moment)


class TrashedPage(models.Model):
    """A page in the trash: where it stood, when it went, who threw it away."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="trashed")
    former_parent = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    former_slug = models.CharField(max_length=255)
    was_live = models.BooleanField()
    trashed_at = models.DateTimeField(_("thrown away on"), auto_now_add=True)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = models.Manager.from_queryset(TrashedPageQuerySet)()

    class Meta:
        verbose_name = _("page in the trash")
        verbose_name_plural = _("pages in the trash")
        ordering = ["-trashed_at", "-pk"]

    def __str__(self) -> str:
        return str(self.page)

    @property
    def days_left(self) -> int:
        """Return the whole days for which the page can still be restored, 0 on the last."""
        return max(0, (self.trashed_at + KEPT_FOR - timezone.now()).days)
