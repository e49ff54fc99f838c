"""Read the ICC profile of a printing condition, and refuse one that cannot print."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

from print.icc import COATED
from print.remedies import Remedied, gettext_noop, reason_of

HEADER_SIZE = 128
GRID = 17


class IccError(Remedied):
    """A profile that cannot serve as output intent; `remedy` is one line for the operator."""


@dataclass(frozen=True)
class OutputProfile:
    """A CMYK printer profile: its bytes, what it says of itself, and their sha256."""

    data: bytes
    description: str
    version: str
    sha256: str

    def __repr__(self) -> str:
        return f"OutputProfile({self.description!r}, {self.sha256[:8]})"


@cache
def read_output_profile(path: Path = COATED) -> OutputProfile:
    """The profile in a file, checked. Raises IccError.

    PDF/X-4 (ISO 15930-7, 6.2.2) wants a profile of class prtr; GWG 2022 R0035 wants it in CMYK.
    """
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IccError(
            gettext_noop(
                "ICC profile %(name)s cannot be read (%(reason)s): "
                "choose another profile or fetch it again from its publisher"
            ),
            name=name,
            reason=reason_of(error),
        ) from None
    return check_output_profile(name, data)


def check_output_profile(name: str, data: bytes) -> OutputProfile:
    """The profile in the bytes of a file of that name, as `read_output_profile` wants it."""
    if len(data) < HEADER_SIZE or data[36:40] != b"acsp":
        raise IccError(
            gettext_noop(
                "%(name)s is not an ICC profile: "
                "choose another profile or fetch it again from its publisher"
            ),
            name=name,
        )
    if struct.unpack(">I", data[:4])[0] != len(data):
        raise IccError(
            gettext_noop(
                "ICC profile %(name)s is cut short: "
                "choose another profile or fetch it again from its publisher"
            ),
            name=name,
        )
    space = data[16:20].decode("latin-1").strip()
    device = data[12:16].decode("latin-1").strip()
    if space != "CMYK" or device != "prtr":
        raise IccError(
            gettext_noop(
                "ICC profile %(name)s is for %(space)s %(device)s, not for a CMYK press: "
                "choose another profile or fetch it again from its publisher"
            ),
            name=name,
            space=space,
            device=device,
        )
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(data))
        description = ImageCms.getProfileDescription(opened).strip()
        _to_cmyk_transform(data)
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise IccError(
            gettext_noop(
                "ICC profile %(name)s is damaged: "
                "choose another profile or fetch it again from its publisher"
            ),
            name=name,
        ) from None
    return OutputProfile(
        data=data,
        description=description or Path(name).stem,
        version=f"{data[8]}.{data[9] >> 4}",
        sha256=hashlib.sha256(data).hexdigest(),
    )


def ink_limit(profile: OutputProfile) -> float:
    """The most ink, in percent, that the profile lays down for any sRGB colour (17³ measured)."""
    steps = [round(index * 255 / (GRID - 1)) for index in range(GRID)]
    grid = bytes(value for r in steps for g in steps for b in steps for value in (r, g, b))
    picture = Image.frombytes("RGB", (GRID * GRID, GRID), grid)
    raw = apply_transform(picture, _to_cmyk_transform(profile.data)).tobytes()
    return max(sum(raw[at : at + 4]) for at in range(0, len(raw), 4)) / 255 * 100


def apply_transform(picture: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    """The picture after a LittleCMS transform, as a new picture."""
    return transform.apply(picture)


def _to_cmyk_transform(data: bytes) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(data)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
