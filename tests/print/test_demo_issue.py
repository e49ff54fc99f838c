"""The demo's released issue, built for the press and read by outside tools."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from print.press_reading import colours_of, unprintable_colours

# The demo is loaded into the database of the tests.
pytestmark = [pytest.mark.render, pytest.mark.django_db]
MM = 72 / 25.4


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def boxes_of(path):
    """Each page's boxes in mm, as pdfinfo reads them."""
    lines = output_of("pdfinfo", "-box", "-l", "999", path).splitlines()
    found = {}
    for line in lines:
        if read := re.match(r"Page +(\d+) (\w+Box): +(.+)", line):
            box = tuple(round(float(part) / MM, 1) for part in read[3].split())
            found.setdefault(int(read[1]), {})[read[2]] = box
    return found


def text_colours(pdf):
    """The fills in which text is set, by page: four inks from 0 to 1, or a grey as black."""
    for page in pdf.pages:
        fill = (0.0, 0.0, 0.0, 1.0)
        kept = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "q":
                kept.append(fill)
            elif name == "Q" and kept:
                fill = kept.pop()
            elif name in {"scn", "sc", "k"} and len(operands) == 4:
                fill = tuple(float(part) for part in operands)
            elif name == "g":
                fill = (0.0, 0.0, 0.0, 1 - float(operands[0]))
            elif name in {"Tj", "TJ"}:
                yield page.index + 1, fill


def test_the_demo_issue_is_ready_for_the_press(demo_issue):
    report, path = demo_issue.report, demo_issue.path

    output_of("qpdf", "--check", path)
    assert report["pages"] >= 24
    assert report["pages"] % 4 == 0
    assert boxes_of(path) == {
        page: {
            "MediaBox": (0, 0, 220, 307),
            "CropBox": (0, 0, 220, 307),
            "BleedBox": (0, 0, 220, 307),
            "TrimBox": (5, 5, 215, 302),
            "ArtBox": boxes_of(path)[page]["ArtBox"],
        }
        for page in range(1, report["pages"] + 1)
    }
    rows = [line.split() for line in output_of("pdffonts", path).splitlines()[2:]]
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}
    families = {re.sub(r"^[A-Z]{6}\+", "", row[0]).split("-")[0] for row in rows}
    assert families <= {"Source", "Bricolage", "Couture"}

    with pikepdf.open(path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == pikepdf.Name.GTS_PDFX
        assert intent.DestOutputProfile.read_bytes()[16:20] == b"CMYK"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert unprintable_colours(pdf) == ()
        assert {use.space for use in colours_of(pdf)} <= {"DeviceCMYK", "DeviceGray"}
        mixed = [
            (page, fill) for page, fill in text_colours(pdf) if fill[3] > 0.85 and max(fill[:3]) > 0
        ]
        assert mixed == []
        assert any(fill == (0, 0, 0, 1) for _page, fill in text_colours(pdf))

    text = output_of("pdftotext", path, "-")
    for printed in ("« La file est un pacte »", "Communiqué", "Dépôt légal", "ISSN 3099-4179"):
        assert printed in text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}", "")
    assert "À lire en patientant" not in text

    printed = [revision for folio, revision in demo_issue.entries if folio]
    assert len(printed) == 13
    assert all(printed)

    # The magazine was loaded again in between: it is the same to the last comma.
    assert demo_issue.again["sha256"] == report["sha256"]
    assert Path(demo_issue.again["path"]).read_bytes() == demo_issue.data


@pytest.mark.parametrize("profile", ["fanzine-a4", "encart-200x270", "fanzine-a5-riso"])
def test_preflight_finds_nothing_in_any_edition(demo_issue, profile):
    report = demo_issue.preflights[profile]
    found = [(each["rule"], each["page"], each["found"]) for each in report["findings"]]
    assert (report["pages"] % 4, found) == (0, [])


def test_on_two_spots_the_process_plates_are_empty(demo_issue):
    pages = demo_issue.preflights["fanzine-a5-riso"]["facts"]
    inked = {name for page in pages for name, share in page["plates"].items() if share}
    assert inked == {"Riso Medium Blue", "Riso Bright Red"}
    output_of("qpdf", "--check", demo_issue.others["fanzine-a5-riso"]["path"])


def plates_of(path, page, folder):
    """The ink on each process plate of a page, in percent, as Ghostscript separates it."""
    command = ("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r144")
    where = (f"-dFirstPage={page}", f"-dLastPage={page}", f"-sOutputFile={folder}/p.tif")
    output_of(*command, *where, path)
    found = {}
    for name in ("Cyan", "Magenta", "Yellow", "Black"):
        with Image.open(folder / f"p({name}).tif") as plate:
            found[name] = 100 - np.asarray(plate.convert("L")) / 2.55
    return found


def test_pictures_have_the_resolution_of_the_press(demo_issue):
    rows = [line.split() for line in output_of("pdfimages", "-list", demo_issue.path).splitlines()]
    resolutions = [int(row[12]) for row in rows[2:] if row[2] == "image"]
    assert len(resolutions) > 30
    # A portrait is drawn in one of two sizes, and prepared for the larger one.
    assert min(resolutions) >= 150
    assert max(resolutions) <= 560


def test_black_text_is_on_the_black_plate_alone(demo_issue, tmp_path):
    with pikepdf.open(demo_issue.path) as pdf:
        inner = [folio for article in demo_issue.articles for folio in article.folios[1:-1]]
        plain = next(folio for folio in inner if not pdf.pages[folio - 1].get_images())
    ink = plates_of(demo_issue.path, plain, tmp_path)
    black = ink["Black"] > 75
    coloured = np.maximum.reduce([ink["Cyan"], ink["Magenta"], ink["Yellow"]])
    assert black.sum() > 1000
    assert (coloured[black] > 3).mean() < 0.02


def test_no_dot_of_the_demo_gets_more_ink_than_its_press_bears(demo_issue, tmp_path):
    for page in (1, 4, demo_issue.articles[2].folios[0]):
        ink = plates_of(demo_issue.path, page, tmp_path)
        assert sum(ink.values()).max() <= 300 + 8


def test_loading_the_demo_again_duplicates_nothing(demo_issue):
    demo, again = demo_issue.loaded
    assert again == demo
    assert (demo.articles, demo.issues, demo.contributors) == (20, 2, 9)
