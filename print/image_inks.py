"""Turn the images and shadings inside a PDF into the press's inks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from print.content_inks import grey_of
from print.inks import Cmyk, Inks, is_grey
from print.pdf_spaces import (
    Reading,
    components,
    evaluate,
    family,
    named_space,
    palette,
    profile_of,
    reading,
)
from print.remedies import Remedied, gettext_noop

JPEG_QUALITY = 94
SHADING_STEPS = 256


class ColourError(Remedied):
    """A colour in a PDF that cannot be turned into inks; `remedy` is one readable line."""


def ink_image(image: Stream, inks: Inks, resources: Any, pdf: Pdf) -> bool:
    """Turn one image into CMYK or grey, in place; whether it changed. Raises ColourError."""
    if image.get("/ImageMask", False):
        return False
    coded = _filters(image)
    space = named_space(image.get("/ColorSpace"), resources)
    if space is None and coded[-1:] == ["/JPXDecode"]:
        space = Name.DeviceRGB
    own, count = family(space), components(space)
    if own == "CalGray" or (own == "ICCBased" and count == 1):
        image.ColorSpace = Name.DeviceGray
        return True
    if own == "ICCBased" and count == 4:
        image.ColorSpace = Name.DeviceCMYK
        return True
    if own == "Indexed" and (read := reading(space[1], inks)):
        table = b"".join(_bytes_of(read(colour)) for colour in palette(space))
        image.ColorSpace = Array([Name.Indexed, Name.DeviceCMYK, space[2], pikepdf.String(table)])
        return True
    if own == "DeviceGray":
        return _keep_line_art(image, coded)
    if own not in ("DeviceRGB", "CalRGB", "ICCBased", "Lab"):
        return False
    try:
        picture = _decoded(image, space, coded)
    except Exception as error:
        # Decoders raise whatever a damaged image makes them raise.
        raise ColourError(
            gettext_noop("a picture in the PDF cannot be decoded (%(reason)s): replace it"),
            reason=" ".join(str(error).split()),
        ) from None
    _keep_colour_key(image, picture, pdf)
    if picture.mode == "RGB" and is_grey(picture):
        _write(image, picture.convert("L"), coded)
        _keep_line_art(image, coded)
    elif picture.mode in ("L", "CMYK"):
        _write(image, picture, coded)
    else:
        icc = profile_of(space) or picture.info.get("icc_profile") or b""
        _write(image, inks.picture(picture, icc), coded)
    return True


def _keep_line_art(image: Stream, coded: list[str]) -> bool:
    """Give a grey image of black and white alone its one bit a dot back, which WeasyPrint took."""
    if image.get("/BitsPerComponent") != 8 or coded != ["/FlateDecode"] or "/Decode" in image:
        return False
    width, height = int(image.Width), int(image.Height)
    samples = numpy.frombuffer(image.read_bytes(), numpy.uint8)
    if samples.size != width * height or set(numpy.unique(samples[:4096])) - {0, 255}:
        return False
    if list(numpy.unique(samples)) != [0, 255]:
        return False
    rows = numpy.packbits(samples.reshape(height, width) > 0, axis=1)
    if "/DecodeParms" in image:
        del image["/DecodeParms"]
    image.BitsPerComponent = 1
    image.write(rows.tobytes())
    return True


def _filters(image: Stream) -> list[str]:
    filters = image.get("/Filter", Array([]))
    return [str(each) for each in (filters if isinstance(filters, Array) else [filters])]


def _decoded(image: Stream, space: Any, coded: list[str]) -> Image.Image:
    """The samples of an image as Pillow sees them, with its Decode array applied."""
    if coded in (["/DCTDecode"], ["/JPXDecode"]):
        picture = Image.open(BytesIO(image.read_raw_bytes()))
        picture.load()
        if picture.mode not in ("L", "RGB", "CMYK"):
            picture = picture.convert("RGB")
    else:
        picture = _raw_picture(image, space)
    decode = [float(value) for value in image.get("/Decode", [])]
    if decode[:2] == [1, 0] and picture.mode == "RGB":
        inverted = picture.point(lambda value: 255 - value)
        inverted.info = picture.info
        return inverted
    return picture


def _raw_picture(image: Stream, space: Any) -> Image.Image:
    size, bits = (int(image.Width), int(image.Height)), int(image.get("/BitsPerComponent", 8))
    raw = image.read_bytes()
    if bits == 16:
        raw = raw[::2]
    elif bits in (1, 2, 4):
        row = -(-size[0] * 3 * bits // 8)
        rows = numpy.frombuffer(raw, numpy.uint8).reshape(size[1], row)
        planes = numpy.unpackbits(rows, axis=1)[:, : size[0] * 3 * bits]
        weights = 1 << numpy.arange(bits)[::-1]
        values = planes.reshape(size[1], -1, bits) @ weights
        raw = (values * 255 // ((1 << bits) - 1)).astype(numpy.uint8).tobytes()
    if family(space) != "Lab":
        return Image.frombytes("RGB", size, raw[: size[0] * size[1] * 3])
    bounds = [float(value) for value in space[1].get("/Range", [-100, 100, -100, 100])]
    samples = numpy.frombuffer(raw, numpy.uint8)[: size[0] * size[1] * 3].reshape(-1, 3)
    lab = samples.astype(numpy.float64)
    for axis, (low, high) in ((1, bounds[:2]), (2, bounds[2:])):
        lab[:, axis] = numpy.round(low + lab[:, axis] / 255 * (high - low)) % 256
    return Image.frombytes("LAB", size, lab.astype(numpy.uint8).tobytes())


def _keep_colour_key(image: Stream, picture: Image.Image, pdf: Pdf) -> None:
    """A transparent colour (ISO 32000-1, 8.9.6.4) as a soft mask: it has no number in CMYK."""
    key = image.get("/Mask")
    if not isinstance(key, Array) or len(key) != 6:
        return
    bounds = [int(value) for value in key]
    samples = numpy.asarray(picture.convert("RGB"))
    inside = numpy.ones(samples.shape[:2], bool)
    for channel in range(3):
        low, high = bounds[2 * channel : 2 * channel + 2]
        inside &= (samples[..., channel] >= low) & (samples[..., channel] <= high)
    mask = Image.fromarray(numpy.where(inside, 0, 255).astype(numpy.uint8))
    del image["/Mask"]
    image.SMask = pdf.make_stream(
        mask.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=mask.width,
        Height=mask.height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )


def _write(image: Stream, picture: Image.Image, coded: list[str]) -> None:
    image.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceCMYK
    image.BitsPerComponent = 8
    for key in ("/DecodeParms", "/Decode"):
        if key in image:
            del image[key]
    if coded[-1:] not in (["/DCTDecode"], ["/JPXDecode"]):
        image.write(picture.tobytes())
        return
    written = BytesIO()
    picture.save(written, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    image.write(written.getvalue(), filter=Name.DCTDecode)
    if picture.mode == "CMYK":
        # Pillow writes CMYK upside down, as Adobe does.
        image.Decode = Array([1, 0] * 4)


def _bytes_of(colour: Cmyk) -> bytes:
    return bytes(round(value * 255) for value in colour)


def ink_shading(shading: Any, inks: Inks, resources: Any, *, mask: bool, pdf: Pdf) -> bool:
    """Turn an axial, radial or function-free shading into CMYK, or grey in a luminosity mask.

    WeasyPrint 70 writes three numbers a stop even where it names a space of four: such a shading is
    read as RGB. Raises ColourError for meshes and two-dimensional functions.
    """
    space = named_space(shading.get("/ColorSpace"), resources)
    given = _numbers_of(shading.get("/Function"))
    if family(space) == "DeviceCMYK" and given == 3:
        space = Name.DeviceRGB
    read = reading(space, inks)
    if read is None:
        return False
    if int(shading.ShadingType) not in (2, 3):
        raise ColourError(
            gettext_noop("a mesh of colours in the PDF is not in CMYK: place it as a picture")
        )
    if mask:
        shading.ColorSpace = Name.DeviceGray
    else:
        shading.ColorSpace = Name.DeviceCMYK
    shading.Function = _inked(shading.Function, read, mask, pdf)
    if "/Background" in shading:
        background = read([float(value) for value in shading.Background])
        shading.Background = Array(_values(background, mask))
    return True


def _values(colour: Cmyk, mask: bool) -> list[float]:
    return [grey_of(colour)] if mask else [*colour]


def _numbers_of(function: Any) -> int:
    """How many numbers a function gives; 0 if it cannot be told."""
    try:
        low = float(
            function[0]["/Domain"][0] if isinstance(function, Array) else function.Domain[0]
        )
        return len(evaluate(function, low))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return 0


def _inked(function: Any, read: Reading, mask: bool, pdf: Pdf) -> Any:
    """A function whose colours are inks: stops stay stops, anything else becomes 256 samples."""
    kind = 0 if isinstance(function, Array) else int(function.FunctionType)
    if kind == 3:
        parts = [_inked(part, read, mask, pdf) for part in function.Functions]
        return Dictionary(
            FunctionType=3,
            Domain=function.Domain,
            Functions=Array(parts),
            Bounds=function.Bounds,
            Encode=function.Encode,
        )
    try:
        if kind == 2:
            stops = [read(evaluate(function, value)) for value in (0.0, 1.0)]
            return Dictionary(
                FunctionType=2,
                Domain=function.Domain,
                C0=Array(_values(stops[0], mask)),
                C1=Array(_values(stops[1], mask)),
                N=function.N,
            )
        domain = function[0].Domain if isinstance(function, Array) else function.Domain
        low, high = float(domain[0]), float(domain[1])
        steps = [low + (high - low) * step / (SHADING_STEPS - 1) for step in range(SHADING_STEPS)]
        rows = [_values(read(evaluate(function, step)), mask) for step in steps]
    except ValueError as error:
        raise ColourError(
            gettext_noop(
                "a gradient in the PDF cannot be turned into inks (%(reason)s): "
                "place it as a picture"
            ),
            reason=str(error),
        ) from None
    samples = bytes(round(value * 255) for row in rows for value in row)
    return pdf.make_stream(
        samples,
        FunctionType=0,
        Domain=Array([low, high]),
        Range=Array([0, 1] * len(rows[0])),
        Size=Array([SHADING_STEPS]),
        BitsPerSample=8,
    )
