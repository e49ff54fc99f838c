"""Print flat shapes in two inks: plates, halftone screens, grain and misregistration."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from magazine.demo.shapes import Outline, Point, disc, quad

SCALE = 2
GRAIN_SIDE = 1200


@dataclass(frozen=True)
class Ink:
    """An ink as the screen shows it (sRGB) and as a four-colour press imitates it (percent)."""

    name: str
    rgb: tuple[int, int, int]
    cmyk: tuple[int, int, int, int]


SAPIN = Ink("sapin", (0x0B, 0x5A, 0x4A), (88, 20, 50, 45))
ROSE = Ink("rose", (0xFF, 0x4F, 0x7B), (0, 76, 36, 0))
VIOLET = Ink("violet", (0x4B, 0x2E, 0x83), (82, 88, 0, 8))
JAUNE = Ink("jaune", (0xFF, 0xD2, 0x3F), (0, 16, 82, 0))
NOIR = Ink("noir", (0x1C, 0x1C, 0x1C), (0, 0, 0, 96))
GRIS = Ink("gris", (0x9A, 0x9A, 0x9A), (0, 0, 0, 42))


@dataclass(frozen=True)
class Ramp:
    """A tint from `start` percent at `a` to `end` percent at `b`; round about `a` if asked."""

    start: float
    end: float
    a: Point
    b: Point
    radial: bool = False


Tint = float | Ramp | None
Tone = tuple[Tint, Tint]

PAPER: Tone = (0, 0)
DARK: Tone = (100, 0)
BRIGHT: Tone = (0, 100)
BLACK: Tone = (100, 100)


@cache
def screen(angle: int, pitch: int) -> np.ndarray:
    """One tile of a round-dot screen: thresholds 1 to 255, equal shares of each.

    `pitch` counts pixels of the enlarged plate. 45 degrees is exact; 75 stands for the nearest
    angle whose tile closes on whole pixels (75.96, a slope of four to one).
    """
    if angle == 45:
        side = 2 * round(pitch / math.sqrt(2))
        y, x = np.mgrid[0:side, 0:side]
        u, v = (x + y) / side, (x - y) / side
    else:
        side = 17 * round(pitch / math.sqrt(17))
        y, x = np.mgrid[0:side, 0:side]
        u, v = (x + 4 * y) / side, (4 * x - y) / side
    spot = np.cos(2 * np.pi * u) + np.cos(2 * np.pi * v)
    order = np.argsort(np.round(-spot, 6), axis=None, kind="stable")
    ranks = np.empty(order.size, dtype=np.int64)
    ranks[order] = np.arange(order.size)
    return (1 + ranks * 255 // order.size).astype(np.uint8).reshape(side, side)


@cache
def grain(seed: int) -> Image.Image:
    """How much ink holds on the paper: fine speckle over slow clouds, 255 where all of it does."""
    noise = np.random.RandomState(seed).randint(0, 256, (GRAIN_SIDE, GRAIN_SIDE), dtype=np.uint8)
    f, s = (_blurred_seamlessly(noise, radius) for radius in (1.1, 9))
    held = 246 + s * 3 // 2 - np.clip(f - 44, 0, 60) * 7 - np.abs(f) // 6
    return Image.fromarray(np.clip(held, 0, 255).astype(np.uint8))


def _blurred_seamlessly(noise: np.ndarray, radius: float) -> np.ndarray:
    margin = 40
    wrapped = Image.fromarray(np.pad(noise, margin, mode="wrap"))
    blurred = np.asarray(wrapped.filter(ImageFilter.GaussianBlur(radius)), dtype=np.int16)
    return blurred[margin:-margin, margin:-margin] - 128


class Sheet:
    """A sheet of paper under two plates; shapes are given in pixels, tints in percent of ink.

    A tone is a pair of tints, one a plate; None leaves what the plate already holds (overprint).
    """

    def __init__(
        self,
        size: tuple[int, int],
        inks: tuple[Ink, Ink],
        seed: int,
        ground: Tone = (0, 0),
        pitch: int = 16,
    ) -> None:
        self.width, self.height = size
        self.inks, self.seed, self.pitch = inks, seed, pitch
        enlarged = (self.width * SCALE, self.height * SCALE)
        self.plates = [Image.new("L", enlarged, 0) for _ in inks]
        self.fill([(0, 0), (self.width, 0), (self.width, self.height), (0, self.height)], ground)

    def fill(self, outline: Sequence[Point], tone: Tone) -> None:
        """Ink the inside of one outline."""
        self._ink([outline], tone)

    def stroke(
        self, line: Sequence[Point], width: float, tone: Tone, round_ends: bool = True
    ) -> None:
        """Ink a line of even width, with round joints, and round ends unless told otherwise."""
        parts: list[Outline] = [quad(a, b, width) for a, b in pairwise(line) if a != b]
        joints = line if round_ends else line[1:-1]
        parts.extend(disc(x, y, width / 2) for x, y in joints)
        self._ink(parts, tone)

    def dots(self, centres: Sequence[Point], radius: float, tone: Tone) -> None:
        """Ink round dots, such as a perforation."""
        self._ink([disc(x, y, radius) for x, y in centres], tone)

    def _ink(self, outlines: Sequence[Sequence[Point]], tone: Tone) -> None:
        scaled = [[(x * SCALE, y * SCALE) for x, y in outline] for outline in outlines]
        for plate, tint in zip(self.plates, tone, strict=True):
            if tint is None:
                continue
            if isinstance(tint, Ramp):
                self._ink_ramp(plate, scaled, tint)
                continue
            draw = ImageDraw.Draw(plate)
            for outline in scaled:
                draw.polygon(outline, fill=round(tint * 2.55))

    def _ink_ramp(self, plate: Image.Image, outlines: list[Outline], ramp: Ramp) -> None:
        xs = [x for outline in outlines for x, _ in outline]
        ys = [y for outline in outlines for _, y in outline]
        left, top = max(0, int(min(xs))), max(0, int(min(ys)))
        right, foot = min(plate.width, int(max(xs)) + 2), min(plate.height, int(max(ys)) + 2)
        if right <= left or foot <= top:
            return
        mask = Image.new("L", (right - left, foot - top), 0)
        draw = ImageDraw.Draw(mask)
        for outline in outlines:
            draw.polygon([(x - left, y - top) for x, y in outline], fill=255)
        plate.paste(_tints(ramp, left, top, mask.size), (left, top), mask)

    @contextmanager
    def within(self, outline: Sequence[Point]) -> Iterator[None]:
        """Keep everything inked meanwhile inside one outline, as behind a frisket."""
        before = [plate.copy() for plate in self.plates]
        yield
        mask = Image.new("L", self.plates[0].size, 0)
        ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in outline], fill=255)
        for plate, old in zip(self.plates, before, strict=True):
            plate.paste(Image.composite(plate, old, mask))

    def films(self) -> list[Image.Image]:
        """Each plate screened, pulled slightly out of register, and grained; 255 is full ink."""
        drift = np.random.RandomState(self.seed)
        films = []
        for number, plate in enumerate(self.plates):
            tile = screen(45 if number else 75, self.pitch * SCALE)
            tones = np.asarray(plate)
            rows, columns = (-(-n // tile.shape[0]) for n in tones.shape)
            thresholds = np.tile(tile, (rows, columns))[: tones.shape[0], : tones.shape[1]]
            dots = (tones >= thresholds).view(np.uint8) * np.uint8(255)
            film = Image.fromarray(dots).reduce(SCALE)
            if number:
                dx, dy = (int(drift.choice([-1, 1])) * int(drift.randint(2, 6)) for _ in "xy")
                film = _shifted(film, dx, dy)
            films.append(ImageChops.multiply(film, self._grain(number)))
        return films

    def _grain(self, number: int) -> Image.Image:
        tile = grain(7)
        step = (self.seed * 131 + number * 577) % GRAIN_SIDE
        whole = Image.new("L", (self.width, self.height))
        for x in range(-step, self.width, GRAIN_SIDE):
            for y in range(-((step * 3) % GRAIN_SIDE), self.height, GRAIN_SIDE):
                whole.paste(tile, (x, y))
        return whole

    def printed(self, mode: str = "RGB") -> Image.Image:
        """The finished sheet as RGB, CMYK or L; inks multiply where they overprint."""
        films = self.films()
        if mode == "CMYK":
            bands = [
                ImageChops.invert(_band(films, [255 - i.cmyk[n] * 2.55 for i in self.inks]))
                for n in range(4)
            ]
            return Image.merge("CMYK", bands)
        bands = [_band(films, [i.rgb[n] for i in self.inks]) for n in range(3)]
        return bands[0] if mode == "L" else Image.merge("RGB", bands)


def _band(films: list[Image.Image], levels: Sequence[float]) -> Image.Image:
    """One colour channel: paper white, dimmed by each ink towards its own level."""
    dimmed = [
        film.point([round(255 - (255 - level) * a / 255) for a in range(256)])
        for film, level in zip(films, levels, strict=True)
    ]
    return ImageChops.multiply(*dimmed)


def _shifted(film: Image.Image, dx: int, dy: int) -> Image.Image:
    """The film moved by a few pixels, its edge drawn out so that no border goes bare."""
    moved = film.copy()
    moved.paste(film, (dx, dy))
    return moved


def _tints(ramp: Ramp, left: int, top: int, size: tuple[int, int]) -> Image.Image:
    """The ramp's tints over part of a plate, worked out small and enlarged."""
    w, h = (max(2, -(-n // 16)) for n in size)
    y, x = np.mgrid[0:h, 0:w].astype(np.float64)
    x = left + (x + 0.5) * size[0] / w - ramp.a[0] * SCALE
    y = top + (y + 0.5) * size[1] / h - ramp.a[1] * SCALE
    bx, by = ((q - p) * SCALE for p, q in zip(ramp.a, ramp.b, strict=True))
    length = bx * bx + by * by or 1.0
    along = np.sqrt((x * x + y * y) / length) if ramp.radial else (x * bx + y * by) / length
    tint = ramp.start + (ramp.end - ramp.start) * np.clip(along, 0, 1)
    small = Image.fromarray(np.round(tint * 2.55).astype(np.uint8))
    return small.resize(size, Image.Resampling.BILINEAR)
