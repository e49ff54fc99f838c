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


def stages_of(articles: Iterable[Article | int]) -> dict[int, Stage]:
    """Return the stage of each article, by id."""
    return {pk: standing.stage for pk, standing in standings_of(articles).items()}


def standings_of(articles: Iterable[Article | int]) -> dict[int, Standing]:
    """Return how far each article is, by id, in three queries.

    For each article that was saved again once it was ready, one more compares the two texts.
    """
    ids = {article if isinstance(article, int) else article.pk for article in articles}
    if not ids:
        return {}
    facts = _facts(ids)
    states = _latest_states(ids)
    approvals = _approvals(state.pk for state in states.values())
    return {row["pk"]: _standing(row, states.get(row["pk"]), approvals) for row in facts}


def _says_the_same(one: int, other: int) -> bool:
    """Tell whether two revisions hold the same text, whatever else they note of the page."""
    texts = [
        {name: value for name, value in content.items() if name not in BOOKKEEPING}
        | {"body": json.loads(content.get("body") or "[]")}
        for content in Revision.objects.filter(pk__in=[one, other]).values_list(
            "content", flat=True
        )
    ]
    return len(texts) == 2 and texts[0] == texts[1]


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


def _standing(row: dict, state: WorkflowState | None, approvals: dict) -> Standing:
    stage, last = Stage.WRITTEN, None
    for approval in approvals.get(state.pk, []) if state else []:
        if approval.reached:
            stage = max(stage, Stage(approval.reached), key=ORDER.index)
        last = approval
    if state and state.status == WorkflowState.STATUS_APPROVED:
        stage = Stage.READY
    if row["live"]:
        stage = Stage.RELEASED
    elif state is None and row["has_no_text"]:
        stage = Stage.COMMISSIONED if row["is_commissioned"] else Stage.PLANNED
    return Standing(stage, _moved(row, state, last))


def _moved(row: dict, state: WorkflowState | None, last: Approval | None) -> bool:
    """Tell whether the draft says something else than the text that was approved last."""
    if state is None or state.status != WorkflowState.STATUS_APPROVED or last is None:
        return False
    latest = row["latest_revision_id"]
    if latest == last.revision_id:
        # Autosave may have written over it.
        saved_at = row["latest_revision_created_at"]
        return None not in (saved_at, last.moment) and saved_at > last.moment
    return latest is not None and not _says_the_same(latest, last.revision_id)
