"""Draw the telephone: the handset, the headset, the answering machine and music on hold."""

import math
from itertools import pairwise

from magazine.demo.lettering import write
from magazine.demo.riso import (
    BLACK,
    BRIGHT,
    DARK,
    GRIS,
    JAUNE,
    NOIR,
    PAPER,
    ROSE,
    SAPIN,
    VIOLET,
    Ramp,
    Sheet,
)
from magazine.demo.shapes import (
    Outline,
    Point,
    arc,
    box,
    disc,
    ring,
    rounded,
    shift,
    soft,
    through,
    turn,
)


def coiled_cord() -> Sheet:
    """A telephone off the hook whose cord coils across the sheet like a queue."""
    sheet = Sheet((2880, 1920), (SAPIN, ROSE), seed=21, ground=BRIGHT)
    sheet.fill(box(0, 1560, 2880, 360), (Ramp(70, 14, (0, 1560), (0, 1920)), None))
    sheet.fill(box(0, 1548, 2880, 20), BLACK)
    track = through(
        [
            (1020, 1500),
            (1290, 1690),
            (1640, 1560),
            (1960, 1690),
            (2330, 1640),
            (2540, 1340),
            (2230, 1160),
            (1800, 1140),
        ],
        24,
    )
    loops: list[Point] = []
    travelled = 0.0
    for a, b in pairwise(track):
        length = math.dist(a, b)
        for i in range(6):
            t = (travelled + length * i / 6) / 98 * 2 * math.pi
            x, y = a[0] + (b[0] - a[0]) * i / 6, a[1] + (b[1] - a[1]) * i / 6
            loops.append((x + 118 * math.cos(t), y + 118 * math.sin(t)))
        travelled += length
    sheet.stroke([(x + 14, y + 20) for x, y in loops], 40, (100, None))
    sheet.stroke(loops, 40, DARK)
    sheet.stroke(loops, 17, PAPER)
    _base(sheet, 640, 1560)
    _handset(sheet, 2080, 600, -38)
    return sheet


def _base(sheet: Sheet, x: float, y: float) -> None:
    body = soft(
        [
            (x - 560, y),
            (x - 430, y - 560),
            (x - 250, y - 760),
            (x + 250, y - 760),
            (x + 430, y - 560),
            (x + 560, y),
        ],
        110,
    )
    sheet.fill(shift(body, 40, 0), BLACK)
    sheet.fill(body, DARK)
    for side in (-1, 1):
        sheet.fill(rounded(x + side * 330 - 75, y - 930, 150, 240, 40), BLACK)
    sheet.fill(rounded(x - 420, y - 800, 840, 90, 40), BLACK)
    sheet.fill(disc(x, y - 350, 310), PAPER)
    for i in range(10):
        a = math.radians(-62 - i * 30)
        cx, cy = x + 222 * math.cos(a), y - 350 + 222 * math.sin(a)
        sheet.fill(disc(cx, cy, 58), DARK)
        write(sheet, str((i + 1) % 10), (cx - 15, cy - 24), 48, 11, PAPER)
    sheet.fill(disc(x, y - 350, 125), BRIGHT)
    sheet.fill(ring(x, y - 350, 125, 20), BLACK)
    sheet.fill(turn(rounded(x + 150, y - 310, 190, 40, 20), 38, (x, y - 350)), BLACK)


def _handset(sheet: Sheet, x: float, y: float, degrees: float) -> None:
    def at(points: Outline) -> Outline:
        return shift(turn(points, degrees), x, y)

    bow = [*arc(0, 420, 720, 620, 205, 335), *arc(0, 470, 560, 470, 335, 205)]
    for dx, tone in ((36, BLACK), (0, DARK)):
        sheet.fill(shift(at(bow), dx, dx), tone)
        for side in (-1, 1):
            cup = turn(rounded(-190, -60, 380, 210, 90, 90, 30, 30), side * 24)
            sheet.fill(shift(at(shift(cup, side * 560, 150)), dx, dx), tone)
    for side in (-1, 1):
        plate = turn(rounded(-175, 110, 350, 60, 26), side * 24)
        sheet.fill(at(shift(plate, side * 560, 150)), PAPER)
    sheet.stroke(at(arc(0, 430, 650, 556, 235, 262)), 26, PAPER)


def headset() -> Sheet:
    """An operator's headset as a poster: two arcs, two cups, and the face of a clock."""
    sheet = Sheet((2400, 2400), (SAPIN, ROSE), seed=22, ground=DARK)
    sheet.fill(box(1200, 0, 1200, 2400), BRIGHT)
    sheet.fill(disc(1200, 1120, 820), (Ramp(0, 34, (1200, 300), (1200, 1960)), 0))
    sheet.fill(ring(1200, 1120, 820, 120, 180, 360), BLACK)
    sheet.fill(ring(1200, 1120, 660, 44, 196, 344), DARK)
    for side in (-1, 1):
        x = 1200 + side * 730
        sheet.fill(rounded(x - 150, 900, 300, 640, 150), BLACK)
        sheet.fill(
            rounded(x - (40 if side < 0 else 190), 930, 230, 580, 110), BRIGHT if side < 0 else DARK
        )
        for i in range(5):
            sheet.fill(box(x - 150 + (250 if side > 0 else 20), 1080 + i * 64, 30, 30), PAPER)
    sheet.stroke(through([(470, 1520), (520, 1800), (760, 1990), (1060, 2010)], 20), 56, BLACK)
    sheet.fill(rounded(1010, 1900, 380, 220, 110), BLACK)
    sheet.dots([(1110 + 60 * i, 2010) for i in range(4)], 16, BRIGHT)
    for hour in range(12):
        mark = box(1172, 590, 56, 150 if hour % 3 == 0 else 84)
        if hour not in (3, 9):
            sheet.fill(turn(mark, hour * 30, (1200, 1120)), DARK)
    sheet.stroke([(1200, 1120), (1200, 800)], 62, BLACK)
    sheet.stroke([(1200, 1120), (1400, 1240)], 62, BLACK)
    sheet.fill(turn(box(1189, 720, 22, 520), 205, (1200, 1120)), BRIGHT)
    sheet.fill(disc(1200, 1120, 70), BRIGHT)
    return sheet


def answering_machine() -> Sheet:
    """Issue 8: an answering machine full of messages that nobody has played."""
    sheet = Sheet((2880, 1920), (VIOLET, JAUNE), seed=23, ground=BRIGHT)
    sheet.fill(box(0, 1180, 2880, 740), PAPER)
    sheet.fill(box(0, 1180, 2880, 740), (Ramp(30, 0, (0, 1180), (0, 1700)), 0))
    sheet.fill(rounded(430, 380, 2120, 1210, 110), BLACK)
    sheet.fill(rounded(370, 330, 2120, 1210, 110), DARK)
    sheet.fill(rounded(470, 430, 900, 560, 40), BLACK)
    sheet.fill(rounded(510, 470, 820, 480, 30), (60, 0))
    sheet.fill(rounded(580, 520, 680, 380, 36), PAPER)
    for x in (770, 1070):
        sheet.fill(disc(x, 690, 104), DARK)
        sheet.fill(disc(x, 690, 52), PAPER)
        for i in range(6):
            sheet.fill(turn(box(x - 9, 690 - 60, 18, 26), i * 60, (x, 690)), PAPER)
    sheet.fill(box(770, 660, 300, 60), BRIGHT)
    for row in range(7):
        for column in range(12):
            sheet.fill(disc(540 + column * 70, 1080 + row * 58, 17), BRIGHT if row % 2 else PAPER)
    sheet.fill(rounded(1480, 430, 900, 620, 40), BLACK)
    write(sheet, "99", (1570, 580), 320, 80, BRIGHT, 120)
    write(sheet, "+", (2180, 640), 150, 44, BRIGHT)
    for i, tone in enumerate((PAPER, PAPER, BRIGHT)):
        x = 1480 + i * 310
        sheet.fill(rounded(x + 14, 1174, 280, 220, 40), BLACK)
        sheet.fill(rounded(x, 1150, 280, 220, 40), tone)
    sheet.fill([(1580, 1200), (1580, 1320), (1690, 1260)], DARK)
    sheet.fill(box(1870, 1205, 36, 110), DARK)
    sheet.fill(box(1936, 1205, 36, 110), DARK)
    sheet.fill(disc(2240, 1260, 56), DARK)
    sheet.fill(rounded(2080, 80, 640, 250, 60), PAPER)
    sheet.fill([(2240, 320), (2360, 320), (2220, 420)], PAPER)
    sheet.dots([(2260 + i * 140, 205) for i in range(3)], 36, DARK)
    return sheet


def music_on_hold() -> Sheet:
    """Grey: the waiting music as bars of sound that die away into a flat line."""
    sheet = Sheet((3200, 1600), (NOIR, GRIS), seed=24)
    sheet.fill(box(0, 0, 3200, 1600), (0, Ramp(70, 0, (0, 0), (2500, 0))))
    for i, r in enumerate((620, 470, 320)):
        sheet.fill(ring(760, 800, r, 60), (0, 100) if i % 2 else PAPER)
    middle, n = 800, 50
    for i in range(n):
        x = 60 + i * 63
        fade = max(0.0, 1 - i / (n - 9)) ** 0.8
        swing = abs(math.sin(i * 0.47) * 0.62 + math.sin(i * 1.31 + 0.6) * 0.38)
        tall = 34 + 660 * fade * swing
        sheet.fill(rounded(x, middle - tall, 36, 2 * tall, 18), DARK)
        if i % 7 == 3:
            sheet.fill(rounded(x, middle - tall * 0.45, 36, tall * 0.9, 18), PAPER)
    sheet.stroke([(60, middle), (3140, middle)], 10, DARK)
    for x, y in ((2350, 270), (2680, 210)):
        sheet.stroke([(x, y), (x, y + 320)], 26, DARK)
        sheet.fill(turn(disc(x - 62, y + 326, 84, 60), -20, (x - 62, y + 326)), DARK)
    sheet.fill([(2337, 258), (2693, 194), (2693, 280), (2337, 344)], DARK)
    sheet.fill(rounded(2700, 1240, 390, 200, 100), DARK)
    write(sheet, "12", (2790, 1296), 88, 24, PAPER, 28)
    sheet.stroke([(2938, 1298), (2924, 1330)], 16, PAPER)
    sheet.stroke([(2968, 1298), (2954, 1330)], 16, PAPER)
    return sheet
