"""Follow the text of a content stream: where each string stands, and how large."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from print.preflight.drawing import DrawingStream
from print.preflight.fonts import Font
from print.preflight.geometry import IDENTITY, Matrix, around, matrix_of, scales, times

INVISIBLE = 3
FILLED, STROKED = (0, 2), (1, 2)


class TextStream(DrawingStream):
    """A content stream that shows text."""

    line: Matrix = IDENTITY
    cursor: Matrix = IDENTITY

    def begin_text(self, _operands: list[Any]) -> None:
        """`BT`: begin at the origin."""
        self.line = self.cursor = IDENTITY

    def set_font(self, operands: list[Any]) -> None:
        """`Tf`: choose font and size."""
        found = self.resource("/Font", operands[0])
        self.state.text.font = self.reading.font(found) if found is not None else None
        self.state.text.size = float(operands[1])

    def set_matrix(self, operands: list[Any]) -> None:
        """`Tm`: place the line."""
        self.line = self.cursor = matrix_of(operands)

    def move(self, operands: list[Any]) -> None:
        """`Td`: go to another line."""
        x, y = (float(value) for value in operands[:2])
        self.line = self.cursor = times((1, 0, 0, 1, x, y), self.line)

    def move_and_lead(self, operands: list[Any]) -> None:
        """`TD`: go to another line and keep the leading."""
        self.state.text.leading = -float(operands[1])
        self.move(operands)

    def next_line(self, _operands: list[Any]) -> None:
        """`T*`: go to the next line."""
        self.move([0, -self.state.text.leading])

    def show(self, operator: str, operands: list[Any]) -> None:
        """`Tj TJ ' "`: paint strings as one text."""
        text = self.state.text
        if operator in ("'", '"'):
            if operator == '"':
                text.word_space, text.character_space = (float(value) for value in operands[:2])
            self.next_line([])
        strings = list(operands[-1]) if operator == "TJ" else [operands[-1]]
        font, size = text.font, text.size
        start = self.cursor
        # WeasyPrint writes one string a sign: they are measured together.
        shown, moved = [], 0.0
        for item in strings:
            # Numbers come as plain numbers; isinstance asks pikepdf at length.
            if type(item) is pikepdf.Object:
                shown.append(bytes(item))
            else:
                moved += float(item)
        data = b"".join(shown)
        codes = font.codes(data) if font else ()
        wide = font.advance(codes) * size if font else 0.0
        wide += len(codes) * text.character_space - moved / 1000 * size
        if font and not font.two_bytes:
            wide += data.count(b" ") * text.word_space
        length = wide * text.stretch
        self.cursor = times((1, 0, 0, 1, length, 0), start)
        mode = text.mode % 4
        if font is None or mode == INVISIBLE or not length or self.is_hidden:
            return
        font.pages.add(self.reading.page)
        whole = times(start, self.state.matrix)
        low, high = font.descent * size + text.rise, font.ascent * size + text.rise
        box = around(((0, low), (length, low), (0, high), (length, high)), whole)
        if box is None:
            return
        if font.undefined and not font.undefined.isdisjoint(codes):
            font.missing.append((self.reading.page, box))
        shown_size = abs(size) * scales(whole)[1]
        if font.glyphs is not None:
            self.draw_glyphs(font, whole, size)
        state = self.state
        if mode in FILLED:
            self.paint("text", box, state.fill, state.fill_pattern, shown_size)
        if mode in STROKED:
            self.paint("text", box, state.stroke, state.stroke_pattern, shown_size, stroked=True)

    def draw_glyphs(self, font: Font, matrix: Matrix, size: float) -> None:
        """Read the drawings of a Type 3 font, once a place."""
        place = f"{self.place}/glyph"
        if not self.reading.first_time("glyphs", id(font), place):
            return
        state = self.state.copy()
        state.matrix = times(font.glyph_matrix, times((size, 0, 0, size, 0, 0), matrix))
        for glyph in font.glyphs.values() if isinstance(font.glyphs, Dictionary) else ():
            if isinstance(glyph, Stream):
                resources = font.resources or self.resources
                self.reading.read(glyph, resources, place, state.copy(), self.depth + 1)

    def set_text(self, operator: str, operands: list[Any]) -> None:
        """Set one number of the text state."""
        name = TEXT_NUMBERS[operator]
        value = float(operands[0])
        if operator == "Tz":
            value /= 100
        setattr(self.state.text, name, int(value) if operator == "Tr" else value)


TEXT_NUMBERS = {
    "Tc": "character_space",
    "Tw": "word_space",
    "Tz": "stretch",
    "TL": "leading",
    "Ts": "rise",
    "Tr": "mode",
}
