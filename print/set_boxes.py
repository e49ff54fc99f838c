"""Read the boxes of a document that WeasyPrint has set. Runs in the typesetter's child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def page_boxes(document: Any) -> list[Any]:
    """Return the boxes of the pages."""
    return [page._page_box for page in document.pages]  # noqa: SLF001  WeasyPrint has no other way


def note_areas(page: Any) -> list[Any]:
    """Return the box that holds the notes of a page; nothing where it has none."""
    boxes = [box for box in page.children if type(box).__name__ == "FootnoteAreaBox"]
    return [box for box in boxes if box.children]


def bottoms(box: Any) -> Iterator[float]:
    """Find how far down the lines and drawn boxes inside a box reach, in px."""
    if not box.is_in_normal_flow() and not box.is_floated():
        return
    kind = type(box).__name__
    if kind == "LineBox" or not getattr(box, "children", ()):
        yield box.position_y + box.margin_height()
        return
    for child in box.children:
        yield from bottoms(child)


def containers(page: Any) -> Iterator[Any]:
    """Find the boxes of the running text on a page."""
    waiting = [page.children[0]]
    while waiting:
        box = waiting.pop()
        if box.element is not None and "text" in classes_of(box.element):
            yield box
            continue
        waiting.extend(getattr(box, "children", ()))


def heights_of(pages: list[Any]) -> dict[Any, float]:
    """Sum the heights of each direct child of the running text over the pages that it lies on."""
    heights: dict[Any, float] = {}
    for page in pages:
        for container in containers(page):
            for child in container.children:
                for box in child.children if is_column(child) else [child]:
                    if box.element is not None:
                        heights[box.element] = heights.get(box.element, 0.0) + box.border_height()
    return heights


def is_column(box: Any) -> bool:
    """Tell whether a box is one of the columns of a text."""
    return bool(getattr(box, "is_column", False))


def classes_of(element: Any) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()
