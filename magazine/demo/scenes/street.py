"""Draw the trades: the bakery and its oven, the bookshop, the water meter and the counter bell."""

import math

from magazine.demo.figures import CROWD, ON_PAPER, stand
from magazine.demo.lettering import write
from magazine.demo.riso import (
    BLACK,
    BRIGHT,
    DARK,
    PAPER,
    ROSE,
    SAPIN,
    Ramp,
    Sheet,
    Tone,
)
from magazine.demo.shapes import (
    Outline,
    arc,
    box,
    chord,
    disc,
    quad,
    ring,
    rounded,
    shift,
    soft,
    turn,
)


def bakery_queue() -> Sheet:
    """A bakery's front, striped awning and loaves, and a queue that fills the pavement."""
    sheet = Sheet((2880, 1920), (SAPIN, ROSE), seed=31)
    floor = 1700
    sheet.fill(box(0, 0, 2880, floor), (34, 0))
    for row in range(22):
        for column in range(-1, 13):
            x = column * 240 + row % 2 * 120
            sheet.fill(box(x, row * 80, 232, 72), (24, 0))
    sheet.fill(box(0, 1500, 2880, 200), (60, 0))
    sheet.fill(box(1180, 60, 1640, 1640), DARK)
    sheet.fill(box(1240, 110, 1520, 300), PAPER)
    write(sheet, "PAIN", (1560, 165), 190, 60, DARK, 150)
    sheet.fill(box(1260, 560, 860, 860), BRIGHT)
    sheet.fill(box(1290, 590, 800, 800), (0, Ramp(10, 60, (0, 590), (0, 1390))))
    for shelf, y in enumerate((880, 1130, 1380)):
        sheet.fill(box(1290, y, 800, 26), DARK)
        for n in range(5 if shelf != 1 else 9):
            if shelf == 1:
                stick = rounded(1320 + n * 84, y - 210, 56, 206, 28)
                sheet.fill(turn(stick, 6, (1350 + n * 84, y)), BLACK if n % 3 == 1 else DARK)
            else:
                _loaf(sheet, 1370 + n * 158, y - 62, 70, DARK if (n + shelf) % 2 else BRIGHT)
    sheet.fill(box(2210, 560, 520, 1140), BLACK)
    sheet.fill(box(2260, 610, 420, 640), (0, 40))
    sheet.fill([(2260, 1000), (2680, 760), (2680, 900), (2260, 1140)], PAPER)
    sheet.fill(disc(2300, 1380, 34), BRIGHT)
    for n in range(11):
        x0, x1 = 1150 + n * 154.5, 1150 + (n + 1) * 154.5
        y0 = 400
        tone = BRIGHT if n % 2 else PAPER
        sheet.fill([(x0 + 30, y0), (x1 + 30, y0), (x1, y0 + 210), (x0, y0 + 210)], tone)
        sheet.fill(chord((x0 + x1) / 2, y0 + 208, 77, 0, 180, 62), tone)
    sheet.fill(box(1150, 596, 1700, 14), (100, None))
    sheet.fill(box(0, floor, 2880, 220), PAPER)
    sheet.fill(box(0, floor, 2880, 22), BLACK)
    cast = (9, 10, 4, 0, 6, 7, 3, 1)
    for i, who in enumerate(cast):
        stand(
            sheet,
            CROWD[who],
            (2330 - i * 315, floor + 130 - i % 2 * 40),
            800,
            ON_PAPER[(i * 2 + 1) % 7],
        )
    return sheet


def _loaf(sheet: Sheet, x: float, y: float, r: float, tone: Tone) -> None:
    sheet.fill(chord(x, y + r * 0.8, r, 180, 360, r * 1.3), tone)
    for dx in (-0.4, 0.0, 0.4):
        sheet.stroke(
            [(x + (dx - 0.12) * r, y + r * 0.2), (x + (dx + 0.12) * r, y - r * 0.12)],
            r * 0.13,
            PAPER,
        )


def bakehouse() -> Sheet:
    """The mouth of the oven glows; loaves come out on the peel in a row."""
    sheet = Sheet((2400, 2400), (SAPIN, ROSE), seed=32, ground=DARK)
    for row in range(12):
        for column in range(-1, 9):
            x = column * 320 + row % 2 * 160
            sheet.fill(box(x + 6, row * 160 + 6, 308, 148), (84, 0))
    for i in range(15):
        a0, a1 = 180 + i * 12, 180 + i * 12 + 11
        sheet.fill(ring(1200, 1180, 1010, 190, a0, a1), BRIGHT if i % 2 else PAPER)
    mouth = [*arc(1200, 1180, 810, 810, 180, 360), (2010, 1520), (390, 1520)]
    sheet.fill(mouth, BLACK)
    with sheet.within(mouth):
        sheet.fill(mouth, (Ramp(0, 100, (1200, 1420), (1200, 480), radial=True), 100))
        for x, y, r in (
            (760, 1400, 120),
            (1200, 1330, 130),
            (1640, 1400, 120),
            (980, 1180, 90),
            (1420, 1180, 90),
        ):
            _round_loaf(sheet, x, y, r)
    sheet.fill(box(0, 1500, 2400, 150), PAPER)
    sheet.fill(box(0, 1500, 2400, 150), (30, 0))
    sheet.fill(box(0, 1640, 2400, 760), BRIGHT)
    sheet.fill(box(0, 1640, 2400, 760), (Ramp(60, 0, (0, 1640), (0, 2150)), None))
    sheet.fill(quad((1200, 2080), (1200, 2420), 120), DARK)
    sheet.fill(rounded(420, 1560, 1560, 540, 50, 50, 260, 260), PAPER)
    sheet.fill(rounded(420, 1560, 1560, 540, 50, 50, 260, 260), (16, 0))
    for x in (680, 1030, 1380, 1730):
        _long_loaf(sheet, x, 1810, 470)
    return sheet


def _round_loaf(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.fill(disc(x, y, r * 1.3, r), BLACK)
    sheet.stroke([(x - r * 0.7, y), (x + r * 0.7, y)], r * 0.14, PAPER)
    sheet.stroke([(x, y - r * 0.6), (x, y + r * 0.6)], r * 0.14, PAPER)


def _long_loaf(sheet: Sheet, x: float, y: float, length: float) -> None:
    def at(points: Outline) -> Outline:
        return turn(points, 16, (x, y))

    sheet.fill(shift(at(disc(x, y, 108, length / 2)), 22, 16), BLACK)
    sheet.fill(at(disc(x, y, 108, length / 2)), (58, 66))
    for i in range(4):
        cut = y - length * 0.3 + i * length * 0.19
        sheet.stroke(at([(x - 48, cut + 34), (x + 48, cut - 20)]), 24, PAPER)


def book_shelves() -> Sheet:
    """Shelves of spines, one gap and one book that leans into it."""
    sheet = Sheet((2880, 1920), (SAPIN, ROSE), seed=33, ground=DARK)
    tones: tuple[Tone, ...] = (BRIGHT, PAPER, (55, 0), BLACK, (0, 50), (30, 100), PAPER, BRIGHT)
    for shelf in range(3):
        top, foot = 40 + shelf * 640, 600 + shelf * 640
        sheet.fill(box(0, top - 40, 2880, 600), (100, Ramp(60, 0, (0, foot), (0, top))))
        x, n = 30, shelf * 5
        while x < 2860:
            wide = 62 + (n * 53 + shelf * 29) % 74
            tall = 400 + (n * 97 + shelf * 41) % 146
            if shelf == 1 and 1560 < x < 1760:
                lean = box(x + 190, foot - 500, 96, 500)
                sheet.fill(turn(lean, -19, (x + 286, foot)), BRIGHT)
                band = box(x + 190, foot - 400, 96, 60)
                sheet.fill(turn(band, -19, (x + 286, foot)), BLACK)
                x += 310
                n += 1
                continue
            tone = tones[(n * 3 + shelf) % 8]
            sheet.fill(box(x, foot - tall, wide - 6, tall), tone)
            _spine(sheet, x, foot - tall, wide - 6, tall, n, BLACK if tone != BLACK else BRIGHT)
            x += wide
            n += 1
        sheet.fill(box(0, foot, 2880, 46), PAPER)
        sheet.fill(box(0, foot + 46, 2880, 12), BLACK)
    return sheet


def _spine(sheet: Sheet, x: float, y: float, w: float, h: float, n: int, ink: Tone) -> None:
    kind = n % 5
    if kind == 0:
        sheet.fill(box(x, y + 50, w, 18), ink)
        sheet.fill(box(x, y + h - 90, w, 18), ink)
    elif kind == 1:
        sheet.fill(disc(x + w / 2, y + 90, w * 0.3), ink)
        sheet.fill(box(x + w * 0.38, y + 160, w * 0.24, h * 0.42), ink)
    elif kind == 2:
        sheet.fill(box(x + w * 0.3, y + 60, w * 0.16, h * 0.6), ink)
        sheet.fill(box(x + w * 0.58, y + 60, w * 0.16, h * 0.4), ink)
    elif kind == 3:
        sheet.fill(box(x, y + h * 0.3, w, h * 0.22), ink)
    else:
        for i in range(5):
            sheet.fill(box(x + w * 0.2, y + 46 + i * 34, w * 0.6, 12), ink)


def counter_bell() -> Sheet:
    """A finger comes down on a counter bell, seen from above, rings and no sound."""
    sheet = Sheet((2880, 1920), (SAPIN, ROSE), seed=34)
    cx, cy = 1160, 1010
    for i, r in enumerate((2300, 1930, 1580, 1260, 960)):
        sheet.fill(disc(cx, cy, r), BRIGHT if i % 2 == 0 else PAPER)
    sheet.fill(disc(cx + 60, cy + 70, 720), BLACK)
    sheet.fill(disc(cx, cy, 720), DARK)
    light = Ramp(4, 100, (cx - 230, cy - 250), (cx + 480, cy + 500), radial=True)
    sheet.fill(disc(cx, cy, 630), (light, 0))
    sheet.fill(ring(cx, cy, 720, 22), PAPER)
    sheet.fill(disc(cx + 24, cy + 30, 170), BLACK)
    sheet.fill(disc(cx, cy, 170), BRIGHT)
    sheet.fill(disc(cx, cy, 96), BLACK)

    def at(points: Outline) -> Outline:
        return turn(points, 32, (cx + 130, cy - 90))

    x, y = cx + 130, cy - 90
    sheet.fill(shift(at(rounded(x - 118, y - 1900, 236, 1980, 118)), 50, 60), (100, None))
    sheet.fill(
        at(
            soft(
                [(x - 150, y - 520), (x + 560, y - 520), (x + 560, y - 1180), (x - 150, y - 1180)],
                150,
            )
        ),
        (30, 50),
    )
    sheet.fill(at(rounded(x - 118, y - 1900, 236, 1980, 118)), (30, 50))
    sheet.fill(at(rounded(x - 118, y - 1900, 90, 1900, 45)), (8, 26))
    for i in range(3):
        sheet.fill(at(rounded(x + 130 + i * 150, y - 600, 128, 260, 64)), (46, 60))
    sheet.fill(at(rounded(x - 66, y - 110, 132, 160, 60)), PAPER)
    sheet.fill(at(box(x - 200, y - 2000, 820, 880)), BLACK)
    sheet.fill(at(box(x - 200, y - 1180, 820, 70)), BRIGHT)
    return sheet


def water_meter() -> Sheet:
    """A water meter counts in silence: drums, hands and a pipe across the sheet."""
    sheet = Sheet((2880, 1920), (SAPIN, ROSE), seed=35, ground=BRIGHT)
    for i in range(9):
        top = 160 + i * 220
        wave = [(x, top + 42 * math.sin(x / 720 * math.pi + i)) for x in range(0, 2881, 60)]
        sheet.stroke(wave, 26, PAPER)
    sheet.fill(box(0, 760, 2880, 460), DARK)
    sheet.fill(box(0, 760, 2880, 460), (Ramp(20, 100, (0, 800), (0, 1200)), 0))
    for x in (330, 2330):
        sheet.fill(rounded(x, 660, 220, 660, 30), BLACK)
        for i in range(3):
            sheet.fill(box(x + 30 + 60 * i, 690, 26, 600), BRIGHT)
    cx, cy = 1440, 980
    sheet.fill(disc(cx + 50, cy + 50, 830), BLACK)
    sheet.fill(disc(cx, cy, 830), DARK)
    sheet.fill(disc(cx, cy, 720), PAPER)
    for i in range(100):
        long = 84 if i % 10 == 0 else 40
        sheet.fill(turn(box(cx - 7, cy - 690, 14, long), i * 3.6, (cx, cy)), DARK)
    for i, digit in enumerate("000703"):
        x = cx - 480 + i * 164
        last = i > 3
        sheet.fill(box(x, cy - 330, 148, 236), BRIGHT if last else BLACK)
        write(sheet, digit, (x + 38, cy - 282), 140, 32, BLACK if last else PAPER)
    for i, (dx, dy, a) in enumerate(((-300, 190, 40), (0, 330, 160), (300, 190, 285))):
        x, y = cx + dx, cy + dy
        sheet.fill(disc(x, y, 150), (26, 0))
        sheet.fill(ring(x, y, 150, 16), DARK)
        sheet.fill(
            turn([(x - 30, y + 30), (x, y - 128), (x + 30, y + 30)], a, (x, y)),
            BLACK if i != 1 else (0, 100),
        )
        sheet.fill(disc(x, y, 26), BLACK)
    for i in range(12):
        sheet.fill(turn(box(cx - 13, cy - 44, 26, 128), i * 30, (cx, cy + 20)), DARK)
    return sheet
