"""Keep what is planned: an idea, a commission, and the length and day that were agreed on."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article
from magazine.models.issues import Issue


class PieceKind(models.TextChoices):
    """Which kind of article is expected."""

    INTERVIEW = "interview", _("Interview")
    CASE_STUDY = "case_study", _("Case study")
    OPINION = "opinion", _("Opinion")
    FEATURE = "feature", _("Feature")


class PlannedPieceQuerySet(models.QuerySet):
    """The questions that the board is made of."""

    def on_board(self, issue: Issue | None) -> PlannedPieceQuerySet:
        """Keep an issue's rows, or the ideas for later where there is no issue, in order."""
        return self.filter(issue=issue).order_by("position", "pk")


class PlannedPiece(models.Model):
    """One row of the planning board: for an issue or, without one, an idea for later.

    It begins as a title; once the article is there, the row goes on saying what was
    planned of it. “Planned” is an intention, never a date of publication.
    """

    issue = models.ForeignKey(
        "magazine.Issue",
        verbose_name=_("issue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="planned_pieces",
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="planned_pieces",
    )
    title = models.CharField(_("working title"), max_length=160)
    kind = models.CharField(
        _("kind"), max_length=12, choices=PieceKind.choices, default=PieceKind.FEATURE
    )
    section = models.ForeignKey(
        "magazine.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    author = models.ForeignKey(
        "magazine.Contributor",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="planned_pieces",
    )
    commissioned_on = models.DateField(_("commissioned on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    planned_signs = models.PositiveIntegerField(
        _("planned signs"), null=True, blank=True, help_text=_("Spaces included.")
    )
    planned_pages = models.DecimalField(
        _("planned pages"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)

    objects = models.Manager.from_queryset(PlannedPieceQuerySet)()

    class Meta:
        verbose_name = _("planned piece")
        verbose_name_plural = _("planned pieces")
        ordering = ["position", "pk"]
        permissions = [("plan_issue", "Can plan issues on the board")]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "article"], name="one_planned_piece_per_article_of_an_issue"
            ),
            models.CheckConstraint(
                name="planned_pages_are_not_negative",
                condition=Q(planned_pages=None) | Q(planned_pages__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title
