"""PDFs that others made, and what is left after harm: read, told as poppler tells, no crash."""

import json
import subprocess
import sys

import pikepdf
import pytest

from print.preflight.guarded import Guard, examine_file
from print.preflight.variants import VARIANTS
from tests.print.foreign_pdfs import ROOT, corpus, disagreements, poppler_on
from tests.print.mutations import BYTES, OBJECTS, spoiled

SLICES = 6
MUTATIONS_A_WAY = 30
# Small files of every kind are spoiled: a large one only takes longer.
LARGEST = 60_000
LIMITS = {"megabytes": 1000, "seconds": 20}
SHEET = VARIANTS["sheet-cmyk"]
PIKEPDF = "pikepdf/tests/resources"

# All in which poppler and we differ, and why.
EXPLAINED = {
    # qpdf finds no page tree in these 176 bytes; poppler rebuilds one.
    ("pikepdf/fuzzing/corpus/small.pdf", "refused"),
    # Cut in the data of an inline picture: poppler lists it, we call the content damaged.
    (f"{PIKEPDF}/content-stream-errors.pdf", "pictures"),
    # Poppler paints nothing after a `cm` of one number; we note it and read on.
    (f"{PIKEPDF}/ctm_cm.pdf", "pictures"),
    # No page count and no trailer: poppler gives up; qpdf repairs it, and C-READ says so.
    (f"{PIKEPDF}/cyclic-toc.pdf", "refused"),
    ("tika-parser-pdf-module/testPDFFileEmbInAnnotation_noContents.pdf", "refused"),
}


@pytest.fixture(scope="module")
def files():
    return corpus()


def opens(path):
    """Whether it is no puzzle even before the harm."""
    try:
        with pikepdf.open(path, suppress_warnings=True):
            return True
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False


def forked(paths, *, facts=False):
    """What became of each file, read in a fork with limits."""
    request = {"paths": [str(path) for path in paths], "facts": facts, **LIMITS}
    done = subprocess.run(
        [sys.executable, "-m", "tests.print.preflight_forks"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def in_trouble(results):
    """Those that crashed or went over a limit."""
    return [
        result
        for result in results
        if result["code"]
        or "Traceback" in result["complaint"]
        or result["seconds"] > LIMITS["seconds"]
        or result["megabytes"] > LIMITS["megabytes"]
    ]


def test_there_are_more_than_a_hundred(files):
    assert len(files) == 182
    assert {name for name, _matter in EXPLAINED} <= files.keys()


@pytest.mark.parametrize("at", range(SLICES))
def test_each_is_read_within_its_limits_and_as_poppler_reads_it(files, at):
    names = sorted(files)[at::SLICES]
    results = forked([files[name] for name in names], facts=True)
    assert in_trouble(results) == []
    assert all(result["rules"] for result in results), "none of them is a press file"
    found = {
        (name, matter)
        for name, result in zip(names, results, strict=True)
        for matter in disagreements(poppler_on(files[name]), result["compared"])
    }
    assert found == {each for each in EXPLAINED if each[0] in names}


@pytest.mark.parametrize("way", BYTES + OBJECTS)
def test_harm_ends_as_a_finding(files, tmp_path, way):
    small = [path for path in files.values() if path.stat().st_size < LARGEST and opens(path)]
    paths = []
    for seed in range(MUTATIONS_A_WAY):
        source = small[(seed * 7) % len(small)]
        paths.append(tmp_path / f"{seed:02}-{source.name}")
        paths[-1].write_bytes(spoiled(source.read_bytes(), way, seed))
    assert len({path.read_bytes() for path in paths}) == MUTATIONS_A_WAY
    results = forked(paths)
    assert in_trouble(results) == []
    assert all(result["rules"] for result in results)


@pytest.mark.parametrize(
    "name",
    [
        f"{PIKEPDF}/pdfx.pdf",
        f"{PIKEPDF}/jbig2.pdf",
        f"{PIKEPDF}/pike-jp2.pdf",
        f"{PIKEPDF}/graph-encrypted.pdf",
        "tika-parser-pdf-module/testPDF_rotated.pdf",
        "tika-parser-pdf-module/testPDF_AdobeIllustrator.pdf",
    ],
)
def test_the_whole_way_with_ink_and_pictures(files, tmp_path, name):
    path = files[name]
    examined = examine_file(path, SHEET, pictures=tmp_path, guard=Guard(wall_seconds=60))
    known = poppler_on(path)
    count = len(known["pages"]) if known else 0
    assert examined.verdict.pages == len(examined.pages) == count
    assert len(list(tmp_path.glob("page-*.jpg"))) == len(list(tmp_path.glob("ink-*.png"))) == count
    assert "C-LIMITS" not in {finding.rule for finding in examined.verdict.findings}
