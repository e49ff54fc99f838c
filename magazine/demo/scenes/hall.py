"""Draw the waiting hall: the queue, the counter, the chairs, the clock and the call board."""

from magazine.demo.figures import CROWD, ON_PAPER, Palette, stand
from magazine.demo.lettering import lamps, write
from magazine.demo.riso import BLACK, BRIGHT, DARK, PAPER, ROSE, SAPIN, Ramp, Sheet, Tone
from magazine.demo.shapes import (
    Outline,
    arc,
    box,
    chord,
    disc,
    place,
    quad,
    ring,
    rounded,
    sector,
    soft,
    through,
    turn,
)


def row_of_silhouettes() -> Sheet:
    """Thirteen people in line under a roll of tickets: one number each, only one is called."""
    sheet = Sheet((3200, 1600), (SAPIN, ROSE), seed=11)
    floor = 1400
    sheet.fill(box(0, 0, 3200, floor), (0, Ramp(0, 66, (0, 760), (0, floor))))
    sheet.fill(box(0, 0, 3200, 250), DARK)
    step = 268
    for i in range(13):
        x = -140 + i * step
        called = i == 7
        sheet.fill(box(x + 8, 44, step - 16, 162), BRIGHT if called else PAPER)
        sheet.dots([(x, 62 + 25 * n) for n in range(6)], 8, DARK)
        number = str(696 + i)
        write(sheet, number, (x + 44, 88), 76, 17, PAPER if called else DARK, 18)
    sheet.fill([(1736, 250), (2004, 250), (2150, floor), (1590, floor)], PAPER)
    sheet.fill(box(0, floor, 3200, 200), DARK)
    sheet.dots([(40 + 80 * n, floor + 100) for n in range(41)], 17, PAPER)
    cast = (7, 3, 6, 8, 5, 10, 9, 8, 0, 4, 12, 8, 1)
    for i in range(12, -1, -1):
        person = CROWD[cast[i]]
        palette = ON_PAPER[(i * 3) % 7]
        if i == 7:
            person, palette = CROWD[8], Palette(BRIGHT, (70, 55), BLACK, DARK, BLACK)
        stand(sheet, person, (30 + i * step - 40, floor), 920, palette, faces_left=True)
    return sheet


def counter_twelve() -> Sheet:
    """A counter window: the number above, the clerk behind the speaking holes, a caller's back."""
    sheet = Sheet((2160, 2880), (SAPIN, ROSE), seed=12, ground=DARK)
    for row in range(15):
        for column in range(-1, 9):
            x = column * 280 + (row % 2) * 140
            sheet.fill(box(x + 4, 20 + row * 150, 272, 142), (86, 0))
    write(sheet, "12", (1240, 150), 520, 150, PAPER, 130)
    sheet.fill(chord(480, 410, 190, 0, 360), BRIGHT)
    sheet.fill(quad((480, 300), (480, 520), 70), PAPER)
    sheet.fill([(360, 440), (600, 440), (480, 580)], PAPER)
    window = [*arc(1080, 1560, 800, 640, 180, 360), (1880, 2200), (280, 2200)]
    frame = [*arc(1080, 1560, 890, 730, 180, 360), (1970, 2240), (190, 2240)]
    sheet.fill(frame, BRIGHT)
    sheet.fill(window, PAPER)
    with sheet.within(window):
        sheet.fill(window, (0, Ramp(75, 8, (1080, 900), (1080, 2000))))
        for i in range(3):
            sheet.fill(box(330, 1330 + i * 170, 430, 130), (30, 0))
            for n in range(9):
                tall = 74 + (n * 37 + i * 53) % 42
                tone = (DARK, BRIGHT, BLACK)[(n * 2 + i) % 3]
                sheet.fill(box(345 + n * 45, 1460 + i * 170 - tall, 34, tall), tone)
        _clerk(sheet, 1180, 2210)
    sheet.fill(disc(1180, 1985, 196), (18, 0))
    sheet.fill(ring(1180, 1985, 214, 24), BLACK)
    holes = [
        (1180 + dx * 62, 1985 + dy * 62)
        for dx in range(-2, 3)
        for dy in range(-2, 3)
        if abs(dx) + abs(dy) < 4
    ]
    sheet.dots(holes, 19, BLACK)
    sheet.fill(box(0, 2200, 2160, 170), PAPER)
    sheet.fill(box(0, 2200, 2160, 170), (22, 0))
    sheet.fill(rounded(860, 2236, 640, 74, 37), BLACK)
    sheet.fill(box(960, 2190, 300, 74), PAPER)
    sheet.dots([(1010 + 50 * n, 2226) for n in range(5)], 10, BRIGHT)
    sheet.fill(box(0, 2370, 2160, 510), (100, Ramp(0, 60, (0, 2370), (0, 2880))))
    _caller_from_behind(sheet, 520, 2880)
    return sheet


def _clerk(sheet: Sheet, x: float, y: float) -> None:
    sheet.fill(
        soft(
            [(x - 400, y), (x - 330, y - 320), (x, y - 400), (x + 330, y - 320), (x + 400, y)], 90
        ),
        DARK,
    )
    sheet.fill([(x - 90, y - 385), (x, y - 180), (x + 90, y - 385)], PAPER)
    sheet.fill(rounded(x - 70, y - 520, 140, 190, 60), (10, 45))
    sheet.fill(disc(x, y - 630, 158, 188), (0, 26))
    sheet.fill(chord(x, y - 630, 158, -90, 90, 188), (14, 48))
    sheet.fill(chord(x, y - 680, 176, 180, 360, 168), BLACK)
    sheet.fill(box(x - 176, y - 690, 52, 130), BLACK)
    sheet.fill(box(x + 124, y - 690, 52, 130), BLACK)
    for side in (-1, 1):
        sheet.fill(ring(x + side * 72, y - 630, 58, 13), BLACK)
        sheet.fill(chord(x + side * 72, y - 626, 16, 0, 180), BLACK)
    sheet.stroke([(x - 18, y - 634), (x + 18, y - 634)], 13, BLACK)
    sheet.stroke([(x - 44, y - 535), (x + 44, y - 535)], 17, BRIGHT)


def _caller_from_behind(sheet: Sheet, x: float, y: float) -> None:
    body = soft(
        [
            (x - 480, y + 200),
            (x - 420, y - 420),
            (x - 130, y - 560),
            (x + 130, y - 560),
            (x + 420, y - 420),
            (x + 480, y + 200),
        ],
        160,
    )
    sheet.fill(body, BRIGHT)
    with sheet.within(body):
        for n in range(12):
            sheet.fill(box(x - 500 + n * 88, y - 700, 34, 900), (100, None))
    sheet.fill(rounded(x - 100, y - 660, 200, 150, 40), (60, 50))
    sheet.fill(disc(x, y - 800, 215, 240), BLACK)
    sheet.fill(disc(x, y - 1050, 105), BLACK)
    sheet.fill(box(x - 90, y - 985, 180, 26), BRIGHT)


def waiting_room() -> Sheet:
    """Ranks of empty chairs, one sitter, and a ray of light that does not reach him."""
    sheet = Sheet((3200, 1800), (SAPIN, ROSE), seed=13)
    sheet.fill(box(0, 0, 3200, 760), BRIGHT)
    sheet.fill(box(0, 760, 3200, 1040), (0, Ramp(34, 6, (0, 760), (0, 1800))))
    sheet.fill(box(0, 0, 3200, 760), (Ramp(0, 44, (1300, 0), (3200, 500)), None))
    for i in range(3):
        x = 330 + i * 400
        sheet.fill(box(x, 110, 350, 470), PAPER)
        sheet.fill(box(x, 320, 350, 22), DARK)
        sheet.fill(box(x + 164, 110, 22, 470), DARK)
        sheet.fill([(x - 60, 800), (x + 290, 800), (x - 160, 1800), (x - 720, 1800)], (0, 0))
    sheet.fill(disc(2420, 300, 190), PAPER)
    sheet.fill(ring(2420, 300, 190, 34), DARK)
    sheet.stroke([(2420, 195), (2420, 300), (2490, 345)], 26, DARK)
    sheet.fill(box(0, 735, 3200, 26), DARK)
    for row, (y, unit, offset) in enumerate(((1010, 1.0, 60), (1330, 1.45, -170), (1790, 2.1, 90))):
        pitch = 262 * unit
        for n in range(int(3600 / pitch) + 1):
            x = offset + n * pitch
            tone: Tone = (72, 0) if row == 0 else DARK
            if (row, n) == (1, 6):
                tone = BRIGHT
            _chair(sheet, x, y, unit, tone)
            if (row, n) == (1, 6):
                _sitter(sheet, x, y, unit)
    return sheet


def _chair(sheet: Sheet, x: float, y: float, unit: float, tone: Tone) -> None:
    def at(points: Outline) -> Outline:
        return place(points, x, y, unit)

    black = (100, 70)
    sheet.stroke(at([(30, -96), (14, 0)]), 12 * unit, black)
    sheet.stroke(at([(150, -96), (172, 0)]), 12 * unit, black)
    shell = [(-2, -268), (6, -200), (24, -134), (60, -108), (120, -106), (182, -112)]
    sheet.stroke(at(through(shell, 8)), 32 * unit, tone)
    sheet.stroke(at([(16, -190), (92, -190), (112, -196)]), 12 * unit, black)
    sheet.stroke(at([(90, -190), (90, -110)]), 12 * unit, black)


def _sitter(sheet: Sheet, x: float, y: float, unit: float) -> None:
    def at(points: Outline) -> Outline:
        return place(points, x, y, unit)

    sheet.fill(at(quad((70, -140), (178, -140), 56, 46)), BLACK)
    sheet.fill(at(quad((176, -150), (182, -6), 40, 28)), BLACK)
    sheet.fill(at(chord(196, 0, 34, 180, 360, 24)), DARK)
    sheet.fill(at(soft([(38, -118), (40, -270), (74, -306), (112, -296), (124, -118)], 24)), DARK)
    sheet.stroke(at([(84, -268), (108, -186), (166, -176)]), 30 * unit, (100, 0))
    sheet.stroke(at([(84, -264), (110, -188), (164, -178)]), 20 * unit, (55, 0))
    sheet.dots(at([(170, -178)]), 15 * unit, (0, 40))
    sheet.fill(at(box(78, -320, 28, 30)), (12, 45))
    sheet.fill(at(disc(98, -346, 36, 42)), (52, 62))
    sheet.fill(at([(128, -358), (150, -336), (128, -330)]), (52, 62))
    sheet.fill(at(chord(92, -354, 42, 150, 340, 40)), BLACK)
    sheet.fill(
        at(turn([(140, -250), (236, -250), (236, -170), (140, -170)], 14, (188, -210))), PAPER
    )
    sheet.stroke(at([(152, -226), (220, -208)]), 7 * unit, BLACK)
    sheet.stroke(at([(148, -204), (216, -186)]), 7 * unit, BLACK)


def station_clock() -> Sheet:
    """A station clock hung in the light of the hall, four minutes short of the hour."""
    sheet = Sheet((2400, 2400), (SAPIN, ROSE), seed=14)
    cx, cy = 1330, 1010
    for i in range(24):
        tone = (Ramp(100, 60, (cx, cy), (cx + 2000, cy), True), 0) if i % 2 else (0, 88)
        sheet.fill(sector(cx, cy, 2900, i * 15 + 4, i * 15 + 19), tone)
    sheet.fill(quad((cx, -10), (cx, 300), 90), BLACK)
    sheet.fill(disc(cx + 46, cy + 46, 850), BLACK)
    sheet.fill(disc(cx, cy, 850), DARK)
    sheet.fill(disc(cx, cy, 760), PAPER)
    with sheet.within(disc(cx, cy, 760)):
        sheet.fill(disc(cx, cy, 760), (Ramp(0, 38, (cx - 200, cy - 300), (cx + 700, cy + 700)), 0))
    for minute in range(60):
        long, wide = (190, 62) if minute % 5 == 0 else (64, 20)
        mark = box(cx - wide / 2, cy - 715, wide, long)
        sheet.fill(turn(mark, minute * 6, (cx, cy)), BLACK if minute % 5 == 0 else DARK)
    sheet.fill(turn(quad((cx, cy + 130), (cx, cy - 400), 96, 74), 268, (cx, cy)), BLACK)
    sheet.fill(turn(quad((cx, cy + 150), (cx, cy - 640), 74, 52), 336, (cx, cy)), BLACK)
    sheet.fill(turn(quad((cx, cy + 200), (cx, cy - 480), 22), 132, (cx, cy)), (0, 100))
    sheet.fill(turn(disc(cx, cy - 480, 84), 132, (cx, cy)), (0, 100))
    sheet.fill(disc(cx, cy, 40), BRIGHT)
    sheet.fill(box(0, 2330, 2400, 70), BLACK)
    for i, (x, who) in enumerate(((170, 1), (430, 2), (640, 11), (2010, 8), (2240, 4))):
        palette = Palette(
            *(
                (BLACK, BLACK, BLACK, BLACK, BRIGHT)
                if i != 2
                else (PAPER, (0, 22), BLACK, BLACK, BLACK)
            )
        )
        stand(sheet, CROWD[who], (x, 2340), 460, palette, faces_left=i > 2)
    return sheet


def call_board() -> Sheet:
    """The call board lights up a number; below it, every head is turned up."""
    sheet = Sheet((3200, 1800), (SAPIN, ROSE), seed=15)
    sheet.fill(box(0, 0, 3200, 1800), (0, Ramp(100, 12, (1600, 700), (1600, 2000), True)))
    for x in (700, 2500):
        sheet.fill(quad((x, 0), (x, 160), 36), BLACK)
    sheet.fill(rounded(250, 130, 2700, 1020, 60), BLACK)
    sheet.fill(rounded(300, 180, 2600, 920, 30), DARK)
    sheet.fill(box(1790, 180, 14, 920), BLACK)
    lamps(sheet, "B703", (400, 318), 58, (0, 100), (100, 100))
    sheet.fill(box(400, 800, 1290, 14), (0, 100))
    lamps(sheet, "GUICHET 12", (400, 872), 22, PAPER, (100, 100))
    for row, text in enumerate(("A045 >07", "C118 >04", "E009 >11", "B702 >12")):
        tone = PAPER if row else (0, 100)
        lamps(sheet, text, (1880, 246 + row * 218), 21, tone, (100, 100))
    heads = [
        (120, 1),
        (420, 2),
        (760, 0),
        (1060, 3),
        (1420, 1),
        (1730, 4),
        (2070, 0),
        (2390, 2),
        (2720, 3),
        (3050, 4),
    ]
    for i, (x, kind) in enumerate(heads):
        _head_looking_up(sheet, x, 1800 - (i * 61 % 110), kind, (1.0, 1.16, 0.92)[i % 3])
    return sheet


def _head_looking_up(sheet: Sheet, x: float, y: float, kind: int, unit: float) -> None:
    def at(points: Outline) -> Outline:
        return place(points, x, y, unit)

    coat = (DARK, (100, 45), BLACK, (38, 0), BLACK)[kind]
    sheet.fill(
        at(soft([(-190, 160), (-170, -110), (-50, -170), (50, -170), (170, -110), (190, 160)], 60)),
        coat,
    )
    sheet.fill(at(rounded(-48, -230, 96, 110, 30)), (30, 55))
    hair = (BLACK, DARK, BLACK, (70, 60), BLACK)[kind]
    sheet.fill(at(disc(0, -300, 112, 122)), hair)
    if kind == 1:
        sheet.fill(at(disc(0, -430, 58)), hair)
    elif kind == 2:
        sheet.fill(at(rounded(-118, -310, 236, 200, 20, 20, 60, 60)), hair)
    elif kind == 3:
        sheet.fill(at(disc(0, -280, 60, 68)), (20, 55))
    elif kind == 4:
        sheet.fill(at(disc(0, -370, 128, 60)), (0, 100))
        sheet.fill(at(quad((0, -425), (0, -450), 20)), (0, 100))
