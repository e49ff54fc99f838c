"""Pages side by side, as a printer folds and binds them."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array

from print.imposition import (
    ImpositionError,
    Spread,
    cover_sheet,
    impose,
    saddle_stitch,
    spine_mm,
)
from print.marks import SLUG_MM, MarkSpec
from print.preflight.document import read_document

TRIM, BLEED = 200.0, 14.0
MM = 72 / 25.4


def booklet(pages):
    """Pages whose grey says their number, bleed and all."""
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            side = TRIM + 2 * BLEED
            pdf.add_blank_page(page_size=(side, side))
            page = pdf.pages[-1].obj
            page.TrimBox = Array([BLEED, BLEED, side - BLEED, side - BLEED])
            page.BleedBox = Array([0, 0, side, side])
            content = f"0 0 0 {number / 100:.2f} k 0 0 {side} {side} re f"
            page.Contents = pdf.make_stream(content.encode())
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_eight_pages_make_two_sheets():
    assert saddle_stitch(8) == (Spread(8, 1), Spread(2, 7), Spread(6, 3), Spread(4, 5))


def test_inner_sheets_creep_by_a_caliper_each():
    assert [spread.creep_mm for spread in saddle_stitch(12, 0.12)] == [0, 0, 0.12, 0.12, 0.24, 0.24]


@pytest.mark.parametrize("pages", [0, 2, 6, 9])
def test_what_is_no_multiple_of_four_is_refused(pages):
    with pytest.raises(ImpositionError, match="multiple of 4"):
        saddle_stitch(pages)


@given(st.integers(1, 40).map(lambda sheets: sheets * 4))
def test_every_page_is_laid_once_and_facing_pages_add_up(pages):
    spreads = saddle_stitch(pages)
    assert sorted(n for each in spreads for n in (each.left, each.right)) == [*range(1, pages + 1)]
    assert {each.left + each.right for each in spreads} == {pages + 1}
    assert all(each.right % 2 for each in spreads[::2])


def shade(page, x, y):
    """The grey at a place in points from the bottom left, as the number that painted it."""
    picture = page.render(scale=1).to_pil().convert("L")
    return round((255 - picture.getpixel((round(x), round(picture.height - y)))) / 2.55)


def test_a_spread_shows_both_pages_and_keeps_the_outer_bleed():
    with pypdfium2.PdfDocument(impose(booklet(4), saddle_stitch(4))) as pdf:
        width, height = pdf[0].get_size()
        assert (width, height) == (2 * TRIM + 2 * BLEED, TRIM + 2 * BLEED)
        spine = width / 2
        assert [shade(pdf[0], x, 100) for x in (3, spine - 3, spine + 3, width - 3)] == [4, 4, 1, 1]
        assert [shade(pdf[1], x, 100) for x in (3, spine - 3, spine + 3, width - 3)] == [2, 2, 3, 3]


def test_boxes_of_a_spread():
    with pikepdf.open(BytesIO(impose(booklet(4), saddle_stitch(4)))) as pdf:
        trim = [float(value) for value in pdf.pages[0].obj.TrimBox]
    assert trim == [BLEED, BLEED, BLEED + 2 * TRIM, BLEED + TRIM]


def test_a_cover_has_its_spine_between_back_and_front():
    spine = spine_mm(100, 0.1)
    assert spine == 5
    with pypdfium2.PdfDocument(cover_sheet(booklet(4), spine)) as pdf:
        width, _height = pdf[0].get_size()
        points = spine / 25.4 * 72
        assert width == pytest.approx(2 * TRIM + 2 * BLEED + points, abs=0.01)
        middle = width / 2
        places = (3, middle - points / 2 - 3, middle - 3, middle + 3, width - 3)
        assert [shade(pdf[0], x, 100) for x in places] == [4, 4, 4, 1, 1]


def test_same_pages_same_sheets():
    data = booklet(8)
    assert impose(data, saddle_stitch(8)) == impose(data, saddle_stitch(8))


def test_pages_of_two_sizes_are_refused():
    with pikepdf.open(BytesIO(booklet(4))) as pdf:
        pdf.pages[1].obj.TrimBox = Array([BLEED, BLEED, 100, 100])
        out = BytesIO()
        pdf.save(out)
    with pytest.raises(ImpositionError, match="different sizes"):
        impose(out.getvalue(), saddle_stitch(4))


def test_what_is_no_pdf_is_refused():
    with pytest.raises(ImpositionError):
        impose(b"rien", saddle_stitch(4))


def test_marks_stand_around_the_sheet_and_leave_its_pages_alone():
    marks = MarkSpec("crop", BLEED / MM)
    plain = cover_sheet(booklet(4), 5)
    marked = cover_sheet(booklet(4), 5, marks)
    slug = SLUG_MM * MM
    with pypdfium2.PdfDocument(plain) as before, pypdfium2.PdfDocument(marked) as after:
        width, height = before[0].get_size()
        assert after[0].get_size() == pytest.approx((width + 2 * slug, height + 2 * slug), abs=0.01)
        for x in (3, width / 2, width - 3):
            assert shade(after[0], x + slug, 100 + slug) == shade(before[0], x, 100)
    [page] = read_document(marked).pages
    assert page.trim.width == pytest.approx(2 * TRIM + 5 * MM, abs=0.01)


def test_a_spread_names_its_pages_in_the_slug():
    words = (("p. {page}",),)
    font = next(Path("fonts/source-serif-4").rglob("*.ttf"))
    marks = MarkSpec("full", BLEED / MM, words, font)

    def signs(first):
        data = impose(booklet(4), saddle_stitch(4), marks, first)
        found = read_document(data).painted
        return [each.page for each in found if each.colour.space.names and each.kind == "fill"]

    # “p. 4 + 1” and “p. 2 + 3”, without their spaces; inside pages count on from their first.
    assert signs(1) == [1] * 5 + [2] * 5
    assert signs(97) == [1] * 8 + [2] * 7
