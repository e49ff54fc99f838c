"""The demo's pictures: complete, described, credited, large enough, and the same every time."""

import hashlib
import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from magazine.demo import riso
from magazine.demo.catalogue import BY_NAME, SUBJECTS
from magazine.demo.pictures import Picture, draw_all

NAMES = """
couverture-07 couverture-08 couverture-06 couverture-05 couverture-04
file-de-silhouettes guichet-12 salle-d-attente horloge-gare
telephone-spirale boulangerie-queue fournil ferry casque-operateur ticket-dechire tableau-d-appel
couloir-hopital onde-musique formulaire meteo-nps film-still boite-vocale lettres-sans-reponse
cloche-comptoir compteur-eau rayon-librairie portrait-ines portrait-bastien portrait-maud
portrait-farid portrait-solene portrait-theo portrait-helene portrait-karim portrait-nora
portrait-sociologue portrait-capitaine portrait-mediatrice
""".split()  # noqa: SIM905
FEW = ["casque-operateur", "onde-musique", "formulaire"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Picture]:
    return draw_all(tmp_path_factory.mktemp("pictures"), workers=1, names=FEW)


def test_every_picture_the_articles_may_name_exists():
    assert [subject.name for subject in SUBJECTS] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_described_in_typed_french_and_credited(name: str):
    subject = BY_NAME[name]
    assert 20 <= len(subject.alt_text) <= 180
    assert subject.alt_text.endswith(".")
    assert subject.credit.split()[0] in ("Illustration", "Photographie")
    assert subject.licence == "CC BY-SA 4.0"
    assert not set(subject.alt_text + subject.title) & set("\u2019\u00a0\u202f")


def test_only_the_pictures_meant_for_it_are_grey_or_four_colour():
    modes = {s.name: s.mode for s in SUBJECTS if s.mode != "RGB"}
    assert modes == {
        "couloir-hopital": "L",
        "onde-musique": "L",
        "formulaire": "CMYK",
        "meteo-nps": "CMYK",
    }


def test_files_hold_the_mode_size_and_resolution_they_promise(drawn: list[Picture]):
    seen = {}
    for picture in drawn:
        with Image.open(picture.path) as image:
            seen[picture.name] = (image.format, image.mode, image.size, image.info["dpi"])
    assert seen == {
        "casque-operateur": ("JPEG", "RGB", (2400, 2400), (300, 300)),
        "onde-musique": ("JPEG", "L", (3200, 1600), (300, 300)),
        "formulaire": ("JPEG", "CMYK", (2400, 3000), (300, 300)),
    }


def test_focal_areas_lie_inside_their_pictures(drawn: list[Picture]):
    for picture in drawn:
        x, y, width, height = picture.focal
        with Image.open(picture.path) as image:
            assert 0 <= x < x + width <= image.width
            assert 0 <= y < y + height <= image.height


def test_drawing_again_elsewhere_gives_the_same_bytes(drawn: list[Picture], tmp_path: Path):
    again = draw_all(tmp_path, workers=1, names=FEW[:2])
    before = [hashlib.sha256(p.path.read_bytes()).hexdigest() for p in drawn[:2]]
    assert [hashlib.sha256(p.path.read_bytes()).hexdigest() for p in again] == before


def test_a_whole_file_is_kept_and_a_damaged_one_drawn_again(tmp_path: Path):
    (first,) = draw_all(tmp_path, workers=1, names=["onde-musique"])
    whole, when = first.path.read_bytes(), first.path.stat().st_mtime_ns
    draw_all(tmp_path, workers=1, names=["onde-musique"])
    assert first.path.stat().st_mtime_ns == when
    first.path.write_bytes(whole[: len(whole) // 2])
    draw_all(tmp_path, workers=1, names=["onde-musique"])
    assert first.path.read_bytes() == whole


def test_an_unknown_name_is_refused(tmp_path: Path):
    with pytest.raises(KeyError, match="couverture-99"):
        draw_all(tmp_path, workers=1, names=["couverture-99"])


@pytest.mark.parametrize("angle", [45, 75])
@pytest.mark.parametrize("tint", [10, 25, 50, 75, 90])
def test_a_screen_lays_down_the_tint_it_is_asked_for(angle: int, tint: int):
    tile = riso.screen(angle, 32)
    share = float((round(tint * 2.55) >= tile).mean()) * 100
    assert math.isclose(share, tint, abs_tol=0.6)


def test_solids_have_no_holes_and_bare_paper_has_no_dots():
    for angle in (45, 75):
        tile = riso.screen(angle, 32)
        assert (int(tile.min()), int(tile.max())) == (1, 255)


def test_four_colour_ink_stays_under_three_hundred_percent():
    sheet = riso.Sheet((64, 64), (riso.SAPIN, riso.ROSE), seed=1, ground=riso.BLACK)
    total = np.asarray(sheet.printed("CMYK"), dtype=int).sum(axis=2).max() / 2.55
    assert total <= 300
