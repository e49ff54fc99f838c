"""Read what a page paints, and everything that it draws in turn."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, Dictionary, Name

from print.preflight.colours import BROKEN, read_space
from print.preflight.fonts import Font, read_font
from print.preflight.geometry import Box
from print.preflight.painted import GroupFacts, Painted, Trouble
from print.preflight.state import Ground, State
from print.preflight.text import TEXT_NUMBERS, TextStream

DEEPEST = 24
MOST_TROUBLES = 50
PLAIN = {
    "q": "save",
    "Q": "restore",
    "cm": "concatenate",
    "w": "set_width",
    "gs": "set_graphics",
    "W": "clip_path",
    "W*": "clip_path",
    "sh": "paint_shading",
    "Do": "draw_object",
    "BT": "begin_text",
    "Tf": "set_font",
    "Tm": "set_matrix",
    "Td": "move",
    "TD": "move_and_lead",
    "T*": "next_line",
}
NAMED = {
    **dict.fromkeys(("m", "l", "c", "v", "y", "re"), "add_path"),
    **dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"), "end_path"),
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K"), "set_direct"),
    **dict.fromkeys(("cs", "CS"), "set_space"),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), "set_colour"),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), "show"),
    **dict.fromkeys(TEXT_NUMBERS, "set_text"),
}


class TooMuch(Exception):
    """The reading would take longer than any page is worth."""


class PageReading:
    """The walk through one page and all that it draws."""

    def __init__(self, page: int, media: Box, fonts: dict[Any, Font], budget: list[int]) -> None:
        self.page = page
        self.fonts = fonts
        self.budget = budget
        self.ground = Ground(media)
        self.painted: list[Painted] = []
        self.groups: list[GroupFacts] = []
        self.troubles: list[Trouble] = []
        self._once: set[tuple[Any, ...]] = set()

    def read(
        self, owner: Any, resources: Any, place: str, state: State | None = None, depth: int = 0
    ) -> None:
        """Read a page, form, pattern or glyph; trouble is noted, never raised, but for TooMuch."""
        if depth > DEEPEST:
            self.trouble(place, "nested too deeply")
            return
        group = owner.get("/Group")
        if isinstance(group, Dictionary) and group.get("/S") == Name.Transparency:
            space = read_space(group.CS, resources) if "/CS" in group else None
            self.groups.append(GroupFacts(self.page, place, space))
        try:
            instructions = pikepdf.parse_content_stream(owner)
        except (*BROKEN, RuntimeError):
            self.trouble(place, "content stream can't be read")
            return
        self.budget[0] -= len(instructions)
        if self.budget[0] < 0:
            raise TooMuch
        stream = TextStream(self, resources, place, state or State(), depth)
        for instruction in instructions:
            try:
                self._do(stream, instruction)
            except BROKEN as error:
                self.trouble(place, f"{instruction.operator}: {type(error).__name__}")

    @staticmethod
    def _do(stream: TextStream, instruction: Any) -> None:
        """Carry out one instruction; what paints nothing and changes nothing is passed over."""
        if isinstance(instruction, ContentStreamInlineImage):
            stream.inline_picture(instruction)
            return
        operator = str(instruction.operator)
        if operator in PLAIN:
            getattr(stream, PLAIN[operator])(list(instruction.operands))
        elif operator in NAMED:
            getattr(stream, NAMED[operator])(operator, list(instruction.operands))

    def trouble(self, place: str, what: str) -> None:
        """Note what couldn't be read, each kind once a place."""
        found = Trouble(self.page, place, what)
        if found not in self.troubles and len(self.troubles) < MOST_TROUBLES:
            self.troubles.append(found)

    def first_time(self, *key: Any) -> bool:
        """Tell whether this is met for the first time on the page."""
        if key in self._once:
            return False
        self._once.add(key)
        return True

    def add(self, thing: Painted, *, ink: bool) -> None:
        """Keep a painted thing, and mark its ground."""
        self.painted.append(thing)
        if thing.box and thing.kind != "text" and "soft mask" not in thing.place:
            self.ground.paint(thing.box, white=not ink)

    def font(self, font: Any) -> Font:
        """The font, read once a file."""
        key = font.objgen if font.objgen != (0, 0) else id(font)
        if key not in self.fonts:
            self.fonts[key] = read_font(font)
        found = self.fonts[key]
        found.pages.add(self.page)
        return found
