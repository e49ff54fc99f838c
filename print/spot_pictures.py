"""Read the CMYK samples of a picture in a press file, and share them between two inks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from print.inks import Cmyk
from print.remedies import Remedied, gettext_noop


class SamplesError(Remedied):
    """A picture that can't be decoded; `remedy` is one line."""


def cmyk_samples(image: Any) -> np.ndarray:
    """The samples (height × width × 4, 0 to 255, 255 full ink) of a DeviceCMYK picture.

    Adobe's CMYK JPEGs are stored inverted and say so in Decode: both are undone.
    """
    filters = image.get("/Filter", ())
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    try:
        if names and str(names[-1]) in ("/DCTDecode", "/JPXDecode"):
            return _from_jpeg(image)
        size = (int(image.Height), int(image.Width), 4)
        samples = np.frombuffer(image.read_bytes(), np.uint8)[: size[0] * size[1] * 4]
        return _decoded(image, samples.reshape(size))
    except (OSError, ValueError, pikepdf.PdfError) as error:
        raise SamplesError(
            gettext_noop("a picture in the press file can’t be decoded: replace it")
        ) from error


def _from_jpeg(image: Any) -> np.ndarray:
    with Image.open(BytesIO(image.read_raw_bytes())) as picture:
        # Pillow turns Adobe's inverted inks round by itself; the PDF's Decode says it again.
        inverted = picture.info.get("adobe_transform") is not None or "adobe" in picture.info
        samples = np.asarray(picture.convert("CMYK") if picture.mode != "CMYK" else picture)
    decode = [float(value) for value in image.get("/Decode", [])]
    if decode[:2] == [1, 0]:
        return samples if inverted else 255 - samples
    return 255 - samples if inverted else samples


def _decoded(image: Any, samples: np.ndarray) -> np.ndarray:
    decode = [float(value) for value in image.get("/Decode", [])]
    return 255 - samples if decode[:2] == [1, 0] else samples


def split(inks: np.ndarray, dark: Cmyk, bright: Cmyk | None) -> np.ndarray:
    """Share a picture's CMYK (height × width × 4, 0 to 255) between two inks (… × 2).

    Black and the grey that the three colours have in common go to the dark ink. What colour is
    left is made up of both inks as nearly as their own cyan, magenta and yellow allow (least
    squares, no ink below nothing). Without a bright ink, luminosity alone counts.
    """
    values = inks.astype(np.float32) / 255
    if bright is None:
        weights = np.array([0.3, 0.59, 0.11, 1.0], dtype=np.float32)
        grey = np.clip(values @ weights, 0, 1)
        return _bytes(np.dstack([grey, np.zeros_like(grey)]))
    common = values[..., :3].min(axis=2)
    left = values[..., :3] - common[..., None]
    one, two = (np.array(ink[:3], dtype=np.float32) for ink in (dark, bright))
    own, both, other = float(one @ one), float(one @ two), float(two @ two)
    first, second = left @ one, left @ two
    determinant = own * other - both * both or 1.0
    a = (other * first - both * second) / determinant
    b = (own * second - both * first) / determinant
    alone_a, alone_b = first / (own or 1.0), second / (other or 1.0)
    a, b = np.where(b < 0, alone_a, a), np.where(a < 0, alone_b, b)
    shares = np.dstack([np.clip(a, 0, 1) + values[..., 3] + common, b])
    return _bytes(np.clip(shares, 0, 1))


def _bytes(shares: np.ndarray) -> np.ndarray:
    return (shares * 255).round().astype(np.uint8)
