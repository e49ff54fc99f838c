"""The press file: PDF/X-4 in inks, boxed, overlaid, whole, and the same bytes every time."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy
import pikepdf
import pypdfium2
import pytest
from pikepdf import Name
from PIL import Image

from print.output_profile import read_output_profile
from print.press import Part, PressError, PressSpec, assemble
from print.press_reading import colours_of, unprintable_colours
from print.typesetter import TypesetJob, typeset, typeset_many

pytestmark = pytest.mark.render

TRIM, BLEED = (100, 140), 5
PT = 72 / 25.4
SHEET = "@page { size: 100mm 140mm; margin: 12mm; bleed: 5mm; marks: none }"
STYLE = f"{SHEET} html {{ color: device-cmyk(0 0 0 1); font: 10pt/14pt serif }}"
COLOURED = """
<h1 style="color:#c02040;background:linear-gradient(red,rgba(0,0,255,.5))">Titre</h1>
<p>Un texte noir, <b>gras</b>, et <a href="https://example.com">un lien</a>.
<p style="color:black">Un noir écrit en RVB.<p style="color:lab(50% 20 30)">Lab.
<p style="opacity:.5;background:#ffee00">Un fond transparent.
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><defs><linearGradient id="g">
<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient></defs>
<rect width="80" height="30" fill="url(#g)" stroke="#123456"/></svg>
<img src="rgb.png" style="width:30mm"><img src="cmyk.jpg" style="width:30mm">
"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    noise = numpy.random.default_rng(7).integers(0, 255, (60, 80, 3), "uint8")
    Image.fromarray(noise).save(folder / "rgb.png")
    Image.fromarray(noise).convert("CMYK").save(folder / "cmyk.jpg")
    media = {name: folder / name for name in ("rgb.png", "cmyk.jpg")}
    texts = [COLOURED, "<p>Un autre article." * 30, COLOURED + "<p>Le même, à peine plus long."]
    jobs = [TypesetJob(f"<html lang=fr><style>{STYLE}</style>{text}", media) for text in texts]
    return [
        Part(f"article {number}", pages.pdf) for number, pages in enumerate(typeset_many(jobs), 1)
    ]


def page_count(parts):
    return sum(len(pikepdf.open(BytesIO(part.pdf)).pages) for part in parts)


@pytest.fixture(scope="module")
def overlay(parts):
    folios = "".join(
        f"<div style='break-after:page'>{f'Folio {number}' if number > 1 else ''}</div>"
        for number in range(1, page_count(parts) + 1)
    )
    return typeset(
        TypesetJob(f"<style>{STYLE} div{{height:1mm;margin-top:-6mm}}</style>{folios}")
    ).pdf


def spec(**changes):
    facts = {
        "trim_width_mm": TRIM[0],
        "trim_height_mm": TRIM[1],
        "bleed_mm": BLEED,
        "profile": read_output_profile(),
        "title": "Guichet n° 7 <L'attente>",
        "dated": datetime(2026, 11, 15, tzinfo=UTC),
    }
    return PressSpec(**(facts | changes))


@pytest.fixture(scope="module")
def file(parts, overlay, tmp_path_factory):
    return assemble(parts, overlay, spec(), tmp_path_factory.mktemp("press") / "issue.pdf")


@pytest.fixture
def pdf(file):
    with pikepdf.open(file.path) as opened:
        yield opened


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_file_is_what_it_says_it_is(file, parts):
    data = file.path.read_bytes()
    assert (file.sha256, file.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert file.pages == page_count(parts)
    assert file.pdf is None
    assert [path.name for path in file.path.parent.iterdir()] == ["issue.pdf"]


def test_no_rgb_is_left_and_black_text_is_black_ink_alone(pdf, parts):
    with pikepdf.open(BytesIO(parts[0].pdf)) as before:
        assert {"DeviceRGB", "Lab"} <= {use.space for use in colours_of(before)}
    assert unprintable_colours(pdf) == ()
    assert {use.space for use in colours_of(pdf)} <= {"DeviceCMYK", "DeviceGray", "Pattern"}
    text_page = pdf.pages[-2].obj.Contents.read_bytes()
    colours = [
        [float(value) for value in instruction.operands]
        for instruction in pikepdf.parse_content_stream(pdf.pages[1])
        if str(instruction.operator) in ("k", "scn")
    ]
    assert colours
    assert all(colour == [0, 0, 0, 1] for colour in colours)
    assert b"KOver" in text_page


def test_boxes_start_at_the_origin_and_lie_in_one_another(pdf):
    sheet = [0, 0, 110 * PT, 150 * PT]
    trim = [5 * PT, 5 * PT, 105 * PT, 145 * PT]
    for page in pdf.pages:
        boxes = page.obj
        assert boxes.MediaBox == boxes.CropBox == boxes.BleedBox
        assert [float(value) for value in boxes.MediaBox] == pytest.approx(sheet, abs=0.001)
        assert [float(value) for value in boxes.TrimBox] == pytest.approx(trim, abs=0.001)
        assert set(boxes.keys()) <= {
            "/Type",
            "/Parent",
            "/Contents",
            "/Resources",
            "/Group",
            "/MediaBox",
            "/CropBox",
            "/BleedBox",
            "/TrimBox",
        }


def test_the_output_intent_is_the_registered_condition_with_its_profile_once(pdf):
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFX
    assert str(intent.OutputConditionIdentifier) == "FOGRA39"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert str(intent.Info) == "Coated FOGRA39 (ISO 12647-2:2004)"
    profiles = [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and "/N" in item and "/Type" not in item
    ]
    assert [item.read_bytes() for item in profiles] == [read_output_profile().data]
    assert intent.DestOutputProfile.N == 4


def test_it_declares_pdf_x_4_with_dates_title_and_ids(pdf, file):
    xmp = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in xmp
    metadata = pdf.open_metadata()
    assert metadata["dc:title"] == "Guichet n° 7 <L'attente>"
    assert metadata["xmp:CreateDate"] == "2026-11-15T00:00:00Z"
    assert metadata["pdf:Trapped"] == "False"
    assert metadata["xmpMM:DocumentID"].startswith("uuid:")
    assert metadata["xmpMM:DocumentID"] != metadata["xmpMM:InstanceID"]
    assert pdf.trailer.Info.Trapped == Name("/False")
    assert str(pdf.trailer.Info.CreationDate) == "D:20261115000000Z"
    assert len(pdf.trailer.ID) == 2
    assert pdf.pdf_version == "1.6"
    assert "/Outlines" not in pdf.Root


def test_other_readers_agree(file):
    assert "No syntax or stream encoding errors found" in said("qpdf", "--check", str(file.path))
    fonts = said("pdffonts", str(file.path)).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    assert "rgb" not in said("pdfimages", "-list", str(file.path))
    info = said("pdfinfo", "-box", str(file.path))
    assert "TrimBox:            14.17    14.17   297.64   411.02" in info


def test_each_font_file_has_a_name_of_its_own_and_equal_ones_are_stored_once(pdf):
    names = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == Name.FontDescriptor:
            key = next(key for key in item if key.startswith("/FontFile"))
            names.setdefault(str(item.FontName), set()).add(item[key].objgen)
    files = [
        item.read_raw_bytes()
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != Name.Form
    ]
    assert len(names) > 1
    assert all(len(found) == 1 for found in names.values())
    large = [data for data in files if len(data) > 200]
    assert len(large) == len(set(large))


def test_folios_lie_over_the_pages_that_have_one(file):
    texts = said("pdftotext", str(file.path), "-").split("\f")
    assert "Folio" not in texts[0]
    assert ["Folio 2" in texts[1], "Folio 3" in texts[2]] == [True, True]


def test_what_is_drawn_stays_where_it_was_drawn(file, parts):
    def picture(data, page):
        rendered = pypdfium2.PdfDocument(data)[page].render(scale=1.5, grayscale=True)
        return numpy.asarray(rendered.to_pil()).astype(int)

    before, after = picture(parts[0].pdf, 0), picture(file.path.read_bytes(), 0)
    before, after = (each[: min(before.shape[0], after.shape[0])] for each in (before, after))
    marked_before, marked_after = before < 215, after < 215
    differ = (marked_before != marked_after).sum() / marked_before.sum()
    assert differ < 0.06


BUILD = """
import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from print.imposition import cover_sheet, impose, saddle_stitch
from print.output_profile import read_output_profile
from print.plates import plates
from print.press import Part, PressSpec, assemble
from print.spot_job import SpotInk, SpotJob
folder = Path(sys.argv[1])
parts = [Part(path.stem, path) for path in sorted(folder.glob("*.pdf"))]
spots = SpotJob([SpotInk("Bleu", (0.9, 0.6, 0, 0.2)), SpotInk("Rouge", (0, 0.8, 0.6, 0))])
font = next(Path(sys.argv[2]).glob("fonts/*/*400Regular.ttf"))
known = {
    "marks": "full", "slug": [["Guichet"]], "slug_font": font, "profile": read_output_profile(),
    "trim_width_mm": 100, "trim_height_mm": 140, "bleed_mm": 5, "title": "Guichet",
    "dated": datetime(2026, 11, 15, tzinfo=UTC),
}
made = [
    assemble(parts, None, PressSpec(**known)),
    assemble(parts, None, PressSpec(**known, standard="pdf-x-1a")),
    assemble(parts, None, PressSpec(**known, spots=spots)),
]
files = [each.pdf for each in made]
files += plates(files[2], ("Bleu", "Rouge")).values()
files += [cover_sheet(files[0], 3.2), impose(files[0], saddle_stitch(made[0].pages // 4 * 4, 0.1))]
sys.stdout.write(" ".join(hashlib.sha256(data).hexdigest() for data in files))
"""


def test_the_same_parts_give_the_same_bytes_under_any_hash_seed_and_time_zone(parts, tmp_path):
    for at, part in enumerate(parts):
        (tmp_path / f"{at}.pdf").write_bytes(part.pdf)
    root = Path(__file__).resolve().parents[2]
    sums = set()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Auckland"), ("77", "America/Lima")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)}
        command = [sys.executable, "-P", "-c", BUILD, str(tmp_path), str(root)]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
        )
        sums.add(done.stdout)
    assert len(sums) == 1
    assert len(set(sums.pop().split())) == 7


def test_another_input_gives_another_file(parts):
    first = assemble(parts[:1], None, spec())
    assert first.pdf is not None
    assert assemble(parts[:1], None, spec(title="Autre")).sha256 != first.sha256
    assert assemble(parts[:1], None, spec()).pdf == first.pdf


def refused(parts, overlay, changed):
    with pytest.raises(PressError) as error:
        assemble(parts, overlay, changed)
    assert "\n" not in error.value.remedy
    return error.value.remedy


def test_parts_that_make_no_press_file_are_refused_in_one_line(parts, overlay, tmp_path):
    assert refused([], None, spec()) == "nothing to print: the edition has no pages"
    assert refused(parts[:1], overlay, spec()).startswith("there are ")
    assert refused(parts[:1], None, spec(trim_width_mm=210)) == (
        "page 1 of article 1 is 110.0 × 150.0 mm, not 220.0 × 150.0: set it on the profile's sheet"
    )
    assert refused([Part("a", b"junk")], None, spec()) == (
        "the pages of a are not a sound PDF: build again"
    )
    assert refused([Part("a", tmp_path / "none.pdf")], None, spec()) == (
        "the pages of a cannot be read (No such file or directory): build again"
    )
    assert refused(parts, None, spec(pages_multiple=64)).startswith(
        f"{page_count(parts)} pages are not a multiple of 64"
    )


def test_a_file_that_holds_rgb_is_not_handed_over(parts, monkeypatch, tmp_path):
    monkeypatch.setattr("print.press.to_cmyk", lambda *args, **keys: None)
    target = tmp_path / "issue.pdf"
    with pytest.raises(PressError, match=r"^page 1 still holds \w+ \(page.*\): replace it$"):
        assemble(parts, None, spec(), target)
    assert list(tmp_path.iterdir()) == []
