"""Read a picture's facts, and how finely it is placed."""

from __future__ import annotations

from typing import Any

from pikepdf import Name

from print.preflight.colours import GRAY, Space, read_space
from print.preflight.geometry import Matrix, scales
from print.preflight.painted import Picture

PT_PER_INCH = 72.0


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
