"""Say how far each article is, from an idea to its release, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState, WorkflowState, get_default_page_content_type

from magazine.models import Article, PlannedPiece

DONE = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)
# A body without a block, as a revision keeps it.
NO_TEXT = ("", "[]")
# What a revision notes of its page besides the text.
BOOKKEEPING = {
    *("live", "draft_title", "has_unpublished_changes", "latest_revision", "live_revision"),
    *("latest_revision_created_at", "last_published_at", "first_published_at"),
    *("locked", "locked_at", "locked_by", "go_live_at", "expire_at", "expired"),
    *("wagtail_admin_comments", "url_path", "path", "depth", "numchild"),
}


class Stage(TextChoices):
    """How far an article is; the order is the way it goes."""

    PLANNED = "planned", _("Planned")
    COMMISSIONED = "commissioned", _("Commissioned")
    WRITTEN = "written", _("Written")
    REREAD = "reread", _("Reread")
    CORRECTED = "corrected", _("Corrected")
    READY = "ready", _("Ready for layout")
    RELEASED = "released", _("Released")


ORDER = list(Stage)


@dataclass(frozen=True)
class Approval:
    """A step that was approved: what the article reached by it, when, and at which text."""

    reached: str | None
    moment: dt.datetime | None
    revision_id: int


@dataclass(frozen=True)
class Standing:
    """How far an article is, and whether its draft moved since it was ready."""

    stage: Stage
    changed_since_ready: bool = False


def standings_of(articles: Iterable[Article | int]) -> dict[int, Standing]:
    """Return how far each article is, by id, in three queries.

    A fourth reads the texts of those that were saved again once they were ready.
    """
    ids = {article if isinstance(article, int) else article.pk for article in articles}
    if not ids:
        return {}
    rows = list(_facts(ids))
    states = _latest_states(ids)
    approvals = _approvals(state.pk for state in states.values())
    ready = {
        pk: approvals[state.pk][-1]
        for pk, state in states.items()
        if state.status == WorkflowState.STATUS_APPROVED and approvals.get(state.pk)
    }
    moved = _moved(rows, ready)
    return {
        row["pk"]: Standing(_stage(row, states.get(row["pk"]), approvals), row["pk"] in moved)
        for row in rows
    }


def _facts(ids: set[int]) -> Iterable[dict]:
    pieces = PlannedPiece.objects.filter(article=OuterRef("pk"))
    written = Q(latest_revision=None) | Q(latest_revision__content__body=None)
    return (
        Article.objects.filter(pk__in=ids)
        .order_by()
        .annotate(
            is_commissioned=Exists(pieces.exclude(commissioned_on=None)),
            has_no_text=Q(latest_revision__content__body__in=NO_TEXT) | written,
        )
        .values(
            *("pk", "live", "latest_revision_id", "latest_revision_created_at"),
            *("is_commissioned", "has_no_text"),
        )
    )


def _latest_states(ids: set[int]) -> dict[int, WorkflowState]:
    """The workflow that each article went through last; one that was cancelled counts for none."""
    states = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=[str(pk) for pk in ids],
    ).order_by("created_at", "pk")
    latest = {int(state.object_id): state for state in states}
    return {
        pk: state for pk, state in latest.items() if state.status != WorkflowState.STATUS_CANCELLED
    }


def _approvals(states: Iterable[int]) -> dict[int, list[Approval]]:
    """By workflow: what the article had reached with each approved step, when, at which text."""
    found = defaultdict(list)
    done = TaskState.objects.filter(workflow_state__in=list(states), status__in=DONE)
    for state, *approval in done.order_by("finished_at", "pk").values_list(
        "workflow_state", "task__step__reached", "finished_at", "revision_id"
    ):
        found[state].append(Approval(*approval))
    return found


def _stage(row: dict, state: WorkflowState | None, approvals: dict) -> Stage:
    if row["live"]:
        return Stage.RELEASED
    if state is None:
        if row["has_no_text"]:
            return Stage.COMMISSIONED if row["is_commissioned"] else Stage.PLANNED
        return Stage.WRITTEN
    if state.status == WorkflowState.STATUS_APPROVED:
        return Stage.READY
    reached = [Stage(each.reached) for each in approvals.get(state.pk, []) if each.reached]
    return max([Stage.WRITTEN, *reached], key=ORDER.index)


def _moved(rows: Iterable[dict], ready: dict[int, Approval]) -> set[int]:
    """The articles whose draft says something else than the text that was approved last."""
    moved, compared = set(), {}
    for row in rows:
        approval, latest = ready.get(row["pk"]), row["latest_revision_id"]
        if approval is None or latest is None:
            continue
        if latest != approval.revision_id:
            compared[row["pk"]] = (latest, approval.revision_id)
        elif approval.moment and row["latest_revision_created_at"] > approval.moment:
            moved.add(row["pk"])  # autosave wrote over it
    texts = _texts({revision for pair in compared.values() for revision in pair})
    return moved | {
        pk for pk, (one, other) in compared.items() if texts.get(one) != texts.get(other)
    }


def _texts(revisions: set[int]) -> dict[int, dict]:
    """What revisions say, whatever else they note of the page; nothing is asked for none."""
    if not revisions:
        return {}
    found = Revision.objects.filter(pk__in=revisions).values_list("pk", "content")
    return {
        pk: {name: value for name, value in content.items() if name not in BOOKKEEPING}
        | {"body": json.loads(content.get("body") or "[]")}
        for pk, content in found
    }
