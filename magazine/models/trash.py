"""Keep what was thrown away for thirty days, out of everybody's sight but the trash's own list."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Trash(Page):
    """The bin: a page beside the site, so that nothing in it has an address."""

    is_creatable = False
    max_count = 1
    parent_page_types: list[str] = []
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("trash")
        verbose_name_plural = _("trashes")


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

    class Meta:
        verbose_name = _("page in the trash")
        verbose_name_plural = _("pages in the trash")
        ordering = ["-trashed_at", "-pk"]

    def __str__(self) -> str:
        return str(self.page)
