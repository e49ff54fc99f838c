"""Settle a text into its pages: of the settings that it allows, take the one that fills them best.

WeasyPrint has no floats to the head of a page: what spans the columns and finds no room leaves the
foot of the page white. Here such a piece changes place with the text beside it, and an opener that
leaves a few lines alone on the last page is set lower, or that page gets its author's portrait.
Runs in the typesetter's child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

LINE_PX = 12.5 * 4 / 3
RENDERS_MOST = 5
# Tried where every setting of the text's own lost a part of it.
RESERVE = ("tall+tight", "low")
# In lines: white that nobody minds, and what a page must hold to be worth turning to.
GAP_ALLOWED = 3.0
WHITE_SEEN = 4.0
LAST_PAGE_SHARE = 0.42
STUB_LINES = 3.0
GOOD_ENOUGH = 3.0
TAIL = 24
LAST_PAGE_COST, STUB_COST = 40.0, 4.0


class LostText(Exception):
    """Every setting of a text leaves a part of it out; the message begins that part."""


def settle(root: Any, render: Callable[[Any], Any]) -> Any:
    """Return the best document that `render` makes of the tree `root`, which it may reorder.

    `data-settings` on the root lists the classes to choose from, the first one preferred;
    `low+tight` is two of them.
    A text without it is rendered once. WeasyPrint 70 drops what follows columns that it could not
    balance above a spanning piece: such a document is never taken. Raises LostText if all are such.
    """
    settings = (root.get("data-settings") or "").split()
    if not settings:
        return render(root)
    always = "pictured+" if settings[0].startswith("pictured") else ""
    reserve = [f"{always}{each}" for each in RESERVE]
    settings += [each for each in reserve if each not in settings]
    plain = root.get("class") or ""
    written = [(text, list(text)) for text in root.iter() if "text" in _classes(text)]
    best, least, renders, lost = None, float("inf"), 0, ""
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
            if missing := first_missing(root, document):
                lost = missing
                break
            white, ending = costs_of(document)
            if white + ending < least:
                best, least = document, white + ending
            if least <= GOOD_ENOUGH:
                return best
            # A last page that stays empty asks for another setting, white on the way for a move.
            elsewhere = ending > 0 and number < len(settings)
            if elsewhere or not _rearrange(document, moved):
                break
    if best is None:
        raise LostText(lost)
    return best


def first_missing(root: Any, document: Any) -> str:
    """Return the beginning of the first piece of text that isn't whole on the pages, or nothing.

    WeasyPrint loses the tail of a text, so a piece is whole if its last letters are there.
    """
    pieces = {
        piece: _letters("".join(piece.itertext()))
        for text in root.iter()
        if "text" in _classes(text)
        for piece in text
        if isinstance(piece.tag, str) and piece.get("data-optional") is None
    }
    set_letters = _letters_by_piece(_page_boxes(document), pieces)
    heights = _heights(_page_boxes(document))
    for piece, letters in pieces.items():
        if piece not in heights or letters[-TAIL:] not in set_letters.get(piece, ""):
            return " ".join("".join(piece.itertext()).split())[:60] or piece.tag
    return ""


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _letters_by_piece(pages: list[Any], pieces: Mapping[Any, str]) -> dict[Any, str]:
    """Return what was set of each piece, page by page, without spaces, signs and hyphens."""
    found: dict[Any, list[str]] = {}
    waiting = [(page, None) for page in reversed(pages)]
    while waiting:
        box, piece = waiting.pop()
        if box.element in pieces and not box.element_tag.endswith(("::before", "::after")):
            piece = box.element
        if piece is not None and getattr(box, "text", ""):
            found.setdefault(piece, []).append(_letters(box.text))
        waiting.extend((child, piece) for child in reversed(getattr(box, "children", ())))
    return {piece: "".join(parts) for piece, parts in found.items()}


def costs_of(document: Any) -> tuple[float, float]:
    """Return how badly a document is filled, in lines: on the way, and on its last page."""
    pages = _page_boxes(document)
    on_the_way = 0.0
    for page in pages[:-1]:
        white, height = _white_at_foot(page)
        if white < height - 1:
            on_the_way += max(0.0, white / LINE_PX - GAP_ALLOWED) + _unevenness(page)
    on_the_way += STUB_COST * sum(_stubs(page) for page in pages)
    if len(pages) == 1:
        return on_the_way, 0.0
    white, height = _white_at_foot(pages[-1])
    held = min(1 - white / height, _mean_depth(pages[-1]))
    return on_the_way, LAST_PAGE_COST * max(0.0, 1 - held / LAST_PAGE_SHARE)


def _page_boxes(document: Any) -> list[Any]:
    return [page._page_box for page in document.pages]  # noqa: SLF001  WeasyPrint has no other way


def _white_at_foot(page: Any) -> tuple[float, float]:
    """Return the white under the page's last line, and the height of its type area, in px."""
    top, height = page.content_box_y(), page.height
    used = max((bottom for bottom in _bottoms(page.children[0])), default=top)
    return max(0.0, top + height - used), height


def _mean_depth(page: Any) -> float:
    """Return how far down the columns of a page's last piece of text reach, as a share of it."""
    rows = [columns for container in _containers(page) if (columns := _last_row(container))]
    if not rows:
        return 1.0
    top = page.content_box_y()
    depths = [max(_bottoms(column), default=top) - top for column in rows[-1]]
    asked = max(2, len(depths))
    return float(sum(depths) / asked / page.height)


def _unevenness(page: Any) -> float:
    """Return the lines that the columns at a page's foot lack against the longest, on average."""
    lacking = 0.0
    for container in _containers(page):
        ends = [max(_bottoms(column), default=0.0) for column in _last_row(container)]
        if ends:
            lacking += sum(max(ends) - end for end in ends) / len(ends) / LINE_PX
    return max(0.0, lacking - 1)


def _last_row(container: Any) -> list[Any]:
    """Return the columns that end a container; nothing if something spans there."""
    if not container.children or not _is_column(container.children[-1]):
        return []
    bottom = container.children[-1].position_y
    return [child for child in container.children if child.position_y == bottom]


def _bottoms(box: Any) -> Iterator[float]:
    if not box.is_in_normal_flow() and not box.is_floated():
        return
    kind = type(box).__name__
    if kind == "LineBox" or not getattr(box, "children", ()):
        yield box.position_y + box.margin_height()
        return
    for child in box.children:
        yield from _bottoms(child)


def _containers(page: Any) -> Iterator[Any]:
    """Find the boxes of the running text on a page."""
    waiting = [page.children[0]]
    while waiting:
        box = waiting.pop()
        if box.element is not None and "text" in _classes(box.element):
            yield box
            continue
        waiting.extend(getattr(box, "children", ()))


def _stubs(page: Any) -> int:
    """Count the pieces of text that stand in two or three lines above something that spans."""
    found = 0
    for container in _containers(page):
        for child, after in pairwise(container.children):
            if _is_column(child) and not _is_column(after) and child.height < STUB_LINES * LINE_PX:
                found += 1
    return found


def _rearrange(document: Any, moved: set[Any]) -> bool:
    """Move one spanning piece that left white before it; say whether there was one to move."""
    boxes = _page_boxes(document)
    heights = _heights(boxes)
    for page, after in pairwise(boxes):
        for container, before in zip(_containers(after), _containers(page), strict=False):
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
    white, height = _white_at_foot(page)
    if first is None or white >= height - 1:
        return None, 0.0, 0
    if not _is_column(first):
        wide = len(columns) or len(_first_row(container)) or 1
        return (first.element, white, wide) if white > WHITE_SEEN * LINE_PX else (None, 0.0, 0)
    piece = first.children[0].element if first.children else None
    if piece is None or "picture" not in _classes(piece) or not columns:
        return None, 0.0, 0
    short = page.content_box_y() + height - max(_bottoms(columns[-1]), default=0.0)
    return (piece, short, 1) if short > WHITE_SEEN * LINE_PX else (None, 0.0, 0)


def _displace(
    parent: Any, piece: Any, heights: dict[Any, float], white: float, columns: int
) -> bool:
    """Put a piece after the text that fills the white before it, or before the text it pushes."""
    order = list(parent)
    at = order.index(piece)
    if at and "crosshead" in _classes(order[at - 1]):
        return False
    later = _reach(order[at + 1 :], heights, white * columns)
    earlier = _reach(order[:at][::-1], heights, (heights[piece] - white) * columns)
    if later is not None and (earlier is None or later[1] <= earlier[1] * 1.5):
        target = at + later[0]
        while target < len(order) - 1 and "crosshead" in _classes(order[target]):
            target += 1
    elif earlier is not None:
        target = at - earlier[0]
        while target > 0 and "crosshead" in _classes(order[target - 1]):
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
        if "across" in _classes(sibling):
            return None
        held += heights.get(sibling, 0.0)
        if held >= wanted - LINE_PX:
            return count, held
    return None


def _heights(pages: list[Any]) -> dict[Any, float]:
    """Sum the heights of each direct child of the running text over the pages that it lies on."""
    heights: dict[Any, float] = {}
    for page in pages:
        for container in _containers(page):
            for child in container.children:
                for box in child.children if _is_column(child) else [child]:
                    if box.element is not None:
                        heights[box.element] = heights.get(box.element, 0.0) + box.border_height()
    return heights


def _first_row(container: Any) -> list[Any]:
    """Return the columns of the first piece of text in a container, side by side."""
    columns = [child for child in container.children if _is_column(child)]
    return [child for child in columns if child.position_y == columns[0].position_y]


def _is_column(box: Any) -> bool:
    return bool(getattr(box, "is_column", False))


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()
