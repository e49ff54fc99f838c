"""Compare what was drawn with a picture kept in the tree.

`KEEP_PICTURES=yes` writes the pictures anew, to be looked at and committed.
"""

import os
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

KEPT = Path(__file__).parent / "data" / "pictures"
WIDTH = 420
# Mean difference of the softened grey pictures, of 255: room for another renderer's edges only.
TOLERANCE = 2.5


def assert_looks_like(picture: Image.Image, name: str) -> None:
    """Fail where `picture` differs from the kept one, and leave what was drawn beside it."""
    height = round(picture.height * WIDTH / picture.width)
    drawn = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    path = KEPT / f"{name}.png"
    if os.environ.get("KEEP_PICTURES"):
        path.parent.mkdir(parents=True, exist_ok=True)
        drawn.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.exists(), f"{path} is missing: run once with KEEP_PICTURES=yes and look at it."
    with Image.open(path) as kept:
        wanted = kept.convert("RGB")
    assert drawn.size == wanted.size, f"{name}: {drawn.size}, wanted {wanted.size}"
    difference = ImageStat.Stat(ImageChops.difference(_softened(drawn), _softened(wanted))).mean
    if max(difference) > TOLERANCE:
        rejected = path.with_suffix(".rejected.png")
        drawn.save(rejected)
        raise AssertionError(f"{name} differs by {max(difference):.1f} of 255: see {rejected}")


def _softened(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(2))
