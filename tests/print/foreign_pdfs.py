"""The PDFs that others made, what poppler says of them, and what our own reader says."""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from print.preflight.painted import Document

ROOT = Path(__file__).resolve().parents[2]
KINDS = r"(?:CID )?(?:Type [013]C?|TrueType)(?: \(OT\))?|unknown"
FONT = re.compile(rf"(.+?) +({KINDS}) +\S.*? +(yes|no) +(yes|no) +(yes|no) +\S+ +\S+$")
BOX = re.compile(r"^Page +(\d+) (\w+)Box: +(.+)$", re.MULTILINE)
TURN = re.compile(r"^Page +(\d+) rot: +(\d+)$", re.MULTILINE)


def corpus():
    """All of them, by package and name; fetched the first time."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools/foreign_pdfs.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(done.stderr.strip().splitlines()[-1], pytrace=False)
    folder = Path(done.stdout.strip())
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.pdf"))}


def _said(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode("latin-1")


def poppler_on(path):
    """What pdfinfo, pdffonts and pdfimages tell, as `facts_of` tells it; None if refused."""
    code, told = _said("pdfinfo", "-box", "-f", 1, "-l", 9999, path)
    if code:
        return None
    pages = defaultdict(dict)
    for page, name, sides in BOX.findall(told):
        pages[int(page)][name] = list(map(float, sides.split()))
    for page, degrees in TURN.findall(told):
        pages[int(page)]["turn"] = int(degrees)
    fonts = []
    for line in _said("pdffonts", path)[1].splitlines()[2:]:
        name, kind, embedded, subset, _unicode = FONT.match(line).groups()
        plain = re.sub(r"^[A-Z]{6}\+", "", name)
        fonts.append(_font(plain, kind, embedded == "yes", subset == "yes"))
    pictures = []
    for line in _said("pdfimages", "-list", path)[1].splitlines()[2:]:
        page, _number, kind, width, height, *_rest, across, up, _size, _ratio = line.split()
        pictures.append([int(page), kind, int(width), int(height), float(across), float(up)])
    return {
        "pages": [pages[number] for number in sorted(pages)],
        "fonts": sorted(fonts),
        "pictures": pictures,
    }


def facts_of(document: Document):
    """Boxes and turn of each page, fonts, pictures as they are placed."""
    fonts = (_font(font.name, font.kind, font.embedded, font.subset) for font in document.fonts)
    return {
        "pages": [_boxes(page) for page in document.pages],
        "fonts": sorted(fonts),
        "pictures": [_picture(thing) for thing in document.painted if _is_listed(thing)],
    }


def _boxes(page):
    """A missing box is the CropBox (ISO 32000-1, 14.11.2), and poppler cuts the others to it."""
    crop = (page.crop or page.media).cut(page.media)
    inner = {"Bleed": page.bleed, "Trim": page.trim, "Art": page.art}
    boxes = {"Media": page.media, "Crop": crop} | {
        name: (box or crop).cut(crop) for name, box in inner.items()
    }
    sides = {name: [box.left, box.bottom, box.right, box.top] for name, box in boxes.items()}
    return sides | {"turn": page.rotate}


def _font(name, kind, embedded, subset):
    """What is compared. Poppler knows no name of a Type 3 font."""
    return ["" if kind == "Type 3" else name, kind, embedded, subset]


def _is_listed(thing):
    """Whether it is a picture that pdfimages finds: it looks into no glyphs."""
    return thing.picture and "glyph" not in thing.place


def _picture(thing):
    picture, kind = thing.picture, "image"
    if picture.is_stencil:
        kind = "stencil"
    elif thing.place.endswith("image/soft mask"):
        kind = "smask"
    return [thing.page, kind, picture.width, picture.height, *picture.ppi]


def disagreements(theirs, ours):
    """What is told differently: "refused", "boxes", "fonts", "pictures"."""
    if theirs is None or ours is None:
        return set() if theirs is ours else {"refused"}
    same = {
        "boxes": len(theirs["pages"]) == len(ours["pages"])
        and all(map(_same_boxes, theirs["pages"], ours["pages"])),
        "fonts": theirs["fonts"] == ours["fonts"],
        "pictures": _same_pictures(theirs["pictures"], ours["pictures"]),
    }
    return {matter for matter, equal in same.items() if not equal}


def _same_boxes(theirs, ours):
    """Equal to a hundredth of a point, which is as pdfinfo writes them."""
    return theirs.keys() == ours.keys() and all(
        theirs[name] == pytest.approx(ours[name], abs=0.0051) for name in theirs
    )


def _same_pictures(theirs, ours):
    """The same pictures on the same pages, to half a ppi: pdfimages writes whole ones."""
    waiting = sorted(ours)
    for *what, across, up in theirs:
        same = (
            mine
            for mine in waiting
            if mine[:4] == what and _near(mine[4], across) and _near(mine[5], up)
        )
        if (found := next(same, None)) is None:
            return False
        waiting.remove(found)
    return not waiting


def _near(ours, theirs):
    return abs(ours - theirs) <= (0.51 if theirs >= 1 else 0.001)
