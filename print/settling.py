"""Settle a text into its pages: of the settings that it allows, take the one that fills them best.

WeasyPrint has no floats to the head of a page: what spans the columns and finds no room leaves the
foot of the page white. Here such a piece changes place with the text beside it, an opener that
leaves a few lines alone on the last page is set lower, and what that page leaves white is filled.
Runs in the typesetter's child.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from print.endpieces import LINE_PX, PLATED, end, ending_of, white_at_foot
from print.losses import first_covered, first_missing
from print.set_boxes import (
    bottoms,
    classes_of,
    containers,
    heights_of,
    is_column,
    page_boxes,
)

RENDERS_MOST = 4
# Tried where every setting of the text's own lost a part of it.
RESERVE = ("tall+tight", "low")
# In lines: white that nobody minds, and what a page must hold to be worth turning to.
GAP_ALLOWED = 3.0
WHITE_SEEN = 4.0
LAST_PAGE_SHARE, FILLED_PAGE_SHARE, PLATED_PAGE_SHARE = 0.42, 0.25, 0.05
STUB_LINES = 3.0
GOOD_ENOUGH = 4.0
LAST_PAGE_COST, STUB_COST = 40.0, 4.0


class LostText(Exception):
    """Every setting of a text leaves a part of it out; the message begins that part."""


class NoteWithoutRoom(LostText):
    """Every setting of a text has a note that the foot of its page can't hold."""


def settle(root: Any, render: Callable[[Any], Any]) -> Any:
    """Return the best document that `render` makes of the tree `root`, which it may reorder.

    `data-settings` on the root lists the classes to choose from, the first one preferred;
    `low+tight` is two of them, and `plated` is taken only if its picture fills the last page.
    A text without it is rendered once. A document that leaves text out, or sets notes over it, is
    never taken. Raises LostText or NoteWithoutRoom if all are such.
    """
    settings = (root.get("data-settings") or "").split()
    if not settings:
        return render(root)
    always = "pictured+" if any(each.startswith("pictured") for each in settings) else ""
    reserve = [name for each in RESERVE if (name := f"{always}{each}") not in settings]
    settings += reserve
    plain = root.get("class") or ""
    written = [(text, list(text)) for text in root.iter() if "text" in classes_of(text)]
    best, least, renders = None, float("inf"), 0
    kept: tuple[str, list[tuple[Any, list[Any]]]] = ("", written)
    lost = LostText("")
    for number, setting in enumerate(settings, start=1):
        if best is not None and setting in reserve:
            break
        root.set("class", f"{plain} {setting.replace('+', ' ')}".strip())
        for text, order in written:
            text[:] = order
        moved: set[Any] = set()
        while renders < RENDERS_MOST or best is None:
            document = render(root)
            renders += 1
            try:
                white, ending = _judged(root, document, setting)
            except LostText as error:
                lost = error
                break
            if white + ending < least:
                best, least = document, white + ending
                kept = root.get("class"), [(text, list(text)) for text, _order in written]
            if least <= GOOD_ENOUGH:
                return end(root, best, render)
            # A last page that stays empty asks for another setting, white on the way for a move.
            elsewhere = ending > white and number < len(settings)
            if elsewhere or not _rearrange(document, moved):
                break
    if best is None:
        raise lost
    root.set("class", kept[0])
    for text, order in kept[1]:
        text[:] = order
    return end(root, best, render)


def _judged(root: Any, document: Any, setting: str) -> tuple[float, float]:
    """Return what a setting costs, on the way and on its last page.

    Raises LostText or NoteWithoutRoom; a picture at large that finds no room counts as lost too.
    """
    if missing := first_missing(root, document):
        raise LostText(missing)
    if covered := first_covered(document):
        raise NoteWithoutRoom(covered)
    filled = bool(ending_of(root, document))
    if PLATED in setting and not filled:
        raise LostText("")
    share = PLATED_PAGE_SHARE if PLATED in setting else FILLED_PAGE_SHARE
    return costs_of(document, share if filled else LAST_PAGE_SHARE)


def costs_of(document: Any, share: float = LAST_PAGE_SHARE) -> tuple[float, float]:
    """Return how badly a document is filled, in lines: on the way, and on its last page.

    `share` is how much of the last page its text must hold.
    """
    pages = page_boxes(document)
    on_the_way = 0.0
    for page in pages[:-1]:
        white, height = white_at_foot(page)
        if white < height - 1:
            on_the_way += max(0.0, white / LINE_PX - GAP_ALLOWED) + _unevenness(page)
    on_the_way += STUB_COST * sum(_stubs(page) for page in pages)
    if len(pages) == 1:
        return on_the_way, 0.0
    white, height = white_at_foot(pages[-1])
    held = min(1 - white / height, _mean_depth(pages[-1]))
    return on_the_way, LAST_PAGE_COST * max(0.0, 1 - held / share)


def _mean_depth(page: Any) -> float:
    """Return how far down the columns of a page's last piece of text reach, as a share of it."""
    rows = [columns for container in containers(page) if (columns := _last_row(container))]
    if not rows:
        return 1.0
    top = page.content_box_y()
    depths = [max(bottoms(column), default=top) - top for column in rows[-1]]
    asked = max(2, len(depths))
    return float(sum(depths) / asked / page.height)


def _unevenness(page: Any) -> float:
    """Return the lines that the columns at a page's foot lack against the longest, on average."""
    lacking = 0.0
    for container in containers(page):
        ends = [max(bottoms(column), default=0.0) for column in _last_row(container)]
        if ends:
            lacking += sum(max(ends) - end for end in ends) / len(ends) / LINE_PX
    return max(0.0, lacking - 1)


def _last_row(container: Any) -> list[Any]:
    """Return the columns that end a container; nothing if something spans there."""
    if not container.children or not is_column(container.children[-1]):
        return []
    bottom = container.children[-1].position_y
    return [child for child in container.children if child.position_y == bottom]


def _stubs(page: Any) -> int:
    """Count the pieces of text that stand in two or three lines above something that spans."""
    found = 0
    for container in containers(page):
        for child, after in pairwise(container.children):
            if is_column(child) and not is_column(after) and child.height < STUB_LINES * LINE_PX:
                found += 1
    return found


def _rearrange(document: Any, moved: set[Any]) -> bool:
    """Move one spanning piece that left white before it; say whether there was one to move."""
    boxes = page_boxes(document)
    heights = heights_of(boxes)
    for page, after in pairwise(boxes):
        for container, before in zip(containers(after), containers(page), strict=False):
            piece, white, columns = _pushed_out(container, before, page)
            if piece is not None and piece not in moved:
                moved.add(piece)
                if _displace(container.element, piece, heights, white, columns):
                    return True
    return False


def _pushed_out(container: Any, before: Any, page: Any) -> tuple[Any, float, int]:
    """Return what opens a page because the one before had no room for it, the white that this left
    there, and over how many columns; (None, 0, 0) where there is nothing of the kind.
    """
    first = container.children[0] if container.children else None
    columns = _last_row(before)
    white, height = white_at_foot(page)
    if first is None or white >= height - 1:
        return None, 0.0, 0
    if not is_column(first):
        wide = len(columns) or len(_first_row(container)) or 1
        return (first.element, white, wide) if white > WHITE_SEEN * LINE_PX else (None, 0.0, 0)
    piece = first.children[0].element if first.children else None
    if piece is None or "picture" not in classes_of(piece) or not columns:
        return None, 0.0, 0
    short = page.content_box_y() + height - max(bottoms(columns[-1]), default=0.0)
    return (piece, short, 1) if short > WHITE_SEEN * LINE_PX else (None, 0.0, 0)


def _displace(
    parent: Any, piece: Any, heights: dict[Any, float], white: float, columns: int
) -> bool:
    """Put a piece after the text that fills the white before it, or before the text it pushes."""
    order = list(parent)
    at = order.index(piece)
    if at and "crosshead" in classes_of(order[at - 1]):
        return False
    later = _reach(order[at + 1 :], heights, white * columns)
    earlier = _reach(order[:at][::-1], heights, (heights[piece] - white) * columns)
    if later is not None and (earlier is None or later[1] <= earlier[1] * 1.5):
        target = at + later[0]
        while target < len(order) - 1 and "crosshead" in classes_of(order[target]):
            target += 1
    elif earlier is not None:
        target = at - earlier[0]
        while target > 0 and "crosshead" in classes_of(order[target - 1]):
            target -= 1
    else:
        return False
    parent.remove(piece)
    parent.insert(target, piece)
    return True


def _reach(
    siblings: list[Any], heights: dict[Any, float], wanted: float
) -> tuple[int, float] | None:
    """Count the siblings that hold the wanted height; None if another piece is met first."""
    held = 0.0
    for count, sibling in enumerate(siblings, start=1):
        if "across" in classes_of(sibling):
            return None
        held += heights.get(sibling, 0.0)
        if held >= wanted - LINE_PX:
            return count, held
    return None


def _first_row(container: Any) -> list[Any]:
    """Return the columns of the first piece of text in a container, side by side."""
    columns = [child for child in container.children if is_column(child)]
    return [child for child in columns if child.position_y == columns[0].position_y]
