"""Tell the planning board how many pages each article takes: as printed, else as expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from magazine.channels import ON_PAPER
from magazine.desk.board_columns import BoardColumn, Cell, in_pages, register
from magazine.desk.board_rows import Row
from magazine.models import Article, Issue
from print.composition import pages_for
from print.models import Edition, PressProfile, PrintedPlacement


def register_columns() -> None:
    """Add the press's column to the board."""
    register(BoardColumn("paper", gettext_lazy("Pages"), _pages, order=10, totalled=True))


def _pages(issue: Issue | None, rows: Sequence[Row]) -> Mapping[str, Cell]:
    """Return the pages of each row, by key; those of the last press file are facts."""
    printed = _printed(issue) if issue else {}
    profile = _profile(issue)
    cells = {}
    for row in rows:
        pk = row.article.pk if row.article else None
        if pk in printed:
            cells[row.key] = _cell(row, printed[pk], _("as laid out"))
        elif profile and row.signs and _is_for_paper(row.article):
            pages = pages_for(row.signs, profile.trim_width_mm, profile.trim_height_mm)
            cells[row.key] = _cell(row, pages, _("expected"))
    return cells


def _is_for_paper(article: Article) -> bool:
    draft = article.latest_revision.content if article.latest_revision else {}
    return draft.get("channel", article.channel) in ON_PAPER


def _cell(row: Row, pages: int, source: str) -> Cell:
    off = Decimal(pages) - row.planned_pages if row.planned_pages is not None else Decimal()
    note = f"{'+' if off > 0 else '−'}{in_pages(abs(off))} · {source}" if off else source
    return Cell(in_pages(pages), pages, note)


def _printed(issue: Issue) -> dict[int, int]:
    """Return the pages in the principal edition's last press file, by article."""
    edition = Edition.objects.filter(issue=issue, is_principal=True).first()
    last = edition.press_files.first() if edition else None
    placements = PrintedPlacement.objects.filter(press_file=last, entry__isnull=False)
    return {
        article: last_folio - first_folio + 1
        for article, first_folio, last_folio in placements.values_list(
            "entry__article_id", "first_folio", "last_folio"
        )
    }


def _profile(issue: Issue | None) -> PressProfile | None:
    """Return the profile of the issue's principal edition, else the house's first."""
    mine = PressProfile.objects.filter(editions__issue=issue, editions__is_principal=True)
    return (mine.first() if issue else None) or PressProfile.objects.printed().order_by(
        "pk"
    ).first()
