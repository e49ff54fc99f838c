"""The things that a reading of a PDF yields: what was painted, pictures, fonts, pages, the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from print.preflight.colours import Colour, Space
from print.preflight.geometry import Box


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it is placed: pixels, bits, resolution along x and y in pixels per inch."""

    width: int
    height: int
    bits: int
    space: Space
    is_stencil: bool
    ppi: tuple[float, float]
    filters: tuple[str, ...]

    @property
    def is_line_art(self) -> bool:
        """Tell whether it is one bit deep."""
        return self.is_stencil or self.bits == 1

    @property
    def least_ppi(self) -> float:
        """The worse of its two resolutions."""
        return min(self.ppi)


@dataclass(frozen=True, slots=True)
class Painted:
    """One thing painted on a page (counted from 1), where, and how.

    `kind` is text, fill, stroke, shading or picture. `place` is the way from the page:
    “page”, “page/form”, “page/pattern”, “page/soft mask”, “annotation/form”. `size` is the size
    of text or the width of a line in points. `covers` tells whether something painted before
    lies underneath.
    """

    page: int
    place: str
    kind: str
    box: Box | None
    colour: Colour | None = None
    overprints: bool = False
    overprint_mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    size: float = 0.0
    covers: bool = False
    picture: Picture | None = None
    font: str = ""


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font of the file: name without the subset's sign, kind, whether it came along.

    `pages` are those that show something in it: none, where it only lies there. `missing`
    counts the signs shown by the empty box of the font (.notdef).
    """

    name: str
    kind: str
    embedded: bool
    subset: bool
    pages: tuple[int, ...]
    missing: tuple[tuple[int, Box | None], ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotationFacts:
    """An annotation: its kind, where, and whether it prints."""

    page: int
    kind: str
    box: Box | None
    prints: bool


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A transparency group and the space it blends in."""

    page: int
    place: str
    space: Space | None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its boxes (crop, bleed, trim, art as written; None if not), its turn, its unit."""

    number: int
    media: Box
    crop: Box | None
    bleed: Box | None
    trim: Box | None
    art: Box | None
    rotate: int
    user_unit: float
    is_empty: bool

    @property
    def product(self) -> Box:
        """What is left after cutting: the TrimBox, else the ArtBox, CropBox, MediaBox."""
        return self.trim or self.art or self.crop or self.media

    @property
    def bled(self) -> Box:
        """The trim with its bleed."""
        return self.bleed or self.product


@dataclass(frozen=True, slots=True)
class IntentFacts:
    """An output intent: its kind, the condition it names, and its profile's own words."""

    kind: str
    condition: str
    registry: str
    icc_class: str
    icc_space: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that couldn't be read, in few words, and where (page 0: the whole file)."""

    page: int
    place: str
    what: str


@dataclass(frozen=True)
class Document:
    """All that the rules ask about a PDF."""

    version: str
    pages: tuple[PageFacts, ...]
    painted: tuple[Painted, ...]
    fonts: tuple[FontFacts, ...]
    groups: tuple[GroupFacts, ...]
    annotations: tuple[AnnotationFacts, ...]
    intents: tuple[IntentFacts, ...]
    info: dict[str, str] = field(default_factory=dict)
    pdfx: str = ""
    has_id: bool = False
    encrypted: bool = False
    scripts: bool = False
    files: bool = False
    forms: bool = False
    lzw: bool = False
    troubles: tuple[Trouble, ...] = ()

    def page(self, number: int) -> PageFacts:
        """The page of that number, from 1."""
        return self.pages[number - 1]
