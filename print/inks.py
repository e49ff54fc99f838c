"""Turn colours and pictures into the inks of one printing condition, through LittleCMS."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import numpy
from PIL import Image, ImageChops, ImageCms

from print.output_profile import OutputProfile, apply_transform

NEUTRAL = 0.004
GREY_TOLERANCE = 2
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
# What a picture's own profile may be for, by Pillow mode.
SPACES = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY", "LAB": "Lab"}

Cmyk = tuple[float, float, float, float]


class Inks:
    """Conversions to one profile: relative colorimetric with black point compensation.

    Neutrals go to black alone. `limit` is the most ink of all four in percent; where the profile
    lays down more, its colours give way, black stays.
    """

    def __init__(self, profile: OutputProfile, limit: float = 400) -> None:
        self.profile = profile
        self.limit = limit
        self._target = ImageCms.ImageCmsProfile(BytesIO(profile.data))
        self._transforms: dict[tuple[bytes, str], ImageCms.ImageCmsTransform] = {}
        self.rgb = lru_cache(maxsize=None)(self._rgb)
        self.lab = lru_cache(maxsize=None)(self._lab)

    def transform(self, mode: str, icc: bytes = b"") -> ImageCms.ImageCmsTransform:
        """From a Pillow mode, under its own profile if that is sound, otherwise sRGB or D50 Lab."""
        key = (icc, mode)
        if key not in self._transforms:
            self._transforms[key] = self._build(mode, icc)
        return self._transforms[key]

    def _build(self, mode: str, icc: bytes) -> ImageCms.ImageCmsTransform:
        if icc and icc[16:20].decode("latin-1").strip() == SPACES.get(mode):
            try:
                source = ImageCms.ImageCmsProfile(BytesIO(icc))
                return ImageCms.buildTransform(source, self._target, mode, "CMYK", INTENT, FLAGS)
            except (ImageCms.PyCMSError, OSError, ValueError):
                return self._build(mode, b"")
        source = ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
        return ImageCms.buildTransform(source, self._target, mode, "CMYK", INTENT, FLAGS)

    def picture(self, picture: Image.Image, icc: bytes = b"") -> Image.Image:
        """An RGB, Lab or foreign CMYK picture in the press's CMYK, under the limit."""
        return held(apply_transform(picture, self.transform(picture.mode, icc)), self.limit)

    def _rgb(self, red: float, green: float, blue: float, icc: bytes = b"") -> Cmyk:
        """CMYK of one RGB colour, each from 0 to 1; a neutral is black alone."""
        red, green, blue = (min(1.0, max(0.0, value)) for value in (red, green, blue))
        if max(red, green, blue) - min(red, green, blue) < NEUTRAL:
            return (0.0, 0.0, 0.0, round(1 - red, 4))
        dot = Image.new("RGB", (1, 1), tuple(round(value * 255) for value in (red, green, blue)))
        return self._dot(dot, icc)

    def _lab(self, lightness: float, a: float, b: float) -> Cmyk:
        """CMYK of one D50 Lab colour; a neutral is black alone, by its sRGB value."""
        if max(abs(a), abs(b)) < 0.5:
            return (0.0, 0.0, 0.0, round(1 - _srgb_of_lightness(lightness), 4))
        signed = (round(value) & 0xFF for value in (a, b))
        dot = Image.frombytes("LAB", (1, 1), bytes([round(lightness * 2.55), *signed]))
        return self._dot(dot)

    def _dot(self, dot: Image.Image, icc: bytes = b"") -> Cmyk:
        c, m, y, k = (round(value / 255, 4) for value in self.picture(dot, icc).tobytes())
        return (c, m, y, k)


def held(picture: Image.Image, limit: float) -> Image.Image:
    """A CMYK picture with no more ink than `limit` percent anywhere: black stays, colours give way.

    Cyan, magenta and yellow shrink by one factor, so that the hue holds.
    """
    inks = numpy.asarray(picture).astype(numpy.float32)
    most = limit * 2.55
    over = inks.sum(axis=2) > most
    if not over.any():
        return picture
    colours = inks[..., :3].sum(axis=2)
    room = numpy.clip(most - inks[..., 3], 0, None)
    factor = numpy.where(over, room / numpy.maximum(colours, 1), 1.0)
    inks[..., :3] = numpy.floor(inks[..., :3] * factor[..., None])
    return Image.fromarray(inks.astype(numpy.uint8), "CMYK")


def most_ink(picture: Image.Image) -> float:
    """The most ink in percent that any dot of a CMYK picture lays down."""
    return float(numpy.asarray(picture).astype(numpy.uint16).sum(axis=2).max()) / 2.55


def _srgb_of_lightness(lightness: float) -> float:
    """The sRGB value (0 to 1) of a grey of that L* (0 to 100)."""
    luminance = ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3
    if luminance <= 0.0031308:
        return luminance * 12.92
    return min(1.0, 1.055 * luminance ** (1 / 2.4) - 0.055)


def is_grey(picture: Image.Image) -> bool:
    """Whether an RGB picture holds neutrals only, so that black ink alone can print it."""
    red, green, blue = picture.convert("RGB").split()
    pairs = ((red, green), (green, blue), (red, blue))
    return all(
        ImageChops.difference(one, other).getextrema()[1] <= GREY_TOLERANCE for one, other in pairs
    )
