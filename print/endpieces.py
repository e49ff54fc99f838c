"""Fill what a last page leaves white: with the article's picture at large, or with its ticket.

The template writes both, hidden; here the one that fits is shown, at the height of the white. Runs
in the typesetter's child.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from print.set_boxes import bottoms, classes_of, note_areas, page_boxes

LINE_PX = 12.5 * 4 / 3
# In lines of white: what a ticket needs, what its number needs above it, what both need at large,
# what a picture needs.
TICKET_LINES, TALL_LINES, GRAND_LINES, PLATE_LINES = 13, 19, 28, 26
# What stands above the picture: the white before it, its author, its caption.
PLATE_HEAD_LINES = 12
PLATED = "plated"
SIZES = ((GRAND_LINES, "end-grand"), (TALL_LINES, "end-tall"))


def white_at_foot(page: Any) -> tuple[float, float]:
    """Return the white under the page's last line, and the height of its type area, in px.

    The type area ends above the page's notes.
    """
    top, height = page.content_box_y(), page.height - height_of_notes(page)
    used = max((bottom for bottom in bottoms(page.children[0])), default=top)
    return max(0.0, top + height - used), height


def height_of_notes(page: Any) -> float:
    """Return the height that a page's notes take, with the white above them, in px."""
    return float(sum(area.margin_height() for area in note_areas(page)))


def ending_of(root: Any, document: Any) -> str:
    """Return the classes under which the endpiece fills the last page; nothing if none does."""
    piece, last = _endpiece(root), page_boxes(document)[-1]
    if piece is None or len(document.pages) == 1:
        return ""
    lines = _lines(document)
    side = "ends-recto" if _is_recto(root, document) else "ends-verso"
    if PLATED in classes_of(root):
        has_room = lines >= PLATE_LINES and not note_areas(last)
        fits = has_room and "has-plate" in classes_of(piece)
        return f"ending {side}" if fits else ""
    if lines < TICKET_LINES:
        return ""
    size = next((size for least, size in SIZES if lines >= least), "")
    return f"ending {side} {size}".strip()


def end(root: Any, document: Any, render: Any) -> Any:
    """Return the document with its last page filled, where an endpiece fits.

    The endpiece is set on a page of its own, and hung on the last one: to set the whole text again
    would take as long as all the rest.
    """
    ending = ending_of(root, document)
    if not ending:
        return document
    last, lines = page_boxes(document)[-1], _lines(document)
    side = "right" if "ends-recto" in ending else "left"
    lengths = f"--end:{_pt(lines * LINE_PX)};--end-notes:{_pt(height_of_notes(last))}"
    with _alone(root, f"{root.get('class')} {ending}", f"{lengths};break-before:{side}"):
        piece = render(root)
    if len(piece.pages) != 1 or _covers(piece, last, lines):
        return document
    last.children = [*last.children, page_boxes(piece)[0].children[0]]
    # Its fonts live as long as the document that loaded them.
    document.endpiece = piece
    return document


@contextmanager
def _alone(root: Any, classes: str, style: str) -> Iterator[None]:
    """Leave nothing but the endpiece in the tree, for a while."""
    before = root.get("class")
    article = next(each for each in root.iter() if _endpiece(root) in list(each))
    children = list(article)
    article[:] = [_endpiece(root)]
    root.set("class", classes)
    root.set("style", style)
    try:
        yield
    finally:
        article[:] = children
        root.set("class", before)
        del root.attrib["style"]


def _endpiece(root: Any) -> Any:
    return next((each for each in root.iter() if "endpiece" in classes_of(each)), None)


def _lines(document: Any) -> int:
    return int(white_at_foot(page_boxes(document)[-1])[0] / LINE_PX + 0.1)


def _is_recto(root: Any, document: Any) -> bool:
    return ("recto" in classes_of(root)) == (len(document.pages) % 2 == 1)


def _pt(length_px: float) -> str:
    return f"{length_px * 0.75:.3f}pt"


def _covers(piece: Any, last: Any, lines: int) -> bool:
    """Tell whether the endpiece is taller than the white that it fills."""
    top = last.content_box_y() + last.height - height_of_notes(last) - (lines - 1) * LINE_PX
    waiting = [page_boxes(piece)[0].children[0]]
    while waiting:
        box = waiting.pop()
        if box.element is not None and "end-ticket" in classes_of(box.element):
            return bool(box.position_y < top)
        waiting.extend(getattr(box, "children", ()))
    return True
