"""Draw the covers of the older issues: a key to nothing, a counter too tall, nought euros."""

from magazine.demo.figures import CROWD, ON_BRIGHT, ON_PAPER, Palette, stand
from magazine.demo.riso import BLACK, BRIGHT, DARK, PAPER, Ink, Ramp, Sheet
from magazine.demo.shapes import Point, arc, box, disc, quad, ring, rounded, through, turn

COVER = (1310, 1830)
INDIGO = Ink("indigo", (0x24, 0x2F, 0x7A), (95, 88, 0, 20))
ORANGE = Ink("orange", (0xFF, 0x8A, 0x3D), (0, 55, 78, 0))
PRUNE = Ink("prune", (0x5A, 0x18, 0x46), (45, 95, 20, 45))
MENTHE = Ink("menthe", (0x3F, 0xD6, 0xA8), (62, 0, 45, 0))
BRIQUE = Ink("brique", (0x7A, 0x22, 0x14), (20, 90, 95, 40))
CIEL = Ink("ciel", (0x62, 0xC6, 0xEC), (55, 5, 2, 0))


def spare_screw() -> Sheet:
    """Issue 6: a hexagon key as tall as a lamp post; at its foot, one screw too many."""
    sheet = Sheet(COVER, (INDIGO, ORANGE), seed=6, ground=BRIGHT, pitch=14)
    sheet.fill(box(0, 1330, 1310, 500), PAPER)
    shade: list[Point] = [(640, 1500), (1310, 1345), (1310, 1440), (690, 1560)]
    sheet.fill(shade, (Ramp(70, 10, (640, 1500), (1310, 1390)), None))
    bend = through([(640, 1490), (640, 1000), (648, 720), (760, 612), (960, 600), (1330, 600)], 30)
    sheet.stroke(bend, 150, BLACK, round_ends=False)
    lit = [(x - 26, y - 26) for x, y in bend]
    sheet.stroke(lit, 26, (35, 0), round_ends=False)
    for i, (x, y, degrees) in enumerate(
        [(190, 960, -24), (360, 1110, 12), (1040, 930, 30), (1130, 1180, -14), (880, 1080, 4)]
    ):
        board = rounded(x - 130, y - 30, 260, 60, 12)
        sheet.fill(turn([(a + 14, b + 16) for a, b in board], degrees, (x, y)), DARK)
        sheet.fill(turn(board, degrees, (x, y)), PAPER if i % 2 else (0, 40))
        holes = turn([(x - 95, y), (x + 95, y)], degrees, (x, y))
        sheet.dots(holes, 12, DARK)
    screw = [(985, 1560), (1035, 1560), (1035, 1590), (1020, 1596), (1013, 1730), (1008, 1730)]
    sheet.fill([*screw, (1001, 1596), (985, 1590)], DARK)
    for y in range(1612, 1716, 22):
        sheet.stroke([(994, y), (1027, y - 12)], 9, DARK)
    puzzled = Palette(DARK, (0, 22), BLACK, BLACK, BRIGHT)
    stand(sheet, CROWD[4], (250, 1690), 440, puzzled)
    return sheet


def counter_too_tall() -> Sheet:
    """Issue 5: a counter so tall that nobody sees who is behind it; a lamp is on up there."""
    sheet = Sheet(COVER, (PRUNE, MENTHE), seed=5, ground=BRIGHT, pitch=14)
    sheet.fill(disc(860, 910, 250), PAPER)
    sheet.fill(ring(860, 910, 330, 18), PAPER)
    sheet.fill(ring(860, 910, 410, 12), PAPER)
    tower: list[Point] = [(420, 1030), (1310, 1030), (1310, 1830), (520, 1830)]
    sheet.fill(tower, DARK)
    sheet.fill([(1010, 1030), (1310, 1030), (1310, 1830), (1060, 1830)], BLACK)
    sheet.fill(rounded(340, 970, 1010, 84, 16), BLACK)
    sheet.fill(rounded(340, 958, 1010, 60, 16), (55, 0))
    sheet.fill(box(640, 710, 40, 250), BLACK)
    sheet.fill([(520, 710), (800, 710), (740, 580), (580, 580)], BLACK)
    sheet.fill([(520, 710), (800, 710), (900, 958), (430, 958)], PAPER)
    for row in range(5):
        y = 1140 + 150 * row
        sheet.stroke([(500 + 10 * row, y), (1000, y)], 8, BRIGHT)
        sheet.dots([(745, y + 74)], 22, BRIGHT)
    ladder = [(300, 1790), (470, 1190)]
    for dx in (0, 110):
        sheet.stroke([(x + dx, y) for x, y in ladder], 16, BLACK)
    for step in range(8):
        x, y = 316 + 19 * step, 1730 - 68 * step
        sheet.stroke([(x, y), (x + 110, y)], 12, BLACK)
    stand(sheet, CROWD[8], (200, 1790), 300, ON_BRIGHT[1])
    stand(sheet, CROWD[0], (95, 1800), 320, ON_BRIGHT[4])
    stand(sheet, CROWD[10], (470, 1390), 290, ON_BRIGHT[5])
    return sheet


def nought_euros() -> Sheet:
    """Issue 4: a nought as large as a stadium; those who believe it walk in by the middle."""
    sheet = Sheet(COVER, (BRIQUE, CIEL), seed=4, ground=BRIGHT, pitch=14)
    sheet.fill(box(0, 1560, 1310, 270), PAPER)
    outer, inner = arc(760, 1040, 430, 590, 0, 360), arc(760, 1040, 215, 375, 360, 0)
    nought = [*outer, *inner]
    sheet.fill([(x + 60, y + 14) for x, y in nought], BLACK)
    sheet.fill(nought, DARK)
    sheet.fill([*arc(760, 1040, 215, 375, 0, 360)], (Ramp(85, 10, (760, 1420), (760, 700)), None))
    sheet.fill(quad((0, 1790), (760, 1400), 120, 70), DARK)
    sheet.fill(quad((0, 1770), (760, 1392), 96, 46), PAPER)
    for i in range(8):
        stand(
            sheet,
            CROWD[(i * 3 + 2) % len(CROWD)],
            (90 + 92 * i, 1752 - 47 * i),
            300 - 24 * i,
            ON_PAPER[(i * 2) % len(ON_PAPER)],
        )
    return sheet
