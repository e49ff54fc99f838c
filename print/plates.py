"""Take a press file in spot inks apart: one greyscale PDF for each ink, as a risograph wants it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Pdf,
    Stream,
)

from print.pdf_spaces import named_space, streams_of

INVISIBLE, FILLED = 3, 0
SHOWS = frozenset({"Tj", "TJ", "'", '"'})
PAINTS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})


def plates(source: Path | bytes, names: tuple[str, ...]) -> dict[str, bytes]:
    """One greyscale PDF per ink, black where the ink is full. Same input, same bytes.

    What is painted in another ink knocks out; where it overprints, it leaves this plate alone.
    """
    return {name: _plate(source, name) for name in names}


def _plate(source: Path | bytes, name: str) -> bytes:
    with Pdf.open(BytesIO(source) if isinstance(source, bytes) else source) as pdf:
        _Plate(pdf, name).reduce()
        for key in ("/OutputIntents", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.remove_unreferenced_resources()
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


class _Plate:
    """The walk through one file for one ink."""

    def __init__(self, pdf: Pdf, name: str) -> None:
        self.pdf = pdf
        self.name = name
        self.seen: set[tuple[int, int]] = set()

    def reduce(self) -> None:
        for page in self.pdf.pages:
            obj: Any = page.obj
            content = self.pdf.make_stream(streams_of(obj.get("/Contents")))
            resources = obj.get("/Resources", Dictionary())
            obj.Contents = self.pdf.make_stream(self._rewritten(content, resources))
            self._walk(resources)

    def _walk(self, resources: Any) -> None:
        for kind in ("/XObject", "/Pattern", "/Shading"):
            for item in resources.get(kind, Dictionary()).values():
                if item.objgen in self.seen:
                    continue
                self.seen.add(item.objgen)
                if item.get("/Subtype") == Name.Image:
                    self._picture(item, resources)
                elif "/ShadingType" in item or "/Shading" in item:
                    self._shading(item.get("/Shading", item), resources)
                elif isinstance(item, Stream):
                    own = item.get("/Resources", resources)
                    item.write(self._rewritten(item, own))
                    self._walk(own)

    def _rewritten(self, owner: Any, resources: Any) -> bytes:
        return pikepdf.unparse_content_stream(list(self._instructions(owner, resources)))

    def _instructions(self, owner: Any, resources: Any) -> Iterator[Any]:
        inks: dict[str, tuple[str, ...]] = {"fill": (), "stroke": ()}
        overprints, saved = False, []
        for instruction in pikepdf.parse_content_stream(owner):
            if isinstance(instruction, ContentStreamInlineImage):
                yield instruction
                continue
            operator, operands = str(instruction.operator), list(instruction.operands)
            side = "stroke" if operator.isupper() else "fill"
            if operator == "q":
                saved.append((dict(inks), overprints))
            elif operator == "Q" and saved:
                inks, overprints = saved.pop()
            elif operator == "gs":
                state = resources.get("/ExtGState", Dictionary()).get(str(operands[0]))
                overprints = bool(state.get("/op", overprints)) if state is not None else overprints
            if operator in ("cs", "CS"):
                inks[side] = inks_of(named_space(operands[0], resources))
                if inks[side]:
                    continue
            elif operator in ("sc", "SC", "scn", "SCN") and inks[side]:
                yield self._grey(operands, inks[side], operator)
                continue
            yield from self._painted(instruction, operator, inks, overprints=overprints)

    def _grey(self, operands: list[Any], inks: tuple[str, ...], operator: str) -> Any:
        shares = dict(zip(inks, (float(value) for value in operands), strict=False))
        share = shares.get("All", shares.get(self.name, 0.0))
        grey = Operator("G" if operator.isupper() else "g")
        return ContentStreamInstruction([round(1 - share, 4)], grey)

    def _painted(
        self, instruction: Any, operator: str, inks: dict[str, tuple[str, ...]], *, overprints: bool
    ) -> Iterator[Any]:
        """The instruction; one that overprints in another ink paints nothing."""
        side = "stroke" if operator in ("S", "s") else "fill"
        foreign = overprints and inks[side] and self.name not in inks[side]
        if foreign and operator in SHOWS:
            yield ContentStreamInstruction([INVISIBLE], Operator("Tr"))
            yield instruction
            yield ContentStreamInstruction([FILLED], Operator("Tr"))
        elif foreign and operator in PAINTS:
            yield ContentStreamInstruction([], Operator("n"))
        else:
            yield instruction

    def _shading(self, shading: Any, resources: Any) -> None:
        inks = inks_of(named_space(shading.get("/ColorSpace"), resources))
        if not inks:
            return
        samples = np.frombuffer(shading.Function.read_bytes(), np.uint8)
        grey = 255 - samples if self.name in inks else np.full_like(samples, 255)
        function = self.pdf.make_stream(grey.tobytes())
        for key, value in shading.Function.items():
            if key not in ("/Length", "/Filter", "/DecodeParms"):
                function[key] = value
        shading.Function = function
        shading.ColorSpace = Name.DeviceGray

    def _picture(self, image: Any, resources: Any) -> None:
        inks = inks_of(named_space(image.get("/ColorSpace"), resources))
        if not inks or image.get("/ImageMask", False):
            return
        decode = [float(value) for value in image.get("/Decode", [])]
        if len(inks) == 1 and self.name in inks:
            image.ColorSpace = Name.DeviceGray
            image.Decode = [1 - value for value in decode[:2]] if decode else [1, 0]
            return
        if self.name in inks:
            count = len(inks)
            samples = np.frombuffer(image.read_bytes(), np.uint8)
            plane = samples.reshape(-1, count)[:, inks.index(self.name)]
            image.write((255 - plane).tobytes())
        else:
            image.Width, image.Height = 1, 1
            image.write(b"\xff")
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        for key in ("/Decode", "/DecodeParms"):
            if key in image:
                del image[key]


def inks_of(space: Any) -> tuple[str, ...]:
    """The names of the inks of a Separation or DeviceN space; none for other spaces."""
    if not isinstance(space, pikepdf.Array) or not len(space):
        return ()
    if space[0] == Name.Separation:
        return (str(space[1])[1:],)
    return tuple(str(name)[1:] for name in space[1]) if space[0] == Name.DeviceN else ()
