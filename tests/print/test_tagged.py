"""Tagged parts become one digital edition that veraPDF passes as PDF/UA-1."""

import datetime as dt
import hashlib
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from print.tagged import DigitalError, DigitalSpec, TaggedPart, join_tagged

ROOT = Path(__file__).resolve().parents[2]
SPEC = DigitalSpec("Guichet n° 7", "fr", dt.datetime(2026, 11, 16, tzinfo=dt.UTC))
STYLE = "<style>@page{size:300pt 400pt;bleed:10pt}p.over{break-after:page}</style>"


def html(title, body):
    return f"<html lang=fr><head><title>{title}</title>{STYLE}</head><body>{body}</body></html>"


def set_part(key, folio, more="", title=None):
    text = html(
        key,
        f'<h1>Titre {key}</h1><p>Texte <a href="#note-1">1</a>{more} et '
        '<a href="https://exemple.fr/">un lien</a>.</p><p id="note-1">Une note.</p>',
    )
    pdf = weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    return TaggedPart(key, pdf, title if title is not None else f"Titre {key}", folio)


@pytest.fixture(scope="module")
def parts():
    see = ' puis <a href="https://part.invalid/b">voir p. 8</a>'
    return [set_part("a", 7, see), set_part("b", 8)]


@pytest.fixture(scope="module")
def overlay():
    folios = html("folios", '<p class="over">7</p><p>8</p>')
    return weasyprint.HTML(string=folios).write_pdf()


def opened(data):
    return pikepdf.open(BytesIO(data))


def test_verapdf_passes_the_edition(parts, overlay, tmp_path):
    path = tmp_path / "edition.pdf"
    path.write_bytes(join_tagged(parts, overlay, SPEC))
    judged = subprocess.run(
        [ROOT / "tools/verapdf", path], capture_output=True, text=True, check=False
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert judged.stdout.startswith("PASS")


def test_every_article_is_read_in_order(parts, overlay, tmp_path):
    path = tmp_path / "edition.pdf"
    path.write_bytes(join_tagged(parts, overlay, SPEC))
    said = subprocess.run(
        ["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True
    ).stdout
    assert 0 < said.index("Titre a") < said.index("Titre b")
    assert '"7"' not in said, "folios are artifacts"


def test_bookmarks_labels_and_language(parts, overlay):
    with opened(join_tagged(parts, overlay, SPEC)) as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Titre a", "Titre b"]
        labels = pdf.Root.PageLabels.Nums
        assert [int(labels[1].St), int(labels[3].St)] == [7, 8]
        assert str(pdf.Root.Lang) == "fr"


def test_links_lead_to_pages_notes_and_the_web(parts, overlay):
    with opened(join_tagged(parts, overlay, SPEC)) as pdf:
        first, second = (page.obj for page in pdf.pages)
        to_note, to_part, *to_web = first.Annots  # a link over two lines has two areas
        assert to_part.A.D[0].objgen == second.objgen
        assert str(to_web[0].A.URI) == "https://exemple.fr/"
        notes = [str(page.Annots[0].Dest) for page in (first, second)]
        assert str(to_note.Dest) == notes[0] != notes[1], "each article has a note 1 of its own"


def test_readers_see_the_trimmed_page(parts, overlay):
    with opened(join_tagged(parts, overlay, SPEC)) as pdf:
        left, bottom, right, top = (float(side) for side in pdf.pages[0].obj.MediaBox)
        assert (right - left, top - bottom) == pytest.approx((300, 400), abs=0.1)


def test_same_parts_same_bytes(parts, overlay):
    assert join_tagged(parts, overlay, SPEC) == join_tagged(parts, overlay, SPEC)


def test_same_parts_same_bytes_in_another_process_and_time_zone(parts, overlay, tmp_path):
    given = tmp_path / "given"
    given.write_bytes(pickle.dumps((parts, overlay, SPEC)))
    script = (
        "import hashlib, pickle, sys; from print.tagged import join_tagged;"
        "given = pickle.loads(open(sys.argv[1], 'rb').read());"
        "print(hashlib.sha256(join_tagged(*given)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, given],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }
    assert digests == {hashlib.sha256(join_tagged(parts, overlay, SPEC)).hexdigest()}


def test_bookmarks_stand_under_those_of_their_sections(parts):
    first, second = (replace(part, section="Enquêtes") for part in parts)
    with opened(join_tagged([first, second], None, SPEC)) as pdf, pdf.open_outline() as outline:
        (section,) = outline.root
        assert section.title == "Enquêtes"
        assert [item.title for item in section.children] == ["Titre a", "Titre b"]


def test_a_picture_without_words_is_an_ornament():
    square = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    body = f'<h1>A</h1><img src="{square}" alt="Une file"><img src="{square}" alt="">'
    pdf = weasyprint.HTML(string=html("a", body)).write_pdf(pdf_variant="pdf/ua-1")
    with opened(join_tagged([TaggedPart("a", pdf, "A", 1)], None, SPEC)) as made:
        figures = [
            item
            for item in made.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == ["Une file"]
        content = made.pages[0].obj.Contents.read_bytes()
        assert content.count(b"/Figure <") == 1


def test_what_cant_be_joined_is_refused_in_words(parts, overlay):
    plain = weasyprint.HTML(string=html("x", "<p>x</p>")).write_pdf()
    with pytest.raises(DigitalError, match="without tags"):
        join_tagged([TaggedPart("x", plain, "X", 1)], None, SPEC)
    with pytest.raises(DigitalError, match="no pages"):
        join_tagged([], None, SPEC)
    with pytest.raises(DigitalError, match="2 pages of folios for 1"):
        join_tagged(parts[:1], overlay, SPEC)
