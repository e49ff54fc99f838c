"""An advert supplied by its advertiser, as it was examined when it came in."""

from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from print.models.profiles import PressProfile


def press_storage() -> Storage:
    """Return the storage that no web server shows."""
    return storages["press"]


class Advert(models.Model):
    """A supplied PDF or picture, for one space on one press profile; placed as it is."""

    class Space(models.TextChoices):
        """How much of a page it takes."""

        FULL = "full", _("Full page, with bleed")
        HALF = "half", _("Half page, across")
        QUARTER = "quarter", _("Quarter page")

    title = models.CharField(_("title"), max_length=120)
    advertiser = models.CharField(_("advertiser"), max_length=120)
    profile = models.ForeignKey(
        PressProfile,
        verbose_name=_("press profile"),
        on_delete=models.PROTECT,
        related_name="adverts",
        help_text=_("Its sheet gives the size, its printer the rules."),
    )
    space = models.CharField(_("space"), max_length=7, choices=Space.choices, default=Space.FULL)
    file = models.FileField(
        _("file"),
        upload_to="adverts/",
        storage=press_storage,
        validators=[FileExtensionValidator(["pdf", "jpg", "jpeg", "png", "tif", "tiff"])],
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=250,
        help_text=_("What the advert says, for those who can’t see it in the digital edition."),
    )
    sha256 = models.CharField(_("sha256"), max_length=64, editable=False)
    report = models.JSONField(_("report of preflight"), default=dict, editable=False)
    created_at = models.DateTimeField(_("received on"), auto_now_add=True)

    class Meta:
        verbose_name = _("advert")
        verbose_name_plural = _("adverts")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.advertiser} · {self.title}"

    @property
    def is_pdf(self) -> bool:
        """Whether the file is a PDF, otherwise a picture."""
        return self.file.name.lower().endswith(".pdf")
