"""Draw the pictures by which pages are shared, from plain data and the house's faces; no Django."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageOps

from website.inks import mix_inks
from website.sharing_lettering import HEAVY, ITALIC, LIGHT, Block, Face, fitted, write

WIDTH, HEIGHT = 1200, 630
# Drawn twice as large and made small, for smooth edges.
SCALE = 2
PAPER, STOCK, BLACK = "#FFFFFF", "#E4E6E5", "#0B0E0D"
MARGIN = 56
# The same inputs give the same picture as long as this stays; raise it with any change here.
DRAWING = 2

TITLE = Face(HEAVY, 0, tracking=-0.035, leading=0.98)
OPINION = Face(LIGHT, 0, tracking=-0.05, leading=0.96)
LABEL = Face(HEAVY, 0, tracking=-0.015)
THIN = Face(LIGHT, 0, tracking=-0.03)
VOICE = Face(ITALIC, 0, leading=1.24)


@dataclass(frozen=True)
class Photo:
    """A picture's bytes and the point, in shares of its sides, that must stay in view."""

    data: bytes = field(repr=False)
    centre: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True)
class Card:
    """What an article's picture says. Every text is typeset; colours are `#RRGGBB`."""

    title: str
    nameplate: str
    dark: str
    bright: str
    mark: str = ""
    number: str = ""
    kicker: str = ""
    quote: str = ""
    signed: str = ""
    mention: str = ""
    advertiser: str = ""
    opinion: bool = False
    photo: Photo | None = None


@dataclass(frozen=True)
class Cover:
    """What an issue's or the magazine's picture says; `marks` are those of the sections."""

    nameplate: str
    title: str
    dark: str
    bright: str
    number: str = ""
    number_sign: str = ""
    date: str = ""
    lines: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    photo: Photo | None = None


class Sheet:
    """A picture in the making, measured in its final pixels."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.canvas = ImageDraw.Draw(self.image)

    def block(
        self, text: str, face: Face, box: tuple[float, float], least: float, lines: int = 9
    ) -> Block:
        """Return a text fitted to a box of width and height."""
        width, height = box
        big = face.at(face.size * SCALE)
        return fitted(text, big, width * SCALE, height * SCALE, least * SCALE, lines)

    def draw(self, block: Block, x: float, y: float, fill: str) -> float:
        """Draw a block, and return where it ends."""
        return block.draw(self.canvas, x * SCALE, y * SCALE, fill) / SCALE

    def write(self, text: str, x: float, baseline: float, face: Face, fill: str) -> float:
        """Write one line, and return where it ends."""
        big = face.at(face.size * SCALE)
        return write(self.canvas, x * SCALE, baseline * SCALE, text, big, fill) / SCALE

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a disc."""
        sides = [(x - radius) * SCALE, (y - radius) * SCALE]
        sides += [(x + radius) * SCALE, (y + radius) * SCALE]
        self.canvas.ellipse(sides, fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """Fill a rectangle."""
        self.canvas.rectangle([left * SCALE, top * SCALE, right * SCALE, bottom * SCALE], fill)

    def perforate(self, x: float, top: float, fill: str) -> None:
        """Draw a row of holes downwards, with a bite at both ends, as on a ticket."""
        step = 17.0
        count = int((HEIGHT - top - 70) // step)
        first = top + (HEIGHT - top - (count - 1) * step) / 2
        for place in range(count):
            self.dot(x, first + place * step, 3.4, fill)
        self.dot(x, top, 24, fill)
        self.dot(x, HEIGHT, 24, fill)

    def dots(self, left: float, right: float, y: float, fill: str) -> None:
        """Draw a rule of dots."""
        x = left + 2
        while x < right:
            self.dot(x, y, 1.9, fill)
            x += 9

    def photo(self, photo: Photo, box: tuple[int, int, int, int], *, grey: bool = False) -> bool:
        """Fill a box with a picture; a file that can't be read leaves it as it is."""
        left, top, right, bottom = (side * SCALE for side in box)
        try:
            with Image.open(io.BytesIO(photo.data)) as source:
                source.draft("RGB", (right - left, bottom - top))
                upright = ImageOps.exif_transpose(source).convert("RGB")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return False
        size = (right - left, bottom - top)
        cut = ImageOps.fit(upright, size, Image.Resampling.LANCZOS, centering=photo.centre)
        self.image.paste(ImageOps.grayscale(cut).convert("RGB") if grey else cut, (left, top))
        return True

    def finished(self) -> bytes:
        """Return the picture as a JPEG that blurs no letter's edge."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=88, subsampling=0, optimize=True, progressive=True)
        return out.getvalue()


def draw_card(card: Card) -> bytes:
    """Return the picture of an article, 1200 × 630 px, as JPEG."""
    inks = mix_inks(card.dark, card.bright)
    ground, text, loud = inks.bright, inks.on_bright, inks.on_bright
    if card.opinion:
        ground, text, loud = inks.dark, inks.on_dark, inks.bright
    if card.mention:
        ground, text, loud = STOCK, BLACK, BLACK
    sheet = Sheet(ground)
    top = _mention(sheet, card) if card.mention else 0
    edge = 776 if card.photo else 884
    pictured = card.photo is not None and sheet.photo(
        card.photo, (edge, top, WIDTH, HEIGHT), grey=bool(card.mention)
    )
    if not pictured:
        _letter(sheet, card.mark, edge, top, loud, ground)
    sheet.perforate(edge, top, PAPER if pictured else text)
    if not pictured:
        sheet.dot(edge, top, 24, PAPER)
        sheet.dot(edge, HEIGHT, 24, PAPER)
    _words(sheet, card, edge - 2 * MARGIN, top, text, loud)
    return sheet.finished()


def _mention(sheet: Sheet, card: Card) -> int:
    """Draw the band that says who paid, and return where it ends."""
    high = 84
    sheet.box(0, 0, WIDTH, high, BLACK)
    stop = sheet.write(card.mention, MARGIN, 56, LABEL.at(44), PAPER)
    room = sheet.block(card.advertiser, THIN.at(44), (WIDTH - stop - MARGIN - 18, 60), 22, 1)
    fitting = THIN.at(room.face.size / SCALE)
    sheet.write(room.lines[0] if room.lines else "", stop + 18, 56, fitting, PAPER)
    return high


def _letter(sheet: Sheet, mark: str, edge: int, top: int, fill: str, ground: str) -> None:
    """Fill the stub with the section's letter, larger than it."""
    if not mark:
        return
    face = LABEL.at(620 if not top else 540)
    bearing = face.font.getbbox(mark, anchor="ls")[0]
    sheet.write(mark, edge + 40 - bearing, (HEIGHT + top) / 2 + face.size * 0.345, face, fill)


def _words(sheet: Sheet, card: Card, width: float, top: int, text: str, loud: str) -> None:
    """Write ticket, kicker, title, quote and foot, one under the other."""
    y = top + 44.0
    if card.number:
        stop = sheet.write(card.mark, MARGIN, y + 46, LABEL.at(64), loud) if card.mark else MARGIN
        sheet.write(card.number, stop + (10 if card.mark else 0), y + 46, THIN.at(64), text)
        y += 92
    foot = HEIGHT - 46
    if card.kicker:
        kicker = sheet.block(card.kicker, LABEL.at(31), (width, 40), 22, 1)
        y = sheet.draw(kicker, MARGIN, y, loud) + 10
    room = foot - 62 - y
    face = OPINION if card.opinion else TITLE
    share = 0.6 if card.quote else 1.0
    most = 116 if card.photo else 190
    title = sheet.block(card.title, face.at(most), (width, room * share), 40)
    after = sheet.draw(title, MARGIN, y, text)
    left = foot - 58 - after - 18
    if card.quote and left > 70:
        quote = sheet.block(card.quote, VOICE.at(36), (width, left), 27, 4)
        sheet.draw(quote, MARGIN, after + 18, text)
    stop = sheet.write(card.nameplate, MARGIN, foot, LABEL.at(40), text)
    if card.signed:
        within = (MARGIN + width - stop - 24, 34)
        signed = sheet.block(card.signed, VOICE.at(27), within, 22, 1)
        sheet.write(signed.lines[0], stop + 24, foot, VOICE.at(signed.face.size / SCALE), text)


def draw_cover(cover: Cover) -> bytes:
    """Return the picture of an issue or of the magazine, 1200 × 630 px, as JPEG."""
    inks = mix_inks(cover.dark, cover.bright)
    sheet = Sheet(inks.bright)
    text, edge = inks.on_bright, 600
    pictured = cover.photo is not None and sheet.photo(cover.photo, (edge, 0, WIDTH, HEIGHT))
    width = edge - MARGIN - 24 if pictured else WIDTH - 2 * MARGIN
    top = _counters(sheet, cover.marks, inks.bright) if cover.marks else 26
    name = fitted(cover.nameplate, TITLE.at(900), (WIDTH - 36) * SCALE, 900, 60, 1)
    size = min(name.face.size / SCALE, 330)
    # Capitals and ascenders begin a quarter of a size below the top of the line.
    base = top + size * 0.76
    wide = TITLE.at(size).width(cover.nameplate)
    sheet.write(cover.nameplate, (WIDTH - wide) / 2, base, TITLE.at(size), inks.board)
    y = base + size * 0.22
    x = float(MARGIN)
    if cover.number:
        x = sheet.write(cover.number_sign, x, y + 44, LABEL.at(26), text) + 6
        x = sheet.write(cover.number, x, y + 120, THIN.at(164), text) + 30
    title = sheet.block(
        cover.title, TITLE.at(84 if cover.number else 140), (MARGIN + width - x, 190), 34, 3
    )
    below = sheet.draw(title, x, y, text)
    if cover.date:
        below = sheet.draw(
            sheet.block(cover.date, THIN.at(30), (width, 40), 20, 1), x, below + 8, text
        )
    y = max(below, y + 134) + 16
    for line in cover.lines:
        if y > HEIGHT - 52:
            break
        sheet.dots(MARGIN, MARGIN + width, y, text)
        label = sheet.block(line, LABEL.at(25), (width, 34), 18, 1)
        y = sheet.draw(label, MARGIN, y + 12, text) + 10
    return sheet.finished()


def _counters(sheet: Sheet, marks: tuple[str, ...], bright: str) -> int:
    """Hang the sections' letters from the upper edge, like the counters of a hall."""
    side, step = 62, 88
    left = (WIDTH - (len(marks) - 1) * step - side) / 2
    for place, mark in enumerate(marks):
        x = left + place * step
        sheet.canvas.rounded_rectangle(
            [x * SCALE, -20 * SCALE, (x + side) * SCALE, side * SCALE], 7 * SCALE, BLACK
        )
        face = LABEL.at(40)
        sheet.write(mark, x + (side - face.width(mark)) / 2, 48, face, bright)
    return side + 10
