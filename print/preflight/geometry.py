"""Place things on a page: matrices and boxes, in points, origin as the page has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, inf, isfinite

# a b c d e f of ISO 32000-1, 8.3.3: x' = ax + cy + e, y' = bx + dy + f.
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
PT_PER_MM = 72 / 25.4


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def matrix_of(numbers: Iterable[object]) -> Matrix:
    """Six numbers as a matrix; the identity where they are not six finite numbers."""
    try:
        a, b, c, d, e, f = map(float, numbers)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return IDENTITY
    return (a, b, c, d, e, f) if isfinite(a + b + c + d + e + f) else IDENTITY


def scales(matrix: Matrix) -> tuple[float, float]:
    """The lengths that a unit along x and along y come to."""
    a, b, c, d, _, _ = matrix
    return hypot(a, b), hypot(c, d)


def scale(matrix: Matrix) -> float:
    """One number for how much a matrix enlarges."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle, left, bottom, right, top, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.top - self.bottom

    def meets(self, other: Box, slack: float = 0.0) -> bool:
        """Tell whether they have more than `slack` points in common each way."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.top, other.top) - max(self.bottom, other.bottom) > slack
        )

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Tell whether the other lies inside, but for `slack` points."""
        return (
            other.left >= self.left - slack
            and other.bottom >= self.bottom - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    def inset(self, by: float) -> Box:
        """The box less `by` points on every side."""
        return Box(self.left + by, self.bottom + by, self.right - by, self.top - by)

    def cut(self, other: Box) -> Box:
        """What both have in common; it may be empty or worse."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing fits in it."""
        return self.right < self.left or self.top < self.bottom


EVERYWHERE = Box(-inf, -inf, inf, inf)


def box_of(numbers: object) -> Box | None:
    """Four numbers of a PDF rectangle, corners in any order; None where they are not that."""
    try:
        values = [float(number) for number in numbers]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    if len(values) != 4 or not all(isfinite(value) for value in values):
        return None
    x, y, v, w = values
    return Box(min(x, v), min(y, w), max(x, v), max(y, w))


def around(points: Sequence[tuple[float, float]], matrix: Matrix = IDENTITY) -> Box | None:
    """The box around points after a matrix; None without points."""
    if not points:
        return None
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return Box(min(across), min(up), max(across), max(up))


def unit_square(matrix: Matrix) -> Box:
    """Where the unit square comes to lie: the place of a picture."""
    found = around(((0, 0), (1, 0), (0, 1), (1, 1)), matrix)
    assert found is not None  # noqa: S101  four points always have a box
    return found
