"""Release what is due, each piece once, whatever else fails, and tell of what was refused."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from magazine import refusals
from magazine.models import Issue
from magazine.release import ReleaseError, publish, release
from magazine.schedule import goes_with_its_issue, waiting_issue

logger = logging.getLogger(__name__)


class Refused(Exception):
    """A page that was due can't go live; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What one round did, by the ids of pages."""

    released: tuple[int, ...]
    expired: tuple[int, ...]
    refused: tuple[int, ...]


def run_due(now: dt.datetime | None = None) -> Outcome:
    """Take offline what expired, release what is due, tell of what was refused.

    Any number of schedulers may run this side by side and be killed at any write: a schedule is
    cleared in the transaction that publishes. What is refused stays due, and is tried again in
    the next round.
    """
    now = now or timezone.now()
    expired = [pk for pk in _expired(now) if _guarded(pk, None, lambda pk=pk: _expire(pk, now))]
    released, refused = [], []
    for revision_id, page_id in _due(now):
        done = _guarded(page_id, revision_id, lambda rev=revision_id: _release_due(rev, now))
        if done:
            released.append(page_id)
        elif done is None:
            refused.append(page_id)
    refusals.tell()
    return Outcome(tuple(released), tuple(expired), tuple(refused))


def _due(now: dt.datetime) -> list[tuple[int, int]]:
    """Return revision and page of what is due, the longest overdue first."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    rows = due.order_by("approved_go_live_at", "pk").values_list("pk", "object_id")
    return [(pk, int(page)) for pk, page in rows]


def _expired(now: dt.datetime) -> list[int]:
    expired = Page.objects.filter(live=True, expire_at__lte=now)
    return list(expired.order_by("expire_at", "pk").values_list("pk", flat=True))


def _guarded(page_id: int, revision_id: int | None, verb: Callable[[], bool]) -> bool | None:
    """Return what the verb says, or None where it failed; the reason is kept."""
    try:
        return verb()
    except (Refused, ReleaseError) as error:
        reason = str(error)
    except ValidationError as error:
        reason = " ".join(error.messages)
    except (OperationalError, InterfaceError) as error:
        # Another process has it, or the database is away: the next round will see.
        logger.warning("Page %s waits for the next round: %s", page_id, error)
        return False
    except Exception as error:
        logger.exception("Page %s can't be released.", page_id)
        reason = _("Its text can’t be published (%(error)s). Open it, mend it, schedule it again.")
        reason %= {"error": type(error).__name__}
    refusals.record(page_id, revision_id, reason)
    return None


def _release_due(revision_id: int, now: dt.datetime) -> bool:
    """Release one page that is due; False where another scheduler did or is doing it."""
    page = _claimed_page(revision_id)
    if page is not None and isinstance(page, Issue) and not page.was_released:
        return _release_issue(page, revision_id, now)
    with transaction.atomic():
        revision = _claim(revision_id, now)
        if revision is None:
            return False
        page = revision.content_object
        issue = waiting_issue(page)
        if issue:
            raise Refused(goes_with_its_issue(page, issue))
        publish(revision, scheduled=True)
        refusals.settle(page.pk)
    return True


def _claimed_page(revision_id: int) -> Page | None:
    revision = Revision.objects.filter(pk=revision_id).first()
    return revision.content_object if revision else None


def _release_issue(issue: Issue, revision_id: int, now: dt.datetime) -> bool:
    # The plan is made before the locks; whoever comes second finds the issue released.
    try:
        release(issue, due=revision_id)
    except ReleaseError:
        with transaction.atomic():
            if _claim(revision_id, now) is None:
                return False
        raise
    return True


def _claim(revision_id: int, now: dt.datetime) -> Revision | None:
    """Lock the page of a revision and return the revision if it is still due; else None."""
    page_id = Revision.objects.filter(pk=revision_id).values_list("object_id", flat=True).first()
    if page_id is None:
        return None
    if not _unheld().filter(pk=page_id).values_list("pk", flat=True):
        if not Page.objects.filter(pk=page_id).exists():
            Revision.objects.filter(pk=revision_id).update(approved_go_live_at=None)
            logger.warning("Revision %s was due, but its page is gone.", revision_id)
        return None
    return Revision.objects.filter(pk=revision_id, approved_go_live_at__lte=now).first()


def _expire(page_id: int, now: dt.datetime) -> bool:
    with transaction.atomic():
        page = _unheld().filter(pk=page_id, live=True, expire_at__lte=now).first()
        if page is None:
            return False
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        refusals.settle(page_id)
    return True


def _unheld() -> QuerySet[Page]:
    """Return the pages that no other scheduler holds; those that are fetched are held."""
    skips = connection.features.has_select_for_update_skip_locked
    return Page.objects.select_for_update(skip_locked=skips)
