"""What was made for the printer: files, what goes with them, and what each holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from print.models.editions import Edition, Placement


class PressFile(models.Model):
    """A file made for the printer: a fact, named by its digest."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="press_files")
    inputs_digest = models.CharField(_("digest of the inputs"), max_length=64)
    sha256 = models.CharField(_("sha256"), max_length=64)
    name = models.CharField(_("name in the press storage"), max_length=200)
    pages = models.PositiveIntegerField(_("pages"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    seconds = models.FloatField(_("seconds to build"))
    errors = models.PositiveIntegerField(_("errors of preflight"), null=True)
    warnings = models.PositiveIntegerField(_("warnings of preflight"), null=True)
    report = models.JSONField(_("report of preflight"), default=dict)
    is_final = models.BooleanField(_("final"), default=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("press file")
        verbose_name_plural = _("press files")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "inputs_digest"], name="one_press_file_per_inputs"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def download_name(self) -> str:
        """Return the name under which the printer saves the file."""
        issue, profile = self.edition.issue, self.edition.profile
        return f"n{issue.number}-{profile.slug}-{self.sha256[:8]}.pdf"


class PressSupplement(models.Model):
    """A file that goes with a press file: a plate, the cover, the inside, printer’s spreads."""

    class Role(models.TextChoices):
        """What the file is."""

        COVER = "cover", _("Cover with its spine")
        INSIDE = "inside", _("Inside pages")
        SPREADS = "spreads", _("Printer’s spreads")
        PLATE = "plate", _("Plate")

    press_file = models.ForeignKey(PressFile, on_delete=models.CASCADE, related_name="supplements")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)
    ink = models.CharField(_("ink"), max_length=60, blank=True)
    name = models.CharField(_("name in the press storage"), max_length=200)
    sha256 = models.CharField(_("sha256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
        ordering = ["role", "ink"]
        constraints = [
            models.UniqueConstraint(
                fields=["press_file", "role", "ink"], name="one_supplement_per_role_and_ink"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.ink}".strip()

    @property
    def download_name(self) -> str:
        """Return the name under which the printer saves the file."""
        whole = self.press_file.download_name.removesuffix(".pdf")
        ink = "-" + slugify(self.ink) if self.ink else ""
        return f"{whole}-{self.role}{ink}.pdf"


class PrintedPlacement(models.Model):
    """What a press file holds of one placement: which revision, on which folios."""

    press_file = models.ForeignKey(PressFile, on_delete=models.CASCADE, related_name="printed")
    kind = models.CharField(_("kind"), max_length=12, choices=Placement.Kind.choices)
    entry = models.ForeignKey(
        "magazine.IssueEntry",
        verbose_name=_("article"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_folio = models.PositiveIntegerField(_("first folio"))
    last_folio = models.PositiveIntegerField(_("last folio"))

    class Meta:
        verbose_name = _("printed placement")
        verbose_name_plural = _("printed placements")
        ordering = ["first_folio"]
        constraints = [
            models.UniqueConstraint(
                fields=["press_file", "first_folio"], name="one_printed_placement_per_folio"
            ),
            models.CheckConstraint(
                name="printed_folios_come_in_order",
                condition=Q(first_folio__gte=1, last_folio__gte=F("first_folio")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.press_file} p. {self.first_folio}-{self.last_folio}"
