"""Read what a PDF says of itself as a whole: its intents, its claims, what it carries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from print.preflight.colours import BROKEN
from print.preflight.painted import IntentFacts, Trouble
from print.remedies import gettext_noop

PDFX_VERSION = re.compile(rb"GTS_PDFXVersion(?:>|\s*=\s*[\"'])\s*([^<\"']{1,60})")
INFO = ("/Title", "/Trapped", "/CreationDate", "/ModDate", "/GTS_PDFXVersion", "/Producer")

UNREAD = gettext_noop("a part of the file itself can’t be read")


def read_catalogue(pdf: Pdf) -> tuple[dict[str, Any], list[Trouble]]:
    """The fields of a Document that are neither pages nor what they show; what can't be read."""
    troubles = []

    def part(name: str, read: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return read()
        except BROKEN:
            troubles.append(Trouble(0, name, UNREAD))
            return otherwise

    root = pdf.Root
    facts = {
        "version": pdf.pdf_version,
        "intents": part("output intent", lambda: tuple(_intents(root)), ()),
        "info": part("Info", lambda: _info(pdf), {}),
        "pdfx": part("metadata", lambda: _pdfx(root), ""),
        "has_id": "/ID" in pdf.trailer,
        "encrypted": pdf.is_encrypted,
        "scripts": part("actions", lambda: _has_scripts(root), False),
        "files": part("names", lambda: _names(root, "/EmbeddedFiles"), False),
        "forms": "/AcroForm" in root,
        "lzw": part("streams", lambda: _has_lzw(pdf), False),
    }
    return facts, troubles


def _names(root: Any, key: str) -> bool:
    names = root.get("/Names")
    return isinstance(names, Dictionary) and key in names


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
    opens = isinstance(action, Dictionary) and action.get("/S") == Name("/JavaScript")
    return opens or _names(root, "/JavaScript") or "/AA" in root


def _has_lzw(pdf: Pdf) -> bool:
    for item in pdf.objects:
        if isinstance(item, Stream):
            filters = item.get("/Filter", ())
            names = [filters] if isinstance(filters, Name) else list(filters)
            if any(str(name) in ("/LZWDecode", "/LZW") for name in names):
                return True
    return False
