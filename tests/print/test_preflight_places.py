"""Colour, resolution and overprint rules find what breaks them wherever it can be painted."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from print.preflight.coverage import measure, too_heavy
from print.preflight.document import read_document
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import PLACES, SmallPdf

SHEET = VARIANTS["sheet-cmyk"]
SPOTS = VARIANTS["spots"].with_limits(spots=frozenset({"Rose"}))
# A soft mask has no inks of its own: rules on ink, size and overprint can't be broken there.
INKED = tuple(place for place in PLACES if place != "soft mask")
CELL = b"q 2 0 0 2 60 60 cm "
# What can carry a colour of the space /X, which has as many numbers as %s says; where it is found.
KINDS = {
    "fill": (b"/X cs %s sc 60 60 40 40 re f", ""),
    "line": (b"/X CS %s SC 4 w 60 60 m 99 60 l S", ""),
    "text": (b"/X cs %s sc BT /F1 20 Tf 60 60 Td (abc) Tj ET", ""),
    "outlined text": (b"/X CS %s SC BT 1 Tr /F1 20 Tf 60 60 Td (abc) Tj ET", ""),
    "filled and outlined": (b"/X CS %s SC 0 0 0 0.5 k BT 2 Tr /F1 20 Tf 60 60 Td (abc) Tj ET", ""),
    "uncoloured pattern": (b"/XP cs %s /Stamp scn 60 60 40 40 re f", "/pattern"),
    "shading": (b"q 60 60 40 40 re W n /Sh sh Q", "/shading"),
    "shading pattern": (b"/Pattern cs /Fade scn 60 60 40 40 re f", "/pattern/shading"),
    "picture": (b"q 40 0 0 40 60 60 cm /Im Do Q", "/image"),
    "indexed picture": (b"q 40 0 0 40 60 60 cm /Indexed Do Q", "/image"),
    "stencil": (b"/X cs %s sc q 40 0 0 40 60 60 cm /Stencil Do Q", "/image"),
    "inline picture": (CELL + b"BI /W 20 /H 20 /CS /X /BPC 8 ID %b EI Q", "/inline image"),
    "inline stencil": (
        b"/X cs %s sc " + CELL + b"BI /W 20 /H 20 /IM true /BPC 1 ID " + bytes(60) + b" EI Q",
        "/inline image",
    ),
}
BREAKING = [
    ("R0027", SHEET, "DeviceRGB"),
    ("R0027", SHEET, "Lab"),
    ("R0027", SHEET, "CalRGB"),
    ("R0027", SHEET, "ICC CMYK"),
    ("R0020", SHEET, "Rose"),
    ("R0024", SHEET, "All"),
    ("C-SPOT", SPOTS, "Bleu"),
    ("C-PROCESS", SPOTS, "DeviceCMYK"),
]
COUNTS = {"DeviceRGB": 3, "Lab": 3, "CalRGB": 3, "DeviceCMYK": 4, "ICC CMYK": 4}


def way_to(place):
    return place if place in ("page", "annotation") else f"page/{place}"


def space_of(pdf, name):
    white = Dictionary(WhitePoint=[0.96, 1, 0.82])
    if name in ("Lab", "CalRGB"):
        return Array([Name("/" + name), white])
    if name == "ICC CMYK":
        return Array([Name.ICCBased, pdf.pdf.Root.OutputIntents[0].DestOutputProfile])
    if name in COUNTS:
        return Name("/" + name)
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.8, 0.2, 0], N=1)
    return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, tint])


def coloured(kind, name, place):
    """A page with one thing in one colour space in one place."""
    pdf, count = SmallPdf(), COUNTS.get(name, 1)
    space = space_of(pdf, name)
    if isinstance(space, Array):
        space = pdf.pdf.make_indirect(space)
    pdf.contents = []
    resources = pdf.resources
    resources.ColorSpace.X = space
    resources.ColorSpace.XP = Array([Name.Pattern, space])
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.5] * count, C1=[0.9] * count, N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 9, 9], Function=function)
    resources.Shading.Sh = shading
    resources.Pattern.Fade = Dictionary(PatternType=2, Shading=shading)
    resources.Pattern.Stamp = pdf._stream(
        b"60 60 9 9 re f",
        PatternType=1,
        PaintType=2,
        TilingType=1,
        BBox=Array([0, 0, 300, 300]),
        XStep=300,
        YStep=300,
    )
    pdf.image(8, 8, space=None, bits=1, ImageMask=True)
    resources.XObject.Stencil = resources.XObject.Im
    pdf.image(space=Array([Name.Indexed, space, 0, pikepdf.String(b"\x90" * count)]))
    resources.XObject.Indexed = resources.XObject.Im
    pdf.image(space=space)
    content, way = KINDS[kind]
    numbers = b" ".join([b"0.5"] * count)
    pixels = b"\x90" * (20 * 20 * count)
    content = content.replace(b"%s", numbers).replace(b"%b", pixels)
    return pdf.put(content, place).saved(), way_to(place) + way


def found_by(data, variant):
    return {
        (finding.rule, finding.spot.place)
        for finding in examine(read_document(data), variant).findings
    }


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_colour_rule_is_broken_by_each_thing_in_each_place(kind, place):
    missed = []
    for rule, variant, name in BREAKING:
        if rule == "C-PROCESS" and place == "soft mask":
            continue
        data, where = coloured(kind, name, place)
        # Rules on spot inks name each ink once: where it is met first.
        where = {where, way_to(place)} if rule in ("R0020", "C-SPOT") else {where}
        if where.isdisjoint(way for found, way in found_by(data, variant) if found == rule):
            missed.append((rule, name))
    assert missed == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_colour_rule_finds_fault_with_inks_of_the_press(kind, place):
    rules = {"R0027", "R0020", "R0024", "C-SPOT", "C-PROCESS"}
    for variant, name in ((SHEET, "DeviceCMYK"), (SPOTS, "Rose")):
        data, _where = coloured(kind, name, place)
        found = {(rule, where) for rule, where in found_by(data, variant) if rule in rules}
        # The mask itself dims an area of black, and so does the text that shows the glyph.
        others = {("C-PROCESS", "page")} if place in ("soft mask", "glyph") else set()
        if kind == "filled and outlined" and variant is SPOTS:
            others |= {("C-PROCESS", way_to(place))}
        assert found <= others


def picture(kind, pixels, bits):
    """A picture of 50 pt a side, as a picture, its soft mask, a stencil, or inside the content."""
    pdf = SmallPdf()
    gray = Name.DeviceGray
    if kind == "inline picture":
        row = (pixels * bits + 7) // 8
        head = b"BI /W %d /H %d /CS /G /BPC %d ID " % (pixels, pixels, bits)
        return pdf, b"q 50 0 0 50 60 60 cm " + head + bytes(row * pixels) + b" EI Q"
    if kind == "stencil":
        pdf.image(pixels, pixels, space=None, bits=1, ImageMask=True)
    else:
        pdf.image(pixels, pixels, space=gray, bits=bits)
    if kind == "soft mask of a picture":
        pdf.image(900, 900, SMask=pdf.resources.XObject.Im)
    return pdf, b"0 0 0 1 k q 50 0 0 50 60 60 cm /Im Do Q"


FOUND_AT = {
    "picture": "/image",
    "soft mask of a picture": "/image/soft mask",
    "stencil": "/image",
    "inline picture": "/inline image",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", FOUND_AT)
def test_each_resolution_rule_is_broken_by_each_picture_in_each_place(kind, place):
    cases = [(60, 8, "R0031"), (140, 8, "R0031-W"), (300, 1, "R0032"), (480, 1, "R0032-W")]
    for pixels, bits, rule in cases:
        if kind == "stencil" and bits == 8:
            continue
        pdf, content = picture(kind, pixels, bits)
        found = found_by(pdf.put(content, place).saved(), SHEET)
        found -= {("X-ANNOTATION", "annotation")}
        assert found == {(rule, way_to(place) + FOUND_AT[kind])}, rule


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", FOUND_AT)
def test_no_resolution_rule_finds_fault_with_fine_pictures(kind, place):
    for pixels, bits in ((160, 8), (570, 1)):
        if kind == "stencil" and bits == 8:
            continue
        pdf, content = picture(kind, pixels, bits)
        found = found_by(pdf.put(content, place).saved(), SHEET)
        assert {rule for rule, _where in found} <= {"X-ANNOTATION"}


def grouped(place, space):
    """A transparency group that blends in a space: the page's own, or a form's in a place."""
    pdf = SmallPdf()
    group = Dictionary(S=Name.Transparency, CS=space)
    if place == "page":
        pdf.page.Group = group
        return pdf.saved(), "page"
    pdf.resources.XObject.Grouped = pdf._form(b"0 0 0 1 k 60 60 9 9 re f", Group=group)
    return pdf.put(b"/Grouped Do", place).saved(), f"{way_to(place)}/form"


@pytest.mark.parametrize("place", PLACES)
def test_a_group_that_blends_elsewhere_is_found(place):
    for space in (Name.DeviceRGB, Array([Name.CalRGB, Dictionary(WhitePoint=[0.9, 1, 0.8])])):
        data, where = grouped(place, space)
        assert ("R0030", where) in found_by(data, SHEET)
    data, where = grouped(place, Name.DeviceCMYK)
    assert "R0030" not in {rule for rule, _where in found_by(data, SHEET)}


def test_the_group_of_a_soft_mask_may_be_grey_and_nothing_else():
    pdf = SmallPdf().put(b"0.5 g 60 60 9 9 re f", "soft mask")
    assert "R0030" not in {rule for rule, _where in found_by(pdf.saved(), SHEET)}
    pdf.resources.ExtGState.Mask.SMask.G.Group.CS = Name.DeviceRGB
    assert ("R0030", "page/soft mask") in found_by(pdf.saved(), SHEET)


def test_too_much_ink_is_found_in_each_place(tmp_path):
    """One page a place, measured at once."""
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1, 1], C1=[1, 1, 1, 0.5], N=1)
    with pikepdf.Pdf.new() as whole:
        pages = [SmallPdf().put(b"1 1 1 0.5 k 100 100 60 60 re f", place) for place in INKED]
        shaded = SmallPdf()
        shaded.resources.Shading.Sh = Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 300, 0], Function=function
        )
        shaded.put(b"100 100 60 60 re W n /Sh sh")
        inline = SmallPdf().put(
            b"q 60 0 0 60 100 100 cm BI /W 8 /H 8 /CS /CMYK /BPC 8 ID " + b"\xe0" * 256 + b" EI Q"
        )
        for pdf in (*pages, shaded, inline, SmallPdf()):
            with pikepdf.open(BytesIO(pdf.saved())) as one:
                whole.pages.extend(one.pages)
        path = tmp_path / "ink.pdf"
        whole.save(path)
    inks = list(measure(path, read_document(path)))
    assert [finding.spot.page for finding in too_heavy(inks, 320)] == list(range(1, len(inks)))
