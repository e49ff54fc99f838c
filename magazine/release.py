"""The verbs that move an issue: mark ready, choose, release, record what was printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from magazine.models import Article, Correction, Issue, IssueEntry, RefusedRelease
from magazine.release_plan import Action, Block, Plan, dry_run, plan_of, shown
from magazine.shown import changed


class ReleaseError(Exception):
    """An issue can't take the step that was asked; `blocks` holds every reason."""

    def __init__(self, message: str, blocks: Sequence[Block] = ()) -> None:
        super().__init__(message)
        self.blocks = tuple(blocks)

    def __str__(self) -> str:
        return "\n".join([str(self.args[0]), *(f"- {block}" for block in self.blocks)])


@dataclass(frozen=True)
class Released:
    """What a release did: the issue, the articles that went live, those that were live before."""

    issue_id: int
    published: tuple[int, ...]
    kept: tuple[int, ...]


@dataclass(frozen=True)
class Printed:
    """What was printed of one entry: a revision, from one folio to another."""

    entry_id: int
    revision_id: int | None
    first_folio: int
    last_folio: int


@transaction.atomic
def mark_ready(article: Article, revision: Revision, by: Any = None) -> None:
    """Choose a revision for the issues in the making that hold the article; again is no harm.

    What was printed keeps its revision: paper can't be called back. Raises ReleaseError for
    another page's revision.
    """
    _refuse_foreign(article, revision)
    waiting = IssueEntry.objects.filter(
        article_id=article.pk,
        issue__live=False,
        issue__first_published_at=None,
        printed_revision=None,
    ).exclude(release_revision=revision)
    for entry in waiting.select_for_update(of=("self",)):
        _pin(entry, revision, by)


@transaction.atomic
def choose_revision(entry: IssueEntry, revision: Revision, by: Any) -> None:
    """Choose by hand which text of an article is released, also after print.

    Raises ReleaseError for an issue that is released, another page's revision, or a user who
    may not.
    """
    _refuse_stranger(by)
    entry = IssueEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.issue.was_released:
        raise _already_released(entry.issue)
    _refuse_foreign(entry.article, revision)
    if entry.release_revision_id != revision.pk:
        _pin(entry, revision, by)


def release(
    issue: Issue, by: Any = None, expected: str | None = None, *, due: int | None = None
) -> Released:
    """Make an issue and all of its articles live, each at its chosen revision, or nothing.

    `by` is None for the scheduler, and `due` the revision whose moment has come. `expected` is
    the fingerprint of the plan that was looked at: nothing is released if something changed
    since. An article that is live already, at the chosen text or a later one, stays as it is.
    Raises ReleaseError with all the reasons.
    """
    if by is not None:
        _refuse_stranger(by)
    _refuse_second(issue)
    # The editors' checks take their time: they are made before anything is locked.
    plan = dry_run(issue, by)
    if plan.blocks:
        raise ReleaseError(_("Issue %(number)s can’t be released:") % _number(issue), plan.blocks)
    if expected is not None and expected != plan.fingerprint:
        raise _changed(issue)
    try:
        with transaction.atomic():
            return _release(issue, by, plan, due)
    except ValidationError as error:
        block = Block(" ".join(error.messages), "")
        raise ReleaseError(
            _("Issue %(number)s can’t be released:") % _number(issue), [block]
        ) from error


def _release(issue: Issue, by: Any, looked_at: Plan, due: int | None) -> Released:
    pages = [issue.pk, *(step.article.pk for step in looked_at.steps)]
    # In the order of their ids, so that two releases never wait for one another.
    list(Page.objects.select_for_update().filter(pk__in=pages).order_by("pk").values_list("pk"))
    entries = IssueEntry.objects.filter(issue=issue).order_by("pk")
    list(entries.select_for_update().values_list("pk"))
    issue = Issue.objects.get(pk=issue.pk)
    _refuse_second(issue)
    if due is not None:
        _refuse_called_off(issue, due)
    plan = plan_of(issue, by)
    if plan.blocks or plan.fingerprint != looked_at.fingerprint or plan.revision is None:
        raise _changed(issue)
    published, kept = [], []
    for step in plan.steps:
        if step.revision is None:
            raise _changed(issue)
        revision = step.revision
        if step.action == Action.PUBLISH:
            publish(revision, by, scheduled=due is not None)
            published.append(step.article.pk)
        else:
            kept.append(step.article.pk)
        if step.entry.release_revision_id is None:
            IssueEntry.objects.filter(pk=step.entry.pk).update(release_revision=revision)
    publish(plan.revision, by, scheduled=due is not None)
    RefusedRelease.objects.filter(page_id__in=pages).delete()
    return Released(issue.pk, tuple(published), tuple(kept))


def publish(revision: Revision, by: Any = None, *, scheduled: bool = False) -> None:
    """Make a page live at a revision, now, whatever date the revision holds.

    Asks for nobody's permission. Runs in the caller's transaction: handlers of
    `page_published` hand their work to jobs on commit. Raises ValidationError.
    """
    action = PublishPageRevisionAction(
        revision, user=by, log_action="wagtail.publish.scheduled" if scheduled else True
    )
    if action.object.go_live_at and action.object.go_live_at > timezone.now():
        action.object.go_live_at = None
    action.execute(skip_permission_checks=True)


@transaction.atomic
def record_printing(
    issue: Issue, printed: Sequence[Printed], errata: Iterable[int] | None = None
) -> None:
    """Write what the principal edition holds to the issue's entries: revisions and folios.

    An entry that wasn't printed loses folios recorded before; one without a chosen revision is
    released as it was printed. `errata` are the corrections in the erratum box. Raises
    ReleaseError where an entry isn't the issue's.
    """
    entries = {entry.pk: entry for entry in IssueEntry.objects.filter(issue=issue)}
    foreign = [item.entry_id for item in printed if item.entry_id not in entries]
    if foreign:
        raise ReleaseError(
            _("Issue %(number)s has no entry %(entries)s.")
            % {"number": issue.number, "entries": ", ".join(map(str, foreign))}
        )
    for entry in entries.values():
        entry.printed_revision_id = entry.first_folio = entry.last_folio = None
    for item in printed:
        entry = entries[item.entry_id]
        entry.printed_revision_id = item.revision_id
        entry.first_folio, entry.last_folio = item.first_folio, item.last_folio
        if entry.release_revision_id is None:
            entry.release_revision_id = item.revision_id
    IssueEntry.objects.bulk_update(
        entries.values(), ["printed_revision", "first_folio", "last_folio", "release_revision"]
    )
    changed(f"contents:{issue.pk}", *(f"page:{entry.article_id}" for entry in entries.values()))
    changed(f"page:{issue.pk}")
    if errata is not None:
        chosen = set(errata)
        Correction.objects.filter(printed_in=issue).exclude(pk__in=chosen).update(printed_in=None)
        Correction.objects.filter(pk__in=chosen).update(printed_in=issue)


def _pin(entry: IssueEntry, revision: Revision, by: Any) -> None:
    IssueEntry.objects.filter(pk=entry.pk).update(release_revision=revision)
    log(
        instance=entry.article.specific,
        action="magazine.choose_revision",
        user=by,
        revision=revision,
        data={"issue": entry.issue.number},
    )


def _refuse_stranger(by: Any) -> None:
    if not by.has_perm("magazine.release_issue"):
        raise ReleaseError(_("You may not release issues: ask the editor-in-chief."))


def _refuse_foreign(article: Page, revision: Revision) -> None:
    own = Revision.page_revisions.filter(object_id=str(article.pk))
    if not own.filter(pk=revision.pk).exists():
        raise ReleaseError(_("This text isn’t one of “%(title)s”.") % _title(article))


def _refuse_second(issue: Issue) -> None:
    now = Issue.objects.get(pk=issue.pk)
    if now.was_released:
        raise _already_released(now)


def _refuse_called_off(issue: Issue, due: int) -> None:
    """Refuse where the schedule was taken back, or put off, while the release was on its way."""
    if not Revision.objects.filter(pk=due, approved_go_live_at__isnull=False).exists():
        raise ReleaseError(_("Issue %(number)s isn’t due any more.") % _number(issue))


def _already_released(issue: Issue) -> ReleaseError:
    if issue.first_published_at is None:
        return ReleaseError(_("Issue %(number)s is released already.") % _number(issue))
    return ReleaseError(
        _("Issue %(number)s is released already, since %(moment)s.")
        % {"number": issue.number, "moment": shown(issue.first_published_at)}
    )


def _changed(issue: Issue) -> ReleaseError:
    return ReleaseError(
        _("Issue %(number)s changed while you looked at it: look again, then release.")
        % _number(issue)
    )


def _number(issue: Issue) -> dict[str, int]:
    return {"number": issue.number}


def _title(article: Page) -> dict[str, str]:
    return {"title": article.draft_title}
