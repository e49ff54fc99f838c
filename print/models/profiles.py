"""What one printer wants: sheet, marks, binding, inks, extent, and the file's own standard."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import (
    FileExtensionValidator,
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from print.icc import HOUSE_PROFILES
from print.output_profile import IccError, check_output_profile
from print.page_grid import PageGrid
from print.sheet import Sheet
from print.type_area import problems_of_type_area

PROCESS_NAMES = frozenset({"cyan", "magenta", "yellow", "black", "all", "none"})
HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write the colour as #rrggbb."))
# ISO 32000-1, 7.3.5: what a name of a plate may hold without surprising a RIP.
PLATE_NAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9 +._-]*\Z",
    _("A plate’s name takes letters without accents, digits, spaces, and + . _ -"),
)


class PressProfileQuerySet(models.QuerySet["PressProfile"]):
    """Press profiles, with names for what is asked of them."""

    def printed(self) -> PressProfileQuerySet:
        """Profiles for paper."""
        return self.exclude(variant=PressProfile.Variant.UA1)

    def digital(self) -> PressProfileQuerySet:
        """Profiles for the screen."""
        return self.filter(variant=PressProfile.Variant.UA1)


class PressProfile(models.Model):
    """What one printer wants; all lengths in millimetres, resolutions in pixels per inch."""

    class Variant(models.TextChoices):
        """The standard that the file keeps to."""

        X4 = "pdf-x-4", _("PDF/X-4")
        X1A = "pdf-x-1a", _("PDF/X-1a:2003 (refused where anything is transparent)")
        UA1 = "pdf-ua-1", _("PDF/UA-1, the digital edition for readers")

    class Marks(models.TextChoices):
        """What stands around the page, outside the bleed."""

        NONE = "none", _("No marks")
        CROP = "crop", _("Crop marks")
        FULL = "full", _("Crop and registration marks, and a slug line")

    class Binding(models.TextChoices):
        """How the sheets are held together."""

        SADDLE = "saddle", _("Saddle stitch")
        PERFECT = "perfect", _("Perfect binding")

    class Cover(models.TextChoices):
        """Whether the cover is printed with the rest."""

        SELF = "self", _("With the other pages")
        APART = "apart", _("In a file of its own")

    class Paper(models.TextChoices):
        """The printing conditions that come with the house."""

        COATED = "coated", _("Coated: ISO Coated v2 300 % (basICColor, FOGRA39)")
        UNCOATED = "uncoated", _("Uncoated: made from FOGRA29")

    class Inks(models.TextChoices):
        """What the press prints with."""

        CMYK = "cmyk", _("Four colours (CMYK)")
        CMYK_SPOTS = "cmyk-spots", _("Four colours and the named spot inks")
        SPOTS = "spots", _("The named spot inks alone")

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("code"), max_length=80, unique=True)
    variant = models.CharField(
        _("kind of file"), max_length=8, choices=Variant.choices, default=Variant.X4
    )
    trim_width_mm = models.PositiveIntegerField(
        _("trim width in mm"), validators=[MinValueValidator(90), MaxValueValidator(420)]
    )
    trim_height_mm = models.PositiveIntegerField(
        _("trim height in mm"), validators=[MinValueValidator(90), MaxValueValidator(600)]
    )
    bleed_mm = models.PositiveIntegerField(
        _("bleed in mm"), default=5, validators=[MaxValueValidator(15)]
    )
    safety_mm = models.PositiveIntegerField(
        _("safety margin in mm"),
        default=5,
        validators=[MaxValueValidator(20)],
        help_text=_("Text nearer to the trim than this is reported."),
    )
    columns = models.PositiveIntegerField(
        _("columns"), default=3, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    marks = models.CharField(_("marks"), max_length=4, choices=Marks.choices, default=Marks.NONE)
    binding = models.CharField(
        _("binding"), max_length=7, choices=Binding.choices, default=Binding.SADDLE
    )
    caliper_mm = models.DecimalField(
        _("thickness of a sheet in mm"),
        max_digits=5,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.02), MaxValueValidator(1)],
        help_text=_(
            "The printer knows it. It makes the spine of a perfect binding, "
            "and the creep of a saddle stitch."
        ),
    )
    cover = models.CharField(_("cover"), max_length=5, choices=Cover.choices, default=Cover.SELF)
    extent_multiple = models.PositiveIntegerField(
        _("extent is a multiple of"), default=4, validators=[MinValueValidator(2)]
    )
    least_extent = models.PositiveIntegerField(
        _("least extent"), default=8, validators=[MinValueValidator(1)]
    )
    most_extent = models.PositiveIntegerField(
        _("most extent"), null=True, blank=True, validators=[MinValueValidator(4)]
    )
    inks = models.CharField(_("inks"), max_length=10, choices=Inks.choices, default=Inks.CMYK)
    dark_spot = models.CharField(
        _("dark spot ink"),
        max_length=60,
        blank=True,
        validators=[PLATE_NAME],
        help_text=_("The name of its plate, such as “Riso Blue”. It prints the dark colour."),
    )
    dark_spot_colour = models.CharField(
        _("shown as"), max_length=7, blank=True, validators=[HEX_COLOUR]
    )
    bright_spot = models.CharField(
        _("bright spot ink"),
        max_length=60,
        blank=True,
        validators=[PLATE_NAME],
        help_text=_("The name of its plate. It prints the bright colour."),
    )
    bright_spot_colour = models.CharField(
        _("shown as"), max_length=7, blank=True, validators=[HEX_COLOUR]
    )
    paper = models.CharField(
        _("printing condition"), max_length=8, choices=Paper.choices, default=Paper.COATED
    )
    icc = models.FileField(
        _("ICC profile"),
        upload_to="icc/",
        blank=True,
        validators=[FileExtensionValidator(["icc", "icm"])],
        help_text=_("The printer’s own, in place of the condition above."),
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
    ink_limit = models.PositiveIntegerField(
        _("ink limit in %"),
        default=300,
        validators=[MinValueValidator(100), MaxValueValidator(400)],
        help_text=_("The most ink of all colours together that the paper bears."),
    )
    least_ppi = models.PositiveIntegerField(
        _("resolution refused below"), default=150, validators=[MaxValueValidator(1200)]
    )
    low_ppi = models.PositiveIntegerField(
        _("resolution reported below"), default=225, validators=[MaxValueValidator(1200)]
    )
    picture_ppi = models.PositiveIntegerField(
        _("picture resolution"),
        default=300,
        validators=[MinValueValidator(36), MaxValueValidator(1200)],
        help_text=_("Pixels per inch at the placed size."),
    )

    objects = PressProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("press profile")
        verbose_name_plural = _("press profiles")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="extent_multiple_is_even", condition=Q(extent_multiple__gte=2)
            ),
            models.CheckConstraint(name="bleed_is_sensible", condition=Q(bleed_mm__lte=15)),
            models.CheckConstraint(
                name="perfect_binding_has_a_caliper",
                condition=~Q(binding="perfect") | Q(caliper_mm__isnull=False),
                violation_error_message=_("A perfect binding needs the thickness of a sheet."),
            ),
            models.CheckConstraint(
                name="spots_alone_have_a_dark_ink",
                condition=Q(inks="cmyk") | ~Q(dark_spot=""),
                violation_error_message=_("Name the dark spot ink."),
            ),
            models.CheckConstraint(
                name="extents_come_in_order",
                condition=Q(most_extent__isnull=True)
                | Q(most_extent__gte=models.F("least_extent")),
                violation_error_message=_("The most extent is less than the least."),
            ),
            models.CheckConstraint(
                name="resolutions_come_in_order",
                condition=Q(
                    least_ppi__lte=models.F("low_ppi"), low_ppi__lte=models.F("picture_ppi")
                ),
                violation_error_message=_(
                    "The resolutions come in order: refused, reported, wanted."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an ICC file that no press could print with, and inks without name or colour."""
        super().clean()
        problems = {
            **self._problems_of_spots(),
            **self._problem_of_standard(),
            **self._problems_of_type_area(),
        }
        if self.icc and not self.icc._committed:  # noqa: SLF001  Django names it nowhere else
            try:
                check_output_profile(self.icc.name, self.icc.read())
            except IccError as error:
                problems["icc"] = _(error.template) % error.facts
            finally:
                self.icc.seek(0)
        if problems:
            raise ValidationError(problems)

    def _problems_of_spots(self) -> dict[str, str]:
        if self.inks == self.Inks.CMYK:
            return {}
        problems = {}
        for each in ("dark_spot", "bright_spot"):
            name, colour = getattr(self, each), getattr(self, f"{each}_colour")
            if name.lower() in PROCESS_NAMES:
                problems[each] = _("That is the name of a process plate: choose another.")
            elif name and not colour:
                problems[f"{each}_colour"] = _("Say by which colour the ink is shown.")
        if self.dark_spot and self.dark_spot.lower() == self.bright_spot.lower():
            problems["bright_spot"] = _("Two inks can’t share one plate.")
        return problems

    def _problem_of_standard(self) -> dict[str, str]:
        if self.variant == self.Variant.X1A and self.inks == self.Inks.SPOTS:
            return {"variant": _("A job in spot inks alone is written as PDF/X-4.")}
        return {}

    def _problems_of_type_area(self) -> dict[str, str]:
        sizes = (self.trim_width_mm, self.trim_height_mm, self.columns, self.safety_mm)
        # A field that is refused for itself holds what was typed.
        if not all(isinstance(size, int) for size in sizes) or self.columns < 1:
            return {}
        return problems_of_type_area(PageGrid(self.sheet), self.safety_mm)

    @property
    def is_digital(self) -> bool:
        """Whether it makes the digital edition."""
        return self.variant == self.Variant.UA1

    @property
    def sheet(self) -> Sheet:
        """Return the trimmed page with its bleed, columns and picture resolution."""
        return Sheet(
            width_mm=self.trim_width_mm,
            height_mm=self.trim_height_mm,
            bleed_mm=self.bleed_mm,
            columns=self.columns,
            picture_ppi=self.picture_ppi,
        )

    @property
    def icc_path(self) -> str:
        """Return the path of the profile's ICC file: the uploaded one, else the house's."""
        return self.icc.path if self.icc else str(HOUSE_PROFILES[self.paper])

    @property
    def spot_colours(self) -> dict[str, tuple[str, str]]:
        """Return the plate and the `#rrggbb` of each named ink the press has: dark, bright."""
        if self.inks == self.Inks.CMYK:
            return {}
        named = {
            "dark": (self.dark_spot, self.dark_spot_colour),
            "bright": (self.bright_spot, self.bright_spot_colour),
        }
        return {role: spot for role, spot in named.items() if spot[0]}
