"""Offer the planning board to whoever knows more of an article: a registry of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.functional import Promise

from magazine.models import Issue

if TYPE_CHECKING:
    from magazine.desk.board_rows import Row


@dataclass(frozen=True)
class Cell:
    """What a column says of one row: its words, the number they stand for, and a remark."""

    text: str
    number: float | None = None
    note: str = ""


@dataclass(frozen=True)
class BoardColumn:
    """A column of the board; `values` answers for all rows at once, by the rows' keys.

    It asks the database a fixed number of questions, however many rows there are. The
    numbers of a `totalled` column are added up at the foot.
    """

    code: str
    label: str | Promise
    values: Callable[[Issue | None, Sequence[Row]], Mapping[str, Cell]]
    order: int = 100
    totalled: bool = False


def in_pages(pages: Decimal | float | None) -> str:
    """Return a number of pages as the language writes it, with no idle decimals: “2,5”."""
    if pages is None:
        return ""
    return formats.number_format(f"{Decimal(pages):.2f}".rstrip("0").rstrip("."))


_columns: dict[str, BoardColumn] = {}


def register(column: BoardColumn) -> None:
    """Add a column; one of the same code takes the place of the earlier."""
    _columns[column.code] = column


def registered() -> list[BoardColumn]:
    """Return the columns that were added, in order."""
    return sorted(_columns.values(), key=lambda column: (column.order, column.code))
