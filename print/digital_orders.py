"""Order the digital edition of a released issue."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from magazine.models import Issue, IssueEntry
from print.digital_tasks import keep_up
from print.editions import open_edition
from print.jobs import ask_for
from print.models import PressBuild, PressProfile

# A build that runs may have read its texts already: another follows it.
AGAIN_AFTER = dt.timedelta(minutes=1)


def order(issue_id: int) -> PressBuild | None:
    """Order the digital edition of a public issue; the same inputs give the file that is there.

    None without anything to make: no text for paper, no profile for digital editions.
    """
    issue = Issue.objects.for_readers().filter(pk=issue_id).first()
    if issue is None or not IssueEntry.objects.filter(issue=issue).on_paper().exists():
        return None
    profile = _profile_of(issue)
    if profile is None:
        return None
    ordered = ask_for(open_edition(issue, profile), None)
    if ordered.state == PressBuild.State.RUNNING:
        keep_up.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(issue_id)
    return ordered


def _profile_of(issue: Issue) -> PressProfile | None:
    """Return the profile of the digital edition that there is, else the first for one."""
    profiles = PressProfile.objects.filter(variant=PressProfile.Variant.UA1).order_by("pk")
    return profiles.filter(editions__issue=issue).first() or profiles.first()
