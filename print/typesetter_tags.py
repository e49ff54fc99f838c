"""Make WeasyPrint's tags say more: whose they are, what is a note, where a word is divided.

An element that is broken over columns and pages gets a tag for each piece. Each tag is given the
number of its element as its ID, so that print/tag_mending.py can put the pieces together again.
A hyphen that divides a word is drawn, but read as a soft one: searching and speaking find the word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from print.set_boxes import classes_of, page_boxes

HYPHEN, SOFT_HYPHEN = "\N{HYPHEN}", "\N{SOFT HYPHEN}"
NOTE_CLASS, NOTE_CALL, NOTE_MARKER = "footnote", "footnote-call", "footnote-marker"
# The least side of an area that leads somewhere, in CSS pixels: a note's number is smaller.
LEAST_PX = 12.0


@cache
def say_more() -> None:
    """Mend the tags of this process, once."""
    from weasyprint.pdf import stream, tags

    stream.Stream.marked = _marked
    build = tags._build_box_tree  # noqa: SLF001 (no public name for it)
    numbers: dict[int, int] = {}

    def told(box: Any, *rest: Any) -> Iterator[Any]:
        for tag in build(box, *rest):
            if box.element is not None and "ID" not in tag:
                _tell(tag, box, numbers.setdefault(id(box.element), len(numbers)))
            yield tag

    tags._build_box_tree = told  # noqa: SLF001


def link_notes(document: Any) -> None:
    """Let the number of each note lead to the note, and the note's own number back to the text."""
    notes: dict[Any, int] = {}
    for page, root in zip(document.pages, page_boxes(document), strict=True):
        for box in root.descendants():
            if box.element is None or NOTE_CLASS not in classes_of(box.element):
                continue
            if type(box).__name__ in ("TextBox", "LineBox"):
                continue
            pseudo = _pseudo(box)
            note = notes.setdefault(box.element, len(notes) + 1)
            x, y, width, height = box.hit_area()
            area = (x, y, x + width, y + height)
            if pseudo == NOTE_CALL:
                page.links.append(("internal", f"note-{note}", area, box))
                page.anchors.setdefault(f"renvoi-{note}", area)
            elif pseudo == NOTE_MARKER:
                page.links.append(("internal", f"renvoi-{note}", area, box))
            elif not pseudo:
                page.anchors.setdefault(f"note-{note}", area)
        page.links[:] = [(*link[:2], _reached(link[2]), link[3]) for link in page.links]


def _reached(area: tuple[float, ...]) -> tuple[float, ...]:
    """Return an area that can be hit; lines without a height of their own have none."""
    left, top, right, bottom = area
    across = max(0.0, LEAST_PX - (right - left)) / 2
    down = max(0.0, LEAST_PX - (bottom - top)) / 2
    return left - across, top - down, right + across, bottom + down


def _tell(tag: Any, box: Any, number: int) -> None:
    import pydyf

    pseudo = _pseudo(box)
    if NOTE_CLASS in classes_of(box.element):
        if not pseudo:
            tag["S"] = "/Note"
        elif pseudo == NOTE_MARKER:
            tag["S"] = "/Lbl"
    tag["ID"] = pydyf.String(f"{number}{pseudo}")


def _pseudo(box: Any) -> str:
    return str(box.element_tag).partition("::")[2]


@contextmanager
def _marked(self: Any, box: Any, tag: str) -> Iterator[None]:
    """Number the content of a box, and say how it reads where a hyphen ends it."""
    import pydyf

    if self._tags is None:
        yield
        return
    number = len(self._tags)
    self._tags[box] = {"tag": tag, "mcid": number}
    properties = pydyf.Dictionary({"MCID": number})
    text = getattr(box, "text", "")
    if text.endswith(HYPHEN):
        properties["ActualText"] = pydyf.String(text[:-1] + SOFT_HYPHEN)
    self.begin_marked_content(tag, properties)
    try:
        yield
    finally:
        self.end_marked_content()
