"""Draw the portraits: nine contributors and three people interviewed."""

from functools import partial

from magazine.demo.faces import SIZE, Sitter, draw_face
from magazine.demo.riso import (
    BLACK,
    BRIGHT,
    DARK,
    JAUNE,
    PAPER,
    ROSE,
    SAPIN,
    VIOLET,
    Ink,
    Ramp,
    Sheet,
)

PALE = ((0, 16), (6, 46))
ROSY = ((0, 30), (10, 62))
OLIVE = ((14, 40), (36, 62))
BROWN = ((40, 55), (66, 74))
DEEP = ((52, 60), (80, 78))

SITTERS: dict[str, Sitter] = {
    "ines": Sitter(
        31, BRIGHT, PAPER, *OLIVE, "bob", BLACK, "worker", DARK, PAPER, glasses="round", mouth="wry"
    ),
    "bastien": Sitter(
        32,
        DARK,
        (0, 70),
        *PALE,
        "quiff",
        (0, 100),
        "crew",
        (38, 0),
        BLACK,
        beard="full",
        mouth="level",
        width=350,
        lit_from_left=False,
    ),
    "maud": Sitter(
        33,
        (0, 34),
        DARK,
        *ROSY,
        "curls",
        (0, 100),
        "stripes",
        PAPER,
        DARK,
        mouth="smile",
        extra="freckles",
        width=350,
        jaw=210,
    ),
    "farid": Sitter(
        34,
        PAPER,
        BRIGHT,
        *BROWN,
        "crop",
        BLACK,
        "shirt",
        DARK,
        PAPER,
        beard="goatee",
        extra="strap",
        brow=10,
        disc_at=(1260, 900, 900),
    ),
    "solene": Sitter(
        35,
        DARK,
        PAPER,
        *PALE,
        "bun",
        (0, 100),
        "roll",
        BRIGHT,
        BLACK,
        mouth="full",
        extra="pencil",
        width=335,
        jaw=200,
        lit_from_left=False,
        disc_at=(820, 1000, 820),
    ),
    "theo": Sitter(
        36,
        BRIGHT,
        DARK,
        *ROSY,
        "parting",
        BLACK,
        "suit",
        (46, 0),
        BRIGHT,
        glasses="square",
        beard="moustache",
        width=360,
        jaw=280,
    ),
    "helene": Sitter(
        37,
        (42, 0),
        BRIGHT,
        *PALE,
        "waves",
        PAPER,
        "shawl",
        BLACK,
        BRIGHT,
        glasses="half",
        mouth="level",
        extra="lines",
        width=355,
        jaw=230,
        lit_from_left=False,
    ),
    "karim": Sitter(
        38,
        (0, 100),
        (55, 0),
        *DEEP,
        "locs",
        BLACK,
        "crew",
        PAPER,
        DARK,
        mouth="smile",
        glasses="round",
        width=365,
        jaw=270,
    ),
    "nora": Sitter(
        39,
        PAPER,
        (Ramp(100, 30, (1000, 300), (1000, 2000)), 0),
        *PALE,
        "plait",
        (0, 62),
        "roll",
        DARK,
        BRIGHT,
        mouth="level",
        width=340,
        jaw=200,
        disc_at=(1000, 1400, 1000),
    ),
    "sociologue": Sitter(
        40,
        DARK,
        BRIGHT,
        *DEEP,
        "afro",
        BLACK,
        "shirt",
        PAPER,
        (0, 60),
        mouth="full",
        extra="hoops",
        width=345,
        jaw=220,
        disc_at=(1000, 860, 820),
    ),
    "capitaine": Sitter(
        41,
        (0, 46),
        DARK,
        *ROSY,
        "captain",
        PAPER,
        "suit",
        DARK,
        BLACK,
        beard="full",
        mouth="level",
        width=372,
        jaw=290,
        disc_at=(1000, 2400, 1250),
    ),
    "mediatrice": Sitter(
        42,
        BRIGHT,
        PAPER,
        (12, 42),
        (44, 60),
        "headscarf",
        DARK,
        "worker",
        (64, 0),
        BRIGHT,
        mouth="smile",
        glasses="square",
        width=345,
        jaw=220,
    ),
}


def portrait(who: str, inks: tuple[Ink, Ink] = (SAPIN, ROSE)) -> Sheet:
    """The portrait of one sitter."""
    sitter = SITTERS[who]
    sheet = Sheet(SIZE, inks, sitter.seed, ground=sitter.ground, pitch=15)
    draw_face(sheet, sitter)
    return sheet


DRAWN = {
    who: partial(portrait, who, (VIOLET, JAUNE) if who == "mediatrice" else (SAPIN, ROSE))
    for who in SITTERS
}
