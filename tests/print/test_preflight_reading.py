"""What is read as it will be printed: layers, annotations in place, bars side by side, loops."""

import pytest
from pikepdf import Array, Dictionary, Name

from print.preflight.document import read_document
from print.preflight.guarded import examine_file
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import SmallPdf

SHEET = VARIANTS["sheet-cmyk"]
RED = b"1 0 0 rg 60 60 9 9 re f "


def found(pdf):
    return {finding.rule for finding in examine(read_document(pdf.saved()), SHEET).findings}


@pytest.mark.parametrize(("shown", "rules"), [(True, {"R0027"}), (False, set())])
def test_a_layer_that_is_off_is_not_printed(shown, rules):
    pdf = SmallPdf()
    layer = pdf.pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Brouillon"))
    state = Dictionary({"/ON" if shown else "/OFF": Array([layer])})
    pdf.pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=state)
    pdf.resources.Properties = Dictionary(L=layer)
    assert found(pdf.put(b"/OC /L BDC " + RED + b"EMC")) == rules


def test_an_appearance_is_measured_in_its_rectangle():
    pdf = SmallPdf()
    pdf.image(60, 60, space=Name.DeviceGray)
    pdf.put(b"q 30 0 0 30 60 60 cm /Im Do Q", "annotation")
    half = [float(side) / 2 for side in pdf.page.MediaBox]
    [before] = [each.picture for each in read_document(pdf.saved()).painted if each.picture]
    pdf.page.Annots[0].Rect = Array(half)
    [after] = [each.picture for each in read_document(pdf.saved()).painted if each.picture]
    assert after.ppi == pytest.approx([2 * ppi for ppi in before.ppi], rel=0.001)


def test_bars_side_by_side_do_not_lie_on_each_other():
    bars = b" ".join(b"%.3f 60 0.935 60 re f" % (60 + 1.87 * at) for at in range(30))
    assert found(SmallPdf().put(b"0 0 0 0 k 50 50 90 90 re f 0 0 0 1 k " + bars)) == set()


def test_what_is_part_of_itself_ends(tmp_path):
    pdf = SmallPdf()
    space = pdf.pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 1, Name.X]))
    space[1] = space
    pdf.resources.ColorSpace.Loop = space
    pdf.put(b"/Fm Do /Fm Do /Loop cs 1 scn 60 60 9 9 re f", "form")
    path = tmp_path / "loop.pdf"
    path.write_bytes(pdf.saved())
    assert "C-READ" in {each.rule for each in examine_file(path, SHEET).verdict.findings}


def test_a_huge_page_is_told_to_be_too_large(tmp_path):
    pdf = SmallPdf().put(RED)
    pdf.page.MediaBox = pdf.page.CropBox = Array([0, 0, 10**9, 10**9])
    path = tmp_path / "huge.pdf"
    path.write_bytes(pdf.saved())
    examined = examine_file(path, SHEET, pictures=tmp_path)
    assert {"R0026", "R0027"} <= {each.rule for each in examined.verdict.findings}
    assert (tmp_path / "page-1.jpg").exists()
