"""Keep what readers are told was wrong in an article after it was printed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from magazine.models.articles import Article


class Correction(models.Model):
    """One correction: what was wrong, what is right, and the issue whose erratum printed it."""

    RECORDED = ("printed_in_id",)

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"), default=timezone.localdate)
    wrong = models.TextField(_("what was wrong"), max_length=600)
    text = models.TextField(_("correction"), max_length=1200, help_text=_("As readers read it."))
    printed_in = models.ForeignKey(
        "magazine.Issue",
        verbose_name=_("printed in"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="printed_corrections",
    )

    panels = [FieldPanel("date"), FieldPanel("wrong"), FieldPanel("text")]

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.date}: {self.text[:60]}"
