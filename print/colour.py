"""Rewrite every colour of a PDF in the press's inks, wherever it may hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name, Pdf, Stream

from print.content_inks import ContentInks, Matrix, overprint_states
from print.image_inks import ColourError, ink_image, ink_shading
from print.inks import Inks
from print.pdf_spaces import UNPRINTABLE, families, family, named_space, reading, streams_of

__all__ = ["ColourCount", "ColourError", "to_cmyk"]

DEFAULT_SPACES = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
ANNOTATION_COLOURS = ("/C", "/IC", "/BG", "/BC")
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class ColourCount:
    """How many content streams, images and shadings were rewritten."""

    streams: int
    images: int
    shadings: int


def to_cmyk(pdf: Pdf, inks: Inks, *, overprint: bool = False) -> ColourCount:
    """Rewrite pages, forms, patterns, soft masks, shadings, images, Type 3 glyphs and appearances.

    Neutral RGB goes to black alone; transparency groups blend in DeviceCMYK (GWG 2022 R0030).
    With `overprint`, black text under 12 pt and black lines under 2 pt overprint (R0009, R0010).
    Spot colours stay. Raises ColourError.
    """
    return _Painter(pdf, inks, overprint).paint()


class _Painter:
    """The walk through one PDF; every object is rewritten once."""

    def __init__(self, pdf: Pdf, inks: Inks, overprint: bool) -> None:
        self.pdf = pdf
        self.inks = inks
        self.overprint = overprint
        self.seen: set[tuple[int, int]] = set()
        self.scales: dict[tuple[int, int], Matrix] = {}
        self.counts = {"streams": 0, "images": 0, "shadings": 0}
        states = overprint_states()
        self.states = {name: pdf.make_indirect(state) for name, state in states.items()}
        self.inline = 0

    def paint(self) -> ColourCount:
        # Spaces are read by name while the content is rewritten, and dropped when all of it is.
        spaces: list[Any] = []
        for page in self.pdf.pages:
            resources = page.obj.get("/Resources", Dictionary())
            self._content(page.obj, resources, IDENTITY, mask=False, page=True)
            self._group(page.obj, mask=False)
            self._resources(resources, spaces, mask=False)
            for annotation in page.obj.get("/Annots", []):
                self._annotation(annotation, spaces)
        for space in spaces:
            self._drop_spaces(space)
        return ColourCount(**self.counts)

    def _first_time(self, item: Any) -> bool:
        if item.objgen == (0, 0):
            return True
        if item.objgen in self.seen:
            return False
        self.seen.add(item.objgen)
        return True

    def _content(
        self, owner: Any, resources: Any, matrix: Matrix, *, mask: bool, page: bool = False
    ) -> None:
        """Rewrite the content of a page, form, pattern or glyph."""
        content = owner.get("/Contents") if page else owner
        if content is None:
            return
        stream = ContentInks(
            self.inks,
            resources,
            lambda image: self._inline_image(image, resources),
            mask=mask,
            overprint=self.overprint and not mask,
            matrix=matrix,
        )
        rewritten = stream.rewritten(owner, streams_of(content))
        for name, scale in stream.drawn.items():
            drawn = resources.get("/XObject", {}).get(name)
            if drawn is not None:
                self.scales.setdefault(drawn.objgen, scale)
        if stream.overprinted:
            if "/ExtGState" not in resources:
                resources.ExtGState = Dictionary()
            for switch, state in self.states.items():
                resources.ExtGState[switch] = state
        if rewritten is None:
            return
        self.counts["streams"] += 1
        if page:
            owner.Contents = self.pdf.make_stream(rewritten)
        else:
            owner.write(rewritten)

    def _resources(self, resources: Any, spaces: list[Any], *, mask: bool) -> None:
        if resources.objgen != (0, 0) and not self._first_time(resources):
            return
        if "/ColorSpace" in resources:
            spaces.append(resources.ColorSpace)
        # Masks first: WeasyPrint lists a mask's group among the forms too.
        for item in resources.get("/ExtGState", {}).values():
            self._soft_mask(item, resources, spaces)
        for item in resources.get("/XObject", {}).values():
            if item.get("/Subtype") == Name.Image:
                self._image(item, resources)
            else:
                self._form(item, resources, spaces, mask=mask)
        for item in resources.get("/Pattern", {}).values():
            if isinstance(item, Stream):
                self._form(item, resources, spaces, mask=mask)
            elif "/Shading" in item:
                self._shading(item.Shading, resources, mask=mask)
        for item in resources.get("/Shading", {}).values():
            self._shading(item, resources, mask=mask)
        for item in resources.get("/Font", {}).values():
            self._drawn_font(item, resources, spaces, mask=mask)

    def _drawn_font(self, font: Any, outer: Any, spaces: list[Any], *, mask: bool) -> None:
        """Type 3 fonts draw their glyphs as content."""
        if font.get("/Subtype") == Name.Type3 and self._first_time(font):
            resources = font.get("/Resources", outer)
            for glyph in font.get("/CharProcs", {}).values():
                self._form(glyph, resources, spaces, mask=mask)
            self._resources(resources, spaces, mask=mask)

    def _form(self, form: Any, outer: Any, spaces: list[Any], *, mask: bool) -> None:
        if not isinstance(form, Stream) or not self._first_time(form):
            return
        resources = form.get("/Resources", outer)
        self._content(form, resources, self.scales.get(form.objgen, IDENTITY), mask=mask)
        self._group(form, mask=mask)
        self._resources(resources, spaces, mask=mask)

    def _group(self, owner: Any, *, mask: bool) -> None:
        group = owner.get("/Group")
        if group is not None and (mask or "/CS" in group or owner.get("/Type") == Name.Page):
            group.CS = Name.DeviceGray if mask else Name.DeviceCMYK

    def _soft_mask(self, state: Any, resources: Any, spaces: list[Any]) -> None:
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and "/G" in mask:
            luminosity = mask.get("/S") == Name.Luminosity
            if "/BC" in mask and luminosity:
                group = mask.G.get("/Group", Dictionary())
                read = reading(group.get("/CS"), self.inks)
                if read:
                    black = 1 - read([float(value) for value in mask.BC])[3]
                    mask.BC = Array([black])
            self._form(mask.G, resources, spaces, mask=luminosity)

    def _image(self, image: Any, resources: Any) -> None:
        if self._first_time(image):
            self.counts["images"] += ink_image(image, self.inks, resources, self.pdf)

    def _shading(self, shading: Any, resources: Any, *, mask: bool) -> None:
        if self._first_time(shading):
            self.counts["shadings"] += ink_shading(
                shading, self.inks, resources, mask=mask, pdf=self.pdf
            )

    def _inline_image(self, inline: ContentStreamInlineImage, resources: Any) -> Name | None:
        """Move an inline image that is not in inks into the resources, where it is rewritten."""
        facts = inline.iimage.obj
        space = facts.get("/ColorSpace")
        if UNPRINTABLE.isdisjoint(families(space, resources)):
            return None
        image = Stream(self.pdf, inline.iimage.read_raw_bytes())
        for key, value in facts.items():
            image[key] = value
        image.ColorSpace = named_space(space, resources)
        image.Type, image.Subtype = Name.XObject, Name.Image
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        self.inline += 1
        name = Name(f"/Inline{self.inline}")
        resources.XObject[name] = self.pdf.make_indirect(image)
        return name

    def _annotation(self, annotation: Any, spaces: list[Any]) -> None:
        for holder in (annotation, annotation.get("/MK", Dictionary())):
            for key in ANNOTATION_COLOURS:
                if len(holder.get(key, [])) == 3:
                    holder[key] = Array(self.inks.rgb(*(float(value) for value in holder[key])))
        for appearance in _appearances(annotation.get("/AP", Dictionary())):
            self._form(appearance, Dictionary(), spaces, mask=False)

    def _drop_spaces(self, spaces: Any) -> None:
        """Take away the spaces that nothing names any more."""
        for name in list(spaces.keys()):
            if name in DEFAULT_SPACES:
                del spaces[name]
                continue
            space = spaces[name]
            own = family(space)
            if own == "Pattern" and isinstance(space, Array) and len(space) > 1:
                if reading(named_space(space[1], None), self.inks):
                    spaces[name] = Array([Name.Pattern, Name.DeviceCMYK])
            elif own in UNPRINTABLE or (own == "Indexed" and reading(space, self.inks)):
                del spaces[name]


def _appearances(looks: Any) -> Iterator[pikepdf.Stream]:
    for look in looks.values():
        if isinstance(look, Stream):
            yield look
        elif isinstance(look, Dictionary):
            yield from _appearances(look)
