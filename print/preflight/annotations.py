"""Read what the annotations of a page look like on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from print.preflight.colours import BROKEN
from print.preflight.geometry import IDENTITY, Box, Matrix, around, box_of, matrix_of
from print.preflight.painted import AnnotationFacts
from print.preflight.reading import UNREAD, PageReading
from print.preflight.state import State
from print.preflight.text import TextStream

HIDDEN, PRINT = 2, 4
UNPRINTED = frozenset({"Popup"})


def read_annotations(page: Any, reading: PageReading) -> Iterator[AnnotationFacts]:
    """Each annotation; its appearance is read where it lies. Hidden ones show nothing."""
    listed = page.get("/Annots", Array())
    for annotation in listed if isinstance(listed, Array) else ():
        if not isinstance(annotation, Dictionary):
            continue
        try:
            yield _read(annotation, reading)
        except BROKEN:
            reading.trouble("annotation", UNREAD)


def _read(annotation: Any, reading: PageReading) -> AnnotationFacts:
    kind = str(annotation.get("/Subtype", Name("/?")))[1:]
    flags = int(annotation.get("/F", 0))
    box = box_of(annotation.get("/Rect"))
    hidden = flags & HIDDEN or not reading.layers.show(annotation.get("/OC"))
    look = None if hidden else appearance(annotation)
    if look is not None:
        stream = TextStream(reading, Dictionary(), "annotation", State(), 0)
        stream.draw_form(look, "annotation", _placed(look, box), inherits=True)
    prints = bool(flags & PRINT) and not hidden and kind not in UNPRINTED
    return AnnotationFacts(reading.page, kind, box, prints)


def appearance(annotation: Any) -> Stream | None:
    """The normal appearance; of several, the one of the state that it is in (12.5.5)."""
    looks = annotation.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Dictionary):
        state = annotation.get("/AS")
        look = look.get(str(state)) if isinstance(state, Name) else None
    return look if isinstance(look, Stream) else None


def _placed(look: Stream, rect: Box | None) -> Matrix:
    """The matrix that brings an appearance into its rectangle (ISO 32000-1, algorithm 8.1)."""
    bounds = box_of(look.get("/BBox"))
    if rect is None or bounds is None:
        return IDENTITY
    corners = [(x, y) for x in (bounds.left, bounds.right) for y in (bounds.bottom, bounds.top)]
    drawn = around(corners, matrix_of(look.get("/Matrix", ())))
    if drawn is None or not drawn.width or not drawn.height:
        return IDENTITY
    across, up = rect.width / drawn.width, rect.height / drawn.height
    return (
        across,
        0.0,
        0.0,
        up,
        rect.left - drawn.left * across,
        rect.bottom - drawn.bottom * up,
    )
