"""A build of a press file: who asked, how far it is, who works on it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from print.models.editions import Edition
from print.models.files import PressFile

# A build beats every twenty seconds; one that is silent for so long has lost its worker.
STALE_AFTER = dt.timedelta(minutes=2)
# A worker that is free takes a build at once; after this the message may have been lost.
LATE_AFTER = dt.timedelta(seconds=30)


class PressBuildQuerySet(models.QuerySet["PressBuild"]):
    """Builds, with names for what is asked of them."""

    def open(self) -> PressBuildQuerySet:
        """Builds that wait or run."""
        return self.filter(state__in=PressBuild.OPEN)

    def to_be_claimed(self) -> PressBuildQuerySet:
        """Builds that wait, and those whose worker is gone; by the database's clock."""
        gone = Q(state=PressBuild.State.RUNNING, beat_at__lt=Now() - STALE_AFTER)
        return self.filter(Q(state=PressBuild.State.WAITING) | gone)

    def overdue(self) -> PressBuildQuerySet:
        """Builds that nobody works on, though a worker had the time to."""
        return self.to_be_claimed().filter(asked_at__lt=Now() - LATE_AFTER)


class PressBuild(models.Model):
    """One order to make a press file; its own row holds its lease, attempt and progress."""

    class State(models.TextChoices):
        """Where the build stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Step(models.TextChoices):
        """What is being done."""

        TEXTS = "texts", _("Reading the texts")
        TYPE = "type", _("Setting the pages in type")
        PRESS = "press", _("Assembling, colours and marks")
        PREFLIGHT = "preflight", _("Preflight")
        STORE = "store", _("Storing the files")

    OPEN = (State.WAITING, State.RUNNING)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="builds")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_final = models.BooleanField(_("final"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    step = models.CharField(_("step"), max_length=9, choices=Step.choices, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = models.TextField(_("message"), blank=True)
    is_called_off = models.BooleanField(_("called off"), default=False)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    lease = models.UUIDField(_("lease"), null=True, editable=False)
    beat_at = models.DateTimeField(_("last sign of life"), null=True)
    asked_at = models.DateTimeField(_("asked on"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    press_file = models.ForeignKey(
        PressFile, null=True, on_delete=models.SET_NULL, related_name="builds"
    )

    objects = PressBuildQuerySet.as_manager()

    class Meta:
        verbose_name = _("build")
        verbose_name_plural = _("builds")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_open_build_per_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in self.OPEN
