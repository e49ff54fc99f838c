"""Marks stand outside the bleed, in every ink, and leave the page alone."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from print.marks import SLUG_MM, MarkSpec, add_marks
from print.outlines import fitted, outlined, width_of
from print.preflight.document import read_document
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import BLEED, SIZE, SmallPdf

FONT = next(Path("fonts/source-serif-4").rglob("*.ttf"))
SLUG = SLUG_MM / 25.4 * 72


WORDS = (("Guichet n° 7", "p. {page}"), ("Fanzine A5, risographie deux encres", "1a2b3c4d"))
MM = 72 / 25.4


def marked(marks, trim_mm=None, folds=()):
    small = SmallPdf()
    small.put(b"0 0 0 1 k 100 100 40 40 re f", "pattern")
    with pikepdf.open(BytesIO(small.saved())) as pdf:
        if trim_mm:
            side = (trim_mm + 10) * MM
            page = pdf.pages[0].obj
            page.MediaBox = page.CropBox = page.BleedBox = [0, 0, side, side]
            page.TrimBox = [5 * MM, 5 * MM, side - 5 * MM, side - 5 * MM]
        add_marks(pdf, MarkSpec(marks, 5, WORDS, FONT, folds))
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


def drawn_by(marks, **options):
    """The boxes of all marks, apart into lines and the signs of the slug."""
    drawn = [
        each
        for each in read_document(marked(marks, **options)).painted
        if each.colour.space.names == ("All",)
    ]
    return (
        [each.box for each in drawn if each.kind == "stroke"],
        [each.box for each in drawn if each.kind == "fill"],
    )


def test_the_slug_stands_only_beside_full_marks():
    assert len(drawn_by("full")[1]) > 20
    assert drawn_by("crop")[1] == []


@pytest.mark.parametrize(
    ("trim_mm", "folds"), [(90, ()), (148, ()), (210, ()), (296, (148,)), (425, (210, 215))]
)
def test_the_slug_runs_through_no_mark_at_any_trim(trim_mm, folds):
    lines, signs = drawn_by("full", trim_mm=trim_mm, folds=folds)
    assert not [sign for sign in signs if any(sign.meets(line) for line in lines)]
    # Two groups, of which the second ends with the digest.
    assert len(signs) > 20


def test_the_longest_words_of_the_slug_give_way():
    assert fitted(["Guichet n° 7", "1a2b3c4d"], FONT, 6, 1000) == "Guichet n° 7 · 1a2b3c4d"
    short = fitted(["Un nom de profil fort long", "1a2b3c4d"], FONT, 6, 70)
    assert short.startswith("Un nom")
    assert short.endswith("… · 1a2b3c4d")
    assert width_of(short, FONT, 6) <= 70


def test_folds_are_marked_outside_the_bleed():
    plain, _signs = drawn_by("crop", trim_mm=296)
    folded, _signs = drawn_by("crop", trim_mm=296, folds=(148,))
    middle = (SLUG_MM + 5 + 148) * MM
    marks = [box for box in folded if abs((box.left + box.right) / 2 - middle) < 1]
    assert len(folded) == len(plain) + 2
    assert len(marks) == 2


def test_outlines_leave_out_what_the_font_lacks():
    assert outlined("né", FONT, 6, 0, 0) == outlined("n\U0001f600é", FONT, 6, 0, 0)
    assert width_of("nn", FONT, 6) == pytest.approx(2 * width_of("n", FONT, 6))
