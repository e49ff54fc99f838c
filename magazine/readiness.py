"""Say whether an article may be ready for layout, and hand it on once it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import ngettext

if TYPE_CHECKING:
    from wagtail.models import Page, WorkflowState

    from magazine.checks import Finding


class NotReadyError(Exception):
    """Checks keep an article from being ready; `findings` tells which, the message says it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        super().__init__(
            ngettext(
                "This article isn’t ready for layout: one thing must be mended first.",
                "This article isn’t ready for layout: %(count)d things must be mended first.",
                len(findings),
            )
            % {"count": len(findings)}
        )


def refuse_unready(page: Page) -> None:
    """Raise NotReadyError where blocking checks stand against the article's latest draft."""
    from magazine.checks import blocking, draft_of
    from magazine.models import Article

    article = page.specific
    if not isinstance(article, Article):
        return
    findings = blocking(draft_of(article))
    if findings:
        raise NotReadyError(findings)


def hand_to_layout(workflow_state: WorkflowState, user: Any = None) -> None:
    """Mark an article ready once its last step is approved; nothing is published.

    Wagtail names this in `WAGTAIL_FINISH_WORKFLOW_ACTION` and imports it before any model is.
    Raises ReleaseError where the issue that holds the article can't take it any more.
    """
    from magazine.models import Article
    from magazine.release import mark_ready

    article = workflow_state.content_object.specific
    if isinstance(article, Article):
        # The step began at an older text: the one that was checked is the latest.
        mark_ready(article, article.latest_revision, user)
