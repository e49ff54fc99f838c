"""Turn a press file's CMYK into spot inks: some beside the four colours, or spots alone.

A colour that is an ink's own, or a tint of it, goes to that ink. On spots alone, as for a
risograph in two colours, black and every other colour go to the darkest ink by their luminosity,
and text in it overprints; grey pictures print in the darkest ink, coloured ones are split between
it and the second ink (`split`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Pdf,
    Stream,
)

from print.content_inks import grey_of
from print.inks import Cmyk
from print.pdf_spaces import evaluate, family, named_space, palette, streams_of
from print.remedies import gettext_noop
from print.spot_job import SpotError, SpotInk, SpotJob
from print.spot_pictures import cmyk_samples, split

OVER, KNOCK = Name("/InkOver"), Name("/InkKnock")
SHOWS = frozenset({"Tj", "TJ", "'", '"'})
STEPS = 255


def to_spots(pdf: Pdf, job: SpotJob) -> None:
    """Rewrite all colours of a CMYK press file in the job's inks, in place. Raises SpotError.

    Luminosity masks stay grey: they put down no ink.
    """
    _Separator(pdf, job).separate()


class _TextInk:
    """Whether text is being painted in the darkest ink, and would knock out what lies under it."""

    def __init__(self, resources: Any, darkest: int) -> None:
        self.states = resources.get("/ExtGState", Dictionary())
        self.wanted = f"/Spot{darkest}"
        self.ink, self.overprints = "", False
        self.saved: list[tuple[str, bool]] = []

    @property
    def knocks_out(self) -> bool:
        return self.ink == self.wanted and not self.overprints

    def follow(self, operator: str, operands: Any) -> None:
        """Follow what the graphics state goes through."""
        if operator == "q":
            self.saved.append((self.ink, self.overprints))
        elif operator == "Q" and self.saved:
            self.ink, self.overprints = self.saved.pop()
        elif operator == "gs":
            state = self.states.get(str(operands[0]), Dictionary())
            self.overprints = bool(state.get("/op", self.overprints))

    def noted(self, painted: Iterator[Any]) -> Iterator[Any]:
        """Note which ink fills from now on; none at all (paper white) must knock out."""
        for instruction in painted:
            if str(instruction.operator) == "cs":
                self.ink = str(instruction.operands[0])
            elif str(instruction.operator) == "scn" and not float(instruction.operands[0]):
                self.ink = ""
            yield instruction


class _Separator:
    """The walk through one file; every object is rewritten once."""

    def __init__(self, pdf: Pdf, job: SpotJob) -> None:
        self.pdf = pdf
        self.job = job
        self.seen: set[tuple[int, int]] = set()
        self.spaces = [pdf.make_indirect(_separation(ink)) for ink in job.inks]
        self.over = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1))
        self.knock = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0))
        second = job.second
        pair = [job.inks[job.darkest], *([job.inks[second]] if second is not None else [])]
        self.pair = pdf.make_indirect(_device_n(pdf, pair)) if len(pair) == 2 else None
        self.shown = (pair[0].cmyk, pair[1].cmyk if len(pair) == 2 else None)

    def separate(self) -> None:
        for page in self.pdf.pages:
            obj: Any = page.obj
            resources = _own(obj)
            content = self.pdf.make_stream(streams_of(obj.get("/Contents")))
            obj.Contents = self.pdf.make_stream(self._rewritten(content, resources))
            if "/Group" in obj and not self.job.keeps_process:
                del obj.Group
            self._walk(resources)

    def _first(self, item: Any) -> bool:
        if item.objgen == (0, 0):
            return True
        if item.objgen in self.seen:
            return False
        self.seen.add(item.objgen)
        return True

    def _walk(self, resources: Any) -> None:
        for item in resources.get("/XObject", Dictionary()).values():
            if not self._first(item):
                continue
            if item.get("/Subtype") == Name.Image:
                self._picture(item, resources)
            else:
                self._form(item, resources)
        for item in resources.get("/Pattern", Dictionary()).values():
            if self._first(item):
                if isinstance(item, Stream):
                    self._form(item, resources)
                elif "/Shading" in item:
                    self._shading(item.Shading, resources)
        for item in resources.get("/Shading", Dictionary()).values():
            if self._first(item):
                self._shading(item, resources)

    def _form(self, form: Any, outer: Any) -> None:
        if "/Resources" not in form:
            form.Resources = outer
        resources = _own(form)
        form.write(self._rewritten(form, resources))
        if "/Group" in form and "/CS" in form.Group and not self.job.keeps_process:
            del form.Group["/CS"]
        self._walk(resources)

    def _rewritten(self, owner: Any, resources: Any) -> bytes:
        for at, space in enumerate(self.spaces):
            resources.ColorSpace[f"/Spot{at}"] = space
        if not self.job.keeps_process:
            resources.ExtGState[OVER], resources.ExtGState[KNOCK] = self.over, self.knock
        return pikepdf.unparse_content_stream(list(self._instructions(owner, resources)))

    def _instructions(self, owner: Any, resources: Any) -> Iterator[Any]:
        spaces = {"fill": "DeviceGray", "stroke": "DeviceGray"}
        text = _TextInk(resources, self.job.darkest)
        for instruction in pikepdf.parse_content_stream(owner):
            if isinstance(instruction, ContentStreamInlineImage):
                raise SpotError(gettext_noop("an inline picture is left: build the file again"))
            operator = str(instruction.operator)
            text.follow(operator, instruction.operands)
            if operator in SHOWS and text.knocks_out and not self.job.keeps_process:
                # Small type in one ink: no registration shows at its edges (facts/look.md, riso).
                yield ContentStreamInstruction([OVER], Operator("gs"))
                yield instruction
                yield ContentStreamInstruction([KNOCK], Operator("gs"))
                continue
            side = "stroke" if operator.isupper() else "fill"
            if operator in ("cs", "CS"):
                spaces[side] = family(named_space(instruction.operands[0], resources))
                if spaces[side] in ("DeviceCMYK", "DeviceGray"):
                    yield from text.noted(self._painted((0.0, 0.0, 0.0, 1.0), side))
                    continue
            colour = _colour(operator, instruction.operands, spaces[side])
            if colour is None:
                yield instruction
            else:
                yield from text.noted(self._painted(colour, side))

    def _painted(self, colour: Cmyk, side: str) -> Iterator[Any]:
        tint = self.job.tint(colour)
        choose, set_ = ("CS", "SCN") if side == "stroke" else ("cs", "scn")
        if tint is None:
            yield ContentStreamInstruction([*colour], Operator("K" if side == "stroke" else "k"))
            return
        yield ContentStreamInstruction([Name(f"/Spot{tint.ink}")], Operator(choose))
        yield ContentStreamInstruction([tint.share], Operator(set_))

    def _shading(self, shading: Any, resources: Any) -> None:
        """A shading along one way becomes one of the darkest ink, by luminosity."""
        own = family(named_space(shading.get("/ColorSpace"), resources))
        if self.job.keeps_process or own not in ("DeviceCMYK", "DeviceGray"):
            return
        low, high = (float(value) for value in shading.get("/Domain", [0, 1]))
        samples = bytearray()
        for step in range(STEPS + 1):
            try:
                values = evaluate(shading.Function, low + (high - low) * step / STEPS)
            except (ValueError, KeyError) as error:
                raise SpotError(
                    gettext_noop("a colour gradient can’t be turned into spot inks: use a tint")
                ) from error
            grey = values[0] if own == "DeviceGray" else grey_of(_four(values))
            samples.append(round((1 - grey) * 255))
        shading.Function = self.pdf.make_stream(
            bytes(samples),
            FunctionType=0,
            Domain=[low, high],
            Range=[0, 1],
            Size=[STEPS + 1],
            BitsPerSample=8,
        )
        shading.ColorSpace = self.spaces[self.job.darkest]

    def _picture(self, image: Any, resources: Any) -> None:
        if image.get("/ImageMask", False) or self.job.keeps_process:
            return
        space = named_space(image.get("/ColorSpace"), resources)
        own = family(space)
        if own == "DeviceGray":
            decode = [float(value) for value in image.get("/Decode", [0, 1])]
            image.ColorSpace = self.spaces[self.job.darkest]
            image.Decode = Array([1 - decode[0], 1 - decode[1]])
            return
        if own not in ("DeviceCMYK", "Indexed"):
            return
        inks = _table(image, space) if own == "Indexed" else cmyk_samples(image)
        self._write(image, split(inks, *self.shown))

    def _write(self, image: Any, planes: np.ndarray) -> None:
        for key in ("/Decode", "/DecodeParms", "/Filter", "/Intent"):
            if key in image:
                del image[key]
        image.BitsPerComponent = 8
        image.ColorSpace = self.pair or self.spaces[self.job.darkest]
        data = planes if self.pair else planes[..., 0]
        image.write(np.ascontiguousarray(data).tobytes())


def _colour(operator: str, operands: Any, space: str) -> Cmyk | None:
    """The CMYK that an operator sets; None where it sets no device colour."""
    named = {"k": "DeviceCMYK", "g": "DeviceGray"}.get(operator.lower())
    if named is None and operator not in ("sc", "SC", "scn", "SCN"):
        return None
    own = named or space
    values = tuple(float(value) for value in operands if not isinstance(value, Name))
    if own == "DeviceCMYK" and len(values) == 4:
        return _four(values)
    if own == "DeviceGray" and len(values) == 1:
        return (0.0, 0.0, 0.0, 1 - values[0])
    return None


def _four(values: Sequence[float]) -> Cmyk:
    return (values[0], values[1], values[2], values[3])


def _table(image: Any, space: Any) -> np.ndarray:
    """The CMYK samples of an Indexed picture."""
    colours = [each if len(each) == 4 else (0, 0, 0, 1 - each[0]) for each in palette(space)]
    table = (np.array(colours) * 255).round().astype(np.uint8)
    picture = pikepdf.PdfImage(image).as_pil_image()
    indexes = np.asarray(picture if picture.mode == "P" else picture.convert("L"))
    return table[np.minimum(indexes, len(table) - 1)]


def _own(owner: Any) -> Any:
    """Resources of this owner alone, with dictionaries of spaces and states of their own."""
    own = Dictionary(dict(owner.get("/Resources", Dictionary()).items()))
    own.ColorSpace = Dictionary(dict(own.get("/ColorSpace", Dictionary()).items()))
    own.ExtGState = Dictionary(dict(own.get("/ExtGState", Dictionary()).items()))
    owner.Resources = own
    return owner.Resources


def _separation(ink: SpotInk) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[*ink.cmyk], N=1)
    return Array([Name.Separation, Name("/" + ink.name), Name.DeviceCMYK, tint])


def _device_n(pdf: Pdf, inks: Sequence[SpotInk]) -> Array:
    """Two inks together; on screen their CMYK add up."""
    one, two = (ink.cmyk for ink in inks)
    sums = " ".join(
        f"2 copy {two[c]:g} mul exch {one[c]:g} mul add dup 1 gt {{pop 1}} if 3 1 roll"
        for c in range(4)
    )
    function = pdf.make_stream(
        f"{{ {sums} pop pop }}".encode(),
        FunctionType=4,
        Domain=[0, 1, 0, 1],
        Range=[0, 1] * 4,
    )
    names = Array([Name("/" + ink.name) for ink in inks])
    return Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(function)])
