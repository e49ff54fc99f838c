"""Each rule finds the file that breaks it, in every place where it can be broken, and no other."""

import pytest
from pikepdf import Array, Dictionary, Name, String

from print.preflight.document import read_document
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import BLEED, PLACES, SIZE, SmallPdf

TEXT = b"BT /F1 %d Tf 1 0 0 1 60 100 Tm (abc) Tj ET"
JOB = VARIANTS["sheet-cmyk"].with_limits(trim_mm=(100, 100), bleed_mm=5, safety_mm=5)
DRAWN = ("page", "form", "pattern", "annotation", "glyph")


def broken_rules(pdf, variant=JOB, **saving):
    """The rules that a file breaks, with the places."""
    data = pdf if isinstance(pdf, bytes) else pdf.saved(**saving)
    verdict = examine(read_document(data), variant)
    return {(finding.rule, finding.spot.place) for finding in verdict.findings}


def rules(pdf, variant=JOB, **saving):
    return {rule for rule, _place in broken_rules(pdf, variant, **saving)} - {"X-ANNOTATION"}


def test_a_clean_file_passes():
    clean = SmallPdf()
    clean.image(width=900, height=900)
    clean.put(b"/Over gs 0 0 0 1 k " + TEXT % 9).put(b"q 200 0 0 200 30 30 cm /Im Do Q")
    assert broken_rules(clean) == set()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("R0027", b"1 0 0 rg 60 60 50 50 re f"),
        ("R0027", b"0 0 1 RG 4 w 60 60 m 90 90 l S"),
        ("R0020", b"/Rose cs 1 scn 60 60 50 50 re f"),
        ("R0024", b"/All cs 1 scn 60 60 50 50 re f"),
    ],
)
def test_a_foreign_colour_is_found_wherever_it_hides(place, rule, content):
    pdf = SmallPdf()
    pdf.spot("Rose")
    pdf.spot("All", ink="All")
    found = broken_rules(pdf.put(content, place))
    assert {where for name, where in found if name == rule} == {_path(place)}
    assert {name for name, _where in found} <= {rule, "X-ANNOTATION"}


def _path(place):
    return {"page": "page", "annotation": "annotation"}.get(place, f"page/{place}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "space",
    [
        Name.DeviceRGB,
        Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])]),
        Array([Name.CalRGB, Dictionary(WhitePoint=[0.96, 1, 0.82])]),
        Array([Name.Indexed, Name.DeviceRGB, 0, String(b"abc")]),
    ],
)
def test_a_picture_in_foreign_colours_is_found(place, space):
    pdf = SmallPdf()
    pdf.image(900, 900, space=space)
    pdf.put(b"q 50 0 0 50 60 60 cm /Im Do Q", place)
    assert ("R0027", f"{_path(place)}/image") in broken_rules(pdf)


@pytest.mark.parametrize("place", PLACES)
def test_a_shading_in_rgb_is_found(place):
    pdf = SmallPdf()
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    pdf.resources.Shading.Sh = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=function
    )
    pdf.put(b"q 60 60 50 50 re W n /Sh sh Q", place)
    assert broken_rules(pdf) - {("X-ANNOTATION", "annotation")} == {
        ("R0027", f"{_path(place)}/shading")
    }


@pytest.mark.parametrize("place", PLACES)
def test_an_inline_picture_in_rgb_is_found(place):
    pixels = bytes(20 * 20 * 3)
    content = b"q 2 0 0 2 60 60 cm BI /W 20 /H 20 /CS /RGB /BPC 8 ID " + pixels + b" EI Q"
    found = broken_rules(SmallPdf().put(content, place))
    assert ("R0027", f"{_path(place)}/inline image") in found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("pixels", "bits", "rule"),
    [(60, 8, "R0031"), (140, 8, "R0031-W"), (300, 1, "R0032"), (480, 1, "R0032-W")],
)
def test_a_coarse_picture_is_found(place, pixels, bits, rule):
    pdf = SmallPdf()
    pdf.image(pixels, pixels, space=Name.DeviceGray, bits=bits)
    pdf.put(b"q 50 0 0 50 60 60 cm /Im Do Q", place)
    found = broken_rules(pdf) - {("X-ANNOTATION", "annotation")}
    assert found == {(rule, f"{_path(place)}/image")}


@pytest.mark.parametrize("place", PLACES)
def test_a_coarse_stencil_is_found(place):
    pdf = SmallPdf()
    pdf.image(60, 60, space=None, bits=1, ImageMask=True)
    pdf.put(b"0 0 0 1 k q 50 0 0 50 60 60 cm /Im Do Q", place)
    assert ("R0032", f"{_path(place)}/image") in broken_rules(pdf)


def test_the_soft_mask_of_a_picture_is_looked_at():
    pdf = SmallPdf()
    pdf.image(20, 20, space=Name.DeviceGray)
    mask = pdf.resources.XObject.Im
    pdf.image(900, 900, SMask=mask)
    pdf.put(b"q 50 0 0 50 60 60 cm /Im Do Q")
    assert broken_rules(pdf) == {("R0031", "page/image/soft mask")}


@pytest.mark.parametrize("place", DRAWN)
@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"/Over gs 0 0 0 0 k " + TEXT % 9, "R0007"),
        (b"/Over gs 0 0 0 0 k 60 60 40 40 re f", "R0008"),
        (b"0 0 0 0.2 k 55 95 50 50 re f 0 0 0 1 k " + TEXT % 9, "R0009"),
        (b"0 0 0 0.2 k 55 55 90 90 re f 0 0 0 1 K 1 w 60 60 m 90 60 l S", "R0010"),
        (b"/Over gs 0 g " + TEXT % 9, "R0011"),
        (b"/Over gs 0 G 1 w 60 60 m 90 60 l S", "R0012"),
        (b"0.7 0.7 0.7 0.9 k " + TEXT % 14, "R0015"),
        (b"0 0 0 0.9 k 55 95 50 50 re f 0 0 0 0 k " + TEXT % 6, "R0016"),
        (b"0.5 0.5 0 0 k " + TEXT % 6, "R0017"),
        (b"0 0 0 0.9 k 55 55 90 90 re f 0 0 0 0 K 0.1 w 60 60 m 90 60 l S", "R0018"),
        (b"0.5 0.5 0 0 K 0.1 w 60 60 m 90 60 l S", "R0019"),
        (b"1 0 0 0 K 0.1 w 60 60 m 90 60 l S", "C-HAIRLINE"),
    ],
)
def test_overprint_and_size_are_judged_wherever_they_are_painted(place, content, rule):
    assert rules(SmallPdf().put(content, place)) == {rule}


@pytest.mark.parametrize(
    "content",
    [
        b"/Over gs 0 0 0 1 k " + TEXT % 9,
        b"0 0 0 1 k " + TEXT % 14,
        b"0 0 0 0 k " + TEXT % 12,
        b"0 0 0 0 k 60 60 40 40 re f",
        b"/Over gs 0 0 0 1 K 1 w 60 60 m 90 60 l S",
        b"0 0 0 1 k 0 0 5 5 re f",
        b"0 0 0 1 k " + TEXT.replace(b"60 100", b"240 240") % 9,
        b"0.5 0.5 0 0 k " + TEXT % 9,
        b"1 0 0 0 K 0.3 w 60 60 m 90 60 l S",
        b"BT 3 Tr 1 0 0 rg /F1 9 Tf 1 0 0 1 60 100 Tm (abc) Tj ET",
    ],
)
def test_what_a_press_takes_is_left_alone(content):
    assert rules(SmallPdf().put(content)) == set()


def test_a_group_blends_in_cmyk():
    def with_group(space):
        pdf = SmallPdf()
        group = Dictionary(S=Name.Transparency, CS=space)
        pdf.resources.XObject.Fm = pdf._form(b"0 0 0 1 k 60 60 9 9 re f", Group=group)
        pdf.contents.append(b"/Fm Do")
        return pdf

    assert rules(with_group(Name.DeviceCMYK)) == set()
    assert broken_rules(with_group(Name.DeviceRGB)) == {("R0030", "page/form")}


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("CropBox", [20, 20, 200, 200], "R0003"),
        ("UserUnit", 2, "R0002"),
        ("Rotate", 90, "R0004"),
        ("TrimBox", [BLEED, BLEED, 200, 200], "C-TRIM"),
        ("BleedBox", [BLEED, BLEED, SIZE[0] - BLEED, SIZE[1] - BLEED], "C-BLEED"),
    ],
)
def test_boxes_are_held_against_the_job(key, value, rule):
    pdf = SmallPdf()
    pdf.page[f"/{key}"] = Array(value) if isinstance(value, list) else value
    assert rules(pdf) == {rule}


def test_a_trim_box_is_wanted():
    pdf = SmallPdf()
    del pdf.page.TrimBox
    assert "X-TRIM" in rules(pdf)


def test_a_page_that_is_meant_to_be_empty_passes():
    pdf = SmallPdf()
    pdf.contents = [b"0 0 0 0 k 20 20 100 100 re f"]
    assert rules(pdf, JOB.with_limits(white_pages=frozenset({1}))) == set()


def test_an_empty_page_is_found():
    pdf = SmallPdf()
    pdf.contents = [b"0 0 0 0 k 20 20 100 100 re f"]
    assert rules(pdf) == {"R0005"}


def test_an_advert_has_one_page():
    pdf = SmallPdf()
    pdf.saved()
    pdf.pdf.pages.append(pdf.pdf.pages[0])
    assert rules(pdf, VARIANTS["magazine-adverts"]) == {"R0006"}


def test_the_extent_is_a_multiple():
    assert rules(SmallPdf(), JOB.with_limits(extent_multiple=4)) == {"C-EXTENT"}


def test_text_keeps_its_distance_from_the_trim():
    near = TEXT.replace(b"60 100", b"17 100") % 9
    across = TEXT.replace(b"60 100", b"8 100") % 30
    assert rules(SmallPdf().put(b"/Over gs 0 0 0 1 k " + near)) == {"C-SAFETY"}
    assert rules(SmallPdf().put(b"0 0 0 1 k " + across)) == set()


def test_a_font_comes_along():
    pdf = SmallPdf()
    del pdf.resources.Font.F1.FontDescriptor.FontFile2
    assert rules(pdf.put(b"/Over gs 0 0 0 1 k " + TEXT % 9)) == {"X-FONT"}


def test_a_missing_sign_is_found():
    pdf = SmallPdf()
    pdf.resources.Font.F1.Encoding = Dictionary(Differences=Array([98, Name("/.notdef")]))
    assert rules(pdf.put(b"/Over gs 0 0 0 1 k " + TEXT % 9)) == {"C-SIGN"}


def test_a_fallback_font_is_found():
    house = JOB.with_limits(families=frozenset({"Source Serif 4"}))
    written = SmallPdf().put(b"/Over gs 0 0 0 1 k " + TEXT % 9)
    assert rules(written, house) == {"C-FONT"}
    same = JOB.with_limits(families=frozenset({"Essai"}))
    assert rules(SmallPdf().put(b"/Over gs 0 0 0 1 k " + TEXT % 9), same) == set()


def test_the_standard_is_claimed():
    pdf = SmallPdf()
    del pdf.pdf.Root.Metadata
    assert rules(pdf) == {"X4-CLAIM"}
    assert rules(SmallPdf(), force_version="1.7") == {"X4-CLAIM"}


def test_one_intent_for_a_cmyk_press():
    without, twice, gray = SmallPdf(), SmallPdf(), SmallPdf()
    del without.pdf.Root.OutputIntents
    assert rules(without) == {"X-INTENT"}
    twice.pdf.Root.OutputIntents.append(twice.pdf.Root.OutputIntents[0])
    assert rules(twice) == {"X-INTENT"}
    profile = bytearray(gray.pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    profile[16:20] = b"GRAY"
    gray.pdf.Root.OutputIntents[0].DestOutputProfile = gray.pdf.make_stream(bytes(profile), N=1)
    assert rules(gray) == {"R0035"}


@pytest.mark.parametrize(
    ("key", "rule"), [("Title", "X-INFO"), ("ModDate", "X-INFO"), ("Trapped", "X-TRAPPED")]
)
def test_the_file_says_what_it_is(key, rule):
    pdf = SmallPdf()
    del pdf.pdf.trailer.Info[f"/{key}"]
    assert rules(pdf) == {rule}


def test_annotations_keep_out_of_the_page():
    def with_link(box):
        pdf = SmallPdf()
        pdf.page.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array(box))])
        return broken_rules(pdf)

    assert with_link([50, 50, 90, 90]) == {("X-ANNOTATION", "annotation")}
    assert with_link([500, 500, 590, 590]) == set()


def test_a_press_file_carries_nothing_else():
    pdf = SmallPdf()
    pdf.pdf.Root.OpenAction = Dictionary(S=Name("/JavaScript"), JS=String("app.alert(1)"))
    assert rules(pdf) == {"X-CARRIES"}


def test_x1a_takes_no_transparency():
    def under_x1a(pdf):
        pdf.pdf.trailer.Info.GTS_PDFXVersion = String("PDF/X-1a:2003")
        return rules(pdf, VARIANTS["x1a"], force_version="1.4")

    assert under_x1a(SmallPdf()) == set()
    veiled = SmallPdf()
    veiled.resources.ExtGState.Veil = Dictionary(ca=0.5)
    assert under_x1a(veiled.put(b"/Veil gs 0 0 0 1 k 60 60 40 40 re f")) == {"X1A-TRANSPARENCY"}
    multiplied = SmallPdf()
    multiplied.resources.ExtGState.Multiply = Dictionary(BM=Name.Multiply)
    inked = b"/Multiply gs 0 0 0 1 k 60 60 40 40 re f"
    assert under_x1a(multiplied.put(inked)) == {"X1A-TRANSPARENCY"}
    assert "X1A-TRANSPARENCY" in under_x1a(SmallPdf().put(b"0 g 60 60 9 9 re f", "soft mask"))
    assert rules(SmallPdf(), VARIANTS["x1a"]) == {"X1A-CLAIM"}


def test_spots_alone_leave_the_process_plates_empty():
    job = VARIANTS["spots"].with_limits(spots=frozenset({"Rose", "Vert"}), spot_count=2)

    def painted(content):
        pdf = SmallPdf()
        pdf.contents = []
        pdf.spot("Rose")
        pdf.spot("Bleu", ink="Bleu")
        return rules(pdf.put(content), job)

    assert painted(b"/Rose cs 1 scn 60 60 50 50 re f") == set()
    assert painted(b"/Bleu cs 1 scn 60 60 50 50 re f") == {"C-SPOT"}
    assert painted(b"0 0 0 1 k 60 60 50 50 re f") == {"C-PROCESS"}
