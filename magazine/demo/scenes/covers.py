"""Draw the two covers: the queue round a ticket, and the bell that nobody answers."""

import math
from itertools import pairwise

from magazine.demo.figures import CROWD, ON_BRIGHT, Palette, stand
from magazine.demo.lettering import write
from magazine.demo.riso import (
    BLACK,
    BRIGHT,
    DARK,
    JAUNE,
    PAPER,
    ROSE,
    SAPIN,
    VIOLET,
    Ramp,
    Sheet,
)
from magazine.demo.shapes import Point, box, chord, ring, rounded, through, ticket, turn
from magazine.demo.stationery import envelope

COVER = (2620, 3660)
HORIZON = 1380


def _path() -> list[Point]:
    return through(
        [
            (2800, 3760),
            (2260, 3560),
            (1760, 3270),
            (1250, 3010),
            (760, 2790),
            (420, 2590),
            (330, 2430),
            (620, 2280),
            (1300, 2170),
            (2000, 2100),
            (2400, 2010),
            (2440, 1920),
            (2100, 1850),
            (1300, 1790),
            (520, 1740),
            (250, 1680),
            (420, 1630),
            (1200, 1590),
            (2000, 1560),
            (2420, 1530),
            (2440, 1502),
            (1900, 1484),
            (1000, 1472),
            (300, 1460),
        ],
        40,
    )


def queue_round_a_ticket() -> Sheet:
    """Issue 7: a queue winds from the reader to the horizon, round a monument of a ticket."""
    sheet = Sheet(COVER, (SAPIN, ROSE), seed=7, ground=BRIGHT, pitch=18)
    sheet.fill(box(0, HORIZON, 2620, 1500), (Ramp(46, 0, (0, HORIZON), (0, 2900)), None))
    walkers: list[tuple[Point, bool]] = []
    path = _path()
    gap = 0.0
    for (ax, ay), (bx, by) in pairwise(path):
        gap -= math.hypot(bx - ax, (by - ay) * 1.6)
        if gap <= 0:
            walkers.append(((bx, by), bx < ax))
            gap += 0.132 * (by - HORIZON) + 9
    ticket_foot = 2760
    order = sorted(range(len(walkers)), key=lambda i: walkers[i][0][1])
    planted = False
    for i in order:
        (x, y), left = walkers[i]
        if y > ticket_foot and not planted:
            _ticket(sheet)
            planted = True
        tall = 0.235 * (y - HORIZON)
        shade = [(x - tall * 0.1, y), (x + tall * 0.1, y), (x + tall * 0.95, y - tall * 0.16)]
        sheet.fill(shade, (100, None))
        person = CROWD[(i * 5) % len(CROWD)]
        stand(sheet, person, (x, y), tall, ON_BRIGHT[(i * 3) % len(ON_BRIGHT)], left)
    return sheet


def _ticket(sheet: Sheet) -> None:
    cx, cy, tilt = 1400, 2010, -7
    torn = [0, -46, 18, -60, -8, -72, 10, -34, 26, -50, 0, -66, 14, -40, 20, -30]
    body = turn(ticket(1340, 1600, 96, 0, torn), 180)

    def at(points: list[Point]) -> list[Point]:
        return turn([(x + cx, y + cy) for x, y in points], tilt, (cx, cy))

    sheet.fill([(1000, 2850), (2150, 2700), (2620, 2560), (2620, 2760)], (100, None))
    sheet.fill(at([(x + 52, y + 6) for x, y in body]), BLACK)
    sheet.fill(at(body), PAPER)
    sheet.dots(at([(-546 + 78 * i, 0) for i in range(15)]), 16, BRIGHT)
    write(sheet, "B", (cx - 480, cy - 570), 340, 92, DARK, degrees=tilt, about=(cx, cy))
    clock = at([(370, -395)])[0]
    sheet.fill(ring(*clock, 196, 38), DARK)
    sheet.stroke([(clock[0], clock[1] - 108), clock, (clock[0] + 78, clock[1] + 40)], 32, BRIGHT)
    write(sheet, "703", (cx - 545, cy + 165), 430, 116, DARK, gap=140, degrees=tilt, about=(cx, cy))


def bell_nobody_answers() -> Sheet:
    """Issue 8: a counter bell as large as a hill, letters heaped at its foot, one caller on top."""
    sheet = Sheet(COVER, (VIOLET, JAUNE), seed=8, ground=BRIGHT, pitch=18)
    cx, foot, r = 1720, 2740, 1130
    for i, reach in enumerate((1620, 1440, 1270)):
        for start in range(186 + 5 * i, 352, 14):
            sheet.fill(ring(cx, foot, reach, 24, start, start + 7), PAPER)
    sheet.fill(box(0, foot + 240, 2620, 900), PAPER)
    dome = chord(cx, foot, r, 180, 360, 1130)
    sheet.fill(dome, (100, 0))
    sheet.fill(dome, (Ramp(6, 100, (1290, 2060), (2150, 2360), radial=True), None))
    sheet.fill(rounded(cx - 75, foot - 1290, 150, 190, 20), BLACK)
    sheet.fill(chord(cx, foot - 1260, 200, 180, 360, 130), DARK)
    sheet.fill(rounded(cx - 1290, foot - 10, 2640, 160, 80), DARK)
    sheet.fill(rounded(cx - 1230, foot + 22, 2640, 30, 15), BRIGHT)
    sheet.fill(box(cx - 1110, foot + 150, 2280, 92), BLACK)
    heap = [
        (2480, 3540, 380, -12),
        (2080, 3570, 360, 9),
        (1690, 3590, 330, -5),
        (2300, 3370, 350, 16),
        (1900, 3400, 330, -14),
        (2560, 3200, 330, 22),
        (2130, 3220, 320, -6),
        (1480, 3430, 300, 24),
        (1640, 3260, 280, -18),
        (1180, 3560, 290, -8),
        (2380, 3060, 290, -20),
    ]
    for i, (x, y, w, degrees) in enumerate(heap):
        paper = (PAPER, BRIGHT, (22, 0))[i % 3]
        seal = DARK if i % 3 else BRIGHT
        envelope(sheet, (x, y), w, degrees, paper, DARK, seal, back=i % 4 != 3)
    caller = Palette(PAPER, (70, 55), BLACK, BLACK, DARK)
    stand(sheet, CROWD[0], (cx - 620, foot - 935), 400, caller)
    return sheet
