"""Find the fonts that lie ready for a page, whether it shows anything in them or not."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from print.preflight.annotations import appearance
from print.preflight.colours import BROKEN
from print.preflight.reading import UNREAD, PageReading

MOST = 20_000


def declare_fonts(page: Any, resources: Any, reading: PageReading) -> None:
    """Take up each font in the resources of a page, its forms, patterns and annotations."""
    waiting = [resources]
    listed = page.get("/Annots", Array())
    for annotation in listed if isinstance(listed, Array) else ():
        look = appearance(annotation) if isinstance(annotation, Dictionary) else None
        if look is not None:
            waiting.append(look.get("/Resources"))
    seen = reading.file.shelves
    while waiting and len(seen) < MOST:
        shelves = waiting.pop()
        if not isinstance(shelves, Dictionary):
            continue
        if shelves.objgen != (0, 0):
            if shelves.objgen in seen:
                continue
            seen.add(shelves.objgen)
        try:
            waiting += _taken_up(shelves, reading)
        except BROKEN:
            reading.trouble("page", UNREAD)


def _taken_up(shelves: Any, reading: PageReading) -> list[Any]:
    """The resources of what these resources hold, once their fonts are taken up."""
    fonts = shelves.get("/Font")
    if isinstance(fonts, Dictionary):
        for font in fonts.values():
            if isinstance(font, Dictionary):
                reading.font(font)
    inner = []
    for kind in ("/XObject", "/Pattern"):
        drawn = shelves.get(kind)
        for each in drawn.values() if isinstance(drawn, Dictionary) else ():
            if isinstance(each, Stream) and reading.file.shelves.isdisjoint({each.objgen}):
                reading.file.shelves.add(each.objgen)
                inner.append(each.get("/Resources"))
    return inner
