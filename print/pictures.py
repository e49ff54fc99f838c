"""Turn a picture file into one that the press can place untouched, kept by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy
from PIL import Image, ImageCms, ImageFile, ImageOps

from print.inks import Inks, held, is_grey, most_ink
from print.output_profile import OutputProfile
from print.remedies import Remedied, gettext_noop, reason_of
from print.whole_file import write_whole

RECIPE = "4"
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF")
PIXELS_MOST = 150_000_000
MM_PER_INCH = 25.4
SLACK = 1.1
# Line art is never sampled down to greys below what the finest plates show (GWG 2022 R0032).
LINE_ART_PPI = 1200
# JPEG itself wavers by so much around a limit, in percent of ink.
WAVER = 8.0
EXIF_ORIENTATION = 0x0112
# JPEG markers: those that carry a profile, EXIF, Photoshop data or a comment; APP14 must stay.
DROPPED_SEGMENTS = frozenset({0xE1, 0xE2, 0xED, 0xFE})


class PictureError(Remedied):
    """A picture that cannot be printed; `remedy` is one line for the editor."""


@dataclass(frozen=True)
class PreparedPicture:
    """A picture in the press's colours.

    `path` is a JPEG (4:4:4) in CMYK or grey, or a lossless grey PNG of line art; `ppi` is its
    resolution at the width it is placed; `untouched` says that its samples are the author's own.
    """

    path: Path
    colours: str
    width: int
    height: int
    ppi: float
    untouched: bool
    sha256: str


def prepare_picture(
    path: Path,
    profile: OutputProfile,
    placed_width_mm: float,
    target_ppi: float = 300,
    *,
    folder: Path,
    quality: int = 90,
    ink_limit: float = 400,
) -> PreparedPicture:
    """The picture in CMYK or grey, sampled down only above 1.1 times the target.

    Embedded profiles are honoured (RGB without one is sRGB, CMYK the press's own), EXIF orientation
    applied, transparency laid on paper white, and no dot gets more ink than `ink_limit` percent.
    The result is kept in `folder` under the digest of all that it depends on, and made again if
    deleted. Raises PictureError.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise PictureError(
            gettext_noop("picture %(name)s cannot be read (%(reason)s): store the file again"),
            name=path.name,
            reason=reason_of(error),
        ) from None
    facts = (
        f"{RECIPE}|{profile.sha256}|{placed_width_mm:.2f}|{target_ppi:g}|{quality}|{ink_limit:g}"
    )
    key = hashlib.sha256(facts.encode() + hashlib.sha256(source).digest()).hexdigest()
    for kept in (folder / f"{key}.jpg", folder / f"{key}.png"):
        if kept.is_file():
            return _described(kept, source, placed_width_mm)
    inks = _inks(profile, ink_limit)
    data, kind = _convert(path.name, source, inks, placed_width_mm, target_ppi, quality)
    kept = folder / f"{key}.{kind}"
    write_whole(kept, data)
    return _described(kept, source, placed_width_mm)


def _described(kept: Path, source: bytes, placed_width_mm: float) -> PreparedPicture:
    data = kept.read_bytes()
    with Image.open(BytesIO(data)) as picture:
        width, height = picture.size
        colours = picture.mode
    return PreparedPicture(
        path=kept,
        colours=colours,
        width=width,
        height=height,
        ppi=width / (placed_width_mm / MM_PER_INCH),
        untouched=kept.suffix == ".jpg" and data == bare_jpeg(source),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _convert(
    name: str,
    source: bytes,
    inks: Inks,
    width_mm: float,
    target_ppi: float,
    quality: int,
) -> tuple[bytes, str]:
    wanted = round(width_mm / MM_PER_INCH * target_ppi)
    picture = decode(name, source, wanted)
    kind, icc = picture.format, picture.info.get("icc_profile") or b""
    turned = picture.getexif().get(EXIF_ORIENTATION, 1) != 1
    most = round(width_mm / MM_PER_INCH * target_ppi * SLACK)
    width = picture.height if turned and _lies_down(picture) else picture.width
    if kind == "JPEG" and not turned and width <= most and _is_of_the_press(picture, icc, inks):
        return bare_jpeg(source), "jpg"
    line_art = picture.mode == "1"
    if line_art:
        target_ppi = max(target_ppi, LINE_ART_PPI)
        most = round(width_mm / MM_PER_INCH * target_ppi * SLACK)
    if turned:
        picture = ImageOps.exif_transpose(picture)
    picture = plain(picture)
    if picture.width > most:
        width = round(width_mm / MM_PER_INCH * target_ppi)
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if picture.mode == "RGB" and is_grey(picture):
        picture = picture.convert("L")
    elif picture.mode in ("RGB", "LAB") or (picture.mode == "CMYK" and _is_foreign(icc, inks)):
        picture = inks.picture(picture, icc)
    elif picture.mode == "CMYK":
        picture = held(picture, inks.limit)
    written = BytesIO()
    if line_art:
        picture = picture.point(lambda value: 255 if value > 127 else 0)
        picture.save(written, "PNG", optimize=True, icc_profile=b"")
        return written.getvalue(), "png"
    picture.save(written, "JPEG", quality=quality, subsampling=0)
    return written.getvalue(), "jpg"


def _is_of_the_press(picture: Image.Image, icc: bytes, inks: Inks) -> bool:
    """Whether the samples can be printed as they are."""
    if picture.mode == "L":
        return True
    if picture.mode != "CMYK" or _is_foreign(icc, inks):
        return False
    return inks.limit >= 400 or most_ink(picture) <= inks.limit + WAVER


def _is_foreign(icc: bytes, inks: Inks) -> bool:
    """Whether an embedded CMYK profile describes another printing condition than the press's."""
    if icc[16:20] != b"CMYK" or icc == inks.profile.data:
        return False
    try:
        described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(icc)))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False
    return described.strip() != inks.profile.description


@lru_cache(maxsize=4)
def _inks(profile: OutputProfile, limit: float) -> Inks:
    """One set of transforms a profile: building them takes longer than a small picture."""
    return Inks(profile, limit)


def decode(name: str, source: bytes, wanted: int) -> Image.Image:
    """The picture, decoded whole; a JPEG much wider than `wanted` pixels is read smaller.

    Raises PictureError.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture = Image.open(BytesIO(source), formats=FORMATS)
        if picture.width * picture.height > PIXELS_MOST:
            raise PictureError(
                gettext_noop(
                    "picture %(name)s has %(width)s × %(height)s pixels, "
                    "more than %(millions)s million: make it smaller"
                ),
                name=name,
                width=picture.width,
                height=picture.height,
                millions=PIXELS_MOST // 1_000_000,
            )
        # A JPEG far larger than wanted is read at a half, a quarter or an eighth of its size.
        picture.draft("", (1, wanted) if _lies_down(picture) else (wanted, 1))
        picture.load()
    except PictureError:
        raise
    except Exception:
        # A decoder raises whatever a damaged file makes it raise.
        raise PictureError(
            gettext_noop(
                "picture %(name)s is damaged or in a format that we do not print: "
                "save it again as JPEG, PNG or TIFF"
            ),
            name=name,
        ) from None
    return picture


def _lies_down(picture: Image.Image) -> bool:
    return picture.getexif().get(EXIF_ORIENTATION, 1) >= 5


def plain(picture: Image.Image) -> Image.Image:
    """The picture as L, RGB, LAB or CMYK, 8 bits, without transparency."""
    if picture.mode.startswith("I") or picture.mode == "F":
        samples = numpy.asarray(picture).astype(numpy.float64)
        most = 65535.0 if picture.mode != "F" else max(1.0, float(samples.max(initial=1)))
        eight = numpy.clip(samples / most * 255 + 0.5, 0, 255).astype(numpy.uint8)
        return Image.fromarray(eight)
    if picture.mode == "LA":
        paper = Image.new("L", picture.size, 255)
        paper.paste(picture.getchannel("L"), mask=picture.getchannel("A"))
        return paper
    if picture.mode in ("RGBA", "RGBa", "La", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGB", clear.size, (255, 255, 255))
        paper.paste(clear.convert("RGB"), mask=clear.getchannel("A"))
        return paper
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "RGB", "LAB", "CMYK") else picture.convert("RGB")


def bare_jpeg(source: bytes) -> bytes:
    """A JPEG without its profile, EXIF, Photoshop data and comments; its samples untouched.

    Anything that is not a well-formed JPEG comes back as it is.
    """
    if source[:2] != b"\xff\xd8":
        return source
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(source) and source[at] == 0xFF:
        marker = source[at + 1]
        end = at + 2 + int.from_bytes(source[at + 2 : at + 4], "big")
        if marker == 0xDA:
            return bytes(kept + source[at:])
        if marker not in DROPPED_SEGMENTS:
            kept += source[at:end]
        at = end
    return source
