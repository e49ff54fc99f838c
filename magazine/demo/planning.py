"""Plan the demo's next issue, and a few ideas for later."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from magazine.demo.content import read_planning
from magazine.models import Article, Contributor, Issue, PlannedPiece, Section


def load_planning(issue: Issue) -> None:
    """Fill the boards, unless editors have planned something already."""
    if PlannedPiece.objects.exists():
        return
    planning = read_planning()
    for board, rows in ((issue, planning["issue"]), (None, planning["ideas"])):
        for position, row in enumerate(rows, start=1):
            piece = _piece(row)
            if piece:
                PlannedPiece.objects.create(issue=board, position=position, **piece)


def _piece(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a row's fields; none where editors have given its article another address."""
    planned = {
        "commissioned_on": _day(row.get("commissioned")),
        "due_on": _day(row.get("due")),
        "planned_signs": row.get("signs"),
        "planned_pages": row.get("pages"),
        "note": row.get("note", ""),
    }
    if "article" in row:
        article = Article.objects.filter(slug=row["article"]).first()
        return article and {
            **planned,
            "article": article,
            "title": article.title,
            "kind": article.kind,
        }
    return {
        **planned,
        "title": row["title"],
        "kind": row["kind"],
        "section": Section.objects.get(slug=row["section"]),
        "author": Contributor.objects.filter(slug=row.get("author")).first(),
    }


def _day(from_today: int | None) -> dt.date | None:
    return None if from_today is None else timezone.localdate() + dt.timedelta(from_today)
