"""Choose the ink of a job in spot inks for each colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from print.content_inks import grey_of
from print.inks import Cmyk
from print.remedies import Remedied, gettext_noop

SAME = 0.012


class SpotError(Remedied):
    """A colour that can't be turned into the job's inks; `remedy` is one line."""


@dataclass(frozen=True)
class SpotInk:
    """A spot ink: its name on the plate, and the CMYK by which it is shown on screen."""

    name: str
    cmyk: Cmyk

    @property
    def darkness(self) -> float:
        """From 0 (paper) to 1 (black)."""
        return 1 - grey_of(self.cmyk)


@dataclass(frozen=True)
class Tint:
    """So much (0 to 1) of the ink of that index."""

    ink: int
    share: float


class SpotJob:
    """The inks of a job, one or more; `darkest` is the index of the one that stands for black.

    `keeps_process` leaves all that is not painted in an ink's own colour to the four colours.
    """

    def __init__(self, inks: Sequence[SpotInk], *, keeps_process: bool = False) -> None:
        if not inks:
            raise SpotError(gettext_noop("the press profile names no ink: give it one at least"))
        self.inks = tuple(inks)
        self.keeps_process = keeps_process
        self.darkest = max(range(len(inks)), key=lambda at: inks[at].darkness)

    @property
    def second(self) -> int | None:
        """The index of the ink that pictures share with the darkest one; None where it is alone."""
        others = [at for at in range(len(self.inks)) if at != self.darkest]
        return min(others) if others else None

    def tint(self, colour: Cmyk) -> Tint | None:
        """The ink and its share for one CMYK colour; None where it stays as it is."""
        for at, ink in enumerate(self.inks):
            strongest = max(range(4), key=lambda channel: ink.cmyk[channel])
            share = colour[strongest] / ink.cmyk[strongest] if ink.cmyk[strongest] else 0.0
            same = all(abs(colour[c] - share * ink.cmyk[c]) <= SAME for c in range(4))
            if 0 < share <= 1 + SAME and same:
                return Tint(at, round(min(1.0, share), 4))
        if self.keeps_process:
            return None
        return Tint(self.darkest, round(1 - grey_of(colour), 4))
