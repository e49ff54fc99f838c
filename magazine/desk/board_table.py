"""Lay a board's rows out as a table: its columns, one order, one filter, the totals."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from magazine.desk.board_columns import Cell, in_pages, registered
from magazine.desk.board_rows import Row
from magazine.models import Issue
from magazine.stages import Stage

IN_ORDER = "order"
STAGES = list(Stage)
READY = frozenset({Stage.READY, Stage.RELEASED})
Key = Callable[[Row], Any]


def _spelt(words: str) -> str:
    """Return words as a French index files them: without case or accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


# How each column of the board's own sorts; rows for which it is None come last, either way.
SORTS: dict[str, tuple[str | Promise, Key]] = {
    IN_ORDER: (_("Order"), lambda row: row.place),
    "title": (_("Title"), lambda row: _spelt(row.title)),
    "kind": (_("Kind"), lambda row: _spelt(str(row.kind))),
    "section": (_("Section"), lambda row: _spelt(row.section.title) if row.section else None),
    "author": (_("Author"), lambda row: _spelt(row.authors[0].name) if row.authors else None),
    "stage": (_("Stage"), lambda row: STAGES.index(row.stage)),
    "due": (_("Due"), lambda row: row.due_on),
    "signs": (_("Signs"), lambda row: row.signs),
    "pages": (_("Planned pages"), lambda row: row.planned_pages),
}
SCHEDULE: dict[str, tuple[str | Promise, Key]] = {
    "scheduled": (_("Scheduled for"), lambda row: row.scheduled_at),
}


@dataclass(frozen=True)
class Heading:
    """The head of a column: its words, the link that sorts by it, and whether it does now."""

    code: str
    label: str | Promise
    query: str
    aria_sort: str


@dataclass(frozen=True)
class Labelled:
    """A cell of a registered column, with the column's head; narrow screens need it beside."""

    label: str | Promise
    cell: Cell


@dataclass(frozen=True)
class Line:
    """A row with what the registered columns say of it, in their order."""

    row: Row
    cells: tuple[Labelled, ...]


@dataclass(frozen=True)
class Totals:
    """What stands at the foot, of the rows that are shown; `cells` of the registered columns."""

    rows: int
    ready: int
    late: int
    planned_signs: int
    signs: int
    planned_pages: str
    cells: tuple[Labelled, ...]


@dataclass(frozen=True)
class Choice:
    """What the editor asked to see: the column to sort by, and which rows to keep."""

    sort: str = IN_ORDER
    descending: bool = False
    stage: str = ""
    author: str = ""
    section: str = ""
    late: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> Choice:
        """Read the choice from an address; what makes no sense is left out."""
        sort = query.get("sort", "")
        return cls(
            sort=sort.removeprefix("-") or IN_ORDER,
            descending=sort.startswith("-"),
            stage=query.get("stage", ""),
            author=query.get("author", ""),
            section=query.get("section", ""),
            late=query.get("late") == "1",
        )

    @property
    def filters(self) -> bool:
        """Tell whether some rows may be hidden."""
        return bool(self.stage or self.author or self.section or self.late)

    @property
    def is_in_order(self) -> bool:
        """Tell whether all rows stand in the order of the board."""
        return self.sort == IN_ORDER and not self.descending and not self.filters

    @property
    def query(self) -> str:
        """Return the choice as part of an address, empty for the board as it stands."""
        asked = {
            "sort": f"-{self.sort}" if self.descending else self.sort,
            "stage": self.stage,
            "author": self.author,
            "section": self.section,
            "late": "1" if self.late else "",
        }
        if asked["sort"] == IN_ORDER:
            del asked["sort"]
        return urlencode({name: value for name, value in asked.items() if value})

    def keeps(self, row: Row) -> bool:
        """Tell whether a row is shown."""
        return (
            (not self.stage or row.stage == self.stage)
            and (not self.author or self.author in {str(author.pk) for author in row.authors})
            and (not self.section or (row.section and str(row.section.pk) == self.section))
            and (not self.late or row.late_days > 0)
        )


class Table:
    """The rows of a board as the editor asked to see them."""

    def __init__(self, issue: Issue | None, rows: Sequence[Row], choice: Choice) -> None:
        self.rows = rows
        self.choice = choice
        self.columns = registered()
        self._cells: list[Mapping[str, Cell]] = [
            column.values(issue, rows) for column in self.columns
        ]

    @property
    def headings(self) -> list[Heading]:
        """Return the heads of all columns; each link turns the order that its column gives."""
        return [self._heading(code, label) for code, (label, _key) in self._sorts.items()]

    @cached_property
    def lines(self) -> list[Line]:
        """Return the rows that are kept, in the order that was asked for."""
        kept = [row for row in self.rows if self.choice.keeps(row)]
        _label, key = self._sorts.get(self.choice.sort) or SORTS[IN_ORDER]
        known = [row for row in kept if key(row) is not None]
        known.sort(key=key, reverse=self.choice.descending)
        unknown = [row for row in kept if key(row) is None]
        return [Line(row, self._cells_of(row)) for row in known + unknown]

    @property
    def totals(self) -> Totals:
        """Add up the rows that are shown."""
        rows = [line.row for line in self.lines]
        return Totals(
            rows=len(rows),
            ready=sum(row.stage in READY for row in rows),
            late=sum(row.late_days > 0 for row in rows),
            planned_signs=sum(row.planned_signs or 0 for row in rows),
            signs=sum(row.signs or 0 for row in rows),
            planned_pages=in_pages(sum(row.planned_pages or 0 for row in rows)),
            cells=tuple(
                Labelled(column.label, self._total(at) if column.totalled else Cell(""))
                for at, column in enumerate(self.columns)
            ),
        )

    def _total(self, at: int) -> Cell:
        total = sum(line.cells[at].cell.number or 0 for line in self.lines)
        return Cell(in_pages(total), total)

    @cached_property
    def _sorts(self) -> dict[str, tuple[str | Promise, Key]]:
        def number_or_words(cells: Mapping[str, Cell]) -> Key:
            def key(row: Row) -> Any:
                cell = cells.get(row.key)
                return None if cell is None else (cell.number or 0, cell.text)

            return key

        added = {
            column.code: (column.label, number_or_words(cells))
            for column, cells in zip(self.columns, self._cells, strict=True)
        }
        return {**SORTS, **added, **SCHEDULE}

    def _heading(self, code: str, label: str | Promise) -> Heading:
        is_sorted = code == self.choice.sort
        down = is_sorted and not self.choice.descending
        query = replace(self.choice, sort=code, descending=down).query
        state = "descending" if self.choice.descending else "ascending"
        return Heading(code, label, f"?{query}", state if is_sorted else "none")

    def _cells_of(self, row: Row) -> tuple[Cell, ...]:
        return tuple(
            Labelled(column.label, cells.get(row.key, Cell("")))
            for column, cells in zip(self.columns, self._cells, strict=True)
        )
