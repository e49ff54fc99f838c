"""Turn an issue's two inks into the colours of a page, by day and by night."""

import re
from dataclasses import dataclass

Colour = tuple[float, float, float]

HEX = re.compile(r"#[0-9A-Fa-f]{6}")
HOUSE_INKS = ("#0B5A4A", "#FF4F7B")
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
CHARCOAL = (0.055, 0.062, 0.06)
READABLE = 4.5
COMFORTABLE = 7.0


@dataclass(frozen=True)
class Inks:
    """Hexadecimal colours: the inks as printed, and what stands on or beside them.

    `text` reads on white, `text_by_night` on `night`; contrasts follow WCAG 2.2, 1.4.3.
    """

    dark: str
    bright: str
    on_dark: str
    on_bright: str
    text: str
    text_by_night: str
    quiet_by_night: str
    night: str
    board: str

    @property
    def style(self) -> str:
        """Return the custom properties for a `style` attribute."""
        names = {
            "ink-dark": self.dark,
            "ink-bright": self.bright,
            "on-dark": self.on_dark,
            "on-bright": self.on_bright,
            "ink-text": self.text,
            "ink-text-night": self.text_by_night,
            "ink-quiet-night": self.quiet_by_night,
            "night": self.night,
            "board": self.board,
        }
        return ";".join(f"--{name}:{value}" for name, value in names.items())


def mix_inks(dark: str, bright: str) -> Inks:
    """Return the colours that two inks, `#RRGGBB`, give a page; no colours give the house's."""
    if not (HEX.fullmatch(dark or "") and HEX.fullmatch(bright or "")):
        dark, bright = HOUSE_INKS
    deep, loud = _read(dark), _read(bright)
    night = _stepped(_mixed(deep, CHARCOAL, 0.9), BLACK, WHITE, 16.5)
    return Inks(
        dark=dark,
        bright=bright,
        on_dark=_write(_reader_of(deep)),
        on_bright=_write(_reader_of(loud)),
        text=_write(_stepped(deep, BLACK, WHITE, COMFORTABLE)),
        text_by_night=_write(_stepped(loud, WHITE, night, COMFORTABLE)),
        quiet_by_night=_write(_stepped(deep, WHITE, night, READABLE)),
        night=_write(night),
        board=_write(_stepped(_mixed(deep, CHARCOAL, 0.72), BLACK, WHITE, 14)),
    )


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours written `#RRGGBB`, from 1 to 21."""
    return _contrast(_read(one), _read(other))


def _contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _reader_of(ground: Colour) -> Colour:
    return max((WHITE, BLACK), key=lambda text: _contrast(text, ground))


def _stepped(colour: Colour, towards: Colour, ground: Colour, wanted: float) -> Colour:
    """Move a colour towards another, in hundredths, until it reads on the ground."""
    for hundredth in range(101):
        moved = _rounded(_mixed(colour, towards, hundredth / 100))
        if _contrast(moved, ground) >= wanted:
            return moved
    return towards


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _rounded(colour: Colour) -> Colour:
    return _read(_write(colour))


def _read(text: str) -> Colour:
    return int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255


def _write(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour)
