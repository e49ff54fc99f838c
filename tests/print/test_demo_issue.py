"""The demo's released issue, built for the press and read by outside tools."""

import io
import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command

from magazine.demo import loader
from magazine.models import Issue
from print.press_reading import colours_of, unprintable_colours

pytestmark = pytest.mark.render
MM = 72 / 25.4


@pytest.fixture(scope="module")
def pictures_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo-pictures")


@pytest.fixture
def demo(db, pictures_folder):
    """The demo magazine, as `make demo` loads it."""
    return loader.load_magazine(loader.load_pictures(pictures_folder))


def build(*options):
    answer = io.StringIO()
    call_command("build_press", "7", "--profile", "fanzine-a4", "--json", *options, stdout=answer)
    return json.loads(answer.getvalue())


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


def test_the_demo_issue_is_ready_for_the_press(demo):
    report = build("--final")
    path = report["path"]

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

    issue = Issue.objects.get(number=7)
    printed = [entry for entry in issue.entries.all() if entry.first_folio]
    assert len(printed) == 13
    assert all(entry.printed_revision_id for entry in printed)

    first = Path(path).read_bytes()
    again = build("--again")
    assert again["sha256"] == report["sha256"]
    assert Path(again["path"]).read_bytes() == first


def test_loading_the_demo_again_duplicates_nothing(demo, pictures_folder):
    assert loader.load_magazine(loader.load_pictures(pictures_folder)) == demo
    assert (demo.articles, demo.issues, demo.contributors) == (20, 2, 9)
