"""Read an edition's placements as the rows of its list, with the folios of the last proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from magazine.planning_order import stamp_of
from print.arranging import CAN_BE_LEFT_OUT, INSERTED
from print.edition_layout import shared_pages
from print.models import Placement, PressFile, PrintedPlacement

Kind = Placement.Kind
FIXED = frozenset({Kind.COVER, Kind.BACK_COVER})


@dataclass(frozen=True)
class Row:
    """A placement in its place from 1, on its folios of the last proof; "" where it has none."""

    placement: Placement
    place: int
    folios: str
    pages: int | None
    can_move: bool
    can_go_up: bool
    can_go_down: bool

    @property
    def title(self) -> str:
        """Return its name."""
        return self.placement.title

    @property
    def can_be_left_out(self) -> bool:
        """Whether it can be left out of the edition."""
        return self.placement.kind in CAN_BE_LEFT_OUT

    @property
    def can_be_taken_away(self) -> bool:
        """Whether it can be taken away."""
        return self.placement.kind in INSERTED


def read_rows(placements: Sequence[Placement], last: PressFile | None) -> list[Row]:
    """Return the rows, top to bottom."""
    printed = dict(_printed(placements, last)) if last else {}
    last_place = len(placements) - 1
    return [
        Row(
            placement,
            place,
            _folios(printed.get(placement.pk)),
            _pages(printed.get(placement.pk)),
            can_move=placement.kind not in FIXED,
            can_go_up=placement.kind not in FIXED and place > 2,
            can_go_down=placement.kind not in FIXED and place < last_place,
        )
        for place, placement in enumerate(placements, 1)
    ]


def stamp(placements: Sequence[Placement]) -> str:
    """Return a short mark of a list as it stands, by which one seen earlier is told from it."""
    return stamp_of([f"{each.pk}{each.opens}{each.is_left_out:d}" for each in placements])


def _printed(
    placements: Sequence[Placement], last: PressFile
) -> Iterator[tuple[int, PrintedPlacement]]:
    """Yield what the last proof knows of each placement; inserted ones are told by their order."""
    there = [each for each in placements if not each.is_left_out]
    rows = list(last.printed.all())
    known = {(row.kind, row.entry_id): row for row in rows if row.kind not in INSERTED}
    for placement in there:
        if found := known.get((placement.kind, placement.entry_id)):
            yield placement.pk, found
    for kind in INSERTED:
        heads = [first for first, _adverts in shared_pages(there) if first.kind == kind]
        runs = [row for row in rows if row.kind == kind]
        if len(heads) == len(runs):
            yield from ((head.pk, run) for head, run in zip(heads, runs, strict=True))


def _folios(run: PrintedPlacement | None) -> str:
    if run is None:
        return ""
    if run.first_folio == run.last_folio:
        return str(run.first_folio)
    return _("%(first)s–%(last)s") % {"first": run.first_folio, "last": run.last_folio}


def _pages(run: PrintedPlacement | None) -> int | None:
    return run.last_folio - run.first_folio + 1 if run else None
