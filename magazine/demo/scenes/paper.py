"""Draw the paper: the torn ticket, the forms, the letters and the weather map of scores."""

import math

from magazine.demo.lettering import width_of, write
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
    Tone,
)
from magazine.demo.shapes import (
    Outline,
    Point,
    arc,
    box,
    disc,
    ring,
    rounded,
    sector,
    shift,
    soft,
    through,
    turn,
)
from magazine.demo.stationery import envelope, form


def torn_ticket() -> Sheet:
    """One ticket torn across its number: the two halves drift apart."""
    sheet = Sheet((2880, 1920), (SAPIN, ROSE), seed=41, ground=DARK)
    sheet.fill(box(0, 0, 2880, 1920), (Ramp(100, 62, (0, 0), (2880, 1920)), 0))
    sheet.fill(disc(1440, 960, 820), BRIGHT)
    tear = [(1450 + (70 if i % 2 else -40) + (i * 37 % 50), 380 + i * 97) for i in range(13)]
    left: Outline = [(330, 380), *tear, (330, 1544), *arc(330, 962, 110, 110, 90, -90)]
    right: Outline = [(2550, 380), *arc(2550, 962, 110, 110, 270, 90), (2550, 1544), *tear[::-1]]
    for half, degrees, dx, dy in ((left, -7, -70, 40), (right, 8, 90, -30)):

        def at(points: Outline, d: float = degrees, x: float = dx, y: float = dy) -> Outline:
            return shift(turn(points, d, (1440, 960)), x, y)

        sheet.fill(shift(at(half), 34, 44), (100, None))
        sheet.fill(at(half), PAPER)
        with sheet.within(at(half)):
            for glyph, x in (("7", 640), ("0", 1180), ("3", 1750)):
                origin = at([(x, 640)])[0]
                write(sheet, glyph, origin, 640, 170, DARK, degrees=degrees)
            side = 500 if half is left else 2390
            sheet.dots(at([(side, 420 + 68 * i) for i in range(17)]), 19, BRIGHT)
            sheet.fill(at(box(640, 1430, 1620, 26)), DARK)
    return sheet


def stack_of_forms() -> Sheet:
    """CMYK: forms fanned out in a stack, boxes ticked, signatures missing one."""
    sheet = Sheet((2400, 3000), (SAPIN, ROSE), seed=42, ground=BRIGHT)
    sheet.fill(box(0, 0, 2400, 3000), (Ramp(0, 52, (900, 600), (2400, 3000)), None))
    for i, degrees in enumerate((31, 23, 15, 7)):
        at = (1270 - i * 10, 1540 - i * 6)
        page = box(-760, -1075, 1520, 2150)
        sheet.fill(shift(turn(page, degrees), at[0] + 26, at[1] + 34), (100, None))
        tint: Tone = (DARK, (0, 34), (44, 0), (0, 18))[i]
        sheet.fill(shift(turn(page, degrees), *at), tint)
    sheet.fill(shift(turn(box(-760, -1075, 1520, 2150), -4), 1196, 1560), (100, None))
    form(sheet, (1170, 1520), 1520, -4, DARK, BRIGHT, seed=2)
    for i in range(3):
        x, y = 1590 + i * 54, 1330 + i * 8
        sheet.stroke(
            arc(x, y, 300 - i * 90, 300 - i * 90, 0, 360) if i == 0 else [(x, y), (x, y)],
            30,
            (None, 100),
        )
    sheet.fill(turn(rounded(1240, 1255, 700, 150, 30), -16, (1590, 1330)), (0, 100))
    number = "703"
    wide = width_of(number, 84, 44)
    write(sheet, number, (1590 - wide / 2, 1288), 84, 22, PAPER, 44, -16, (1590, 1330))
    pencil = [(0, -46), (1150, -46), (1150, 46), (0, 46)]

    def on(points: Outline) -> Outline:
        return shift(turn(points, -52), 380, 2830)

    sheet.fill(shift(on(pencil), 40, 46), (100, None))
    sheet.fill(on(pencil), BLACK)
    sheet.fill(on([(0, -46), (1150, -46), (1150, -16), (0, -16)]), DARK)
    sheet.fill(on([(1150, -46), (1150, 46), (1300, 0)]), PAPER)
    sheet.fill(on([(1250, -15), (1250, 15), (1300, 0)]), BLACK)
    sheet.fill(on([(-10, -46), (90, -46), (90, 46), (-10, 46)]), PAPER)
    return sheet


def letters_without_answer() -> Sheet:
    """Issue 8: a wall of envelopes in rank and file; one has been opened."""
    sheet = Sheet((2880, 1920), (VIOLET, JAUNE), seed=43, ground=DARK)
    for row in range(5):
        for column in range(7):
            x, y = 40 + column * 466 + row % 2 * 10, 120 + row * 420
            opened = (row, column) == (2, 4)
            tilt = ((row * 5 + column * 3) % 7 - 3) * 1.6
            if opened:
                continue
            pick = (row * 2 + column * 3) % 5
            paper: Tone = (PAPER, BRIGHT, (28, 0), PAPER, (0, 50))[pick]
            sheet.fill(shift(turn(box(-200, -128, 400, 256), tilt), x + 16, y + 20), BLACK)
            seal = DARK if pick in (1, 4) else BRIGHT
            envelope(sheet, (x, y), 400, tilt, paper, DARK, seal, back=(row + column) % 4 != 1)
    _opened(sheet, (1914, 960))
    return sheet


def _opened(sheet: Sheet, at: Point) -> None:
    x, y = at
    sheet.fill(disc(x, y - 60, 400), BRIGHT)
    sheet.fill([(x - 230, y - 60), (x, y - 260), (x + 230, y - 60)], BLACK)
    sheet.fill(box(x - 180, y - 350, 360, 420), PAPER)
    write(sheet, "?", (x - 62, y - 306), 190, 48, DARK)
    pocket = [(x - 230, y - 60), (x, y + 110), (x + 230, y - 60), (x + 230, y + 220)]
    sheet.fill([*pocket, (x - 230, y + 220)], DARK)
    sheet.stroke([(x - 216, y + 206), (x, y + 66), (x + 216, y + 206)], 12, PAPER)


def weather_of_scores() -> Sheet:
    """CMYK: a weather map whose fronts, suns and rain are the scores customers gave."""
    sheet = Sheet((2880, 2160), (SAPIN, ROSE), seed=44, ground=DARK)
    land = soft(
        [
            (1390, 130),
            (1960, 420),
            (2330, 560),
            (2250, 990),
            (2350, 1480),
            (2020, 1760),
            (1560, 1690),
            (1330, 2010),
            (760, 1830),
            (830, 1200),
            (560, 890),
            (330, 700),
            (900, 560),
            (1050, 330),
        ],
        120,
    )
    isobars, front = _pressure()
    for isobar in isobars:
        sheet.stroke(isobar, 9, (60, 0))
    _front(sheet, front, PAPER)
    sheet.fill(shift(land, 46, 52), BLACK)
    sheet.fill(land, PAPER)
    with sheet.within(land):
        sheet.fill(land, (0, Ramp(82, 0, (1750, 1400), (1000, 500), True)))
        sheet.fill(land, (Ramp(48, 0, (820, 760), (1180, 1000), True), None))
        for isobar in isobars:
            sheet.stroke(isobar, 9, (100, None))
        _front(sheet, front, BLACK)
    _sun(sheet, 1800, 1400, 150)
    _sun(sheet, 2060, 830, 96)
    _cloud(sheet, 800, 800, 1.1, rain=True)
    _cloud(sheet, 1290, 560, 0.8, rain=False)
    _cloud(sheet, 1060, 1640, 0.9, rain=True)
    for text, x, y, up in (
        ("+42", 2010, 1250, True),
        ("+18", 2210, 770, True),
        ("-27", 1010, 770, False),
        ("+3", 1440, 540, True),
        ("-9", 1230, 1620, False),
    ):
        tall = 120 if abs(int(text)) > 9 else 100
        wide = width_of(text, tall, 44) + 120
        sheet.fill(rounded(x - 60, y - 46, wide, tall + 92, 30), DARK if up else BRIGHT)
        write(sheet, text, (x, y), tall, 28, PAPER, 44)
    return sheet


def _pressure() -> tuple[list[Outline], Outline]:
    """Rings of equal score round the high, and the front that comes in from the south-west."""
    isobars = []
    for i in range(6):
        r = 300 + i * 250
        turns = [t / 9 * math.tau for t in range(10)]
        isobars.append(
            through(
                [(1750 + r * math.cos(t) * 1.2, 1420 + r * 0.8 * math.sin(t)) for t in turns], 14
            )
        )
    front = through(
        [(150, 1650), (560, 1420), (1000, 1330), (1400, 1080), (1720, 660), (2250, 300)], 20
    )
    return isobars, front


def _front(sheet: Sheet, front: Outline, tone: Tone) -> None:
    sheet.stroke(front, 30, tone)
    for i in range(8, len(front) - 6, 15):
        (ax, ay), (bx, by) = front[i - 1], front[i + 1]
        x, y = front[i]
        heading = math.degrees(math.atan2(by - ay, bx - ax))
        wedge = [(x - 58, y), (x + 58, y), (x, y + 92)]
        mark = sector(x, y, 58, 0, 180) if i // 15 % 2 else wedge
        sheet.fill(turn(mark, heading, (x, y)), tone)


def _sun(sheet: Sheet, x: float, y: float, r: float) -> None:
    for i in range(12):
        sheet.fill(
            turn(
                [(x - r * 0.16, y - r * 1.2), (x + r * 0.16, y - r * 1.2), (x, y - r * 1.75)],
                i * 30,
                (x, y),
            ),
            BRIGHT,
        )
    sheet.fill(disc(x, y, r), BRIGHT)
    sheet.fill(ring(x, y, r, r * 0.16), BLACK)


def _cloud(sheet: Sheet, x: float, y: float, unit: float, rain: bool) -> None:
    def puff(grow: float, tone: Tone) -> None:
        for dx, dy, r in ((-130, 20, 90), (0, -40, 130), (130, 10, 100)):
            sheet.fill(disc(x + dx * unit, y + dy * unit, r * unit + grow), tone)
        sheet.fill(
            rounded(
                x - 220 * unit - grow,
                y + 10 * unit - grow,
                450 * unit + 2 * grow,
                104 * unit + 2 * grow,
                52 * unit + grow,
            ),
            tone,
        )

    puff(16, BLACK)
    puff(0, PAPER)
    puff(0, (30, 0))
    if rain:
        for i in range(5):
            left = x + (-170 + i * 82) * unit
            sheet.stroke([(left, y + 150 * unit), (left - 46 * unit, y + 260 * unit)], 20, DARK)
