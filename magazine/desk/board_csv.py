"""Write a board as a CSV file that a spreadsheet opens in the editor's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from magazine.desk.board_columns import Cell
from magazine.desk.board_table import Table

# A spreadsheet would take what begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Value = str | int | float | None


def write_csv(table: Table) -> bytes:
    """Return the rows as the board shows them, in UTF-8 with a mark that Excel wants.

    French spreadsheets part columns by semicolons and decimals by commas.
    """
    in_french = translation.get_language().startswith("fr")
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if in_french else ",")
    for row in _rows(table):
        writer.writerow([_written(value) for value in row])
    return file.getvalue().encode("utf-8-sig")


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return formats.number_format(value, use_l10n=True, force_grouping=False)


def _value(cell: Cell) -> Value:
    return cell.text if cell.number is None else cell.number


def _rows(table: Table) -> Iterator[Iterable[Value]]:
    yield [
        *(_("Order"), _("Title"), _("Kind"), _("Section"), _("Author"), _("Stage")),
        *(_("Commissioned on"), _("Due on"), _("Days late")),
        *(_("Planned signs"), _("Signs"), _("Difference"), _("Planned pages")),
        *(str(column.label) for column in table.columns),
        *(_("Scheduled for"), _("Note")),
    ]
    for line in table.lines:
        row, piece = line.row, line.row.piece
        commissioned = piece.commissioned_on if piece else None
        scheduled = row.scheduled_at and timezone.localtime(row.scheduled_at)
        yield [
            row.place,
            row.title,
            str(row.kind),
            row.section.title if row.section else "",
            ", ".join(author.name for author in row.authors),
            str(row.stage.label),
            commissioned.isoformat() if commissioned else "",
            row.due_on.isoformat() if row.due_on else "",
            row.late_days or None,
            row.planned_signs,
            row.signs,
            row.signs_off,
            row.planned_pages_shown,
            *(_value(shown.cell) for shown in line.cells),
            scheduled.isoformat(" ", "minutes") if scheduled else "",
            piece.note if piece else "",
        ]
