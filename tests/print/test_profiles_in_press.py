"""One small issue on every kind of press profile: what the printer finds in the files."""

import subprocess
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from django.core.files.storage import storages
from PIL import Image

from print.builds import build
from print.editions import open_edition
from print.models import PressProfile
from tests.factories import OpinionFactory, PictureFactory, paragraphs, picture_file

pytestmark = pytest.mark.render
TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 6
MM = 72 / 25.4
PROCESS = {"Cyan", "Magenta", "Yellow", "Black"}


@pytest.fixture
def issue(magazine):
    """An issue of one opinion with a colour picture."""
    picture = PictureFactory(file=picture_file(size=(1400, 1000), colour=(200, 60, 30)))
    opinion = magazine.article(
        OpinionFactory,
        title="Prenez un ticket",
        lead_picture=picture,
        body=paragraphs(TEXT, TEXT),
    )
    return magazine.issue(opinion, number=7)


def made_on(issue, slug="fanzine-a4", **own):
    """The press file of the issue on a ready-made profile, changed in some ways."""
    profile = PressProfile.objects.get(slug=slug)
    for name, value in {"least_extent": 8, "least_ppi": 36, "low_ppi": 36, **own}.items():
        setattr(profile, name, value)
    profile.full_clean()
    profile.save()
    return build(open_edition(issue, profile))


def opened(made):
    return pikepdf.open(storages["press"].path(made.name))


def supplements(made):
    return {
        (each.role, each.ink): storages["press"].path(each.name) for each in made.supplements.all()
    }


def plates_of(path, page, folder, box="-dUseTrimBox"):
    """The most ink in percent on each plate of a page, as Ghostscript separates it."""
    subprocess.run(
        [
            *("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r36", box),
            *(f"-dFirstPage={page}", f"-dLastPage={page}"),
            *(f"-sOutputFile={folder}/plate-%d.tif", str(path)),
        ],
        check=True,
        capture_output=True,
    )
    found = {}
    for each in folder.glob("plate-*(*).tif"):
        with Image.open(each) as picture:
            ink = 100 - np.asarray(picture.convert("L")) / 2.55
        found[each.name.split("(")[1].split(")")[0]] = round(float(ink.max()))
        each.unlink()
    return found


def found_by_preflight(made):
    return [(each["rule"], each["page"], each["found"]) for each in made.report["findings"]]


def test_two_spots_leave_the_process_plates_empty(issue, tmp_path):
    made = made_on(issue, "fanzine-a5-riso")
    assert (made.errors, found_by_preflight(made)) == (0, [])
    path = storages["press"].path(made.name)
    for page in (1, 4):
        inks = plates_of(path, page, tmp_path)
        assert {name for name, most in inks.items() if most} <= {
            "Riso Medium Blue",
            "Riso Bright Red",
        }
    for facts in made.report["facts"]:
        assert not any(facts["plates"][name] for name in PROCESS), "process plates are empty"
        assert set(facts["plates"]) <= PROCESS | {"Riso Medium Blue", "Riso Bright Red"}
    assert made.report["facts"][0]["plates"]["Riso Medium Blue"] > 1
    files = supplements(made)
    assert {ink for role, ink in files if role == "plate"} == {
        "Riso Medium Blue",
        "Riso Bright Red",
    }
    with pikepdf.open(files["plate", "Riso Medium Blue"]) as plate:
        assert len(plate.pages) == made.pages
    assert plates_of(files["plate", "Riso Medium Blue"], 1, tmp_path)["Black"] == 100


def test_a_named_spot_stands_beside_the_four_colours(issue, tmp_path):
    made = made_on(
        issue,
        inks="cmyk-spots",
        dark_spot="Pantone 3308 C",
        dark_spot_colour="#034638",
        bright_spot="Pantone 213 C",
        bright_spot_colour="#e31c79",
    )
    assert (made.errors, found_by_preflight(made)) == (0, [])
    path = storages["press"].path(made.name)
    cover = plates_of(path, 1, tmp_path)
    assert cover["Pantone 3308 C"] == 100
    with_picture = plates_of(path, 4, tmp_path)
    assert with_picture["Black"] == 100
    assert with_picture["Magenta"] > 50, "the picture stays in four colours"


def test_an_x1a_names_itself_and_holds_nothing_transparent(issue):
    made = made_on(issue, variant="pdf-x-1a")
    assert (made.errors, found_by_preflight(made)) == (0, [])
    with opened(made) as pdf:
        assert pdf.pdf_version == "1.4"
        assert str(pdf.trailer.Info.GTS_PDFXVersion) == "PDF/X-1a:2003"
    raw = storages["press"].open(made.name).read()
    assert b"/ObjStm" not in raw


def test_a_perfect_binding_has_its_cover_apart_with_a_spine(issue):
    made = made_on(issue, binding="perfect", caliper_mm="0.100", cover="apart", marks="full")
    assert (made.errors, found_by_preflight(made)) == (0, [])
    files = supplements(made)
    assert set(files) == {("cover", ""), ("inside", "")}
    with pikepdf.open(files["inside", ""]) as inside:
        assert len(inside.pages) == made.pages - 4
    with pikepdf.open(files["cover", ""]) as cover:
        left, _bottom, right, _top = (float(side) / MM for side in cover.pages[0].trimbox)
        assert right - left == pytest.approx(2 * 210 + (made.pages - 4) / 2 * 0.1, abs=0.01)


def test_marks_stand_outside_the_bleed_on_all_plates(issue, tmp_path):
    made = made_on(issue, marks="full")
    assert (made.errors, found_by_preflight(made)) == (0, [])
    with opened(made) as pdf:
        page = pdf.pages[1]
        media, bleed, trim = (
            [float(side) / MM for side in each]
            for each in (page.mediabox, page.obj.BleedBox, page.trimbox)
        )
    assert trim[0] - bleed[0] == pytest.approx(5, abs=0.01)
    assert bleed[0] - media[0] == pytest.approx(9, abs=0.01)
    drawn = plates_of(storages["press"].path(made.name), 2, tmp_path, "-dUseCropBox")
    assert all(drawn[ink] > 30 for ink in PROCESS)


def test_a_saddle_stitch_comes_with_its_spreads(issue):
    made = made_on(issue)
    with pikepdf.open(supplements(made)["spreads", ""]) as spreads:
        assert len(spreads.pages) == made.pages // 2
        left, _bottom, right, _top = (float(side) / MM for side in spreads.pages[0].trimbox)
        assert right - left == pytest.approx(420, abs=0.01)


def test_a_supplement_that_is_gone_is_made_again(issue):
    made = made_on(issue)
    (name,) = made.supplements.values_list("name", flat=True)
    before = storages["press"].open(name).read()
    storages["press"].delete(name)
    build(made.edition)
    assert storages["press"].open(name).read() == before


def test_more_pages_than_the_profile_allows_are_refused_in_words(issue):
    from print.builds import BuildError

    with pytest.raises(BuildError, match="4"):
        made_on(issue, least_extent=4, most_extent=4)


def test_the_ink_limit_of_the_profile_holds(issue, tmp_path):
    made = made_on(issue, ink_limit=180)
    assert (made.errors, found_by_preflight(made)) == (0, [])
    whole = BytesIO(storages["press"].open(made.name).read())
    with pikepdf.open(whole) as pdf:
        heaviest = 0
        for page in pdf.pages:
            for image in page.get_images().values():
                if image.get("/ColorSpace") == pikepdf.Name.DeviceCMYK:
                    samples = np.asarray(pikepdf.PdfImage(image).as_pil_image()).astype(int)
                    heaviest = max(heaviest, samples.sum(axis=2).max() / 2.55)
    assert 0 < heaviest <= 180 + 8
