"""Read what a page paints, and everything that it draws in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, Dictionary, Name, Pdf

from print.preflight.colours import BROKEN, read_space
from print.preflight.fonts import Font, read_font
from print.preflight.geometry import Box
from print.preflight.layers import Layers
from print.preflight.painted import GroupFacts, Painted, Trouble
from print.preflight.state import Ground, State
from print.preflight.text import TEXT_NUMBERS, TextStream
from print.remedies import gettext_noop

DEEPEST = 24
MOST_TROUBLES = 50
MOST_INSTRUCTIONS = 3_000_000
# What beginning a stream takes, in instructions.
COST_OF_A_STREAM = 25
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
    "BMC": "begin_marked",
    "BDC": "begin_marked",
    "EMC": "end_marked",
    "d1": "keep_colour",
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


TOO_DEEP = gettext_noop("nested too deeply")
CIRCLE = gettext_noop("something draws itself")
UNREAD = gettext_noop("the content can’t be read")
DAMAGED = gettext_noop("the content is damaged")
BROKEN_INSTRUCTION = gettext_noop("an instruction can’t be carried out")


@dataclass
class FileReading:
    """What the pages of a file share while it is read; `budget` counts instructions down.

    `shelves` are the resources whose fonts were taken up.
    """

    pdf: Pdf
    layers: Layers
    budget: int = MOST_INSTRUCTIONS
    fonts: dict[Any, Font] = field(default_factory=dict)
    shelves: set[Any] = field(default_factory=set)


class PageReading:
    """The walk through one page and all that it draws."""

    def __init__(self, page: int, media: Box, file: FileReading) -> None:
        self.page = page
        self.file = file
        self.layers = file.layers
        self.ground = Ground(media)
        self.painted: list[Painted] = []
        self.groups: list[GroupFacts] = []
        self.troubles: list[Trouble] = []
        self._once: set[tuple[Any, ...]] = set()
        self._open: list[tuple[int, int]] = []

    def read(
        self,
        owner: Any,
        resources: Any,
        place: str,
        state: State | None = None,
        depth: int = 0,
        *,
        keeps_colour: bool = False,
    ) -> None:
        """Read a page, form, pattern or glyph; trouble is noted, never raised, but for TooMuch.

        Where it keeps its colour, whatever it says about colours is passed over.
        """
        if depth > DEEPEST or owner.objgen in self._open:
            self.trouble(place, TOO_DEEP if depth > DEEPEST else CIRCLE)
            return
        group = owner.get("/Group")
        if isinstance(group, Dictionary) and group.get("/S") == Name.Transparency:
            space = read_space(group.CS, resources) if "/CS" in group else None
            self.groups.append(GroupFacts(self.page, place, space))
        try:
            instructions = pikepdf.parse_content_stream(owner)
        except BROKEN:
            self.trouble(place, UNREAD)
            return
        if self.file.pdf.get_warnings():
            self.trouble(place, DAMAGED)
        self.file.budget -= len(instructions) + COST_OF_A_STREAM
        if self.file.budget < 0:
            raise TooMuch
        stream = TextStream(self, resources, place, state or State(), depth)
        stream.keeps_colour = keeps_colour
        self._open.append(owner.objgen)
        self._follow(stream, instructions, place)
        self._open.pop()

    def _follow(self, stream: TextStream, instructions: Iterable[Any], place: str) -> None:
        """Carry out instructions; what paints nothing and changes nothing is passed over."""
        for instruction in instructions:
            operator = str(instruction.operator)
            try:
                if (name := PLAIN.get(operator)) is not None:
                    getattr(stream, name)(list(instruction.operands))
                elif (name := NAMED.get(operator)) is not None:
                    getattr(stream, name)(operator, list(instruction.operands))
                elif isinstance(instruction, ContentStreamInlineImage):
                    stream.inline_picture(instruction)
            except BROKEN:
                self.trouble(f"{place} ({operator})", BROKEN_INSTRUCTION)

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
        direct = font.objgen == (0, 0)
        key = font.unparse(resolved=False) if direct else font.objgen
        fonts = self.file.fonts
        if key not in fonts:
            fonts[key] = read_font(font)
        return fonts[key]
