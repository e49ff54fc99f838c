"""Colours on their way to the inks: RGB in every hiding place of a PDF, found and rewritten."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from print.colour import ColourError, to_cmyk
from print.content_inks import ContentInks
from print.inks import Inks
from print.output_profile import read_output_profile
from print.press_reading import ColourUse, colours_of, unprintable_colours

RED = (0.0, 0.9176, 0.9686, 0.0)
LAB = Dictionary(WhitePoint=[0.9642, 1, 0.8249], Range=[-125, 125, -125, 125])


@pytest.fixture(scope="module")
def inks():
    return Inks(read_output_profile())


@pytest.fixture
def pdf():
    made = pikepdf.new()
    made.add_blank_page(page_size=(100, 100))
    made.pages[0].obj.Resources = Dictionary()
    return made


def content(pdf, data):
    pdf.pages[0].obj.Contents = pdf.make_stream(data)


def resource(pdf, kind, name, value):
    resources = pdf.pages[0].obj.Resources
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = value


def form(pdf, data, **keys):
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 9, 9],
        Resources=Dictionary(),
        **keys,
    )


def image(pdf, data, space, **keys):
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=space,
        BitsPerComponent=8,
        **keys,
    )


def ramp(space, **keys):
    stops = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 0], N=1)
    return Dictionary(
        ShadingType=2, ColorSpace=space, Coords=[0, 0, 9, 0], Domain=[0, 1], Function=stops, **keys
    )


def icc(pdf):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return Array([Name.ICCBased, pdf.make_stream(srgb, N=3)])


def on_page(pdf):
    content(pdf, b"1 0 0 rg 0 0 5 5 re f")


def on_line(pdf):
    content(pdf, b"/DeviceRGB CS 1 0 0 SC 0 0 m 5 5 l S")


def by_profile(pdf):
    resource(pdf, "/ColorSpace", "/P", icc(pdf))
    content(pdf, b"/P cs 1 0 0 scn 0 0 5 5 re f")


def by_calibration(pdf):
    space = Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    resource(pdf, "/ColorSpace", "/P", space)
    content(pdf, b"/P cs 1 0 0 scn 0 0 5 5 re f")


def by_lab(pdf):
    resource(pdf, "/ColorSpace", "/P", Array([Name.Lab, LAB]))
    content(pdf, b"/P cs 54 81 70 scn 0 0 5 5 re f")


def in_form(pdf):
    inner = form(pdf, b"1 0 0 rg 0 0 5 5 re f")
    outer = form(pdf, b"/I Do", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    outer.Resources.XObject = Dictionary(I=inner)
    resource(pdf, "/XObject", "/F", outer)
    content(pdf, b"/F Do")


def in_pattern(pdf):
    pattern = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    resource(pdf, "/Pattern", "/T", pattern)
    content(pdf, b"/Pattern cs /T scn 0 0 5 5 re f")


def in_uncoloured_pattern(pdf):
    pattern = pdf.make_stream(
        b"0 0 5 5 re f",
        PatternType=1,
        PaintType=2,
        TilingType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    resource(pdf, "/Pattern", "/T", pattern)
    resource(pdf, "/ColorSpace", "/U", Array([Name.Pattern, Name.DeviceRGB]))
    content(pdf, b"/U cs 1 0 0 /T scn 0 0 5 5 re f")


def in_shading(pdf):
    resource(pdf, "/Shading", "/S", ramp(Name.DeviceRGB, Background=[0, 0, 0]))
    content(pdf, b"/S sh")


def in_pattern_shading(pdf):
    pattern = Dictionary(PatternType=2, Shading=ramp(Name.DeviceRGB))
    resource(pdf, "/Pattern", "/T", pdf.make_indirect(pattern))
    content(pdf, b"/Pattern cs /T scn 0 0 5 5 re f")


def in_soft_mask(pdf):
    group = form(
        pdf, b"1 1 1 rg 0 0 5 5 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    )
    mask = Dictionary(S=Name.Luminosity, G=group, BC=[0, 0, 0])
    resource(pdf, "/ExtGState", "/M", Dictionary(SMask=mask))
    content(pdf, b"/M gs 0 0 0 1 k 0 0 5 5 re f")


def in_image(pdf):
    resource(pdf, "/XObject", "/I", image(pdf, b"\xff\0\0", Name.DeviceRGB))
    content(pdf, b"/I Do")


def in_profiled_image(pdf):
    resource(pdf, "/XObject", "/I", image(pdf, b"\xff\0\0", icc(pdf)))
    content(pdf, b"/I Do")


def in_lab_image(pdf):
    resource(pdf, "/XObject", "/I", image(pdf, b"\x8a\xd1\xc6", Array([Name.Lab, LAB])))
    content(pdf, b"/I Do")


def in_palette_image(pdf):
    space = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\0\0")])
    resource(pdf, "/XObject", "/I", image(pdf, b"\x01", space))
    content(pdf, b"/I Do")


def in_jpeg(pdf):
    written = BytesIO()
    Image.new("RGB", (1, 1), (255, 0, 0)).save(written, "JPEG", quality=95)
    jpeg = image(pdf, written.getvalue(), Name.DeviceRGB, Filter=Name.DCTDecode)
    resource(pdf, "/XObject", "/I", jpeg)
    content(pdf, b"/I Do")


def in_inline_image(pdf):
    content(pdf, b"q 5 0 0 5 0 0 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \xff\0\0 EI Q")


def in_glyph(pdf):
    glyph = pdf.make_stream(b"9 0 d0 1 0 0 rg 0 0 5 5 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 9, 9],
        FontMatrix=[1, 0, 0, 1, 0, 0],
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=[97, Name.a]),
        FirstChar=97,
        LastChar=97,
        Widths=[9],
        Resources=Dictionary(),
    )
    resource(pdf, "/Font", "/T", pdf.make_indirect(font))
    content(pdf, b"BT /T 1 Tf (a) Tj ET")


def in_annotation(pdf):
    look = form(pdf, b"1 0 0 rg 0 0 5 5 re f")
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=[0, 0, 9, 9], C=[1, 0, 0], AP=Dictionary(N=look)
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


PLACES = {
    on_page: ColourUse(1, "page", "DeviceRGB"),
    on_line: ColourUse(1, "page", "DeviceRGB"),
    by_profile: ColourUse(1, "page", "ICCBased"),
    by_calibration: ColourUse(1, "page", "CalRGB"),
    by_lab: ColourUse(1, "page", "Lab"),
    in_form: ColourUse(1, "page/form/form", "DeviceRGB"),
    in_pattern: ColourUse(1, "page/pattern", "DeviceRGB"),
    in_uncoloured_pattern: ColourUse(1, "page", "DeviceRGB"),
    in_shading: ColourUse(1, "page/shading", "DeviceRGB"),
    in_pattern_shading: ColourUse(1, "page/pattern/shading", "DeviceRGB"),
    in_soft_mask: ColourUse(1, "page/soft mask", "DeviceRGB"),
    in_image: ColourUse(1, "page/image", "DeviceRGB"),
    in_profiled_image: ColourUse(1, "page/image", "ICCBased"),
    in_lab_image: ColourUse(1, "page/image", "Lab"),
    in_palette_image: ColourUse(1, "page/image", "DeviceRGB"),
    in_jpeg: ColourUse(1, "page/image", "DeviceRGB"),
    in_inline_image: ColourUse(1, "page/inline image", "DeviceRGB"),
    in_glyph: ColourUse(1, "page/glyph", "DeviceRGB"),
    in_annotation: ColourUse(1, "annotation/appearance", "DeviceRGB"),
}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_rgb_is_found_and_rewritten_wherever_it_hides(pdf, inks, place):
    place(pdf)
    found = colours_of(pdf)
    assert found.count(PLACES[place]) == 1
    to_cmyk(pdf, inks)
    assert unprintable_colours(pdf) == ()
    written = BytesIO()
    pdf.save(written)
    with pikepdf.open(written) as again:
        assert unprintable_colours(again) == ()
        assert again.check_pdf_syntax() == []


def painted(pdf, inks, data, **keys):
    content(pdf, data)
    to_cmyk(pdf, inks, **keys)
    contents = pdf.pages[0].obj.Contents.read_bytes()
    return b" ".join(contents.split()).decode()


def test_neutrals_go_to_black_alone_and_colours_through_the_profile(pdf, inks):
    assert painted(pdf, inks, b"0 0 0 rg .5 .5 .5 RG 1 1 1 rg 1 0 0 rg") == (
        "0 0 0 1 k 0 0 0 0.5 K 0 0 0 0 k 0 0.9176 0.9686 0 k"
    )


def test_colours_in_inks_already_are_left_alone(pdf, inks):
    data = "0.1 0.2 0.3 0.4 k /DeviceCMYK cs 0 0 0 1 scn 0.5 g"
    assert painted(pdf, inks, data.encode()) == data


def test_a_colour_space_lasts_until_the_state_is_restored(pdf, inks):
    resource(pdf, "/ColorSpace", "/P", icc(pdf))
    assert painted(pdf, inks, b"q /P cs 0 0 0 scn Q /DeviceCMYK cs 0 0 0 1 scn") == (
        "q 0 0 0 1 k 0 0 0 1 k Q /DeviceCMYK cs 0 0 0 1 scn"
    )


def test_a_white_luminosity_mask_stays_white(pdf, inks):
    in_soft_mask(pdf)
    to_cmyk(pdf, inks)
    mask = pdf.pages[0].obj.Resources.ExtGState.M.SMask
    assert mask.G.read_bytes().split()[:2] == [b"1", b"g"]
    assert Name.DeviceGray == mask.G.Group.CS
    assert [float(value) for value in mask.BC] == [0]


def test_a_gradient_that_names_four_inks_and_gives_three_numbers_is_read_as_rgb(pdf, inks):
    resource(pdf, "/Shading", "/S", ramp(Name.DeviceCMYK))
    to_cmyk(pdf, inks)
    function = pdf.pages[0].obj.Resources.Shading.S.Function
    assert [float(value) for value in function.C0] == pytest.approx(RED, abs=1e-4)
    assert [float(value) for value in function.C1] == [0, 0, 0, 1]


def test_a_grey_picture_saved_in_rgb_goes_to_black_alone(pdf, inks):
    resource(pdf, "/XObject", "/I", image(pdf, b"\x80\x80\x80", Name.DeviceRGB))
    to_cmyk(pdf, inks)
    converted = pdf.pages[0].obj.Resources.XObject.I
    assert (converted.ColorSpace, converted.read_bytes()) == (Name.DeviceGray, b"\x80")


def test_a_transparent_colour_stays_transparent(pdf, inks):
    keyed = image(pdf, b"\xff\0\0", Name.DeviceRGB, Mask=[250, 255, 0, 5, 0, 5])
    resource(pdf, "/XObject", "/I", keyed)
    to_cmyk(pdf, inks)
    converted = pdf.pages[0].obj.Resources.XObject.I
    assert "/Mask" not in converted
    assert converted.SMask.read_bytes() == b"\0"


def test_transparency_blends_in_cmyk(pdf, inks):
    in_form(pdf)
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency)
    to_cmyk(pdf, inks)
    page = pdf.pages[0].obj
    assert page.Group.CS == page.Resources.XObject.F.Group.CS == Name.DeviceCMYK


def test_a_mesh_is_refused_in_one_line(pdf, inks):
    mesh = pdf.make_stream(b"\0", ShadingType=4, ColorSpace=Name.DeviceRGB)
    resource(pdf, "/Shading", "/S", mesh)
    with pytest.raises(ColourError, match=r"^a mesh of colours in the PDF is not in CMYK"):
        to_cmyk(pdf, inks)


def test_small_black_text_and_thin_black_lines_overprint_and_nothing_else(pdf, inks):
    black, small, large = (
        b"0 0 0 1 k 0 0 0 1 K ",
        b"BT /F 9 Tf (a) Tj ET ",
        b"BT /F 24 Tf (a) Tj ET ",
    )
    assert painted(pdf, inks, black + small + large, overprint=True) == (
        "0 0 0 1 k 0 0 0 1 K BT /F 9 Tf /KOver gs (a) Tj ET BT /F 24 Tf /KKnock gs (a) Tj ET"
    )
    states = pdf.pages[0].obj.Resources.ExtGState
    assert (states.KOver.op, states.KOver.OPM, states.KKnock.op) == (True, 1, False)
    cases = {
        b"2 0 0 2 0 0 cm " + small: False,
        b"BT /F 1 Tf 9 0 0 9 0 0 Tm (a) Tj ET ": True,
        b"BT /F 1 Tf 12 0 0 12 0 0 Tm (a) Tj ET ": False,
        b"1 w 0 0 m 9 9 l S ": True,
        b"2 w 0 0 m 9 9 l S ": False,
        b"0 0 9 9 re f ": False,
    }
    for data, overprints in cases.items():
        assert ("KOver" in painted(pdf, inks, black + data, overprint=True)) is overprints, data
    assert "KOver" not in painted(pdf, inks, b"0 0 0 .9 k " + small, overprint=True)


def test_text_in_a_form_is_as_large_as_it_is_drawn(pdf, inks):
    text = form(pdf, b"0 0 0 1 k BT /F 9 Tf (a) Tj ET")
    resource(pdf, "/XObject", "/X", text)
    content(pdf, b"2 0 0 2 0 0 cm /X Do")
    to_cmyk(pdf, inks, overprint=True)
    assert b"KOver" not in text.read_bytes()


def test_every_way_to_black_is_read(inks):
    resources = Dictionary()
    stream = ContentInks(inks, resources, lambda image: None)
    assert stream.rewritten(None, b"0 0 0 1 k BT (words) Tj ET") is None
