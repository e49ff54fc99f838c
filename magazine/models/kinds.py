"""Add to an article what only its kind has: people, a case and its figures, a genre."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from magazine import article_panels as desk
from magazine.models.articles import Article


class Interview(Article):
    """Questions put to one person or more."""

    edit_handler = desk.interview()
    KIND = "interview"

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")


class InterviewedPerson(Orderable):
    """Somebody who answers in an interview, as they were when they answered."""

    interview = ParentalKey(Interview, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        "magazine.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="interviewed_people",
    )

    panels = desk.INTERVIEWED_PERSON

    class Meta(Orderable.Meta):
        verbose_name = _("person interviewed")
        verbose_name_plural = _("people interviewed")

    def __str__(self) -> str:
        return self.name


class CaseStudy(Article):
    """How one organisation met one challenge, with its figures."""

    organisation = models.ForeignKey(
        "magazine.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="case_studies",
    )
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    challenge = models.TextField(_("challenge"), blank=True, help_text=_("One or two sentences."))

    edit_handler = desk.case_study()
    KIND = "case_study"

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")


class KeyFigure(Orderable):
    """One figure of a case study's box of facts."""

    case_study = ParentalKey(CaseStudy, on_delete=models.CASCADE, related_name="figures")
    value = models.CharField(_("figure"), max_length=24, help_text=_("For instance “38 %”."))
    label = models.CharField(_("what it counts"), max_length=120)

    panels = desk.KEY_FIGURE

    class Meta(Orderable.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Opinion(Article):
    """A text in which somebody takes a stand: editorial, op-ed or column."""

    class Genre(models.TextChoices):
        """How the opinion is headed."""

        EDITORIAL = "editorial", _("Editorial")
        OP_ED = "op_ed", _("Op-ed")
        COLUMN = "column", _("Column")

    genre = models.CharField(_("genre"), max_length=12, choices=Genre.choices, default=Genre.OP_ED)

    edit_handler = desk.opinion()
    KIND = "opinion"

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [
            models.CheckConstraint(
                name="opinion_genre_is_known",
                condition=Q(genre__in=["editorial", "op_ed", "column"]),
            )
        ]


class Feature(Article):
    """A report, an inquiry, a list, a game: whatever the other kinds are not."""

    edit_handler = desk.feature()
    KIND = "feature"

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
