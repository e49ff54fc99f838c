"""Follow what a content stream draws: forms, pictures, patterns, shadings, soft masks."""

from __future__ import annotations

from typing import Any

from pikepdf import ContentStreamInlineImage, Dictionary, Name, Stream

from print.preflight.colours import Colour, read_space
from print.preflight.geometry import Box, Matrix, around, box_of, matrix_of, times, unit_square
from print.preflight.graphics import GraphicsStream
from print.preflight.painted import Painted, Picture
from print.preflight.pictures import doubts_about, read_picture
from print.preflight.state import State

UNCOLOURED = 2


class DrawingStream(GraphicsStream):
    """A content stream that draws other streams and pictures."""

    def soft_mask(self, mask: Any) -> None:
        """Read what a soft mask is made of, once a place."""
        group = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(group, Stream) and self.reading.first_time("mask", group.objgen, self.place):
            self.draw_form(group, f"{self.place}/soft mask", self.state.matrix)

    def draw_pattern(self, pattern: Any, box: Box, colour: Colour) -> None:
        """Read what a tiling pattern is made of, once a place, or paint a shading pattern."""
        place = f"{self.place}/pattern"
        if isinstance(pattern, Stream):
            if self.reading.first_time("pattern", pattern.objgen, place):
                state = State(
                    matrix=times(matrix_of(pattern.get("/Matrix", ())), self.base),
                    clip=box if self.place == "page" else self.state.clip,
                )
                stencil = int(pattern.get("/PaintType", 1)) == UNCOLOURED
                if stencil and colour.space.base is not None:
                    state.fill = state.stroke = Colour(colour.space.base, colour.values)
                self.reading.read(
                    pattern,
                    pattern.get("/Resources", self.resources),
                    place,
                    state,
                    self.depth + 1,
                    keeps_colour=stencil,
                )
        elif isinstance(pattern, Dictionary) and "/Shading" in pattern:
            self.shade(pattern.Shading, place, box)

    def paint_shading(self, operands: list[Any]) -> None:
        """`sh`: paint a shading over all that is not clipped."""
        self.shade(self.resource("/Shading", operands[0]), self.place, self.state.clip)

    def shade(self, shading: Any, place: str, box: Box) -> None:
        """Add a shading that fills a box."""
        if shading is None or self.is_hidden:
            return
        state = self.state
        self.reading.add(
            Painted(
                page=self.reading.page,
                place=f"{place}/shading",
                kind="shading",
                box=box,
                colour=Colour(read_space(shading.get("/ColorSpace"), self.resources)),
                overprints=state.fill_overprint,
                overprint_mode=state.overprint_mode,
                alpha=state.fill_alpha,
                blend=state.blend,
            ),
            ink=True,
        )

    def draw_object(self, operands: list[Any]) -> None:
        """`Do`: place a picture or draw a form."""
        found = self.resource("/XObject", operands[0])
        if not isinstance(found, Stream) or self.is_hidden:
            return
        if "/OC" in found and not self.reading.layers.show(found.OC):
            return
        if found.get("/Subtype") == Name.Image:
            self.place_picture(found, f"{self.place}/image")
        else:
            self.draw_form(found, f"{self.place}/form", self.state.matrix, inherits=True)

    def draw_form(self, form: Any, place: str, matrix: Matrix, *, inherits: bool = False) -> None:
        """Read a form where a matrix puts it; drawn, it inherits the state; a mask begins anew."""
        state = self.state.copy() if inherits else State(clip=self.state.clip)
        state.matrix = times(matrix_of(form.get("/Matrix", ())), matrix)
        box = box_of(form.get("/BBox"))
        if box is not None:
            corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
            placed = around(corners, state.matrix)
            if placed is not None:
                state.clip = state.clip.cut(placed)
        resources = form.get("/Resources", self.resources)
        self.reading.read(
            form, resources, place, state, self.depth + 1, keeps_colour=self.keeps_colour
        )

    def inline_picture(self, instruction: ContentStreamInlineImage) -> None:
        """Add a picture that stands inside the content itself."""
        self.place_picture(instruction.iimage.obj, f"{self.place}/inline image")

    def place_picture(self, image: Any, place: str) -> None:
        """Add a picture, and its soft mask, where the unit square comes to lie."""
        state = self.state
        box = unit_square(state.matrix).cut(state.clip)
        if box.is_empty or self.is_hidden:
            return
        picture = read_picture(image, self.resources, state.matrix)
        colour = state.fill if picture.is_stencil else Colour(picture.space)
        if isinstance(mask := image.get("/SMask"), Stream):
            inner = read_picture(mask, self.resources, state.matrix)
            self.doubt(mask, inner, f"{place}/soft mask")
            self.add_picture(inner, f"{place}/soft mask", box, Colour(inner.space))
        self.doubt(image, picture, place)
        self.add_picture(picture, place, box, colour)
        if picture.is_stencil and state.fill_pattern:
            self.draw_pattern(self.resource("/Pattern", state.fill_pattern), box, colour)

    def doubt(self, image: Any, picture: Picture, place: str) -> None:
        """Note a picture that can't be what it says it is."""
        if doubt := doubts_about(image, picture):
            self.reading.trouble(place, doubt)

    def add_picture(self, picture: Picture, place: str, box: Box, colour: Colour) -> None:
        """Add one picture with its facts."""
        state = self.state
        self.reading.add(
            Painted(
                page=self.reading.page,
                place=place,
                kind="picture",
                box=box,
                colour=colour,
                overprints=state.fill_overprint,
                overprint_mode=state.overprint_mode,
                alpha=state.fill_alpha,
                blend=state.blend,
                covers=self.reading.ground.is_painted(box),
                picture=picture,
            ),
            ink=True,
        )
