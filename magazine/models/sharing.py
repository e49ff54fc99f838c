"""Keep the picture by which a page is shared: where it lies, and of what it was drawn."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class SharingPicture(models.Model):
    """A drawn picture of 1200 × 630 px; `digest` covers all that it was drawn of."""

    wagtail_reference_index_ignore = True

    page = models.OneToOneField(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="sharing_picture",
    )
    file = models.FileField(_("file"), max_length=200)
    digest = models.CharField(_("digest"), max_length=32, unique=True)

    class Meta:
        verbose_name = _("sharing picture")
        verbose_name_plural = _("sharing pictures")

    def __str__(self) -> str:
        return f"{self.page_id} · {self.digest}"
