"""Read which colours a PDF holds, and where, without a word from those who wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name, Pdf, Stream

from print.pdf_spaces import UNPRINTABLE, families

DIRECT = {"rg": "DeviceRGB", "RG": "DeviceRGB", "g": "DeviceGray", "G": "DeviceGray"}
DIRECT |= {"k": "DeviceCMYK", "K": "DeviceCMYK"}


@dataclass(frozen=True, order=True)
class ColourUse:
    """One family of colours in one place of one page (counted from 1).

    `place` is the way there from the page: "page", "page/form/image", "page/soft mask/shading".
    """

    page: int
    place: str
    space: str


def colours_of(pdf: Pdf) -> tuple[ColourUse, ...]:
    """Every family of colours used, page by page, in order, each once.

    Pages, forms, patterns, soft masks, shadings, images, inline images, groups, Type 3 glyphs and
    annotations. Spaces that a page merely declares count too: a preflight counts them.
    """
    found = set()
    for number, page in enumerate(pdf.pages, 1):
        walk = _Walk(number)
        found |= set(walk.owner(page.obj, page.obj.get("/Resources", Dictionary()), "page"))
        for annotation in page.obj.get("/Annots", []):
            found |= set(walk.annotation(annotation))
    return tuple(sorted(found))


def unprintable_colours(pdf: Pdf) -> tuple[ColourUse, ...]:
    """The uses that GWG 2022 R0027 forbids: DeviceRGB, CalRGB, CalGray, Lab, ICCBased."""
    return tuple(use for use in colours_of(pdf) if use.space in UNPRINTABLE)


class _Walk:
    """The walk through one page; each object is entered once, so that no loop holds it."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.seen: set[tuple[int, int]] = set()

    def _new(self, item: Any) -> bool:
        if item.objgen != (0, 0):
            if item.objgen in self.seen:
                return False
            self.seen.add(item.objgen)
        return True

    def _uses(self, space: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        for family in families(space, resources):
            if family:
                yield ColourUse(self.page, place, family)

    def owner(self, owner: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        """A page, form, pattern or glyph: its content, its group, its resources."""
        group = owner.get("/Group")
        if group is not None and "/CS" in group:
            yield from self._uses(group.CS, resources, f"{place}/group")
        for instruction in pikepdf.parse_content_stream(owner):
            operator = str(instruction.operator)
            if isinstance(instruction, ContentStreamInlineImage):
                space = instruction.iimage.obj.get("/ColorSpace")
                if space is not None:
                    yield from self._uses(space, resources, f"{place}/inline image")
            elif operator in DIRECT:
                yield ColourUse(self.page, place, DIRECT[operator])
            elif operator in ("cs", "CS"):
                yield from self._uses(instruction.operands[0], resources, place)
        if self._new(resources):
            yield from self.resources(resources, place)

    def resources(self, resources: Any, place: str) -> Iterator[ColourUse]:
        """Whatever a content stream may name."""
        for space in resources.get("/ColorSpace", {}).values():
            yield from self._uses(space, resources, f"{place}/resources")
        for item in resources.get("/XObject", {}).values():
            if self._new(item):
                yield from self._drawn(item, resources, place)
        for item in resources.get("/Pattern", {}).values():
            if self._new(item):
                yield from self._pattern(item, resources, f"{place}/pattern")
        for item in resources.get("/Shading", {}).values():
            yield from self._shading(item, resources, place)
        for item in resources.get("/ExtGState", {}).values():
            yield from self._soft_mask(item, resources, f"{place}/soft mask")
        for item in resources.get("/Font", {}).values():
            yield from self._drawn_font(item, resources, f"{place}/glyph")

    def _drawn(self, item: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        if item.get("/Subtype") != Name.Image:
            yield from self.owner(item, item.get("/Resources", resources), f"{place}/form")
            return
        if "/ColorSpace" in item:
            yield from self._uses(item.ColorSpace, resources, f"{place}/image")
        if "/SMask" in item:
            yield from self._uses(item.SMask.get("/ColorSpace"), resources, f"{place}/image/mask")

    def _pattern(self, item: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        if isinstance(item, Stream):
            yield from self.owner(item, item.get("/Resources", resources), place)
        elif "/Shading" in item:
            yield from self._shading(item.Shading, resources, place)

    def _soft_mask(self, state: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and "/G" in mask and self._new(mask.G):
            yield from self.owner(mask.G, mask.G.get("/Resources", resources), place)

    def _drawn_font(self, font: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        if font.get("/Subtype") == Name.Type3 and self._new(font):
            own = font.get("/Resources", resources)
            for glyph in font.get("/CharProcs", {}).values():
                yield from self.owner(glyph, own, place)

    def _shading(self, shading: Any, resources: Any, place: str) -> Iterator[ColourUse]:
        yield from self._uses(shading.get("/ColorSpace"), resources, f"{place}/shading")

    def annotation(self, annotation: Any) -> Iterator[ColourUse]:
        """An annotation's own colours and its appearances."""
        for holder in (annotation, annotation.get("/MK", Dictionary())):
            for key in ("/C", "/IC", "/BG", "/BC"):
                space = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}.get(
                    len(holder.get(key, Array()))
                )
                if space:
                    yield ColourUse(self.page, "annotation", space)
        waiting = list(annotation.get("/AP", Dictionary()).values())
        while waiting:
            look = waiting.pop()
            if isinstance(look, Stream) and self._new(look):
                own = look.get("/Resources", Dictionary())
                yield from self.owner(look, own, "annotation/appearance")
            elif isinstance(look, Dictionary) and not isinstance(look, Stream):
                waiting.extend(look.values())
