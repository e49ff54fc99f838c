"""Follow the graphics state, the colours and the paths of a content stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

from print.preflight.colours import CMYK, GRAY, RGB, Colour, first_colour, numbers, read_space
from print.preflight.geometry import Box, around, matrix_of, scale, times
from print.preflight.painted import Painted
from print.preflight.state import State

if TYPE_CHECKING:
    from print.preflight.reading import PageReading

FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
DIRECT = {"g": GRAY, "rg": RGB, "k": CMYK}
MOST_SAVED = 512
MATRIX = 6


class GraphicsStream:
    """One content stream on its way: its resources, its states, its path."""

    def __init__(
        self, reading: PageReading, resources: Any, place: str, state: State, depth: int
    ) -> None:
        self.reading = reading
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.place = place
        self.state = state
        self.base = state.matrix
        self.depth = depth
        self.stack: list[State] = []
        self.points: list[tuple[float, float]] = []
        self.clips = False
        self.marked: list[bool] = []
        self.keeps_colour = False

    def resource(self, kind: str, name: Any) -> Any:
        """What the resources keep under a name; None if nothing."""
        shelf = self.resources.get(kind)
        return shelf.get(str(name)) if isinstance(shelf, Dictionary) else None

    def save(self, _operands: list[Any]) -> None:
        """`q`: keep the state."""
        if len(self.stack) < MOST_SAVED:
            self.stack.append(self.state.copy())

    def restore(self, _operands: list[Any]) -> None:
        """`Q`: take the state back."""
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, operands: list[Any]) -> None:
        """`cm`: turn, move or scale what follows."""
        if len(operands) != MATRIX:
            raise ValueError
        self.state.matrix = times(matrix_of(operands), self.state.matrix)

    def set_width(self, operands: list[Any]) -> None:
        """`w`: set the width of lines."""
        self.state.line_width = float(operands[0])

    def set_graphics(self, operands: list[Any]) -> None:
        """`gs`: set what a graphics state dictionary names."""
        found = self.resource("/ExtGState", operands[0])
        if not isinstance(found, Dictionary):
            return
        state = self.state
        if "/OP" in found:
            state.stroke_overprint = bool(found.OP)
            state.fill_overprint = bool(found.get("/op", found.OP))
        elif "/op" in found:
            state.fill_overprint = bool(found.get("/op"))
        state.overprint_mode = int(found.get("/OPM", state.overprint_mode))
        state.fill_alpha = float(found.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(found.get("/CA", state.stroke_alpha))
        state.line_width = float(found.get("/LW", state.line_width))
        if "/BM" in found:
            blend = found.BM[0] if isinstance(found.BM, Array) else found.BM
            state.blend = str(blend)[1:]
        if "/Font" in found:
            state.text.font = self.reading.font(found.Font[0])
            state.text.size = float(found.Font[1])
        if "/SMask" in found:
            self.soft_mask(found.SMask)

    @property
    def is_hidden(self) -> bool:
        """Tell whether what is painted now belongs to a layer that doesn't show."""
        return not all(self.marked)

    def begin_marked(self, operands: list[Any]) -> None:
        """`BMC BDC`: begin content that may belong to a layer."""
        shows = True
        if len(operands) > 1 and operands[0] == Name.OC:
            shows = self.reading.layers.show(self.resource("/Properties", operands[1]))
        self.marked.append(shows)

    def end_marked(self, _operands: list[Any]) -> None:
        """`EMC`: end it."""
        if self.marked:
            self.marked.pop()

    def keep_colour(self, _operands: list[Any]) -> None:
        """`d1`: a glyph that is painted in the colour of the text."""
        self.keeps_colour = True

    def set_direct(self, operator: str, operands: list[Any]) -> None:
        """`g rg k` and, for lines, `G RG K`: set a device colour."""
        if self.keeps_colour:
            return
        colour = Colour(DIRECT[operator.lower()], numbers(operands))
        if operator.islower():
            self.state.fill, self.state.fill_pattern = colour, ""
        else:
            self.state.stroke, self.state.stroke_pattern = colour, ""

    def set_space(self, operator: str, operands: list[Any]) -> None:
        """`cs CS`: choose a colour space and its first colour."""
        if self.keeps_colour:
            return
        colour = first_colour(read_space(operands[0], self.resources))
        if operator.islower():
            self.state.fill, self.state.fill_pattern = colour, ""
        else:
            self.state.stroke, self.state.stroke_pattern = colour, ""

    def set_colour(self, operator: str, operands: list[Any]) -> None:
        """`sc scn` and, for lines, `SC SCN`: set a colour or a pattern of the space."""
        if self.keeps_colour:
            return
        pattern = str(operands[-1]) if operands and isinstance(operands[-1], Name) else ""
        if operator.islower():
            space = self.state.fill.space
            self.state.fill, self.state.fill_pattern = Colour(space, numbers(operands)), pattern
        else:
            space = self.state.stroke.space
            self.state.stroke, self.state.stroke_pattern = Colour(space, numbers(operands)), pattern

    def add_path(self, operator: str, operands: list[Any]) -> None:
        """`m l c v y re`: add the points of a path, its handles included."""
        values = numbers(operands)
        if operator == "re":
            x, y, width, height = values[:4]
            corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        else:
            corners = list(zip(values[::2], values[1::2], strict=False))
        a, b, c, d, e, f = self.state.matrix
        self.points += [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]

    def clip_path(self, _operands: list[Any]) -> None:
        """`W W*`: let the path clip once it is painted."""
        self.clips = True

    def end_path(self, operator: str, _operands: list[Any]) -> None:
        """Fill, stroke and clip as the operator says, and begin a new path."""
        box = around(self.points)
        state = self.state
        if box is not None:
            if operator in FILLS:
                self.paint("fill", box, state.fill, state.fill_pattern)
            if operator in STROKES:
                half = state.line_width * scale(state.matrix) / 2
                outer = box.inset(-half)
                self.paint("stroke", outer, state.stroke, state.stroke_pattern, stroked=True)
            if self.clips:
                state.clip = state.clip.cut(box)
        self.points, self.clips = [], False

    def paint(
        self,
        kind: str,
        box: Box,
        colour: Colour,
        pattern: str,
        size: float = 0.0,
        *,
        stroked: bool = False,
    ) -> None:
        """Add a fill, a stroke or a text, and whatever its pattern draws."""
        state = self.state
        seen = box.cut(state.clip)
        if seen.is_empty or self.is_hidden:
            return
        if kind == "stroke":
            size = state.line_width * scale(state.matrix)
        elif kind == "fill":
            size = min(box.width, box.height)
        alpha = state.stroke_alpha if stroked else state.fill_alpha
        self.reading.add(
            Painted(
                page=self.reading.page,
                place=self.place,
                kind=kind,
                box=seen,
                colour=colour,
                overprints=state.stroke_overprint if stroked else state.fill_overprint,
                overprint_mode=state.overprint_mode,
                alpha=alpha,
                blend=state.blend,
                size=size,
                covers=self.reading.ground.is_painted(seen),
                font=state.text.font.name if kind == "text" and state.text.font else "",
            ),
            ink=not colour.is_white or alpha < 1,
        )
        if pattern:
            self.draw_pattern(self.resource("/Pattern", pattern), seen, colour)

    def soft_mask(self, mask: Any) -> None:
        """Read what a soft mask is made of; those that draw know how."""

    def draw_pattern(self, pattern: Any, box: Box, colour: Colour) -> None:
        """Read what a pattern is made of; those that draw know how."""
