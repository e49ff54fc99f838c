"""Set down the paper of a waiting hall: envelopes, forms and tickets."""

import math

from magazine.demo.riso import PAPER, Sheet, Tone
from magazine.demo.shapes import Outline, Point, box, shift, turn


def envelope(
    sheet: Sheet,
    at: Point,
    width: float,
    degrees: float,
    paper: Tone,
    line: Tone,
    seal: Tone | None = None,
    back: bool = True,
) -> None:
    """An envelope about its middle: its flap, or its address and stamp."""
    w, h = width, width * 0.64

    def on(outline: Outline) -> Outline:
        return shift(turn(outline, degrees), *at)

    thick = width * 0.022
    body = box(-w / 2, -h / 2, w, h)
    sheet.fill(on(body), paper)
    for a, b in zip(body, [*body[1:], body[0]], strict=True):
        sheet.stroke(on([a, b]), thick, line)
    if back:
        sheet.stroke(on([(-w / 2, -h / 2), (0, h * 0.1), (w / 2, -h / 2)]), thick, line)
        if seal is not None:
            centre = on([(0, h * 0.06)])[0]
            sheet.dots([centre], w * 0.075, seal)
        return
    for i, share in enumerate((0.46, 0.38, 0.22)):
        y = h * (0.06 + 0.12 * i)
        sheet.stroke(on([(-w * 0.06, y), (-w * 0.06 + w * share, y)]), thick, line)
    if seal is not None:
        sheet.fill(on(box(w * 0.3, -h * 0.4, w * 0.13, h * 0.24)), seal)


def form(
    sheet: Sheet,
    at: Point,
    width: float,
    degrees: float,
    line: Tone,
    tick: Tone,
    paper: Tone = PAPER,
    seed: int = 0,
) -> None:
    """A printed form about its middle: a head, boxes to tick, comb fields and a signature."""
    w, h = width, width * 1.414

    def on(outline: Outline) -> Outline:
        return shift(turn(outline, degrees), *at)

    sheet.fill(on(box(-w / 2, -h / 2, w, h)), paper)
    left, top = -w * 0.4, -h * 0.42
    sheet.fill(on(box(left, top, w * 0.8, h * 0.07)), line)
    for row in range(4):
        y = top + h * (0.13 + 0.1 * row)
        side = w * 0.052
        sheet.fill(on(box(left, y, side, side)), line)
        if row != (seed + 1) % 4:
            sheet.fill(on(box(left + w * 0.01, y + w * 0.01, w * 0.032, w * 0.032)), paper)
        else:
            cross = [(left - w * 0.02, y - w * 0.02), (left + side + w * 0.02, y + side + w * 0.02)]
            sheet.stroke(on(cross), w * 0.02, tick)
            mirrored = [(cross[0][0], cross[1][1]), (cross[1][0], cross[0][1])]
            sheet.stroke(on(mirrored), w * 0.02, tick)
        reach = w * (0.62 - 0.13 * ((row * 7 + seed * 3) % 4))
        sheet.fill(on(box(left + w * 0.1, y + side * 0.2, reach, side * 0.5)), line)
    for row in range(2):
        y = top + h * (0.56 + 0.1 * row)
        for cell in range(11):
            sheet.stroke(
                on([(left + w * 0.08 * cell, y), (left + w * 0.08 * cell, y + h * 0.045)]),
                w * 0.006,
                line,
            )
        sheet.stroke(on([(left, y + h * 0.045), (left + w * 0.8, y + h * 0.045)]), w * 0.006, line)
    waves = [w * 0.05 * math.sin(i * 1.9) for i in range(12)]
    sign = [(left + w * (0.42 + 0.03 * i), h * 0.38 + wave) for i, wave in enumerate(waves)]
    sheet.stroke(on(sign), w * 0.014, tick)
