"""Find what a set document leaves out, and notes that are set over its text.

WeasyPrint 70 drops what follows columns that it could not balance above a spanning piece.
Runs in the typesetter's child.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from print.set_boxes import bottoms, classes_of, heights_of, note_areas, page_boxes

TAIL = 24
NOTE_NUMBERS = ("::footnote-call", "::footnote-marker")
GENERATED = ("::before", "::after", *NOTE_NUMBERS)


def first_missing(root: Any, document: Any) -> str:
    """Return the beginning of the first piece of text that isn't whole on the pages, or nothing.

    WeasyPrint loses the tail of a text, so a piece is whole if its last letters are there. Each
    note is a piece of its own, which stands at the foot of a page.
    """
    pieces = {
        piece: _letters(_own_text(piece))
        for text in root.iter()
        if "text" in classes_of(text)
        for piece in text
        if isinstance(piece.tag, str) and piece.get("data-optional") is None
    }
    notes = {
        note: _letters("".join(note.itertext()))
        for piece in pieces
        for note in piece.iter()
        if "footnote" in classes_of(note)
    }
    set_letters = _letters_by_piece(page_boxes(document), {**pieces, **notes})
    heights = heights_of(page_boxes(document))
    for piece, letters in {**pieces, **notes}.items():
        placed = piece in heights or piece in notes
        if not placed or letters[-TAIL:] not in set_letters.get(piece, ""):
            return " ".join("".join(piece.itertext()).split())[:60] or piece.tag
    return ""


def first_covered(document: Any) -> str:
    """Return the beginning of the first note that is set over the text of its page, or nothing."""
    for page in page_boxes(document):
        for area in note_areas(page):
            lowest = max(bottoms(page.children[0]), default=0.0)
            if lowest > area.content_box_y() + 1:
                return " ".join("".join(area.children[0].element.itertext()).split())[:60]
    return ""


def _own_text(element: Any) -> str:
    """Return an element's text without its notes, which are set elsewhere."""
    if "footnote" in classes_of(element):
        return ""
    inner = "".join(_own_text(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _letters_by_piece(pages: list[Any], pieces: Mapping[Any, str]) -> dict[Any, str]:
    """Return what was set of each piece, page by page, without spaces, signs and hyphens."""
    found: dict[Any, list[str]] = {}
    waiting = [(page, None) for page in reversed(pages)]
    while waiting:
        box, piece = waiting.pop()
        if box.element in pieces and not box.element_tag.endswith(GENERATED):
            piece = box.element
        if (box.element_tag or "").endswith(NOTE_NUMBERS):
            continue
        if piece is not None and getattr(box, "text", ""):
            found.setdefault(piece, []).append(_letters(box.text))
        waiting.extend((child, piece) for child in reversed(getattr(box, "children", ())))
    return {piece: "".join(parts) for piece, parts in found.items()}
