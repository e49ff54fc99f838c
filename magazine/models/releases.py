"""Keep why a scheduled release could not be made, so that it is told once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefusedRelease(models.Model):
    """A scheduled page, article or issue, that could not go live, and why."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="refused_releases"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.TextField(_("reason"))
    refused_at = models.DateTimeField(_("refused on"), auto_now_add=True)
    told_at = models.DateTimeField(_("told on"), null=True, blank=True)

    class Meta:
        verbose_name = _("refused release")
        verbose_name_plural = _("refused releases")
        ordering = ["-refused_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "revision"], name="one_refusal_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.reason[:60]}"
