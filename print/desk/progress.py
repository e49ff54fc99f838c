"""Tell how far a build is, in words and as a share of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from print.models import PressBuild
from print.models.jobs import LATE_AFTER

Step = PressBuild.Step
State = PressBuild.State
# Where each step begins, in percent of a usual build.
BEGINS = {Step.TEXTS: 2, Step.TYPE: 5, Step.PRESS: 60, Step.PREFLIGHT: 72, Step.STORE: 92}
ENDS = {Step.TYPE: 60}


@dataclass(frozen=True)
class Progress:
    """A build as the page of its edition shows it."""

    job: PressBuild

    @property
    def percent(self) -> int:
        """Return how much of it is done, roughly."""
        if self.job.state == State.WAITING or not self.job.step:
            return 0
        step = Step(self.job.step)
        begins = BEGINS[step]
        share = self.job.done / self.job.total if self.job.total else 0
        return round(begins + (ENDS.get(step, begins) - begins) * share)

    @property
    def what(self) -> str:
        """Return what is being made."""
        return _("Final file") if self.job.is_final else _("Proof")

    @property
    def words(self) -> str:
        """Return where it stands, in one line that changes only with the step."""
        job = self.job
        if job.state == State.RUNNING and job.is_called_off:
            return _("Being called off…")
        if job.state == State.RUNNING and job.step:
            return _("%(step)s…") % {"step": job.get_step_display()}
        if job.state == State.RUNNING:
            return _("A worker has begun…")
        if job.state == State.WAITING:
            return _("Waiting for a worker…")
        if job.state == State.CANCELLED:
            return _("Called off: no file was made.")
        if job.state == State.FAILED:
            return _("It failed: nothing was made.")
        return _("Done.")

    @property
    def count(self) -> str:
        """Return how many of the step's pieces are done, "" where it has none."""
        if self.job.state != State.RUNNING or not self.job.total:
            return ""
        return _("%(done)d of %(total)d") % {"done": self.job.done, "total": self.job.total}

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than a free worker would let it."""
        return self.job.state == State.WAITING and timezone.now() - self.job.asked_at > LATE_AFTER

    @property
    def has_failed(self) -> bool:
        """Whether it ended without a file, against everybody's will."""
        return self.job.state == State.FAILED
