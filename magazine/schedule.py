"""Set the moment at which an issue or a loose article goes live, and take it back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import ensure_utc

from magazine.models import Article, Issue, IssueEntry, RefusedRelease
from magazine.release_plan import shown


class ScheduleError(Exception):
    """A moment can't be set; the message says why and what to do."""


def house_moment(local: dt.datetime) -> dt.datetime:
    """Return what the house's clock shows as a moment. Raises ScheduleError.

    Refused are hours that the clock passes over in spring, and those that it shows twice in
    autumn: nobody could tell which one was meant.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    on = {"hour": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"}
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ScheduleError(
            _(
                "There is no %(hour)s on %(day)s: the clocks go forward that night. "
                "Choose an hour earlier or later."
            )
            % on
        )
    raise ScheduleError(
        _(
            "%(hour)s comes twice on %(day)s: the clocks go back that night. "
            "Choose an hour earlier or later."
        )
        % on
    )


@transaction.atomic
def schedule(page: Issue | Article, at: dt.datetime, by: Any) -> Revision:
    """Have the newest text of a loose article, or a whole issue, go live at a moment.

    An issue's articles go live at the revisions that are chosen when the moment has come. Raises
    ScheduleError: a moment gone by, an issue that is out, an article that goes with its issue.
    """
    page = type(page).objects.select_for_update().get(pk=page.pk)
    _refuse(page, at, by)
    draft = page.specific.get_latest_revision_as_object()
    draft.go_live_at = at
    try:
        revision = draft.save_revision(user=by, approved_go_live_at=at)
    except ValidationError as error:
        raise ScheduleError(" ".join(error.messages)) from error
    page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    if not page.live:
        Page.objects.filter(pk=page.pk).update(go_live_at=at)
    RefusedRelease.objects.filter(page_id=page.pk).delete()
    _note("wagtail.publish.schedule", draft, revision, at, by)
    return revision


@transaction.atomic
def unschedule(page: Issue | Article, by: Any) -> None:
    """Take a schedule back; the text stays. Raises ScheduleError where there is none."""
    page = type(page).objects.select_for_update().get(pk=page.pk)
    _refuse_stranger(page, by)
    revision = page.scheduled_revision
    if revision is None:
        raise ScheduleError(_("“%(title)s” isn’t scheduled.") % {"title": page.draft_title})
    at = revision.approved_go_live_at
    page.revisions.update(approved_go_live_at=None)
    Page.objects.filter(pk=page.pk, go_live_at__gt=timezone.now()).update(go_live_at=None)
    RefusedRelease.objects.filter(page_id=page.pk).delete()
    _note("wagtail.schedule.cancel", page.specific, revision, at, by)


def waiting_issue(article: Page) -> Issue | None:
    """Return the issue in the making that an article goes live with, if there is one."""
    entries = IssueEntry.objects.filter(
        article_id=article.pk, issue__live=False, issue__first_published_at=None
    )
    entry = entries.select_related("issue").order_by("issue__number").first()
    return entry.issue if entry and not article.live else None


def goes_with_its_issue(article: Page, issue: Issue) -> str:
    """Return the sentence that refuses an article a schedule of its own."""
    return _(
        "“%(title)s” stands in issue %(number)s and goes live with it: schedule the issue, "
        "or publish the article by itself if it can’t wait."
    ) % {"title": article.draft_title, "number": issue.number}


def _refuse(page: Issue | Article, at: dt.datetime, by: Any) -> None:
    _refuse_stranger(page, by)
    if at <= timezone.now():
        raise ScheduleError(
            _("%(moment)s has gone by: choose a moment to come.") % {"moment": shown(at)}
        )
    if isinstance(page, Issue):
        if page.was_released:
            raise ScheduleError(
                _("Issue %(number)s is released already.") % {"number": page.number}
            )
        return
    issue = waiting_issue(page)
    if issue:
        raise ScheduleError(goes_with_its_issue(page, issue))


def _refuse_stranger(page: Issue | Article, by: Any) -> None:
    if isinstance(page, Issue):
        allowed = by.has_perm("magazine.release_issue")
    else:
        allowed = page.permissions_for_user(by).can_publish()
    if not allowed:
        raise ScheduleError(_("You may not schedule this: ask the editor-in-chief."))


def _note(action: str, page: Page, revision: Revision, at: dt.datetime, by: Any) -> None:
    data = {
        "revision": {
            "id": revision.pk,
            "created": ensure_utc(revision.created_at),
            "go_live_at": ensure_utc(at),
            "has_live_version": page.live,
        }
    }
    log(instance=page, action=action, user=by, revision=revision, data=data)
