"""Keep what the press needs: profiles, editions, their placements, and the files made of them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from print.icc import VENDORED_PROFILE
from print.output_profile import IccError, check_output_profile


class PressProfile(models.Model):
    """What one printer wants: sheet, bleed, ink, extent."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("code"), max_length=80, unique=True)
    trim_width_mm = models.PositiveIntegerField(
        _("trim width in mm"), validators=[MinValueValidator(90), MaxValueValidator(420)]
    )
    trim_height_mm = models.PositiveIntegerField(
        _("trim height in mm"), validators=[MinValueValidator(90), MaxValueValidator(600)]
    )
    bleed_mm = models.PositiveIntegerField(_("bleed in mm"), default=5)
    columns = models.PositiveIntegerField(
        _("columns"), default=3, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    output_condition = models.CharField(
        _("output condition"),
        max_length=80,
        default="FOGRA39",
        help_text=_("Its name in the registry at color.org."),
    )
    output_condition_info = models.CharField(
        _("described as"), max_length=160, default="Coated FOGRA39 (ISO 12647-2:2004)"
    )
    icc = models.FileField(
        _("ICC profile"),
        upload_to="icc/",
        blank=True,
        validators=[FileExtensionValidator(["icc", "icm"])],
        help_text=_("Empty: ISO Coated v2 300 % (basICColor), which comes with Couture."),
    )
    picture_ppi = models.PositiveIntegerField(
        _("picture resolution"), default=300, help_text=_("Pixels per inch at the placed size.")
    )
    extent_multiple = models.PositiveIntegerField(_("extent is a multiple of"), default=4)
    least_extent = models.PositiveIntegerField(_("least extent"), default=8)

    class Meta:
        verbose_name = _("press profile")
        verbose_name_plural = _("press profiles")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="extent_multiple_is_even",
                condition=Q(extent_multiple__gte=2),
            ),
            models.CheckConstraint(name="bleed_is_sensible", condition=Q(bleed_mm__lte=15)),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an ICC file that no press could print with, while it is being uploaded."""
        super().clean()
        if self.icc and not self.icc._committed:  # noqa: SLF001  Django names it nowhere else
            try:
                check_output_profile(self.icc.name, self.icc.read())
            except IccError as error:
                raise ValidationError({"icc": _(error.template) % error.facts}) from error
            finally:
                self.icc.seek(0)

    @property
    def icc_path(self) -> str:
        """Return the path of the profile's ICC file: the uploaded one, else the house's."""
        return self.icc.path if self.icc else str(VENDORED_PROFILE)


class Edition(models.Model):
    """An issue on one press profile."""

    issue = models.ForeignKey(
        "magazine.Issue",
        verbose_name=_("issue"),
        on_delete=models.CASCADE,
        related_name="editions",
    )
    profile = models.ForeignKey(
        PressProfile,
        verbose_name=_("press profile"),
        on_delete=models.PROTECT,
        related_name="editions",
    )
    is_principal = models.BooleanField(
        _("principal edition"),
        default=False,
        help_text=_("Its folios are those that readers see; one an issue."),
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "profile"], name="one_edition_per_issue_and_profile"
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(is_principal=True),
                name="one_principal_edition_per_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} · {self.profile}"


class Placement(models.Model):
    """Something that takes pages in an edition, such as the cover or an article."""

    class Kind(models.TextChoices):
        """What the placement holds."""

        COVER = "cover", _("Cover")
        CONTENTS = "contents", _("Contents")
        ARTICLE = "article", _("Article")
        FILLER = "filler", _("Notes page")
        COLOPHON = "colophon", _("Colophon")
        BACK_COVER = "back_cover", _("Back cover")

    class Opens(models.TextChoices):
        """On which side of the spread it begins."""

        ANY = "any", _("Anywhere")
        RECTO = "recto", _("On a right-hand page")
        VERSO = "verso", _("On a left-hand page")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="placements")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    entry = models.ForeignKey(
        "magazine.IssueEntry",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="placements",
    )
    opens = models.CharField(_("opens"), max_length=6, choices=Opens.choices, default=Opens.ANY)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"],
                name="one_placement_per_position",
            ),
            models.UniqueConstraint(fields=["edition", "entry"], name="one_placement_per_entry"),
            models.CheckConstraint(
                name="articles_alone_have_an_entry",
                condition=Q(kind="article", entry__isnull=False)
                | (~Q(kind="article") & Q(entry__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.entry.article if self.entry else self.get_kind_display()}"


class PressFile(models.Model):
    """A file made for the printer: a fact, named by its digest."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="press_files")
    inputs_digest = models.CharField(_("digest of the inputs"), max_length=64)
    sha256 = models.CharField(_("sha256"), max_length=64)
    name = models.CharField(_("name in the press storage"), max_length=200)
    pages = models.PositiveIntegerField(_("pages"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    seconds = models.FloatField(_("seconds to build"))
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
