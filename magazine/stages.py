"""Say how far each article is, from an idea to its release, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from magazine.models import Article, PlannedPiece

DONE = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)
# A body without a block, as a revision keeps it.
NO_TEXT = ("", "[]")


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
class Standing:
    """How far an article is, and whether its draft moved since it was ready."""

    stage: Stage
    changed_since_ready: bool = False


def stages_of(articles: Iterable[Article | int]) -> dict[int, Stage]:
    """Return the stage of each article, by id."""
    return {pk: standing.stage for pk, standing in standings_of(articles).items()}


def standings_of(articles: Iterable[Article | int]) -> dict[int, Standing]:
    """Return how far each article is, by id; three queries, however many there are."""
    ids = {article if isinstance(article, int) else article.pk for article in articles}
    if not ids:
        return {}
    facts = _facts(ids)
    states = _latest_states(ids)
    approvals = _approvals(state.pk for state in states.values())
    return {row["pk"]: _standing(row, states.get(row["pk"]), approvals) for row in facts}


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
        .values("pk", "live", "latest_revision_created_at", "is_commissioned", "has_no_text")
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


def _approvals(states: Iterable[int]) -> dict[int, list[tuple[str | None, dt.datetime | None]]]:
    """By workflow: what the article had reached with each approved step, and when."""
    found = defaultdict(list)
    done = TaskState.objects.filter(workflow_state__in=list(states), status__in=DONE)
    for state, reached, moment in done.order_by("finished_at", "pk").values_list(
        "workflow_state", "task__step__reached", "finished_at"
    ):
        found[state].append((reached, moment))
    return found


def _standing(row: dict, state: WorkflowState | None, approvals: dict) -> Standing:
    stage, ready_at = Stage.WRITTEN, None
    for reached, moment in approvals.get(state.pk, []) if state else []:
        if reached:
            stage = max(stage, Stage(reached), key=ORDER.index)
        ready_at = moment
    if state and state.status == WorkflowState.STATUS_APPROVED:
        stage = Stage.READY
    if row["live"]:
        stage = Stage.RELEASED
    elif state is None and row["has_no_text"]:
        stage = Stage.COMMISSIONED if row["is_commissioned"] else Stage.PLANNED
    return Standing(stage, _moved(row, state, ready_at))


def _moved(row: dict, state: WorkflowState | None, ready_at: dt.datetime | None) -> bool:
    """Tell whether the draft was saved since the last step was approved."""
    if state is None or state.status != WorkflowState.STATUS_APPROVED or ready_at is None:
        return False
    saved_at = row["latest_revision_created_at"]
    return saved_at is not None and saved_at > ready_at
