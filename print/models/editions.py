"""An issue on one press profile, and what takes its pages, in order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from print.models.adverts import Advert
from print.models.profiles import PressProfile


class Edition(models.Model):
    """An issue on one press profile."""

    class CoverDesign(models.TextChoices):
        """How the cover is composed; each is a template of `print/covers/`."""

        COUNTER = "counter", _("Counter: the picture from edge to edge, the nameplate over it")
        POSTER = "poster", _("Poster: the main line as large as the cover allows")
        TICKET = "ticket", _("Ticket: the number on a ticket above the picture")

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
    cover_design = models.CharField(
        _("cover design"), max_length=12, choices=CoverDesign.choices, default=CoverDesign.COUNTER
    )
    has_own_order = models.BooleanField(
        _("has an order of its own"),
        default=False,
        help_text=_("Otherwise it follows the issue’s contents."),
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

    def clean(self) -> None:
        """Refuse a digital edition as principal: folios are those of paper."""
        super().clean()
        if self.is_principal and self.profile_id and self.profile.is_digital:
            raise ValidationError(
                {"is_principal": _("The digital edition takes its folios from the printed one.")}
            )

    @cached_property
    def printed(self) -> Edition:
        """Return the edition whose pages it shows: the issue's principal one for a digital one."""
        if not self.profile.is_digital or not self.issue.pk:
            return self
        return (
            self.issue.editions.filter(is_principal=True).select_related("profile").first() or self
        )


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
        ADVERT = "advert", _("Advert")
        BLANK = "blank", _("Blank page")

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
    advert = models.ForeignKey(
        Advert,
        verbose_name=_("advert"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
    )
    opens = models.CharField(_("opens"), max_length=6, choices=Opens.choices, default=Opens.ANY)
    is_left_out = models.BooleanField(
        _("left out of this edition"), default=False, help_text=_("It stays in the issue.")
    )

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
            models.CheckConstraint(
                name="adverts_alone_have_an_advert",
                condition=Q(kind="advert", advert__isnull=False)
                | (~Q(kind="advert") & Q(advert__isnull=True)),
            ),
            models.CheckConstraint(
                name="what_is_left_out_can_be",
                condition=Q(is_left_out=False) | Q(kind__in=["article", "contents", "colophon"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    @property
    def title(self) -> str:
        """Return what the list of placements calls it."""
        if self.entry:
            return str(self.entry.article)
        return str(self.advert) if self.advert else str(self.get_kind_display())
