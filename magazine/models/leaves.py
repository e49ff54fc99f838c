"""Keep that the pages of a stored PDF are drawn, and in which sizes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class DrawnLeaves(models.Model):
    """The pictures of a PDF's pages, in the press storage; who may see them is asked elsewhere."""

    wagtail_reference_index_ignore = True

    sha256 = models.CharField(_("sha256 of the PDF"), max_length=64, unique=True)
    pages = models.JSONField(_("sizes of each page"), default=list)
    made_at = models.DateTimeField(_("made on"), auto_now=True)

    class Meta:
        verbose_name = _("drawn pages")
        verbose_name_plural = _("drawn pages")

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {len(self.pages)}"

    @staticmethod
    def name_of(sha256: str, number: int, width: int) -> str:
        """Return the name of one picture in the press storage."""
        return f"leaves/{sha256}/{number}-{width}.webp"

    def size_of(self, number: int, width: int) -> dict[str, Any] | None:
        """Return the facts of one picture, None where there is none."""
        if not 1 <= number <= len(self.pages):
            return None
        return next((size for size in self.pages[number - 1] if size["width"] == width), None)
