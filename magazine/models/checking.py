"""Keep what the checks need to remember: findings passed with a reason, links that were visited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
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


class VisitedLinkQuerySet(models.QuerySet):
    """The questions that the job of visiting asks."""

    def due(self, urls: Sequence[str], *, after: dt.timedelta) -> VisitedLinkQuerySet:
        """Keep those of `urls` last visited longer ago than `after`, and in no job’s hands."""
        now = timezone.now()
        old = Q(visited_at=None) | Q(visited_at__lt=now - after)
        unanswered = Q(visited_at=None) | Q(visited_at__lt=F("asked_at"))
        in_hand = Q(asked_at__gt=now - VisitedLink.PATIENCE) & unanswered
        return self.filter(old, url__in=urls).exclude(in_hand)


class VisitedLink(models.Model):
    """What an outside address answered when a job last asked it."""

    # How long a job that was asked for may take before another one is.
    PATIENCE = dt.timedelta(minutes=10)

    url = models.URLField(_("address"), max_length=2000, unique=True)
    status = models.PositiveIntegerField(_("status"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked for on"), null=True, blank=True)
    visited_at = models.DateTimeField(_("visited on"), null=True, blank=True)

    objects = models.Manager.from_queryset(VisitedLinkQuerySet)()

    class Meta:
        verbose_name = _("visited link")
        verbose_name_plural = _("visited links")

    def __str__(self) -> str:
        return self.url

    @property
    def is_awaited(self) -> bool:
        """Tell whether a job is about to visit it."""
        asked = self.asked_at is not None and self.asked_at > timezone.now() - self.PATIENCE
        return asked and (self.visited_at is None or self.visited_at < self.asked_at)
