"""Turn a picture file into one for the digital edition: sRGB, small, kept by its content."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from print.output_profile import OutputProfile
from print.pictures import MM_PER_INCH, PictureError, decode, plain
from print.remedies import gettext_noop, reason_of
from print.whole_file import write_whole

RECIPE = "screen-1"
QUALITY = 82


def prepare_for_screen(
    path: Path, profile: OutputProfile, placed_width_mm: float, target_ppi: float, *, folder: Path
) -> Path:
    """The picture as sRGB or grey JPEG without metadata, at most `target_ppi` at its width.

    Embedded profiles are honoured; CMYK without one is read in the press's. Raises PictureError.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise PictureError(
            gettext_noop("picture %(name)s cannot be read (%(reason)s): store the file again"),
            name=path.name,
            reason=reason_of(error),
        ) from None
    facts = f"{RECIPE}|{profile.sha256}|{placed_width_mm:.2f}|{target_ppi:g}|{QUALITY}"
    key = hashlib.sha256(facts.encode() + hashlib.sha256(source).digest()).hexdigest()
    kept = folder / f"{key}.jpg"
    if not kept.is_file():
        write_whole(kept, _converted(path.name, source, profile, placed_width_mm, target_ppi))
    return kept


def _converted(
    name: str, source: bytes, profile: OutputProfile, width_mm: float, target_ppi: float
) -> bytes:
    wanted = max(1, round(width_mm / MM_PER_INCH * target_ppi))
    picture = decode(name, source, wanted)
    icc = picture.info.get("icc_profile") or b""
    picture = _in_srgb(plain(ImageOps.exif_transpose(picture)), icc, profile)
    if picture.width > wanted:
        height = max(1, round(picture.height * wanted / picture.width))
        picture = picture.resize((wanted, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _in_srgb(picture: Image.Image, icc: bytes, profile: OutputProfile) -> Image.Image:
    """The picture under its own profile; without a sound one CMYK is the press's, the rest sRGB."""
    if picture.mode == "L":
        return picture
    own = profile.data if picture.mode == "CMYK" and icc[16:20] != b"CMYK" else icc
    source = (
        ImageCms.createProfile("LAB")
        if picture.mode == "LAB"
        else ImageCms.ImageCmsProfile(BytesIO(own))
        if own
        else None
    )
    if source is None:
        return picture
    try:
        shown = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        shown = None
    return shown or picture.convert("RGB")
