"""Keep what the readers' search needs to know: changes to apply, words that mean the same."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

MOST_TERMS = 12


class SearchChange(models.Model):
    """An article whose document may be another one from this number on.

    Written in the transaction that changes it; numbers may become visible out of their order.
    """

    article_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now, db_index=True)
    is_on_server = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("change for the search")
        verbose_name_plural = _("changes for the search")
        indexes = [
            models.Index(
                fields=["article_id"],
                condition=models.Q(is_on_server=False),
                name="changes_the_server_lacks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.article_id}"


class SynonymSet(models.Model):
    """Words and phrases that mean the same to whoever searches."""

    terms = models.TextField(
        _("terms"),
        help_text=_(
            "Words or phrases that mean the same, one a line: “SAV”, “service après-vente”."
        ),
    )

    panels = [FieldPanel("terms")]

    class Meta:
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("sets of synonyms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return " = ".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the terms, in order."""
        return tuple(line.strip() for line in self.terms.splitlines() if line.strip())


class QuestionDay(models.Model):
    """How often, on one day, a question of readers found nothing."""

    query = models.ForeignKey(
        "wagtailsearchpromotions.Query", on_delete=models.CASCADE, related_name="days"
    )
    date = models.DateField()
    found_nothing = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("question’s day")
        verbose_name_plural = _("questions’ days")
        constraints = [models.UniqueConstraint(fields=["query", "date"], name="one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.query} ({self.date})"


class FollowedHit(models.Model):
    """How often, on one day, readers went from a question to an article."""

    query = models.ForeignKey(
        "wagtailsearchpromotions.Query", on_delete=models.CASCADE, related_name="followed"
    )
    article = models.ForeignKey(
        "magazine.Article", on_delete=models.CASCADE, related_name="followed_hits"
    )
    date = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("followed hit")
        verbose_name_plural = _("followed hits")
        constraints = [
            models.UniqueConstraint(fields=["query", "article", "date"], name="one_hit_row_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.query} → {self.article}"
