"""Cut the hair, caps and scarves of the portraits, behind the head and over the brow."""

from collections.abc import Callable

from magazine.demo.riso import BLACK, PAPER, Sheet, Tone
from magazine.demo.shapes import Outline, arc, box, chord, curve, disc, ring, rounded, soft, through

CX = 1000


def _fringe(w: float, line: list[tuple[float, float]]) -> Outline:
    """A cap of hair whose lower edge runs along `line` from the right temple to the left."""
    return [*arc(CX, 980, w + 34, 450, 172, 368), *line]


def _bob_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(rounded(CX - w - 120, 640, 2 * w + 240, 900, 420, 420, 60, 60), tone)


def _long_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(rounded(CX - w - 130, 600, 2 * w + 260, 1400, 460, 460, 120, 120), tone)


def _curls_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    for degrees in range(150, 400, 25):
        x, y = arc(CX, 960, w + 60, 400, degrees, degrees + 1)[0]
        sheet.fill(disc(x, y, 190), tone)
    for side in (-1, 1):
        sheet.fill(disc(CX + side * (w + 90), 1220, 180), tone)


def _afro_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(disc(CX, 860, 640, 600), tone)


def _bun_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(disc(CX + 60, 470, 190), tone)
    sheet.fill(box(CX - 40, 600, 210, 50), trim)


def _locs_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    for i in range(11):
        x = CX - 560 + i * 112
        root = (CX + (x - CX) * 0.66, 720 - 120 * (1 - abs(i - 5) / 5))
        foot = (x, 1500 - abs(i - 5) * 38)
        sheet.stroke(curve(root, (x, root[1] + 60), (x, 1100), foot), 106, tone)
    sheet.fill(arc(CX, 900, w + 120, 400, 180, 360), tone)


def _headscarf_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(rounded(CX - w - 130, 500, 2 * w + 260, 1360, 500, 500, 300, 300), tone)
    sheet.fill(soft([(560, 1500), (1440, 1500), (1600, 2100), (400, 2100)], 140), tone)


def _plait_behind(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    for i in range(5):
        sheet.fill(disc(CX + w + 60 - i * 10, 1320 + i * 150, 112 - i * 8, 96), tone)
    sheet.fill(box(CX + w - 40, 1990, 130, 44), trim)


def _bob_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        _fringe(
            w,
            [
                (CX + w + 30, 1120),
                (CX + w - 50, 1120),
                (CX + w - 70, 930),
                (CX - w + 70, 930),
                (CX - w + 50, 1120),
                (CX - w - 30, 1120),
            ],
        ),
        tone,
    )


def _long_and_plait_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        _fringe(
            w,
            [
                (CX + w + 20, 1150),
                *curve((CX + w - 30, 1100), (CX + w - 120, 820), (CX + 60, 760), (CX - 130, 660)),
                *curve((CX - 130, 660), (CX - 200, 780), (CX - w + 60, 860), (CX - w + 20, 1140)),
            ],
        ),
        tone,
    )


def _curls_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    for i, x in enumerate((-300, -140, 30, 190, 320)):
        sheet.fill(disc(CX + x, 690 + (40 if i in (0, 4) else 0), 150), tone)


def _afro_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        _fringe(
            w,
            [
                (CX + w, 960),
                *curve((CX + w - 10, 900), (CX + 200, 720), (CX - 200, 720), (CX - w + 10, 900)),
                (CX - w, 960),
            ],
        ),
        tone,
    )


def _bun_and_locs_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        _fringe(
            w,
            [
                (CX + w + 6, 1010),
                *curve((CX + w - 20, 900), (CX + 220, 700), (CX - 220, 700), (CX - w + 20, 900)),
                (CX - w - 6, 1010),
            ],
        ),
        tone,
    )


def _parting_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        _fringe(
            w - 12,
            [
                (CX + w + 4, 1060),
                (CX + w - 46, 1040),
                (CX + w - 60, 900),
                *curve((CX + w - 80, 830), (CX + 60, 850), (CX - 140, 740), (CX - 170, 690)),
                (CX - w + 60, 900),
                (CX - w + 40, 1040),
                (CX - w - 4, 1060),
            ],
        ),
        tone,
    )


def _quiff_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        soft(
            [
                (CX - w - 10, 1010),
                (CX - w - 20, 760),
                (CX - 340, 520),
                (CX + 100, 440),
                (CX + 430, 500),
                (CX + w + 20, 760),
                (CX + w + 10, 1010),
                (CX + w - 60, 800),
                (CX + 120, 740),
                (CX - w + 70, 800),
            ],
            90,
        ),
        tone,
    )


def _receding_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    for side in (-1, 1):
        sheet.fill(
            [
                (CX + side * (w + 24), 1120),
                *curve(
                    (CX + side * (w + 40), 960),
                    (CX + side * (w + 10), 720),
                    (CX + side * (w - 90), 690),
                    (CX + side * (w - 50), 820),
                ),
                (CX + side * (w - 40), 1080),
            ],
            tone,
        )


def _crop_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        [
            *arc(CX, 980, w + 8, 420, 190, 350),
            *curve((CX + w - 30, 880), (CX + 210, 770), (CX - 210, 770), (CX - w + 30, 880)),
        ],
        tone,
    )


def _waves_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(
        _fringe(
            w,
            [
                (CX + w + 24, 1060),
                (CX + w - 50, 960),
                *through(
                    [
                        (CX + w - 60, 860),
                        (CX + 220, 760),
                        (CX + 90, 800),
                        (CX - 60, 730),
                        (CX - 190, 790),
                        (CX - w + 60, 860),
                    ]
                ),
                (CX - w + 50, 960),
                (CX - w - 24, 1060),
            ],
        ),
        tone,
    )
    for i in range(3):
        sheet.stroke(arc(CX + 40, 1010 - i * 40, 250 + i * 20, 330 + i * 40, 205, 320), 16, trim)


def _captain_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    sheet.fill(box(CX - w - 10, 830, 60, 240), tone)
    sheet.fill(box(CX + w - 50, 830, 60, 240), tone)
    sheet.fill(
        soft(
            [
                (CX - 560, 640),
                (CX - 330, 420),
                (CX + 330, 420),
                (CX + 560, 640),
                (CX + 400, 760),
                (CX - 400, 760),
            ],
            90,
        ),
        PAPER,
    )
    sheet.fill(rounded(CX - 410, 730, 820, 130, 20), BLACK)
    sheet.fill([*chord(CX, 850, 410, 0, 180, 110)], BLACK)
    sheet.fill(disc(CX, 640, 84), trim)
    sheet.fill(ring(CX, 640, 84, 16), BLACK)


def _headscarf_over(sheet: Sheet, w: float, tone: Tone, trim: Tone) -> None:
    hood = arc(CX, 1020, w + 110, 560, 0, 360)
    hole = arc(CX, 1110, w - 22, 440, 0, 360)
    sheet.fill([*hood, hood[0], hole[0], *reversed(hole)], tone)
    sheet.stroke(arc(CX, 1110, w - 10, 452, 190, 350), 34, trim)


Cut = Callable[[Sheet, float, Tone, Tone], None]
BEHIND: dict[str, Cut] = {
    "bob": _bob_behind,
    "long": _long_behind,
    "curls": _curls_behind,
    "afro": _afro_behind,
    "bun": _bun_behind,
    "locs": _locs_behind,
    "headscarf": _headscarf_behind,
    "plait": _plait_behind,
}
OVER: dict[str, Cut] = {
    "bob": _bob_over,
    "long": _long_and_plait_over,
    "plait": _long_and_plait_over,
    "curls": _curls_over,
    "afro": _afro_over,
    "bun": _bun_and_locs_over,
    "locs": _bun_and_locs_over,
    "parting": _parting_over,
    "quiff": _quiff_over,
    "receding": _receding_over,
    "crop": _crop_over,
    "waves": _waves_over,
    "captain": _captain_over,
    "headscarf": _headscarf_over,
}


def behind(sheet: Sheet, style: str, w: float, tone: Tone, trim: Tone) -> None:
    """The hair that hangs behind neck and ears."""
    if style in BEHIND:
        BEHIND[style](sheet, w, tone, trim)


def over(sheet: Sheet, style: str, w: float, tone: Tone, trim: Tone) -> None:
    """The hair over the forehead, or what is worn there."""
    if style in OVER:
        OVER[style](sheet, w, tone, trim)
