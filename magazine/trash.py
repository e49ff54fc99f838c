"""Throw pages away, restore them for thirty days, and empty the trash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.locks import ScheduledForPublishLock
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from magazine.models import Article, Issue, IssueEntry, ReviewLink, Trash, TrashedPage
from magazine.models.trash import KEPT_FOR
from magazine.trash_place import SLUG, is_trashed


class TrashError(Exception):
    """A page can't be thrown away, restored or deleted; the message says why."""


@dataclass(frozen=True)
class Restored:
    """A page that is a draft again, and whether its former address was taken meanwhile."""

    page: Page
    slug: str
    address_was_taken: bool


@dataclass(frozen=True)
class Emptied:
    """Titles of what was deleted for good, and of what something still holds."""

    deleted: tuple[str, ...]
    held: tuple[str, ...]


@transaction.atomic
def throw_away(page: Page, by: AbstractBaseUser | None) -> TrashedPage:
    """Move an article or an unreleased issue into the trash, unpublished and out of all plans.

    Its revisions, log and comments stay with it; its private addresses are closed, its
    workflow and schedule cancelled. Raises TrashError where the page has to stay.
    """
    page = _locked_row(page)
    check_may_go(page, by)
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=by)
    page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    ReviewLink.objects.filter(article_id=page.pk, revoked_at=None).update(revoked_at=timezone.now())
    kept = TrashedPage.objects.create(
        page_id=page.pk,
        former_parent=page.get_parent(),
        former_slug=page.slug,
        was_live=page.live,
        trashed_by=by,
    )
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    # Past save(): a changed slug would leave a redirect to what nobody may see.
    Page.objects.filter(pk=page.pk).update(slug=str(page.pk))
    _move(page, _trash(), by)
    log(instance=page, action="magazine.throw_away", user=by)
    return kept


def check_may_go(page: Page, by: AbstractBaseUser | None) -> None:
    """Raise TrashError where a page may not go into the trash."""
    names = {"title": _title(page)}
    if is_trashed(page):
        raise TrashError(_("“%(title)s” is in the trash already.") % names)
    if not isinstance(page, Article | Issue):
        raise TrashError(_("Only articles and issues go into the trash."))
    lock = page.get_lock()
    # A scheduled page is locked for everybody; thrown away, its schedule is cancelled.
    held = lock and not isinstance(lock, ScheduledForPublishLock)
    if held and (by is None or lock.for_user(by)):
        raise TrashError(_("“%(title)s” is locked: have it unlocked first.") % names)
    if isinstance(page, Issue) and page.was_released:
        raise TrashError(_("“%(title)s” was released: it stays.") % names)
    if isinstance(page, Article) and (issue := _issue_that_holds(page)):
        names["number"] = issue.number
        if issue.was_released:
            sentence = _("“%(title)s” was released in issue %(number)s: it stays.")
        elif is_trashed(issue):
            sentence = _("“%(title)s” stands in issue %(number)s, which is in the trash.")
        else:
            sentence = _(
                "“%(title)s” stands in issue %(number)s: take it out of the contents first."
            )
        raise TrashError(sentence % names)


@transaction.atomic
def restore(page: Page, by: AbstractBaseUser | None, into: Page | None = None) -> Restored:
    """Put a page back as a draft: under its former parent, with its former slug if it is free.

    `into` names another parent, for where the former one is gone. Raises TrashError.
    """
    page = _locked_row(page)
    kept = TrashedPage.objects.filter(page_id=page.pk).select_related("former_parent").first()
    names = {"title": _title(page)}
    if kept is None:
        raise TrashError(_("“%(title)s” is not in the trash.") % names)
    parent = into or kept.former_parent
    if parent is None or is_trashed(parent):
        raise TrashError(_("Its section is gone: choose another one for “%(title)s”.") % names)
    parent = parent.specific
    if not page.can_move_to(parent):
        raise TrashError(
            _("“%(title)s” can’t stand under “%(parent)s”.") % {**names, "parent": parent}
        )
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug = _free(kept.former_slug, taken)
    Page.objects.filter(pk=page.pk).update(slug=slug)
    _move(page, parent, by)
    kept.delete()
    restored = _locked_row(page)
    draft = restored.get_latest_revision_as_object()
    if draft.slug in taken:
        draft.slug = slug if slug != kept.former_slug else _free(draft.slug, taken)
        draft.save_revision(user=by, changed=False, clean=False)
    log(instance=restored, action="magazine.restore", user=by)
    return Restored(page=restored, slug=slug, address_was_taken=slug != kept.former_slug)


@transaction.atomic
def delete_for_good(page: Page, by: AbstractBaseUser | None) -> None:
    """Delete what is in the trash. Raises TrashError where something still holds it."""
    page = _locked_row(page)
    names = {"title": _title(page)}
    if not TrashedPage.objects.filter(page_id=page.pk).exists():
        raise TrashError(_("“%(title)s” is not in the trash.") % names)
    try:
        DeletePageAction(page, user=by).execute(skip_permission_checks=True)
    except ProtectedError as error:
        holders = ", ".join(sorted({str(each) for each in error.protected_objects})[:3])
        raise TrashError(
            _("“%(title)s” is still held by: %(holders)s.") % {**names, "holders": holders}
        ) from error


def empty_trash(older_than: dt.timedelta = KEPT_FOR) -> Emptied:
    """Delete for good what was thrown away longer ago, each page in a transaction of its own."""
    deleted, held = [], []
    due = TrashedPage.objects.thrown_away_before(timezone.now() - older_than)
    for kept in due.select_related("page"):
        title = _title(kept.page)
        try:
            delete_for_good(kept.page, by=None)
        except TrashError:
            held.append(title)
        else:
            deleted.append(title)
    return Emptied(deleted=tuple(deleted), held=tuple(held))


def _title(page: Page) -> str:
    # Not the admin's display title: in the trash it is nobody's.
    return page.draft_title or page.title


def _locked_row(page: Page) -> Page:
    found = Page.objects.select_for_update().filter(pk=page.pk).first()
    if found is None:
        raise TrashError(_("This page is gone."))
    return found.specific


def _trash() -> Page:
    # The root's row is locked, so that two first throws don't make two bins.
    root = Page.objects.select_for_update().get(depth=1)
    found = Trash.objects.first()
    if found is None:
        found = root.add_child(instance=Trash(title="Corbeille", slug=SLUG, live=False))
    return found


def _move(page: Page, parent: Page, by: AbstractBaseUser | None) -> None:
    MovePageAction(page, parent, pos="last-child", user=by).execute(skip_permission_checks=True)


def _free(slug: str, taken: set[str]) -> str:
    free, count = slug, 1
    while free in taken:
        count += 1
        free = f"{slug[:240]}-{count}"
    return free


def _issue_that_holds(article: Article) -> Issue | None:
    """Return an issue with the article in its contents, or in the draft of its contents."""
    entries = IssueEntry.objects.filter(article_id=article.pk).select_related("issue")
    entry = entries.order_by(F("issue__first_published_at").asc(nulls_last=True)).first()
    if entry:
        return entry.issue
    drafts = Revision.page_revisions.filter(
        pk__in=Issue.objects.filter(has_unpublished_changes=True).values("latest_revision")
    )
    for draft in drafts:
        if any(entry["article"] == article.pk for entry in draft.content.get("entries", ())):
            return Issue.objects.get(pk=draft.object_id)
    return None
