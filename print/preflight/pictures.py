"""Read a picture's facts, and how finely it is placed."""

from __future__ import annotations

from typing import Any

from pikepdf import Name

from print.preflight.colours import GRAY, Space, read_space
from print.preflight.geometry import Matrix, scales
from print.preflight.painted import Picture
from print.remedies import gettext_noop

PT_PER_INCH = 72.0
MOST_PIXELS = 1_000_000_000
TOO_LARGE = gettext_noop("a picture says that it has more than a billion pixels")
TOO_SHORT = gettext_noop("a picture holds less than its width and height ask for")
# How much a byte may become at most; other codings have no limit.
GROWTH = {"FlateDecode": 1_032, "RunLengthDecode": 64, "ASCIIHexDecode": 1, "ASCII85Decode": 4}


def read_picture(image: Any, resources: Any, matrix: Matrix) -> Picture:
    """The facts of an image dictionary placed by a matrix (ISO 32000-1, 8.9.5)."""
    width = int(image.get("/Width", image.get("/W", 0)))
    height = int(image.get("/Height", image.get("/H", 0)))
    stencil = bool(image.get("/ImageMask", image.get("/IM", False)))
    bits = 1 if stencil else int(image.get("/BitsPerComponent", image.get("/BPC", 8)))
    filters = image.get("/Filter", image.get("/F", ()))
    names = [filters] if isinstance(filters, Name) else list(filters)
    across, up = scales(matrix)
    space = GRAY if stencil else read_space(image.get("/ColorSpace", image.get("/CS")), resources)
    if not stencil and space.family == "unknown" and "/JPXDecode" in map(str, names):
        space = Space("JPX", 0)
    return Picture(
        width=width,
        height=height,
        bits=bits,
        space=space,
        is_stencil=stencil,
        ppi=(
            width / across * PT_PER_INCH if across else 0.0,
            height / up * PT_PER_INCH if up else 0.0,
        ),
        filters=tuple(str(name)[1:] for name in names),
    )


def doubts_about(image: Any, picture: Picture) -> str:
    """Why a picture can't be what it says it is: too many pixels, too little data; "" where not."""
    if picture.width * picture.height > MOST_PIXELS:
        return TOO_LARGE
    if "/Length" not in image or (not picture.space.count and not picture.is_stencil):
        return ""
    values = 1 if picture.is_stencil else picture.space.count
    needed = (picture.width * picture.bits * values + 7) // 8 * picture.height
    most = float(int(image.Length))
    for name in picture.filters:
        if name not in GROWTH:
            return ""
        most *= GROWTH[name]
    return TOO_SHORT if most < needed else ""
