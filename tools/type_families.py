"""Which families the fanzine is set in: their packages, faces, signs and features."""

from dataclasses import dataclass

# What a French page may hold.
CHARACTERS = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A: Œ œ Ÿ, and the names of our neighbours
    (0x0218, 0x021B),  # Ș Ț
    (0x1D49, 0x1D49),  # ᵉ
    (0x1E9E, 0x1E9E),  # ẞ
    (0x2000, 0x206F),  # General punctuation: U+202F, U+2009, U+2011, dashes, quotes, …
    (0x2070, 0x209F),  # Superscripts and subscripts
    (0x20AC, 0x20AC),  # €
    (0x2116, 0x2116),  # №
    (0x2122, 0x2122),  # ™
    (0x2150, 0x215E),  # Fractions
    (0x2190, 0x2199),  # Arrows
    (0x2212, 0x2212),  # −
    (0x2248, 0x2248),  # ≈
    (0x2260, 0x2265),  # ≠ ≤ ≥
)

# What nearly every French page holds: all that a first article fetches. The rest is in files of
# their own, which browsers fetch where a page has one of their signs.
CORE = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x0152, 0x0153),  # Œ œ
    (0x0178, 0x0178),  # Ÿ
    (0x1D49, 0x1D49),
    (0x2002, 0x200B),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x202F),
    (0x2030, 0x2030),
    (0x2039, 0x203A),
    (0x2060, 0x2060),
    (0x2070, 0x2079),
    (0x20AC, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)

SHAPING = ("ccmp", "locl", "kern", "liga")
# What the style sheet asks for, and no more.
FIGURES = ("onum", "lnum", "tnum")
SMALL_CAPS = ("smcp", "c2sc")
TITLE = (*SHAPING, "case", *FIGURES)


@dataclass(frozen=True)
class Face:
    """One static font: its file in the package's folder, and the features its web font keeps."""

    member: str
    weight: int
    style: str
    features: tuple[str, ...]

    @property
    def ttf(self) -> str:
        """The name of the complete font, as upstream has it."""
        return self.member.rpartition("/")[2]


@dataclass(frozen=True)
class Family:
    """A family as an npm package holds it: complete static fonts beside their licence.

    `own_name` is what our altered fonts call themselves inside, where the name is reserved.
    """

    name: str
    folder: str
    version: str
    integrity: str
    own_name: str
    faces: tuple[Face, ...]

    @property
    def package(self) -> str:
        """The npm package, with its exact version."""
        return f"@expo-google-fonts/{self.folder}@{self.version}"

    def woff2(self, face: Face, part: str = "") -> str:
        """The name of a face's web font: family, weight, the style unless it is upright, part."""
        slope = "" if face.style == "normal" else f"-{face.style}"
        return f"{self.folder}-{face.weight}{slope}{part}.woff2"


def signs_of(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    """Return every sign of some ranges."""
    return {sign for first, last in ranges for sign in range(first, last + 1)}


# The parts of each face, by what is added to its name.
PARTS = {"": signs_of(CORE), "-plus": signs_of(CHARACTERS) - signs_of(CORE)}


def ranges_of(signs: set[int]) -> str:
    """Write signs as a style sheet's `unicode-range`."""
    written = []
    for sign in sorted(signs):
        if written and written[-1][1] == sign - 1:
            written[-1][1] = sign
        else:
            written.append([sign, sign])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in written)


FAMILIES = (
    Family(
        "Source Serif 4",
        "source-serif-4",
        "0.4.1",
        "Ej4UXDjW1kwYPHG8YLq6fK1bqnJGb3K35J3S5atSL0ScKFAFLKvndxoTWeCls7mybtlS9x99hzwDeXCBkiI3rA==",
        "Couture Serif",
        tuple(
            Face(f"{folder}/SourceSerif4_{folder}.ttf", weight, style, (*features, *SHAPING))
            for folder, weight, style, features in (
                ("400Regular", 400, "normal", SMALL_CAPS + FIGURES),
                ("400Regular_Italic", 400, "italic", FIGURES),
                ("600SemiBold", 600, "normal", FIGURES),
                ("600SemiBold_Italic", 600, "italic", FIGURES),
            )
        ),
    ),
    Family(
        "Bricolage Grotesque",
        "bricolage-grotesque",
        "0.4.1",
        "uijLLg+thOrFgw+gXtYA3dQJTBqqqleabcNFpamaYXqUUcbFe0J18C+4nfL0CyGzSJUicxUBLY4Zv7jdHmTGMA==",
        "Bricolage Grotesque",
        tuple(
            Face(f"{folder}/BricolageGrotesque_{folder}.ttf", weight, "normal", TITLE)
            for folder, weight in (
                ("200ExtraLight", 200),
                ("400Regular", 400),
                ("700Bold", 700),
                ("800ExtraBold", 800),
            )
        ),
    ),
)
