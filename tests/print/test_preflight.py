"""Examine whole files: ink, hostile ones, the command and its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from pikepdf import Array, Dictionary, Name

from print.measures import as_read
from print.preflight.document import UnreadablePdf, read_document
from print.preflight.guarded import Guard, examine_file
from print.preflight.rules import RULES
from print.preflight.telling import as_data, from_data
from print.preflight.variants import VARIANTS, examine
from tests.print.preflight_files import PLACES, SIZE, SmallPdf

SHEET = VARIANTS["sheet-cmyk"]
HERE = Path(__file__).parent


def stored(tmp_path, pdf, name="essai.pdf", **saving):
    path = tmp_path / name
    path.write_bytes(pdf if isinstance(pdf, bytes) else pdf.saved(**saving))
    return path


def found(path, **options):
    verdict = examine_file(path, SHEET, **options).verdict
    return {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize("place", PLACES[:3])
def test_an_area_of_too_much_ink_is_found_and_placed(tmp_path, place):
    heavy = SmallPdf().put(b"1 1 1 0.5 k 100 100 60 60 re f", place)
    verdict = examine_file(stored(tmp_path, heavy), SHEET).verdict
    [finding] = verdict.findings
    assert (finding.rule, finding.severity, finding.spot.found) == ("R0026", "warning", "350 %")
    assert 95 < finding.spot.box.left < 120


def test_little_dark_things_are_no_area(tmp_path):
    dark = SmallPdf().put(b"1 1 1 1 k 100 100 12 12 re f")
    assert found(stored(tmp_path, dark)) == set()


def test_lzw_is_no_matter_for_x4_but_for_x1a(tmp_path):
    pdf = SmallPdf()
    pdf.resources.XObject.Odd = pdf.pdf.make_stream(b"\x80\x0b\x60\x50\x22", Filter=Name.LZWDecode)
    as_it_is = pikepdf.StreamDecodeLevel.none
    document = read_document(pdf.saved(compress_streams=False, stream_decode_level=as_it_is))
    assert document.lzw
    assert "X-LZW" in {each.rule for each in examine(document, VARIANTS["x1a"]).findings}
    assert "X-LZW" not in {each.rule for each in examine(document, SHEET).findings}


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", b"pas un PDF" * 99, SmallPdf().saved()[:900]],
    ids=["empty", "header", "text", "cut"],
)
def test_what_is_no_pdf_ends_as_a_finding(tmp_path, data):
    assert found(stored(tmp_path, data)) == {"C-READ"}


def test_a_locked_file_ends_as_a_finding(tmp_path):
    locks = pikepdf.Encryption(owner="a", user="b")
    locked = SmallPdf().saved(encryption=locks, force_version="2.0")
    with pytest.raises(UnreadablePdf, match="password"):
        read_document(locked)
    assert found(stored(tmp_path, locked)) == {"C-READ"}


def test_a_form_that_draws_itself_is_read_once():
    pdf = SmallPdf()
    pdf.put(b"/Fm Do 0 0 0 1 k 60 60 40 40 re f", "form")
    document = read_document(pdf.saved())
    assert {trouble.what for trouble in document.troubles} == {"something draws itself"}


def test_forms_that_multiply_are_given_up(tmp_path):
    pdf = SmallPdf()
    for depth in range(12):
        calls = b" ".join([b"/F%d Do" % (depth + 1)] * 40)
        pdf.resources.XObject[f"/F{depth}"] = pdf._form(calls)
    pdf.contents.append(b"/F0 Do")
    document = read_document(pdf.saved(), budget=50_000)
    assert any("too many" in trouble.what for trouble in document.troubles)


def test_time_and_memory_have_limits(tmp_path):
    path = stored(tmp_path, SmallPdf())
    tight = Guard(seconds=60, wall_seconds=60, megabytes=60)
    assert found(path, guard=tight) & {"C-LIMITS", "C-READ"}
    assert found(path, guard=Guard(wall_seconds=0)) == {"C-LIMITS"}


@pytest.mark.parametrize(
    ("guard", "told", "limit"),
    [
        (Guard(megabytes=60), "demande trop de mémoire", "≤ 60 Mo"),
        (Guard(seconds=0), "demande trop de temps de processeur", "≤ 0 s"),
        (Guard(wall_seconds=0), "prend trop de temps", "≤ 0 s"),
    ],
    ids=["memory", "processor", "time"],
)
def test_a_limit_is_named_in_words(tmp_path, guard, told, limit):
    [finding] = examine_file(stored(tmp_path, SmallPdf()), SHEET, guard=guard).verdict.findings
    with override("fr"):
        assert (as_read(finding.spot.found), as_read(finding.spot.wanted)) == (told, limit)


@pytest.mark.parametrize(
    ("coded", "width"),
    [({}, 100_000), ({"Filter": Name.FlateDecode}, 100_000), ({"Filter": Name.DCTDecode}, 100_000)],
    ids=["plain", "flate", "jpeg"],
)
def test_a_picture_that_cannot_be_what_it_says_is_found(coded, width):
    pdf = SmallPdf()
    pdf.image(10, 10, space=Name.DeviceGray)
    pdf.put(b"q 50 0 0 50 60 60 cm /Im Do Q")
    sound = read_document(pdf.saved())
    image = pdf.resources.XObject.Im
    image.Width = image.Height = width
    for key, value in coded.items():
        image[f"/{key}"] = value
    kept = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    [trouble] = read_document(pdf.saved(**kept)).troubles
    assert sound.troubles == ()
    assert "billion" in trouble.what
    image.Width = image.Height = 10_000
    troubles = read_document(pdf.saved(**kept)).troubles
    # What a JPEG may hold, only its decoder knows.
    assert ["less" in each.what for each in troubles] == (
        [] if coded.get("Filter") == Name.DCTDecode else [True]
    )


def test_nonsense_in_the_content_is_trouble_and_no_crash():
    pdf = SmallPdf()
    pdf.contents += [b"(a) Tf /F1 Tj [ 1 (b) /c ] TJ /No gs /No Do /No cs 1 2 scn q Q Q Q cm 1 w"]
    pdf.page.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([1, 2]))])
    pdf.resources.Pattern.P1 = Dictionary(PatternType=2)
    document = read_document(pdf.saved())
    assert document.troubles
    assert len(document.pages) == 1


def test_a_verdict_travels_as_data():
    verdict = examine(read_document(SmallPdf().put(b"1 0 0 rg 60 60 9 9 re f").saved()), SHEET)
    assert from_data(json.loads(json.dumps(as_data(verdict)))) == verdict


def test_pages_and_ink_are_drawn(tmp_path):
    path = stored(tmp_path, SmallPdf().put(b"1 0 0 rg 60 60 9 9 re f"))
    examined = examine_file(path, SHEET, pictures=tmp_path)
    assert {each.name for each in tmp_path.glob("*-1.*")} == {"page-1.jpg", "ink-1.png"}
    assert examined.pages[0]["media"] == pytest.approx([0, 0, *SIZE], abs=0.01)


@pytest.mark.django_db
class TestCommand:
    """`manage.py preflight`, as a printer would type it."""

    def run(self, capsys, *arguments):
        with pytest.raises(SystemExit) as ended:
            call_command("preflight", *map(str, arguments))
        return ended.value.code, capsys.readouterr().out

    def test_a_clean_file_is_one_line_and_zero(self, capsys, tmp_path):
        code, said = self.run(capsys, stored(tmp_path, SmallPdf()))
        assert code == 0
        assert said.count("\n") == 1
        assert "essai.pdf" in said

    def test_an_error_is_told_with_its_page(self, capsys, tmp_path):
        red = stored(tmp_path, SmallPdf().put(b"1 0 0 rg 60 60 9 9 re f"))
        code, said = self.run(capsys, red)
        assert code == 1
        assert "R0027" in said
        assert "p. 1" in said

    def test_json_is_one_object(self, capsys, tmp_path):
        red = stored(tmp_path, SmallPdf().put(b"1 0 0 rg 60 60 9 9 re f"))
        _code, said = self.run(capsys, red, "--json")
        told = json.loads(said)
        assert (told["errors"], told["findings"][0]["rule"]) == (1, "R0027")
        assert told["findings"][0]["box"] == [60, 60, 69, 69]

    def test_html_shows_the_page_with_the_place_marked(self, capsys, tmp_path):
        red = stored(tmp_path, SmallPdf().put(b"1 0 0 rg 60 60 9 9 re f"))
        _code, said = self.run(capsys, red, "--html")
        assert "data:image/jpeg;base64," in said
        assert 'class="mark error"' in said

    def test_a_profile_brings_its_trim(self, capsys, tmp_path):
        code, said = self.run(capsys, stored(tmp_path, SmallPdf()), "--profile", "fanzine-a4")
        assert code == 1
        assert "C-TRIM" in said
        assert "210 × 297 mm" in said

    def test_a_digital_edition_is_under_no_rules_of_a_press(self, tmp_path):
        with pytest.raises(CommandError, match=r"is for screens|à l’écran") as refused:
            call_command("preflight", str(stored(tmp_path, SmallPdf())), "--profile", "numerique")
        assert refused.value.returncode == 2


def test_a_wrong_call_ends_with_two():
    done = subprocess.run(
        [sys.executable, "manage.py", "preflight", "/nowhere.pdf"],
        capture_output=True,
        cwd=HERE.parents[1],
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_who_reads_only_the_beginning_gets_no_traceback(tmp_path):
    path = stored(tmp_path, SmallPdf().put(b"1 0 0 rg 60 60 9 9 re f"))
    told = "manage.py", "preflight", str(path), "--no-ink", "--json"
    with subprocess.Popen(
        [sys.executable, *told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=HERE.parents[1],
    ) as asked:
        asked.stdout.close()
        complained = asked.stderr.read()
    assert (asked.returncode, complained) == (1, b"")


def test_every_rule_has_a_test_that_names_it():
    sources = "".join(path.read_text("utf-8") for path in HERE.glob("test_preflight*.py"))
    assert {name for name in RULES if f'"{name}"' not in sources} == set()
