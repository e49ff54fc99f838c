"""Plan the release of an issue: which revision of each article goes live, and what blocks it."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Page, Revision

from magazine.models import Article, Issue, IssueEntry
from magazine.models.trash import is_trashed

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Block:
    """One thing that holds a release back, what to do about it, and the address to do it at."""

    message: str
    remedy: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class Action(StrEnum):
    """What the release does with an article."""

    PUBLISH = "publish"
    KEEP = "keep"
    NONE = "none"


@dataclass(frozen=True)
class Step:
    """One article of the issue: the revision to go live, and why it may not."""

    entry: IssueEntry
    article: Article
    revision: Revision | None
    action: Action
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a release would do, article by article, and everything that blocks it."""

    issue: Issue
    revision: Revision | None
    steps: tuple[Step, ...]
    own_blocks: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the issue's own blocks, then those of its articles in their order."""
        return (*self.own_blocks, *(block for step in self.steps for block in step.blocks))

    @property
    def fingerprint(self) -> str:
        """Return a digest of what would go live, at which revision as it stands now."""
        facts = [_identity(self.issue.pk, self.revision)]
        facts += [
            f"{step.entry.pk} {step.action} {_identity(step.article.pk, step.revision)}"
            for step in self.steps
        ]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]


def _identity(page_id: int, revision: Revision | None) -> str:
    # Autosave writes over a revision: its date tells one text from the next.
    return f"{page_id} {revision.pk} {revision.created_at.isoformat()}" if revision else "-"


def dry_run(issue: Issue, by: Any = None) -> Plan:
    """Return the plan with all that would block: state, validity, and the editors' checks.

    `by` is who would release; a page locked by somebody else blocks. Writes nothing.
    """
    from magazine import checks

    plan = plan_of(issue, by)
    return Plan(
        plan.issue,
        plan.revision,
        tuple(_checked(step, plan.issue, checks.blocking) for step in plan.steps),
        plan.own_blocks,
    )


def plan_of(issue: Issue, by: Any = None) -> Plan:
    """Return the plan without the editors' checks: quick enough to be made under locks."""
    issue = Issue.objects.get(pk=issue.pk)
    entries = issue_entries(issue)
    articles = Article.objects.select_related("live_revision", "locked_by").in_bulk(
        [entry.article_id for entry in entries]
    )
    addresses = Counter[tuple[str, str]]()
    steps = []
    for entry in entries:
        article = articles[entry.article_id]
        revision = revision_to_release(entry, article)
        action = _action(article, revision)
        blocks = [*_state_blocks(article, by)]
        if action == Action.PUBLISH and revision is not None:
            blocks += _validity_blocks(article, revision, addresses)
        if revision is None:
            blocks.append(_not_ready(article))
        steps.append(Step(entry, article, revision, action, tuple(blocks)))
    return Plan(issue, issue.latest_revision, tuple(steps), tuple(_issue_blocks(issue, by)))


def issue_entries(issue: Issue) -> Sequence[IssueEntry]:
    """Return the entries in order, with the revisions that were recorded."""
    entries = IssueEntry.objects.filter(issue=issue).order_by("position", "pk")
    return list(entries.select_related("section", "release_revision", "printed_revision"))


def revision_to_release(entry: IssueEntry, article: Article) -> Revision | None:
    """Return the revision chosen for the entry, else the printed one, else the live one."""
    return entry.release_revision or entry.printed_revision or article.live_revision


def _action(article: Article, revision: Revision | None) -> Action:
    if revision is None:
        return Action.NONE
    if not article.live:
        return Action.PUBLISH
    live = article.live_revision
    # What went live after the chosen text is a correction of it: it isn't taken back.
    if live is None or (live.created_at, live.pk) >= (revision.created_at, revision.pk):
        return Action.KEEP
    return Action.PUBLISH


def _checked(step: Step, issue: Issue, blocking: Any) -> Step:
    """Add what the checks find in the text that would go live."""
    if step.revision is None:
        return step
    try:
        text = step.revision.as_object()
    except Exception:
        logger.debug("Revision %s can't be read.", step.revision.pk)
        return step
    found = [
        Block(
            _titled(step.article, finding.message),
            finding.remedy,
            edit_address(step.article, finding.place),
        )
        for finding in blocking(text, issue)
    ]
    return Step(step.entry, step.article, step.revision, step.action, (*step.blocks, *found))


def edit_address(page: Page, place: str = "") -> str:
    """Return the address where a page is edited, at a block of its text where one is named."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    field, _dot, rest = place.partition(".")
    if rest and field == "body":
        return f"{address}#block-{rest.split('.')[0]}-section"
    return address


def _titled(article: Page, message: str) -> str:
    return _("%(title)s: %(message)s") % {"title": article.draft_title, "message": message}


def _issue_blocks(issue: Issue, by: Any) -> Iterator[Block]:
    where = edit_address(issue)
    if is_trashed(issue):
        yield Block(_("The issue is in the trash."), _("Restore it."))
    if not issue.entries.exists():
        yield Block(_("The issue has no article."), _("Add some to its contents."), where)
    yield from _lock_blocks(issue, by)
    if issue.latest_revision is None:
        yield Block(_("The issue was never saved."), _("Open it and save it."), where)
        return
    yield from _validity_blocks(issue, issue.latest_revision, Counter())


def _not_ready(article: Article) -> Block:
    return Block(
        _titled(article, _("no text is ready.")),
        _("Take it through the workflow to “ready for layout”, or choose a text here."),
        edit_address(article),
    )


def _state_blocks(article: Article, by: Any) -> Iterator[Block]:
    where = edit_address(article)
    if is_trashed(article):
        yield Block(
            _titled(article, _("is in the trash.")),
            _("Restore it, or take it out of the contents."),
            where,
        )
    yield from _lock_blocks(article, by)
    if article.workflow_in_progress:
        yield Block(
            _titled(article, _("is still in the workflow.")),
            _("Finish its workflow, or cancel it."),
            where,
        )
    scheduled = article.scheduled_revision
    if scheduled:
        yield Block(
            _titled(article, _("is scheduled by itself for %(moment)s."))
            % {"moment": shown(scheduled.approved_go_live_at)},
            _("Cancel its own schedule: it goes live with the issue."),
            where,
        )
    if article.get_view_restrictions().exists():
        yield Block(
            _titled(article, _("is private: readers would not see it.")),
            _("Make it public, or take it out of the contents."),
            where,
        )


def _lock_blocks(page: Page, by: Any) -> Iterator[Block]:
    if page.locked and (by is None or BasicLock(page).for_user(by)):
        yield Block(
            _titled(page, _("is locked by %(user)s.")) % {"user": page.locked_by or _("somebody")},
            _("Ask for it to be unlocked."),
            edit_address(page),
        )


def _validity_blocks(
    page: Page, revision: Revision, addresses: Counter[tuple[str, str]]
) -> Iterator[Block]:
    """Find what would make the publication of that revision fail."""
    where = edit_address(page)
    if str(revision.object_id) != str(page.pk):
        yield Block(
            _titled(page, _("the chosen text is another page's.")), _("Choose a text again."), where
        )
        return
    try:
        text = revision.as_object()
        text.full_clean()
    except ValidationError as error:
        for message in _sentences(error, page):
            yield Block(_titled(page, message), _("Correct it and save."), where)
        return
    except Exception:
        logger.exception("Revision %s of page %s can't be read.", revision.pk, page.pk)
        yield Block(
            _titled(page, _("the chosen text can’t be read.")), _("Choose another text."), where
        )
        return
    if text.expire_at and text.expire_at <= timezone.now():
        yield Block(
            _titled(page, _("expired on %(moment)s.")) % {"moment": shown(text.expire_at)},
            _("Take its expiry date away."),
            where,
        )
    address = (text.path[: -text.steplen], text.slug)
    addresses[address] += 1
    if addresses[address] > 1:
        yield Block(
            _titled(page, _("another article of the issue has the same address.")),
            _("Change one of the two."),
            where,
        )


def _sentences(error: ValidationError, page: Page) -> Iterable[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        message
        if name == NON_FIELD_ERRORS
        else _("%(field)s: %(message)s") % {"field": _label(page, name), "message": message}
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _label(page: Page, name: str) -> str:
    try:
        return str(page.specific_class._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def shown(moment: Any) -> str:
    """Return a moment as the editors' clock shows it."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
