"""Build a face from a few flat cuts: skull, light, hair, eyes, glasses, beard and collar."""

from dataclasses import dataclass

from magazine.demo import hairstyles
from magazine.demo.riso import BLACK, DARK, PAPER, Sheet, Tone
from magazine.demo.shapes import (
    Outline,
    arc,
    box,
    chord,
    curve,
    disc,
    ring,
    rounded,
    soft,
    through,
)

SIZE = (2000, 2500)
CX, EYES, CHIN = 1000, 1090, 1520
OPENING: Outline = [(CX - 190, 1700), (CX, 2190), (CX + 190, 1700)]


@dataclass(frozen=True)
class Sitter:
    """One portrait: grounds, skin in light and in shade, and the cuts that make the face."""

    seed: int
    ground: Tone
    disc_tone: Tone
    skin: Tone
    shade: Tone
    hair: str
    hair_tone: Tone
    coat: str
    coat_tone: Tone
    trim_tone: Tone
    lit_from_left: bool = True
    width: float = 370
    jaw: float = 250
    glasses: str = ""
    beard: str = ""
    mouth: str = "level"
    brow: float = 0
    extra: str = ""
    feature: Tone = BLACK
    disc_at: tuple[float, float, float] = (1000, 1120, 860)


def skull(sitter: Sitter) -> Outline:
    """The face's outline, from temple to chin to temple."""
    w, jaw = sitter.width, sitter.jaw
    return [
        *arc(CX, 990, w, 400, 180, 360),
        *curve((CX + w, 990), (CX + w, 1300), (CX + jaw, CHIN), (CX + 70, CHIN + 20)),
        *curve((CX - 70, CHIN + 20), (CX - jaw, CHIN), (CX - w, 1300), (CX - w, 990)),
    ]


def draw_face(sheet: Sheet, sitter: Sitter) -> None:
    """Draw the sitter from the back to the front."""
    sheet.fill(disc(*sitter.disc_at), sitter.disc_tone)
    cut = (sitter.hair, sitter.width, sitter.hair_tone, sitter.trim_tone)
    hairstyles.behind(sheet, *cut)
    _shoulders(sheet, sitter)
    w = sitter.width
    for side in (-1, 1):
        lit = (side < 0) == sitter.lit_from_left
        sheet.fill(disc(CX + side * w, 1120, 70, 112), sitter.skin if lit else sitter.shade)
    face = skull(sitter)
    sheet.fill(face, sitter.skin)
    with sheet.within(face):
        half = _shaded_half(1 if sitter.lit_from_left else -1)
        sheet.fill(half, sitter.shade)
    _features(sheet, sitter)
    _beard(sheet, sitter)
    hairstyles.over(sheet, *cut)
    _glasses(sheet, sitter)
    _extras(sheet, sitter)


def _shaded_half(side: int) -> Outline:
    line = [(0, 540), (0, 1030), (96, 1220), (14, 1262), (24, 1340), (0, 1400), (16, 1700)]
    return [(CX + side * x, y) for x, y in [*line, (600, 1700), (600, 540)]]


def _shoulders(sheet: Sheet, s: Sitter) -> None:
    neck = rounded(CX - 165, 1360, 330, 520, 60)
    sheet.fill(neck, s.skin)
    with sheet.within(neck):
        sheet.fill(arc(CX, 1460, 300, 200, 0, 180), s.shade)
    body = soft(
        [(150, 2560), (240, 2040), (760, 1800), (1240, 1800), (1760, 2040), (1850, 2560)], 190
    )
    sheet.fill(body, s.coat_tone)
    with sheet.within(body):
        COATS[s.coat](sheet, s)


def _crew(sheet: Sheet, s: Sitter) -> None:
    sheet.fill(chord(CX, 1800, 250, 0, 180, 170), s.trim_tone)
    sheet.fill(chord(CX, 1790, 190, 0, 180, 120), s.skin)


def _roll(sheet: Sheet, s: Sitter) -> None:
    sheet.fill(rounded(CX - 215, 1640, 430, 300, 60), s.trim_tone)


def _stripes(sheet: Sheet, s: Sitter) -> None:
    for y in range(1880, 2520, 120):
        sheet.fill(box(0, y, 2000, 52), s.trim_tone)
    sheet.fill(chord(CX, 1790, 240, 0, 180, 110), s.skin)


def _worker(sheet: Sheet, s: Sitter) -> None:
    sheet.fill(OPENING, s.trim_tone)
    for side in (-1, 1):
        lapel = [(0, 0), (240, 60), (300, 330), (120, 300), (0, 480)]
        sheet.fill([(CX + side * (x + 20), 1770 + y) for x, y in lapel], BLACK)
    for y in (2300, 2440):
        sheet.fill(disc(CX, y, 30), s.trim_tone)


def _suit(sheet: Sheet, s: Sitter) -> None:
    sheet.fill([(CX - 230, 1740), (CX, 2500), (CX + 230, 1740)], PAPER)
    sheet.fill([(CX - 60, 1850), (CX + 60, 1850), (CX + 90, 2500), (CX - 90, 2500)], s.trim_tone)
    for side in (-1, 1):
        collar = [(160, 1720), (20, 1850), (150, 1990), (260, 1790)]
        sheet.fill([(CX + side * x, y) for x, y in collar], PAPER)
        lapel = [(250, 1760), (400, 1990), (280, 2070), (20, 2560), (200, 2000)]
        sheet.fill([(CX + side * x, y) for x, y in lapel], BLACK)


def _shawl(sheet: Sheet, s: Sitter) -> None:
    for i in range(4):
        sheet.stroke(
            curve(
                (420 + i * 40, 1780 + i * 150),
                (760, 2080 + i * 150),
                (1240, 2080 + i * 150),
                (1580 - i * 40, 1780 + i * 150),
            ),
            64,
            s.trim_tone,
        )


def _shirt(sheet: Sheet, s: Sitter) -> None:
    sheet.fill(OPENING, s.skin)
    for side in (-1, 1):
        collar = [(170, 1700), (10, 1960), (190, 2080), (300, 1800)]
        sheet.fill([(CX + side * x, y) for x, y in collar], s.trim_tone)
    sheet.stroke([(CX, 2080), (CX, 2500)], 14, s.trim_tone)


COATS = {
    "crew": _crew,
    "roll": _roll,
    "stripes": _stripes,
    "worker": _worker,
    "suit": _suit,
    "shawl": _shawl,
    "shirt": _shirt,
}


def _features(sheet: Sheet, s: Sitter) -> None:
    tone = s.feature
    for side in (-1, 1):
        x = CX + side * 165
        sheet.fill(chord(x, EYES + 6, 62, 180, 360, 44), PAPER)
        sheet.fill(chord(x, EYES + 6, 62, 0, 180, 26), PAPER)
        sheet.fill(disc(x + 6, EYES, 33), tone)
        sheet.stroke(arc(x, EYES + 8, 74, 54, 188, 352), 17, tone)
        lift = s.brow * side
        brow = [(x - 92, EYES - 108 + lift), (x, EYES - 136), (x + 92, EYES - 108 - lift)]
        sheet.stroke(through(brow), 30, s.hair_tone if s.hair_tone != PAPER else tone)
    nose = 1 if s.lit_from_left else -1
    sheet.stroke([(CX + nose * 4, 1040), (CX + nose * 84, 1222), (CX - nose * 8, 1256)], 14, tone)
    y = 1376
    if s.mouth == "smile":
        sheet.fill(arc(CX, y - 20, 128, 74, 0, 180), tone)
        sheet.fill(arc(CX, y - 18, 92, 34, 0, 180), PAPER)
    elif s.mouth == "full":
        sheet.fill(
            through(
                [
                    (CX - 118, y),
                    (CX - 40, y - 34),
                    (CX, y - 20),
                    (CX + 40, y - 34),
                    (CX + 118, y),
                    (CX, y + 58),
                    (CX - 118, y),
                ]
            ),
            s.trim_tone,
        )
        sheet.stroke([(CX - 112, y), (CX + 112, y)], 12, tone)
    elif s.mouth == "wry":
        sheet.stroke(through([(CX - 110, y + 14), (CX + 20, y + 16), (CX + 124, y - 34)]), 24, tone)
    else:
        sheet.stroke(through([(CX - 105, y - 8), (CX, y + 12), (CX + 105, y - 8)]), 24, tone)


def _beard(sheet: Sheet, s: Sitter) -> None:
    if s.beard == "full":
        w = s.width
        mass: Outline = [
            (CX - w - 4, 1080),
            (CX - w + 70, 1260),
            (CX - 190, 1300),
            (CX, 1270),
            (CX + 190, 1300),
            (CX + w - 70, 1260),
            (CX + w + 4, 1080),
            (CX + w - 20, 1440),
            (CX + 190, 1680),
            (CX - 190, 1680),
            (CX - w + 20, 1440),
        ]
        sheet.fill(soft(mass, 90), s.hair_tone)
        sheet.stroke(through([(CX - 96, 1378), (CX, 1396), (CX + 96, 1378)]), 26, s.feature)
    elif s.beard == "moustache":
        sheet.fill(
            soft([(CX - 190, 1368), (CX, 1284), (CX + 190, 1368), (CX, 1350)], 30), s.hair_tone
        )
    elif s.beard == "goatee":
        sheet.fill(rounded(CX - 105, 1440, 210, 160, 40, 40, 100, 100), s.hair_tone)
        sheet.fill(rounded(CX - 150, 1306, 300, 40, 20), s.hair_tone)


def _glasses(sheet: Sheet, s: Sitter) -> None:
    if not s.glasses:
        return
    for side in (-1, 1):
        x = CX + side * 172
        if s.glasses == "round":
            sheet.fill(ring(x, EYES + 6, 142, 30), s.feature)
        elif s.glasses == "square":
            outer, inner = rounded(x - 150, EYES - 108, 300, 220, 36), 30
            hole = rounded(x - 150 + inner, EYES - 108 + inner, 240, 160, 24)
            sheet.fill([*outer, outer[0], hole[0], *reversed(hole)], s.feature)
        elif s.glasses == "half":
            sheet.stroke(arc(x, EYES + 30, 132, 116, 0, 180), 22, s.feature)
            sheet.stroke([(x - 132, EYES + 30), (x + 132, EYES + 30)], 22, s.feature)
        reach = s.width - 20
        sheet.stroke([(CX + side * 312, EYES - 8), (CX + side * reach, EYES - 26)], 24, s.feature)
    sheet.stroke(arc(CX, EYES + 4, 42, 30, 180, 360), 24, s.feature)


def _extras(sheet: Sheet, s: Sitter) -> None:
    if s.extra == "earrings":
        for side in (-1, 1):
            sheet.fill(disc(CX + side * (s.width + 16), 1320, 62), s.trim_tone)
    elif s.extra == "hoops":
        for side in (-1, 1):
            sheet.fill(ring(CX + side * (s.width + 20), 1330, 92, 22), s.trim_tone)
    elif s.extra == "pencil":
        sheet.stroke([(CX + 300, 1010), (CX + 560, 800)], 40, s.trim_tone)
        sheet.stroke([(CX + 560, 800), (CX + 590, 776)], 26, DARK)
    elif s.extra == "strap":
        sheet.stroke([(420, 1900), (1330, 2560)], 70, BLACK)
        sheet.stroke([(420, 1900), (1330, 2560)], 16, s.trim_tone)
    elif s.extra == "freckles":
        spots = [(-230, 1200), (-180, 1236), (-130, 1196), (130, 1200), (180, 1240), (232, 1196)]
        sheet.dots([(CX + x, y) for x, y in spots], 12, s.feature)
    elif s.extra == "lines":
        for side in (-1, 1):
            sheet.stroke(
                arc(CX + side * 40, 1330, 210, 130, 60 - side * 50, 110 - side * 50), 12, s.feature
            )
