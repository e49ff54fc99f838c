"""Keep what every issue has on its cover, released from here or older than the site."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from magazine.fields import CleanRichTextField
from magazine.models.publication import Publication
from magazine.validators import hex_colour


class Covered(models.Model):
    """The date, the picture, the lines and the two inks that a cover is composed of."""

    cover_date_label = models.CharField(
        _("cover date"), max_length=60, help_text=_("As on the cover: “mid-November 2026”.")
    )
    introduction = CleanRichTextField(_("introduction"), blank=True)
    cover = models.ForeignKey(
        "magazine.Picture",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(_("alternative text"), max_length=240, blank=True)
    cover_lines = models.TextField(
        _("cover lines"), blank=True, help_text=_("One a line, three or four of them.")
    )
    ink_dark = models.CharField(
        _("dark ink"), max_length=7, default="#0B5A4A", validators=[hex_colour]
    )
    ink_bright = models.CharField(
        _("bright ink"), max_length=7, default="#FF4F7B", validators=[hex_colour]
    )

    class Meta:
        abstract = True

    @property
    def cover_line_list(self) -> list[str]:
        """Return the cover lines, top to bottom."""
        return [line.strip() for line in self.cover_lines.splitlines() if line.strip()]

    @property
    def download_name(self) -> str:
        """Return the name under which readers save the whole issue, such as `guichet-n7.pdf`."""
        publication = Publication.objects.filter(site=self.get_site()).first()
        title = slugify(publication.title) if publication else ""
        return f"{title or 'magazine'}-n{self.number}.pdf"
