"""Rules on the file as a whole: its standard, its intent, what it must not carry."""

from __future__ import annotations

from collections.abc import Iterator

from print.preflight.findings import Limits, Rule, Spot
from print.preflight.painted import Document
from print.remedies import gettext_noop

X4, X1A = "ISO 15930-7", "ISO 15930-4"
EXCHANGE = "GTS_PDFX"
# ICC.1:2022, table 18, in words.
ICC_CLASSES = {
    "prtr": gettext_noop("profile of a press"),
    "mntr": gettext_noop("profile of a screen"),
    "scnr": gettext_noop("profile of a scanner or camera"),
    "spac": gettext_noop("profile of a colour space"),
    "link": gettext_noop("device link"),
    "abst": gettext_noop("abstract profile"),
    "nmcl": gettext_noop("profile of named colours"),
}


def claims_x4(document: Document, limits: Limits) -> Iterator[Spot]:
    """The XMP names PDF/X-4; the PDF version is 1.6 at most."""
    if not document.pdfx.startswith("PDF/X-4"):
        yield Spot(0, document.pdfx or "—", "PDF/X-4")
    if document.version > "1.6":
        yield Spot(0, f"PDF {document.version}", "PDF 1.6")


def claims_x1a(document: Document, limits: Limits) -> Iterator[Spot]:
    """The Info dictionary names PDF/X-1:2001 or PDF/X-1a:2003."""
    claimed = document.info.get("GTS_PDFXVersion", "")
    if not claimed.startswith("PDF/X-1"):
        yield Spot(0, claimed or "—", "PDF/X-1a:2003")
    if document.version > "1.4":
        yield Spot(0, f"PDF {document.version}", "PDF 1.4")


def has_intent(document: Document, limits: Limits) -> Iterator[Spot]:
    """Exactly one output intent for PDF/X, which names its condition."""
    intents = [intent for intent in document.intents if intent.kind == EXCHANGE]
    if len(intents) != 1:
        yield Spot(0, str(len(intents)), "1")
    elif not intents[0].condition:
        yield Spot(0, "—", "OutputConditionIdentifier")


def intends_cmyk(document: Document, limits: Limits) -> Iterator[Spot]:
    """The intent's profile is that of a CMYK printer."""
    wanted = f"CMYK, {ICC_CLASSES['prtr']}"
    for intent in document.intents:
        device, space = intent.icc_class, intent.icc_space
        if intent.kind == EXCHANGE and device and (space, device) != ("CMYK", "prtr"):
            yield Spot(0, f"{space}, {ICC_CLASSES.get(device, device)}", wanted)
        elif intent.kind == EXCHANGE and not device and not intent.registry:
            yield Spot(0, "—", wanted)


def says_trapped(document: Document, limits: Limits) -> Iterator[Spot]:
    """Trapped is True or False."""
    trapped = document.info.get("Trapped", "")
    if trapped.strip("/") not in ("True", "False"):
        yield Spot(0, trapped or "—", "True / False")


def is_dated(document: Document, limits: Limits) -> Iterator[Spot]:
    """Title, both dates and the identifier are there."""
    for key in ("Title", "CreationDate", "ModDate"):
        if not document.info.get(key):
            yield Spot(0, "—", key)
    if not document.has_id:
        yield Spot(0, "—", "ID")


def carries_nothing_else(document: Document, limits: Limits) -> Iterator[Spot]:
    """No password, script, form, attached file."""
    carried = {
        gettext_noop("encryption"): document.encrypted,
        gettext_noop("scripts"): document.scripts,
        gettext_noop("form fields"): document.forms,
        gettext_noop("attached files"): document.files,
    }
    for what, there in carried.items():
        if there:
            yield Spot(0, what, "—")


def has_no_lzw(document: Document, limits: Limits) -> Iterator[Spot]:
    """No LZW compression."""
    if document.lzw:
        yield Spot(0, "LZW", "Flate")


def has_no_transparency(document: Document, limits: Limits) -> Iterator[Spot]:
    """Nothing is transparent: no group, no soft mask, no blend mode, no alpha."""
    for group in document.groups:
        yield Spot(group.page, gettext_noop("transparency group"), "—", group.place)
    for thing in document.painted:
        if thing.alpha < 1:
            yield Spot(thing.page, f"{thing.alpha:.0%}", "100%", thing.place, thing.box)
        if thing.blend not in ("Normal", "Compatible"):
            yield Spot(thing.page, thing.blend, "Normal", thing.place, thing.box)
        if "soft mask" in thing.place:
            yield Spot(thing.page, gettext_noop("soft mask"), "—", thing.place, thing.box)


def annotations_keep_out(document: Document, limits: Limits) -> Iterator[Spot]:
    """No annotation stands inside the bleed."""
    for annotation in document.annotations:
        bled = document.page(annotation.page).bled
        allowed = annotation.kind in ("TrapNet", "PrinterMark")
        if not allowed and annotation.box and annotation.box.meets(bled):
            yield Spot(annotation.page, annotation.kind, "—", "annotation", annotation.box)


def was_read_whole(document: Document, limits: Limits) -> Iterator[Spot]:
    """Everything in the file could be read."""
    for trouble in document.troubles:
        yield Spot(trouble.page, trouble.what, "—", trouble.place)


RULES = (
    Rule(
        "X4-CLAIM",
        gettext_noop("The file is no PDF/X-4"),
        gettext_noop("Export it anew as PDF/X-4."),
        f"{X4}, 6.1",
        claims_x4,
    ),
    Rule(
        "X1A-CLAIM",
        gettext_noop("The file is no PDF/X-1a"),
        gettext_noop("Export it anew as PDF/X-1a:2003."),
        f"{X1A}, 6.1",
        claims_x1a,
    ),
    Rule(
        "X-INTENT",
        gettext_noop("The output intent is missing or there are several"),
        gettext_noop("Export with one output intent that names its printing condition."),
        f"{X4}, 6.2.2",
        has_intent,
    ),
    Rule(
        "R0035",
        gettext_noop("The output intent is not a CMYK press"),
        gettext_noop("Choose the profile of the printing condition, such as FOGRA39."),
        "GWG 2022",
        intends_cmyk,
    ),
    Rule(
        "X-TRAPPED",
        gettext_noop("The file doesn’t say whether it is trapped"),
        gettext_noop("Export as PDF/X, which says so."),
        f"{X4}, 6.9",
        says_trapped,
    ),
    Rule(
        "X-INFO",
        gettext_noop("Title, dates or identifier are missing"),
        gettext_noop("Export as PDF/X, which writes them."),
        f"{X4}, 6.8",
        is_dated,
    ),
    Rule(
        "X-CARRIES",
        gettext_noop("The file carries what a press file may not"),
        gettext_noop("Remove passwords, scripts, form fields and attached files."),
        f"{X4}, 6.12 to 6.16",
        carries_nothing_else,
    ),
    Rule(
        "X-LZW",
        gettext_noop("LZW compression is used"),
        gettext_noop("Export with Zip (Flate) compression."),
        f"{X1A}, 6.4",
        has_no_lzw,
    ),
    Rule(
        "X1A-TRANSPARENCY",
        gettext_noop("Something is transparent"),
        gettext_noop("Flatten transparency, or deliver PDF/X-4."),
        f"{X1A}, 6.11",
        has_no_transparency,
    ),
    Rule(
        "X-ANNOTATION",
        gettext_noop("An annotation stands on the printed page"),
        gettext_noop("Remove links, notes and fields from the page."),
        f"{X4}, 6.17",
        annotations_keep_out,
    ),
    Rule(
        "C-READ",
        gettext_noop("A part of the file can’t be read"),
        gettext_noop("Export the file anew: it is damaged or was cut short."),
        "Couture",
        was_read_whole,
    ),
)
