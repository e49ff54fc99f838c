"""A job in spot inks alone: process plates are empty, each thing is on the plate it belongs to."""

import subprocess
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from print.plates import plates
from print.preflight.document import read_document
from print.preflight.variants import VARIANTS, examine
from print.spot_job import SpotError, SpotInk, SpotJob
from print.spot_pictures import split
from print.spots import to_spots
from tests.print.preflight_files import SmallPdf

GREEN = SpotInk("Vert", (0.85, 0.33, 0.66, 0.41))
PINK = SpotInk("Rose", (0.0, 0.79, 0.33, 0.0))
JOB = SpotJob([PINK, GREEN])
RULES = VARIANTS["spots"].with_limits(spots=frozenset({"Vert", "Rose"}), spot_count=2)
PINK_AREA = b"0 0.79 0.33 0 k 60 60 50 50 re f\n"
TEXT = b"0 0 0 1 k BT /F1 9 Tf 1 0 0 1 70 80 Tm (abc) Tj ET\n"


def spotted(content, job=JOB, prepare=None):
    small = SmallPdf()
    small.contents = [content]
    if prepare:
        prepare(small)
    with pikepdf.open(BytesIO(small.saved())) as pdf:
        to_spots(pdf, job)
        out = BytesIO()
        pdf.save(out, force_version="1.6", deterministic_id=True)
    return out.getvalue()


def separated(tmp_path, data):
    """The plates of the first page by name, as arrays of percent, bottom row first."""
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    subprocess.run(
        [
            *("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72"),
            f"-sOutputFile={tmp_path}/plate-%d.tif",
            str(path),
        ],
        check=True,
        capture_output=True,
    )
    found = {}
    for each in tmp_path.glob("plate-1(*).tif"):
        name = each.name.split("(")[1].split(")")[0]
        with Image.open(each) as picture:
            found[name] = 100 - np.asarray(picture.convert("L"))[::-1] / 2.55
    return found


def test_the_darkest_ink_stands_for_black():
    assert JOB.inks[JOB.darkest] == GREEN
    assert JOB.tint((0, 0, 0, 1)).ink == JOB.darkest
    assert JOB.tint((0, 0, 0, 0.3)).share == 0.3


def test_an_inks_own_colour_and_its_tints_go_to_its_plate():
    assert (JOB.tint(PINK.cmyk).ink, JOB.tint(PINK.cmyk).share) == (0, 1.0)
    half = tuple(value / 2 for value in GREEN.cmyk)
    assert (JOB.tint(half).ink, JOB.tint(half).share) == (1, 0.5)


@given(st.tuples(*[st.floats(0, 1)] * 4))
def test_every_colour_has_a_tint(colour):
    tint = JOB.tint(colour)
    assert tint.ink in (0, 1)
    assert 0 <= tint.share <= 1


def test_a_job_without_inks_is_refused():
    with pytest.raises(SpotError, match="names no ink"):
        SpotJob([])


def test_plates_hold_their_own_and_process_plates_are_empty(tmp_path):
    data = spotted(PINK_AREA + b"0 0 0 1 k 150 150 40 40 re f\n0 0 0 0.4 k 200 200 30 30 re f\n")
    found = separated(tmp_path, data)
    assert {name for name, plate in found.items() if plate.max() > 1} == {"Rose", "Vert"}
    assert found["Rose"][80, 80] == pytest.approx(100, abs=1)
    assert found["Vert"][80, 80] == pytest.approx(0, abs=1)
    assert found["Vert"][170, 170] == pytest.approx(100, abs=1)
    assert found["Vert"][215, 215] == pytest.approx(40, abs=1)
    assert examine(read_document(data), RULES).findings == ()


@pytest.mark.parametrize("place", ["form", "pattern"])
def test_what_is_drawn_in_turn_is_turned_too(place):
    data = spotted(b"", prepare=lambda small: small.put(b"0.2 0.5 0 0 k 60 60 50 50 re f", place))
    assert examine(read_document(data), RULES).findings == ()


def test_a_gradient_becomes_one_of_the_darkest_ink(tmp_path):
    def shade(small):
        function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
        small.resources.Shading.Sh = Dictionary(
            ShadingType=2,
            ColorSpace=Name.DeviceCMYK,
            Coords=[50, 0, 250, 0],
            Function=function,
        )

    data = spotted(b"q 50 50 200 200 re W n /Sh sh Q", prepare=shade)
    found = separated(tmp_path, data)
    row = found["Vert"][100]
    assert row[60] < 10 < 40 < row[150] < 60 < 90 < row[245]


def test_pictures_are_shared_between_the_inks(tmp_path):
    def picture(small):
        small.image(20, 20)
        samples = np.zeros((20, 20, 4), np.uint8)
        samples[:, :10] = (np.array(PINK.cmyk) * 255).round()
        samples[:, 10:, 3] = 255
        small.resources.XObject.Im.write(samples.tobytes())

    found = separated(tmp_path, spotted(b"q 200 0 0 200 50 50 cm /Im Do Q", prepare=picture))
    assert found["Rose"][100, 80] == pytest.approx(100, abs=2)
    assert found["Vert"][100, 80] == pytest.approx(0, abs=2)
    assert found["Vert"][100, 220] == pytest.approx(100, abs=2)
    assert found["Rose"][100, 220] == pytest.approx(0, abs=2)


def test_grey_pictures_print_in_the_darkest_ink(tmp_path):
    data = spotted(
        b"q 200 0 0 200 50 50 cm /Im Do Q",
        prepare=lambda small: small.image(20, 20, space=Name.DeviceGray),
    )
    found = separated(tmp_path, data)
    assert found["Vert"][100, 100] == pytest.approx(100, abs=1)


def test_one_ink_takes_pictures_by_their_luminosity():
    grey = split(np.full((1, 1, 4), (0, 255, 0, 0), np.uint8), GREEN.cmyk, None)
    assert grey[0, 0].tolist() == [150, 0]


def test_a_plate_is_grey_and_knocks_out_what_other_inks_paint(tmp_path):
    made = plates(spotted(b"0 0 0 1 k 40 40 200 200 re f\n" + PINK_AREA), ("Vert", "Rose"))
    for name, at_pink, beside in (("Vert", 0, 100), ("Rose", 100, 0)):
        folder = tmp_path / name
        folder.mkdir()
        found = separated(folder, made[name])
        assert {plate for plate in found if found[plate].max() > 1} == {"Black"}
        assert found["Black"][80, 80] == pytest.approx(at_pink, abs=1)
        assert found["Black"][200, 200] == pytest.approx(beside, abs=1)


def test_text_in_the_darkest_ink_overprints_and_text_in_the_other_knocks_out():
    made = plates(spotted(PINK_AREA + TEXT), ("Vert", "Rose"))
    assert [each.kind for each in read_document(made["Rose"]).painted] == ["fill"]
    bright = TEXT.replace(b"0 0 0 1 k", b"0 0.79 0.33 0 k")
    over_dark = plates(spotted(b"0 0 0 1 k 40 40 200 200 re f\n" + bright), ("Vert", "Rose"))
    assert [each.kind for each in read_document(over_dark["Vert"]).painted] == ["fill", "text"]


def test_white_text_knocks_out():
    white = TEXT.replace(b"0 0 0 1 k", b"0 0 0 0 k")
    data = spotted(b"0 0 0 1 k 40 40 200 200 re f\n" + white)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert b"/InkOver gs" not in pdf.pages[0].Contents.read_bytes()


def test_text_that_overprints_already_is_left_as_it_is():
    data = spotted(PINK_AREA + b"/Over gs " + TEXT)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert b"/InkOver" not in pdf.pages[0].Contents.read_bytes()


def test_same_file_same_plates():
    data = spotted(PINK_AREA)
    assert plates(data, ("Vert",)) == plates(data, ("Vert",))
    assert spotted(PINK_AREA) == data


def test_an_inline_picture_is_refused_in_words():
    inline = b"q 9 0 0 9 60 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q"
    with pytest.raises(SpotError, match="build the file again"):
        spotted(inline)


def test_an_indexed_picture_is_read_through_its_table():
    def picture(small):
        small.image(20, 20, space=Name.DeviceGray)
        table = bytes([0, 201, 84, 0, 0, 0, 0, 255])
        space = Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(table)])
        small.resources.XObject.Im.ColorSpace = space

    data = spotted(b"q 200 0 0 200 50 50 cm /Im Do Q", prepare=picture)
    assert examine(read_document(data), RULES.with_limits(contone_ppi=(0, 0))).findings == ()
