"""Rewrite one content stream in the press's inks, with small black text overprinting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator

from print.inks import Cmyk, Inks
from print.pdf_spaces import Reading, components, family, named_space, reading

BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
# GWG 2022 R0009 and R0010: black text under 12 pt, black lines and bars under 2 pt overprint.
SMALL_TEXT_PT = 12.0
THIN_LINE_PT = 2.0
OVERPRINT_ON, OVERPRINT_OFF = Name("/KOver"), Name("/KKnock")
COLOUR_OPERATORS = re.compile(rb"(?<![A-Za-z])(?:rg|RG|BI)(?![A-Za-z])")
SPACE_OPERATOR = re.compile(rb"/([^\s/\[\]()<>]+)\s+(?:cs|CS)(?![A-Za-z])")
PRINTABLE = frozenset({b"DeviceCMYK", b"DeviceGray", b"Pattern"})
SHOW_TEXT = frozenset({"Tj", "TJ", "'", '"'})
STROKE = frozenset({"S", "s"})
FILL = frozenset({"f", "F", "f*"})
PATH = frozenset({"m", "l", "c", "v", "y", "h", "re", "W", "W*"})
PAINT = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"})

Matrix = tuple[float, float, float, float]


@dataclass(frozen=True)
class Ink:
    """What the next fill or stroke is painted with."""

    read: Reading | None = None
    space: str = "DeviceGray"
    black: bool = False


@dataclass(frozen=True)
class State:
    """The part of the graphics state that colour and overprint depend on."""

    fill: Ink = Ink()
    stroke: Ink = Ink()
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0)
    text_matrix: Matrix = (1.0, 0.0, 0.0, 1.0)
    font_size: float = 0.0
    line_width: float = 1.0
    overprint: bool = False


@dataclass
class ContentInks:
    """One content stream with its resources.

    `mask` says that it draws a luminosity mask, where colours become grey; `matrix` is the scale
    it is drawn at; `place_inline` turns an inline image into an image of the resources and returns
    its name, or None where it may stay. `drawn` collects the scale of each XObject.
    """

    inks: Inks
    resources: Any
    place_inline: Callable[[ContentStreamInlineImage], Name | None]
    mask: bool = False
    overprint: bool = False
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0)
    drawn: dict[str, Matrix] = field(default_factory=dict)
    changed: bool = False
    overprinted: bool = False

    def rewritten(self, content: Any, raw: bytes) -> bytes | None:
        """The stream in the press's inks; None if it was so already."""
        inked = not COLOUR_OPERATORS.search(raw) and PRINTABLE.issuperset(
            SPACE_OPERATOR.findall(raw)
        )
        if inked and not self.overprint:
            return None
        instructions = list(self._instructions(content))
        return pikepdf.unparse_content_stream(instructions) if self.changed else None

    def _instructions(self, content: Any) -> Iterator[Any]:
        state, saved = State(matrix=self.matrix), []
        # A path takes no switch between its beginning and its painting (ISO 32000-1, 8.2).
        path: list[Any] = []
        for instruction in pikepdf.parse_content_stream(content):
            if isinstance(instruction, ContentStreamInlineImage):
                yield from path
                path = []
                name = self.place_inline(instruction)
                if name is None:
                    yield instruction
                else:
                    self.changed = True
                    yield ContentStreamInstruction([name], Operator("Do"))
                continue
            operator, operands = str(instruction.operator), instruction.operands
            if operator in PATH:
                path.append(instruction)
                continue
            if operator == "q":
                saved.append(state)
            elif operator == "Q":
                state = saved.pop() if saved else state
            else:
                state, painted = self._coloured(state, operator, operands)
                if painted is not None:
                    self.changed = True
                    yield from path
                    path = []
                    yield painted
                    continue
                state = _moved(state, operator, operands)
                if operator == "Do":
                    self.drawn.setdefault(str(operands[0]), state.matrix)
                wanted = _overprints(state, operator, path) if self.overprint else None
                if wanted is not None and wanted != state.overprint:
                    self.changed = self.overprinted = True
                    state = replace(state, overprint=wanted)
                    switch = OVERPRINT_ON if wanted else OVERPRINT_OFF
                    yield ContentStreamInstruction([switch], Operator("gs"))
            yield from path
            path = []
            yield instruction
        yield from path

    def _coloured(self, state: State, operator: str, operands: Any) -> tuple[State, Any]:
        """The state after a colour operator, and the operator that takes its place, if any."""
        stroke = operator.isupper()
        side = "stroke" if stroke else "fill"
        ink = state.stroke if stroke else state.fill
        if operator in ("rg", "RG"):
            colour = self.inks.rgb(*(float(value) for value in operands[:3]))
            return self._painted(state, side, Ink(), colour)
        if operator in ("g", "G", "k", "K"):
            black = operator in ("k", "K") and _is_black(operands)
            return replace(state, **{side: Ink(space="Device", black=black)}), None
        if operator in ("cs", "CS"):
            space = named_space(operands[0], self.resources)
            if family(space) == "Pattern":
                base = space[1] if isinstance(space, pikepdf.Array) and len(space) > 1 else None
                read = reading(named_space(base, self.resources), self.inks) if base else None
                return replace(state, **{side: Ink(read, "Pattern")}), None
            read = reading(space, self.inks)
            if read is None:
                return replace(state, **{side: Ink(space=family(space))}), None
            start = read([0.0] * (components(space) or 1))
            return self._painted(state, side, Ink(read, family(space)), start)
        if operator in ("sc", "SC", "scn", "SCN"):
            named = bool(operands) and isinstance(operands[-1], Name)
            numbers = [float(value) for value in operands if not isinstance(value, Name)]
            if ink.read is None or (named and not numbers):
                black = ink.space == "DeviceCMYK" and _is_black(operands)
                return replace(state, **{side: replace(ink, black=black)}), None
            colour = ink.read(numbers)
            if named:
                values = [*colour, operands[-1]]
                return state, ContentStreamInstruction(values, Operator(operator))
            return self._painted(state, side, ink, colour)
        return state, None

    def _painted(self, state: State, side: str, ink: Ink, colour: Cmyk) -> tuple[State, Any]:
        stroke = side == "stroke"
        state = replace(state, **{side: replace(ink, black=colour == BLACK and not self.mask)})
        if self.mask:
            grey = ContentStreamInstruction([grey_of(colour)], Operator("G" if stroke else "g"))
            return state, grey
        return state, ContentStreamInstruction([*colour], Operator("K" if stroke else "k"))


def _is_black(operands: Any) -> bool:
    return len(operands) == 4 and [float(value) for value in operands] == [0, 0, 0, 1]


def _moved(state: State, operator: str, operands: Any) -> State:
    """The state after an operator that moves or scales."""
    if operator == "cm":
        return replace(state, matrix=_times(operands, state.matrix))
    if operator == "BT":
        return replace(state, text_matrix=(1.0, 0.0, 0.0, 1.0))
    if operator == "Tm":
        return replace(state, text_matrix=_times(operands, (1.0, 0.0, 0.0, 1.0)))
    if operator == "Tf":
        return replace(state, font_size=float(operands[1]))
    if operator == "w":
        return replace(state, line_width=float(operands[0]))
    return state


def _overprints(state: State, operator: str, path: Sequence[Any]) -> bool | None:
    """Whether what this operator paints overprints; None if it paints nothing."""
    if operator in SHOW_TEXT:
        size = state.font_size * _scale(state.text_matrix) * _scale(state.matrix)
        return state.fill.black and abs(size) < SMALL_TEXT_PT
    if operator in STROKE:
        return state.stroke.black and state.line_width * _scale(state.matrix) < THIN_LINE_PT
    if operator in FILL and state.fill.black:
        return _is_thin(path, _scale(state.matrix))
    return False if operator in PAINT else None


def _is_thin(path: Sequence[Any], scale: float) -> bool:
    """Whether a path is made of bars alone that are as thin as a line."""
    return bool(path) and all(
        str(step.operator) == "re"
        and min(abs(float(side)) for side in step.operands[2:]) * scale < THIN_LINE_PT
        for step in path
    )


def _times(operands: Any, matrix: Matrix) -> Matrix:
    a, b, c, d = (float(value) for value in operands[:4])
    e, f, g, h = matrix
    return (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)


def _scale(matrix: Matrix) -> float:
    a, b, c, d = matrix
    return float(abs(a * d - b * c) ** 0.5)


def grey_of(colour: Cmyk) -> float:
    """The luminosity of a CMYK colour, from 0 to 1 (ISO 32000-1, 10.3.5)."""
    cyan, magenta, yellow, black = colour
    return round(1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black), 4)


def overprint_states() -> dict[Name, Dictionary]:
    """The two graphics states that the rewritten streams name."""
    return {
        OVERPRINT_ON: Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
        OVERPRINT_OFF: Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0),
    }
