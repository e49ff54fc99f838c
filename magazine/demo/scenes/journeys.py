"""Draw the journeys: the ferry, the film's last shot and the hospital corridor."""

from magazine.demo.figures import CROWD, ON_PAPER, Palette, stand
from magazine.demo.riso import (
    BLACK,
    BRIGHT,
    DARK,
    GRIS,
    NOIR,
    PAPER,
    ROSE,
    SAPIN,
    Ramp,
    Sheet,
)
from magazine.demo.shapes import Point, box, chord, disc, quad, rounded


def ferry() -> Sheet:
    """A ferry, ruled like a form, takes its passengers one by one from the quay."""
    sheet = Sheet((3200, 1800), (SAPIN, ROSE), seed=51)
    sheet.fill(box(0, 0, 3200, 1340), (0, Ramp(0, 74, (0, 100), (0, 1340))))
    sheet.fill(disc(2560, 520, 330), BRIGHT)
    for i in range(5):
        sheet.fill(box(2200, 560 + i * 64, 720, 14 + i * 9), (0, 30))
    hull = [(380, 960), (2900, 960), (2700, 1420), (560, 1420)]
    sheet.fill(box(700, 700, 1800, 270), PAPER)
    sheet.fill(box(700, 700, 1800, 270), (18, 0))
    sheet.fill(box(860, 480, 1280, 230), PAPER)
    sheet.fill(box(1060, 330, 560, 160), PAPER)
    sheet.fill(box(1060, 372, 560, 54), DARK)
    for x in (1760, 1960):
        sheet.fill([(x, 480), (x + 30, 200), (x + 170, 200), (x + 150, 480)], BRIGHT)
        sheet.fill([(x + 18, 300), (x + 22, 250), (x + 166, 250), (x + 164, 300)], BLACK)
    for i, (x, y, r) in enumerate(((2060, 130, 60), (2190, 90, 80), (2370, 60, 104))):
        sheet.fill(disc(x, y, r), (20 + i * 6, 0))
    for i in range(16):
        sheet.fill(rounded(930 + i * 74, 550, 48, 80, 14), DARK)
    for i in range(15):
        sheet.fill(disc(790 + i * 116, 840, 42), DARK)
        sheet.fill(disc(790 + i * 116, 840, 24), (0, 60))
    sheet.fill(hull, DARK)
    sheet.fill([(380, 960), (2900, 960), (2876, 1014), (404, 1014)], BLACK)
    sheet.fill([(470, 1180), (2806, 1180), (2786, 1226), (490, 1226)], PAPER)
    sheet.fill(quad((2600, 960), (2600, 560), 26), BLACK)
    sheet.fill([(2613, 566), (2800, 626), (2613, 690)], BRIGHT)
    sheet.fill(box(0, 1400, 3200, 400), DARK)
    for row in range(4):
        y = 1440 + row * 104
        for n in range(-1, 18):
            x = n * 200 + (row % 2) * 100
            sheet.fill(chord(x, y, 100, 180, 360, 78), (PAPER, BRIGHT, DARK, BLACK)[row])
            sheet.fill(chord(x, y + 22, 100, 180, 360, 78), (DARK, (70, 0), (100, 60), BLACK)[row])
    sheet.fill([(0, 1180), (470, 1180), (470, 1800), (0, 1800)], BLACK)
    sheet.dots([(60 + 78 * n, 1250) for n in range(6)], 18, PAPER)
    sheet.fill(quad((400, 1186), (860, 966), 30), BLACK)
    for i, who in enumerate((3, 0, 8, 1, 6)):
        x = 70 + i * 104
        stand(sheet, CROWD[who], (x, 1180), 290, ON_PAPER[(i * 2) % 7])
    stand(sheet, CROWD[9], (690, 1052), 270, ON_PAPER[1])
    return sheet


def film_still() -> Sheet:
    """A still: night, a lit booth, one caller's long shadow across the empty square."""
    sheet = Sheet((2880, 1620), (SAPIN, ROSE), seed=52, ground=BLACK)
    sheet.fill(box(0, 0, 2880, 940), (100, Ramp(96, 16, (0, 0), (0, 940))))
    for i, (x, w, top) in enumerate(
        (
            (0, 430, 330),
            (400, 300, 480),
            (1900, 380, 420),
            (2240, 290, 250),
            (2500, 400, 400),
            (690, 260, 620),
        )
    ):
        sheet.fill(box(x, top, w, 940 - top), BLACK)
        for n in range(3):
            if (n + i) % 3 == 0:
                sheet.fill(box(x + 70 + n * 90, top + 80 + n * 90, 44, 60), (0, 80))
    sheet.fill(box(0, 930, 2880, 690), (100, Ramp(40, 100, (1440, 960), (2700, 1500), True)))
    beam = [(1240, 940), (1660, 940), (2160, 1620), (560, 1620)]
    sheet.fill(
        beam, (Ramp(0, 82, (1440, 930), (1440, 1660)), Ramp(70, 20, (1440, 930), (1440, 1620)))
    )
    sheet.fill(box(1180, 250, 540, 700), BLACK)
    sheet.fill(box(1220, 350, 460, 600), (0, Ramp(20, 92, (1450, 560), (1450, 1000), True)))
    sheet.fill(box(1220, 270, 460, 60), BRIGHT)
    for x in (1368, 1518):
        sheet.fill(box(x, 350, 14, 600), BLACK)
    sheet.fill(box(1220, 640, 460, 14), BLACK)
    sheet.fill(rounded(1550, 480, 100, 150, 10), BLACK)
    sheet.fill([(1380, 1180), (1480, 1180), (1240, 1620), (930, 1620)], BLACK)
    alone = Palette(BLACK, BLACK, BLACK, BLACK, BLACK)
    stand(sheet, CROWD[11], (1430, 1190), 500, alone)
    sheet.fill(box(0, 0, 2880, 96), BLACK)
    sheet.fill(box(0, 1524, 2880, 96), BLACK)
    return sheet


VANISHING: Point = (1500, 800)


def _towards(x: float, y: float, share: float) -> Point:
    return (x + (VANISHING[0] - x) * share, y + (VANISHING[1] - y) * share)


def hospital_corridor() -> Sheet:
    """Grey: a hospital corridor in one-point perspective, doors, lamps, someone at its end."""
    sheet = Sheet((2880, 1920), (NOIR, GRIS), seed=53, pitch=13)
    vx, vy = VANISHING
    sheet.fill([(0, 0), (2880, 0), (vx, vy)], (Ramp(62, 8, (vx, 0), (vx, vy)), 0))
    sheet.fill([(0, 1920), (2880, 1920), (vx, vy)], (Ramp(78, 4, (vx, 1920), (vx, vy)), 0))
    sheet.fill([(0, 0), (0, 1920), (vx, vy)], (Ramp(90, 20, (0, vy), (vx, vy)), 0))
    sheet.fill([(2880, 0), (2880, 1920), (vx, vy)], (Ramp(58, 6, (2880, vy), (vx, vy)), 0))
    for a, b in ((0.06, 0.24), (0.34, 0.46), (0.54, 0.62), (0.68, 0.735), (0.775, 0.81)):
        lamp = [
            _towards(1130, 0, a),
            _towards(1890, 0, a),
            _towards(1890, 0, b),
            _towards(1130, 0, b),
        ]
        sheet.fill(lamp, PAPER)
        glow = [
            _towards(1060, 1920, a),
            _towards(1960, 1920, a),
            _towards(1960, 1920, b),
            _towards(1060, 1920, b),
        ]
        sheet.fill(glow, (12, 0))
    for edge, side in ((0, -1), (2880, 1)):
        for a, b in ((0.12, 0.34), (0.46, 0.58), (0.66, 0.73), (0.78, 0.82)):
            door = [
                _towards(edge, 330, a),
                _towards(edge, 330, b),
                _towards(edge, 1920, b),
                _towards(edge, 1920, a),
            ]
            sheet.fill(door, DARK if side < 0 else (70, 100))
            c, d = a + (b - a) * 0.62, a + (b - a) * 0.86
            pane = [
                _towards(edge, 480, c),
                _towards(edge, 480, d),
                _towards(edge, 980, d),
                _towards(edge, 980, c),
            ]
            sheet.fill(pane, PAPER)
        rail = [_towards(edge, 1240, 0), _towards(edge, 1320, 0), (vx, vy)]
        sheet.fill(rail, PAPER)
        rail = [_towards(edge, 1300, 0), _towards(edge, 1330, 0), (vx, vy)]
        sheet.fill(rail, DARK)
    end = [
        _towards(0, 0, 0.84),
        _towards(2880, 0, 0.84),
        _towards(2880, 1920, 0.84),
        _towards(0, 1920, 0.84),
    ]
    sheet.fill(end, PAPER)
    sheet.fill(
        [(vx - 30, 1010), (vx + 30, 1010), (vx + 420, 1920), (vx + 130, 1920)],
        (Ramp(100, 20, (vx, 1010), (vx, 1920)), None),
    )
    alone = Palette(DARK, DARK, DARK, DARK, DARK)
    stand(sheet, CROWD[0], (vx, 1030), 300, alone)
    for i in range(3, -1, -1):
        _bench_seat(sheet, i)
    return sheet


def _bench_seat(sheet: Sheet, i: int) -> None:
    near, far = 0.03 + i * 0.08, 0.095 + i * 0.08
    sheet.fill(
        [
            _towards(2880, 1210, near),
            _towards(2880, 1210, far),
            _towards(2860, 1520, far),
            _towards(2860, 1520, near),
        ],
        DARK,
    )
    seat = [
        _towards(2880, 1500, near),
        _towards(2880, 1500, far),
        _towards(2560, 1560, far),
        _towards(2560, 1560, near),
    ]
    sheet.fill([(x, y + 26) for x, y in seat], BLACK)
    sheet.fill(seat, PAPER)
    sheet.stroke([_towards(2580, 1590, near), _towards(2580, 1900, near)], 14 - 2 * i, BLACK)
