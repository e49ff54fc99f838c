"""Outline flat shapes as lists of points, in pixels of the finished picture."""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Outline = list[Point]


def box(x: float, y: float, w: float, h: float) -> Outline:
    """A rectangle from its top left corner."""
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Outline:
    """Points along an ellipse; degrees, clockwise from three o'clock, as a clock reads."""
    steps = max(6, int(abs(end - start) / 360 * (44 + min(190, max(rx, ry) / 3))))
    turns = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns]


def disc(cx: float, cy: float, rx: float, ry: float | None = None) -> Outline:
    """A full disc or ellipse."""
    return arc(cx, cy, rx, rx if ry is None else ry, 0, 360)


def sector(cx: float, cy: float, r: float, start: float, end: float) -> Outline:
    """A slice of a disc, with its centre."""
    return [(cx, cy), *arc(cx, cy, r, r, start, end)]


def chord(
    cx: float, cy: float, rx: float, start: float, end: float, ry: float | None = None
) -> Outline:
    """A piece of a disc cut off by a straight line (180 to 360 is the upper half)."""
    return arc(cx, cy, rx, rx if ry is None else ry, start, end)


def ring(
    cx: float, cy: float, r: float, width: float, start: float = 0, end: float = 360
) -> Outline:
    """A band of `width` inside radius `r`, whole or in part."""
    return [*arc(cx, cy, r, r, start, end), *arc(cx, cy, r - width, r - width, end, start)]


def rounded(x: float, y: float, w: float, h: float, *radii: float) -> Outline:
    """A rectangle with round corners: one radius, or four from the top left, clockwise."""
    tl, tr, br, bl = radii if len(radii) == 4 else (radii[0],) * 4
    return [
        *arc(x + tl, y + tl, tl, tl, 180, 270),
        *arc(x + w - tr, y + tr, tr, tr, 270, 360),
        *arc(x + w - br, y + h - br, br, br, 0, 90),
        *arc(x + bl, y + h - bl, bl, bl, 90, 180),
    ]


def quad(a: Point, b: Point, width_a: float, width_b: float | None = None) -> Outline:
    """A bar from `a` to `b`, square at its ends, that may taper."""
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    nx, ny = -(b[1] - a[1]) / length / 2, (b[0] - a[0]) / length / 2
    wb = width_a if width_b is None else width_b
    return [
        (a[0] + nx * width_a, a[1] + ny * width_a),
        (b[0] + nx * wb, b[1] + ny * wb),
        (b[0] - nx * wb, b[1] - ny * wb),
        (a[0] - nx * width_a, a[1] - ny * width_a),
    ]


def curve(p0: Point, p1: Point, p2: Point, p3: Point, steps: int = 40) -> Outline:
    """A cubic Bézier curve."""
    points = []
    for i in range(steps + 1):
        t = i / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(
            (
                a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
            )
        )
    return points


def through(points: Sequence[Point], steps: int = 12) -> Outline:
    """A smooth line through every point (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    line: Outline = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        p1 = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        p2 = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        line.extend(curve(b, p1, p2, c, steps))
    return line


def soft(points: Sequence[Point], radius: float) -> Outline:
    """An outline with every corner rounded off, `radius` pixels before and after it."""
    line: Outline = []
    for a, b, c in zip([points[-1], *points], points, [*points[1:], points[0]], strict=False):
        before, after = math.dist(a, b) or 1.0, math.dist(b, c) or 1.0
        r, q = min(radius / before, 0.5), min(radius / after, 0.5)
        start = (b[0] + (a[0] - b[0]) * r, b[1] + (a[1] - b[1]) * r)
        end = (b[0] + (c[0] - b[0]) * q, b[1] + (c[1] - b[1]) * q)
        line.extend(curve(start, b, b, end, 8))
    return line


def shift(points: Sequence[Point], dx: float, dy: float) -> Outline:
    """The same outline elsewhere."""
    return [(x + dx, y + dy) for x, y in points]


def turn(points: Sequence[Point], degrees: float, about: Point = (0, 0)) -> Outline:
    """The outline turned clockwise about a point."""
    t = math.radians(degrees)
    c, s, (ax, ay) = math.cos(t), math.sin(t), about
    return [(ax + (x - ax) * c - (y - ay) * s, ay + (x - ax) * s + (y - ay) * c) for x, y in points]


def place(points: Sequence[Point], x: float, y: float, scale: float, flip: bool = False) -> Outline:
    """An outline drawn round the origin, set down at (x, y), mirrored on demand."""
    sx = -scale if flip else scale
    return [(x + px * sx, y + py * scale) for px, py in points]


def ticket(w: float, h: float, notch: float, teeth: int = 0, torn: Sequence[float] = ()) -> Outline:
    """A ticket about the origin: side notches at mid-height, round teeth above, a torn foot.

    `torn` gives the foot's heights, left to right, as offsets in pixels; none makes it straight.
    """
    left, right, top, foot = -w / 2, w / 2, -h / 2, h / 2
    line: Outline = [(left, top)]
    pitch = w / teeth if teeth else 0
    for i in range(teeth):
        line.extend(arc(left + pitch * (i + 0.5), top, pitch * 0.3, pitch * 0.3, 180, 0))
    line.append((right, top))
    line.extend(arc(right, 0, notch, notch, 270, 90))
    line.append((right, foot))
    for i, offset in enumerate(reversed(torn)):
        line.append((right - w * (i + 0.5) / len(torn), foot + offset))
    line.append((left, foot))
    line.extend(arc(left, 0, notch, notch, 90, -90))
    return line
