"""Stand silhouettes of people on a sheet, each in a coat, with hair and a thing of their own."""

from dataclasses import dataclass, replace

from magazine.demo.accessories import (
    ARM_AT_REST,
    ARMS,
    BEHIND_THE_HAND,
    CAP_OF_HAIR,
    HAIR,
    OVER_THE_HAND,
    Palette,
    Scissors,
)
from magazine.demo.riso import BLACK, BRIGHT, DARK, PAPER, Sheet
from magazine.demo.shapes import Outline, box, chord, disc, quad, rounded, soft

COATS: dict[str, Outline] = {
    "long": [
        (-6, -82),
        (4, -82),
        (11, -77),
        (13, -60),
        (15, -24),
        (-14, -24),
        (-13, -60),
        (-12, -76),
    ],
    "jacket": [
        (-6, -82),
        (4, -82),
        (12, -77),
        (12, -46),
        (-12, -46),
        (-13, -76),
    ],
    "flared": [
        (-5, -82),
        (4, -82),
        (10, -76),
        (8, -58),
        (19, -22),
        (-18, -22),
        (-8, -58),
        (-11, -76),
    ],
    "cape": [(-5, -82), (4, -82), (12, -74), (20, -40), (-19, -40), (-12, -74)],
    "parka": [
        *rounded(-14, -83, 28, 46, 9, 9, 4, 4),
    ],
    "tunic": [
        (-6, -82),
        (4, -82),
        (11, -77),
        (12, -40),
        (10, -34),
        (-11, -34),
        (-12, -40),
        (-12, -76),
    ],
}
FAR = 62
HEMS = {"long": -24, "jacket": -46, "flared": -22, "cape": -40, "parka": -37, "tunic": -34}


@dataclass(frozen=True)
class Person:
    """What one silhouette wears and holds; `height` in pixels, sole to crown of a grown-up."""

    coat: str = "long"
    hair: str = "short"
    holds: str = ""
    stride: float = 5
    girth: float = 1.0
    stature: float = 1.0


ON_BRIGHT = [
    Palette(DARK, (0, 22), BLACK, BLACK, PAPER),
    Palette(PAPER, (70, 55), BLACK, DARK, DARK),
    Palette(BLACK, (0, 40), DARK, DARK, PAPER),
    Palette((38, 0), (30, 45), BLACK, BLACK, DARK),
    Palette(DARK, (85, 60), BLACK, BLACK, (30, 0)),
    Palette(PAPER, (0, 22), (60, 0), BLACK, BLACK),
    Palette((0, 30), (45, 50), BLACK, DARK, BLACK),
]
ON_PAPER = [
    Palette(DARK, (0, 22), BLACK, DARK, BRIGHT),
    Palette(BRIGHT, (70, 55), BLACK, DARK, DARK),
    Palette((38, 0), (0, 35), DARK, BLACK, BRIGHT),
    Palette(BLACK, (20, 40), DARK, BLACK, BRIGHT),
    Palette((0, 35), (85, 60), BLACK, DARK, DARK),
    Palette(DARK, (0, 22), BRIGHT, BLACK, (0, 45)),
    Palette(BRIGHT, (0, 18), DARK, BLACK, BLACK),
]

CROWD = [
    Person("long", "bob", "bag"),
    Person("jacket", "short", "suitcase", girth=1.15),
    Person("flared", "bun", "child", stature=0.96),
    Person("parka", "cap", "phone", stride=7),
    Person("tunic", "bald", "paper", girth=1.1),
    Person("cape", "hat", "umbrella", stature=0.98),
    Person("jacket", "curls", "rucksack", stride=6, stature=1.04),
    Person("long", "scarf", "basket", girth=1.2, stature=0.92),
    Person("flared", "long", "flowers"),
    Person("parka", "beret", "cane", girth=1.05, stature=0.95, stride=4),
    Person("tunic", "topknot", "parcel", stature=1.02),
    Person("long", "hat", "dog", stature=1.03),
    Person("jacket", "ponytail", "watch", stride=6, stature=0.97),
]


def stand(
    sheet: Sheet,
    person: Person,
    at: tuple[float, float],
    height: float,
    palette: Palette,
    faces_left: bool = False,
) -> None:
    """Stand one person with the soles at `at`."""
    unit = height * person.stature / 100

    cut = Scissors(sheet, at, unit, faces_left)
    if person.holds == "child":
        young = replace(CROWD[6], holds="balloon", stature=1.0)
        x = at[0] + (26 if not faces_left else -26) * unit
        stand(sheet, young, (x, at[1]), height * 0.55, palette, faces_left)
    if person.holds == "rucksack":
        cut.put(rounded(-25, -80, 17, 32, 7), palette.thing)
    hem = HEMS[person.coat]
    cut.put(quad((-5, hem - 4), (-3 - person.stride, -3), 8, 5.5), palette.legs, person.girth)
    cut.put(quad((5, hem - 4), (3 + person.stride * 0.6, -3), 8, 5.5), palette.legs, person.girth)
    for x in (-5.5 - person.stride, 0.5 + person.stride * 0.6):
        cut.put(chord(x + 4.5, 0, 6.5, 180, 360, 5), palette.legs)
    cut.put(box(-3, -87, 6, 8), palette.skin)
    cut.put(soft(COATS[person.coat], 5), palette.coat, person.girth)
    cut.put(disc(0.5, -92, 7.6, 8.6), palette.skin)
    cut.put([(6.5, -95), (10.6, -90), (6.8, -88.6)], palette.skin)
    if height < FAR:
        cut.set_down(CAP_OF_HAIR[:1], palette)
        return
    cut.set_down(HAIR[person.hair], palette)
    cut.set_down(BEHIND_THE_HAND.get(person.holds, ()), palette)
    arm = ARMS.get(person.holds, ARM_AT_REST)
    if palette.coat != palette.skin:
        cut.line(arm, 7.6, DARK if palette.coat == PAPER else palette.rim)
    cut.line(arm[:2], 6.4, palette.coat)
    cut.line(arm[1:], 5.6, palette.coat)
    cut.put(disc(*arm[-1], 3.2), palette.skin)
    cut.set_down(OVER_THE_HAND.get(person.holds, ()), palette)
