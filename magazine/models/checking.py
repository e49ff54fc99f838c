"""Keep what the checks need to remember: findings passed with a reason, links that were visited."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article


class PassedCheck(models.Model):
    """A finding that the editor-in-chief let pass, and why."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="passed_checks")
    check_code = models.CharField(_("check"), max_length=60)
    subject = models.CharField(_("place"), max_length=160, blank=True)
    reason = models.TextField(_("reason"), max_length=600)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("passed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    passed_at = models.DateTimeField(_("passed on"), auto_now_add=True)

    class Meta:
        verbose_name = _("check passed with a reason")
        verbose_name_plural = _("checks passed with a reason")
        ordering = ["-passed_at", "-pk"]
        permissions = [("pass_check", "Can pass a blocking check with a reason")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "check_code", "subject"], name="one_pass_per_finding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_code} · {self.article}"


class VisitedLink(models.Model):
    """What an outside address answered when a job last asked it."""

    url = models.URLField(_("address"), max_length=2000, unique=True)
    status = models.PositiveIntegerField(_("status"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    visited_at = models.DateTimeField(_("visited on"), null=True, blank=True)

    class Meta:
        verbose_name = _("visited link")
        verbose_name_plural = _("visited links")

    def __str__(self) -> str:
        return self.url
