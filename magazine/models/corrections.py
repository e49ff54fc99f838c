"""Keep what readers are told was wrong in an article after it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article

if TYPE_CHECKING:
    from magazine.models.issues import Issue


class CorrectionQuerySet(models.QuerySet):
    """The questions that errata are made of."""

    def of_article(self, article: Article) -> CorrectionQuerySet:
        """Keep what readers of an article are told, the newest first; of a draft too."""
        return self.filter(article_id=article.pk)

    def for_erratum_of(self, issue: Issue) -> CorrectionQuerySet:
        """Keep what the erratum box of an issue holds, the oldest first.

        That is what was corrected in articles that earlier issues printed, unless another issue
        has printed the correction already.
        """
        printed = Article.objects.live().filter(
            issue_entries__issue__number__lt=issue.number,
            issue_entries__first_folio__isnull=False,
        )
        told = self.filter(Q(printed_in=None) | Q(printed_in=issue), article__in=printed)
        return told.order_by("date", "pk")

    def printed_by(self, issue: Issue) -> CorrectionQuerySet:
        """Keep what an issue printed of articles that readers of the site may see."""
        told = self.filter(printed_in=issue, article__in=Article.objects.for_readers())
        return told.select_related("article").order_by("date", "pk")


class Correction(models.Model):
    """One correction: what was wrong, what is right, and the issue whose erratum printed it.

    It belongs to the article, not to one of its drafts: no older draft takes it back.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"), default=timezone.localdate)
    wrong = models.TextField(
        _("what was wrong"), max_length=600, validators=[MaxLengthValidator(600)]
    )
    text = models.TextField(
        _("correction"),
        max_length=1200,
        validators=[MaxLengthValidator(1200)],
        help_text=_("As readers read it."),
    )
    printed_in = models.ForeignKey(
        "magazine.Issue",
        verbose_name=_("printed in"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="printed_corrections",
    )

    objects = models.Manager.from_queryset(CorrectionQuerySet)()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.date}: {self.text[:60]}"
