"""Gather the erratum box: what readers were told was wrong in earlier issues."""

from __future__ import annotations

from dataclasses import dataclass

from magazine.models import Correction, Issue, IssueEntry


@dataclass(frozen=True)
class Erratum:
    """One correction, and where the mistake was printed."""

    correction_id: int
    issue_number: int
    folios: str
    title: str
    wrong: str
    text: str


def read_errata(issue: Issue) -> tuple[Erratum, ...]:
    """Return what the issue's erratum box holds, the oldest first."""
    corrections = Correction.objects.for_erratum_of(issue).select_related("article")
    printed = (
        IssueEntry.objects.filter(
            article__corrections__in=corrections,
            issue__number__lt=issue.number,
            first_folio__isnull=False,
        )
        .select_related("issue")
        .order_by("issue__number")
    )
    newest = {entry.article_id: entry for entry in printed}
    return tuple(
        Erratum(
            correction_id=correction.pk,
            issue_number=newest[correction.article_id].issue.number,
            folios=newest[correction.article_id].folios,
            title=correction.article.title,
            wrong=correction.wrong,
            text=correction.text,
        )
        for correction in corrections
    )
