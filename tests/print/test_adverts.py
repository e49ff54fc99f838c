"""Supplied adverts: refused in plain words, or placed as they are."""

import io

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import translation
from pikepdf import Array

from print.adverts import AdvertRefusedError, receive
from print.arranging import ArrangeError, add_advert, add_blank, leave_out, move, take_away
from print.builds import build
from print.editions import align_placements, open_edition
from print.models import Advert, PressProfile
from print.profile_rules import space_mm
from tests.factories import OpinionFactory, paragraphs, picture_file
from tests.print.preflight_files import SmallPdf

MM = 72 / 25.4
RED = b"0.1 0.9 0.8 0 k 0 0 2000 2000 re f\n"
TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 6


def pdf_of(width_mm, height_mm, bleed_mm=0.0, contents=(RED,), prepare=None):
    """A clean PDF/X-4 of that trim, of one page in red."""
    small = SmallPdf()
    bleed = bleed_mm * MM
    width, height = width_mm * MM, height_mm * MM
    whole = Array([0, 0, width + 2 * bleed, height + 2 * bleed])
    small.page.MediaBox = small.page.CropBox = small.page.BleedBox = whole
    small.page.TrimBox = Array([bleed, bleed, bleed + width, bleed + height])
    small.contents = list(contents)
    if prepare:
        prepare(small)
    return small.saved()


@pytest.fixture
def profile(db):
    PressProfile.objects.filter(slug="fanzine-a4").update(least_extent=8, least_ppi=36, low_ppi=36)
    return PressProfile.objects.get(slug="fanzine-a4")


@pytest.fixture
def supply(profile):
    """Receive a file as an advert, and keep it."""

    def supplied(data, space="full", name="advert.pdf", of=profile):
        advert = Advert(
            title="Rentrée",
            advertiser="Atelier Cadence",
            profile=of,
            space=space,
            alt_text="Atelier Cadence : la file, mais debout.",
        )
        receive(advert, ContentFile(data, name=name))
        advert.file.save(name, ContentFile(data))
        return advert

    return supplied


def reasons(supply, *arguments, **named):
    with translation.override("fr"), pytest.raises(AdvertRefusedError) as refused:
        supply(*arguments, **named)
    assert not Advert.objects.exists()
    return refused.value.reasons


def test_a_clean_full_page_is_received(supply):
    assert supply(pdf_of(210, 297, 5)).report["errors"] == 0


def test_halves_and_quarters_have_their_own_size(supply, profile):
    for space in ("half", "quarter"):
        _left, _top, width, height = space_mm(space, profile)
        assert supply(pdf_of(width, height), space).report["errors"] == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf_of(200, 287, 5), "TrimBox"),
        (pdf_of(210, 297, 0), "C-BLEED"),
        (pdf_of(210, 297, 5, [b"1 0 0 rg 0 0 900 900 re f\n"]), "R0027"),
        (b"%PDF-1.4 not one", "C-READ"),
        (b"", "C-READ"),
    ],
    ids=["trim", "bleed", "rgb", "broken", "empty"],
)
def test_what_can_not_be_printed_is_refused_in_french(supply, data, said):
    found = reasons(supply, data)
    assert any(said in each or "C-TRIM" in each for each in found)
    assert not any("not a PDF" in each or "Export the" in each or "The " in each for each in found)


def test_a_spot_ink_is_refused_where_the_press_has_none(supply):
    def spotted(small):
        small.spot("Pink")
        small.contents.append(b"/Pink cs 1 scn 50 50 100 100 re f\n")

    assert any("R0020" in each for each in reasons(supply, pdf_of(210, 297, 5, prepare=spotted)))


def test_a_picture_is_measured_too(supply, profile):
    small = picture_file(size=(220, 307)).read()
    square = picture_file(size=(3000, 3000)).read()
    PressProfile.objects.filter(pk=profile.pk).update(least_ppi=150, low_ppi=225)
    profile.refresh_from_db()
    assert len(reasons(supply, small, name="advert.jpg", of=profile)) == 1
    assert "3000 × 3000" in reasons(supply, square, name="advert.jpg", of=profile)[0]
    assert reasons(supply, b"GIF89a", name="advert.png", of=profile)


@pytest.fixture
def edition(magazine, profile):
    opinion = magazine.article(OpinionFactory, title="Prenez un ticket", body=paragraphs(TEXT))
    other = magazine.article(OpinionFactory, title="La file", body=paragraphs(TEXT))
    edition = open_edition(magazine.issue(opinion, other, number=7), profile)
    align_placements(edition)
    return edition


def kinds(edition):
    return [
        placement.entry.article.title if placement.entry else placement.kind
        for placement in edition.placements.order_by("position")
    ]


def test_adverts_and_blanks_stand_where_they_were_put(edition, supply):
    add_advert(edition, supply(pdf_of(210, 297, 5)), 4)
    add_blank(edition, 99)
    assert kinds(edition) == [
        *("cover", "contents", "Prenez un ticket", "advert", "La file", "colophon"),
        *("blank", "back_cover"),
    ]
    placed = kinds(edition)
    align_placements(edition)
    assert kinds(edition) == placed
    take_away(edition.placements.get(kind="blank"))
    move(edition.placements.get(kind="advert"), 3)
    assert kinds(edition)[2:4] == ["advert", "Prenez un ticket"]
    assert not edition.has_own_order


def test_an_article_that_is_moved_gives_the_edition_its_own_order(edition):
    move(edition.placements.get(entry__article__title="La file"), 3)
    edition.refresh_from_db()
    assert edition.has_own_order
    align_placements(edition)
    assert kinds(edition)[2:4] == ["La file", "Prenez un ticket"]


def test_the_covers_stay_where_they_are(edition, supply):
    for kind in ("cover", "back_cover"):
        with pytest.raises(ArrangeError):
            move(edition.placements.get(kind=kind), 3)
        with pytest.raises(ArrangeError):
            leave_out(edition.placements.get(kind=kind))
    with pytest.raises(ArrangeError):
        take_away(edition.placements.get(kind="contents"))
    riso = PressProfile.objects.get(slug="fanzine-a5-riso")
    foreign = supply(pdf_of(210, 297, 5))
    foreign.profile = riso
    with pytest.raises(ArrangeError):
        add_advert(edition, foreign, 3)


@pytest.mark.render
def test_supplied_pages_are_printed_as_they_are(edition, supply, profile):
    _left, _top, width, height = space_mm("half", profile)
    half = supply(pdf_of(width, height, contents=[b"0.25 0.5 0.75 0 k 0 0 900 900 re f\n"]), "half")
    low = supply(
        picture_file(size=(round(width * 6), round(height * 6))).read(), "half", name="bas.jpg"
    )
    full = supply(pdf_of(210, 297, 5))
    add_advert(edition, full, 3)
    add_advert(edition, half, 5)
    add_advert(edition, low, 6)
    leave_out(edition.placements.get(entry__article__title="La file"))
    made = build(edition)
    assert made.errors == 0, made.report["findings"]
    rows = [row.kind for row in made.printed.all()]
    assert (rows.count("advert"), rows.count("article")) == (2, 1)
    with pikepdf.open(io.BytesIO(storages["press"].open(made.name).read())) as pdf:
        forms = [
            form.read_bytes()
            for page in pdf.pages
            for name, form in page.obj.Resources.get("/XObject", {}).items()
            if name.startswith("/Advert")
        ]
        assert any(RED.strip() in each for each in forms)
        assert any(b"0.25 0.5 0.75 0 k" in each for each in forms)
        (shared,) = [
            page
            for page in pdf.pages
            if any(
                b"0.25 0.5 0.75 0 k" in form.read_bytes()
                for name, form in page.obj.Resources.get("/XObject", {}).items()
                if name.startswith("/Advert")
            )
        ]
        assert len(shared.get_images()) == 1, "both halves share a page"
