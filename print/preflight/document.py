"""Read a whole PDF into the facts that the rules ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from print.preflight.colours import BROKEN
from print.preflight.fonts import Font
from print.preflight.geometry import Box, box_of
from print.preflight.painted import (
    AnnotationFacts,
    Document,
    FontFacts,
    IntentFacts,
    PageFacts,
    Trouble,
)
from print.preflight.reading import PageReading, TooMuch

MOST_INSTRUCTIONS = 3_000_000
MOST_PAGES = 5_000
MOST_PARENTS = 40
A4 = Box(0, 0, 595.276, 841.89)
PDFX_VERSION = re.compile(rb"GTS_PDFXVersion(?:>|\s*=\s*[\"'])\s*([^<\"']{1,60})")
INFO = ("/Title", "/Trapped", "/CreationDate", "/ModDate", "/GTS_PDFXVersion", "/Producer")
HIDDEN, PRINT = 2, 4
UNPRINTED_ANNOTATIONS = frozenset({"Popup"})


class UnreadablePdf(Exception):
    """The file is no PDF, is locked, or is broken beyond repair; the message says which."""


def read_document(source: Path | bytes) -> Document:
    """Read all of a PDF. Raises UnreadablePdf; anything less is noted as trouble."""
    try:
        opened = Pdf.open(BytesIO(source) if isinstance(source, bytes) else source)
    except pikepdf.PasswordError as error:
        raise UnreadablePdf("locked by a password") from error
    except (*BROKEN, OSError, RuntimeError) as error:
        raise UnreadablePdf("not a PDF, or broken beyond repair") from error
    with opened as pdf:
        try:
            return _read(pdf)
        except (*BROKEN, RuntimeError, RecursionError) as error:
            raise UnreadablePdf(f"broken beyond repair ({type(error).__name__})") from error


def _read(pdf: Pdf) -> Document:
    fonts: dict[Any, Font] = {}
    budget = [MOST_INSTRUCTIONS]
    pages: list[PageFacts] = []
    readings: list[PageReading] = []
    annotations: list[AnnotationFacts] = []
    troubles: list[Trouble] = []
    for number, page in enumerate(pdf.pages, 1):
        if number > MOST_PAGES:
            troubles.append(Trouble(0, "file", f"more than {MOST_PAGES} pages"))
            break
        facts = _page(page.obj, number)
        reading = PageReading(number, facts.media, fonts, budget)
        readings.append(reading)
        try:
            reading.read(page.obj, _inherited(page.obj, "/Resources") or Dictionary(), "page")
            annotations += _annotations(page.obj, reading)
        except TooMuch:
            troubles.append(Trouble(number, "page", "too many instructions to read them all"))
            pages.append(facts)
            break
        pages.append(_with_content(facts, reading))
    root = pdf.Root
    return Document(
        version=pdf.pdf_version,
        pages=tuple(pages),
        painted=tuple(thing for reading in readings for thing in reading.painted),
        fonts=tuple(_font_facts(font) for font in fonts.values()),
        groups=tuple(group for reading in readings for group in reading.groups),
        annotations=tuple(annotations),
        intents=tuple(_intents(root)),
        info=_info(pdf),
        pdfx=_pdfx(root),
        has_id="/ID" in pdf.trailer,
        encrypted=pdf.is_encrypted,
        scripts=_has_scripts(root),
        files="/EmbeddedFiles" in root.get("/Names", Dictionary()),
        forms="/AcroForm" in root,
        lzw=_has_lzw(pdf),
        troubles=tuple(troubles + [each for reading in readings for each in reading.troubles]),
    )


def _inherited(page: Any, key: str) -> Any:
    """A page attribute, taken from the nodes above where the page has none (7.7.3.4)."""
    node = page
    for _step in range(MOST_PARENTS):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _page(page: Any, number: int) -> PageFacts:
    boxes = {
        key: box_of(_inherited(page, key) if key in ("/MediaBox", "/CropBox") else page.get(key))
        for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
    }
    rotate, unit = _inherited(page, "/Rotate"), page.get("/UserUnit", 1)
    return PageFacts(
        number=number,
        media=boxes["/MediaBox"] or A4,
        crop=boxes["/CropBox"],
        bleed=boxes["/BleedBox"],
        trim=boxes["/TrimBox"],
        art=boxes["/ArtBox"],
        rotate=int(rotate) % 360 if isinstance(rotate, int) else 0,
        user_unit=float(unit),
        is_empty=True,
    )


def _with_content(facts: PageFacts, reading: PageReading) -> PageFacts:
    product = facts.product
    seen = any(
        thing.box and thing.box.meets(product) and not (thing.colour and thing.colour.is_white)
        for thing in reading.painted
    )
    return PageFacts(
        facts.number,
        facts.media,
        facts.crop,
        facts.bleed,
        facts.trim,
        facts.art,
        facts.rotate,
        facts.user_unit,
        is_empty=not seen,
    )


def _annotations(page: Any, reading: PageReading) -> Iterator[AnnotationFacts]:
    for annotation in page.get("/Annots", Array()):
        if not isinstance(annotation, Dictionary):
            continue
        kind = str(annotation.get("/Subtype", Name("/?")))[1:]
        flags = int(annotation.get("/F", 0))
        prints = bool(flags & PRINT) and not flags & HIDDEN and kind not in UNPRINTED_ANNOTATIONS
        yield AnnotationFacts(reading.page, kind, box_of(annotation.get("/Rect")), prints)
        for look in _looks(annotation.get("/AP", Dictionary()).get("/N")):
            reading.read(look, look.get("/Resources", Dictionary()), "annotation")


def _looks(look: Any) -> Iterator[Any]:
    if isinstance(look, Stream):
        yield look
    elif isinstance(look, Dictionary):
        yield from (each for each in look.values() if isinstance(each, Stream))


def _font_facts(font: Font) -> FontFacts:
    return FontFacts(
        name=font.name,
        kind=font.kind,
        embedded=font.embedded,
        subset=font.subset,
        pages=tuple(sorted(font.pages)),
        missing=tuple(font.missing),
    )


def _intents(root: Any) -> Iterator[IntentFacts]:
    for intent in root.get("/OutputIntents", Array()):
        if not isinstance(intent, Dictionary):
            continue
        profile = intent.get("/DestOutputProfile")
        data = profile.read_bytes() if isinstance(profile, Stream) else b""
        sound = len(data) >= 128 and data[36:40] == b"acsp"
        yield IntentFacts(
            kind=str(intent.get("/S", Name("/?")))[1:],
            condition=_words(intent.get("/OutputConditionIdentifier", "")),
            registry=_words(intent.get("/RegistryName", "")),
            icc_class=data[12:16].decode("latin-1").strip() if sound else "",
            icc_space=data[16:20].decode("latin-1").strip() if sound else "",
        )


def _words(value: Any) -> str:
    try:
        return str(value)
    except BROKEN:
        return ""


def _info(pdf: Pdf) -> dict[str, str]:
    found = pdf.trailer.get("/Info")
    if not isinstance(found, Dictionary):
        return {}
    return {key[1:]: _words(found[key]) for key in INFO if key in found}


def _pdfx(root: Any) -> str:
    """The PDF/X version that the metadata claim; the Info dictionary is read apart."""
    metadata = root.get("/Metadata")
    if not isinstance(metadata, Stream):
        return ""
    found = PDFX_VERSION.search(metadata.read_bytes())
    return found.group(1).decode("latin-1").strip() if found else ""


def _has_scripts(root: Any) -> bool:
    action = root.get("/OpenAction")
    names = root.get("/Names", Dictionary())
    opens = isinstance(action, Dictionary) and action.get("/S") == Name("/JavaScript")
    return opens or "/JavaScript" in names or "/AA" in root


def _has_lzw(pdf: Pdf) -> bool:
    for item in pdf.objects:
        if isinstance(item, Stream):
            filters = item.get("/Filter", ())
            names = [filters] if isinstance(filters, Name) else list(filters)
            if any(str(name) in ("/LZWDecode", "/LZW") for name in names):
                return True
    return False
