"""Marks stand outside the bleed, in every ink, and leave the page alone."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from print.marks import SLUG_MM, MarkSpec, add_marks
from print.outlines import outlined, width_of
from print.preflight.document import read_document
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import BLEED, SIZE, SmallPdf

FONT = next(Path("fonts/source-serif-4").rglob("*.ttf"))
SLUG = SLUG_MM / 25.4 * 72


def marked(marks, slug="Guichet n° 7 · p. {page} · 1a2b3c4d"):
    small = SmallPdf()
    small.put(b"0 0 0 1 k 100 100 40 40 re f", "pattern")
    with pikepdf.open(BytesIO(small.saved())) as pdf:
        add_marks(pdf, MarkSpec(marks, 5, slug, FONT))
        out = BytesIO()
        pdf.save(out, force_version="1.6", deterministic_id=True)
    return out.getvalue()


def test_without_marks_nothing_changes():
    [page] = read_document(marked("none")).pages
    assert page.media.width == pytest.approx(SIZE[0])


@pytest.mark.parametrize("marks", ["crop", "full"])
def test_boxes_move_and_the_trim_keeps_its_size(marks):
    [page] = read_document(marked(marks)).pages
    assert page.media.width == pytest.approx(SIZE[0] + 2 * SLUG, abs=0.01)
    assert page.trim.left == pytest.approx(BLEED + SLUG, abs=0.01)
    assert page.trim.width == pytest.approx(SIZE[0] - 2 * BLEED, abs=0.01)
    assert page.crop == page.media


@pytest.mark.parametrize("marks", ["crop", "full"])
def test_marks_are_in_every_ink_and_touch_no_bleed(marks):
    document = read_document(marked(marks))
    drawn = [each for each in document.painted if each.colour.space.names == ("All",)]
    assert len(drawn) >= 8
    bled = document.page(1).bled
    assert not any(each.box.meets(bled) for each in drawn)


@pytest.mark.parametrize("marks", ["crop", "full"])
def test_a_marked_file_passes_preflight(marks):
    job = VARIANTS["sheet-cmyk"].with_limits(trim_mm=(100, 100), bleed_mm=5, safety_mm=5)
    assert examine(read_document(marked(marks)), job).findings == ()


def test_the_slug_names_the_page_only_on_full_marks():
    def slug_ink(marks):
        with pypdfium2.PdfDocument(marked(marks)) as pdf:
            picture = pdf[0].render(scale=4).to_pil().convert("L")
        strip = picture.crop((400, 20, 900, 90))
        return sum(strip.histogram()[:128])

    assert slug_ink("full") > 200 > slug_ink("crop")


def test_outlines_leave_out_what_the_font_lacks():
    assert outlined("né", FONT, 6, 0, 0) == outlined("n\U0001f600é", FONT, 6, 0, 0)
    assert width_of("nn", FONT, 6) == pytest.approx(2 * width_of("n", FONT, 6))
