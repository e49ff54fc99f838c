"""Store equal objects of a PDF once, and give each font file a name of its own."""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

# Objects that are what they are by their place, not by their content.
BY_PLACE = frozenset({Name.Page, Name.Pages, Name.Catalog, Name.StructElem})
PASSES = 6
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def share_equal_objects(pdf: Pdf) -> int:
    """Point every reference at the first of equal streams and dictionaries; how many went.

    Runs until nothing is equal any more, so that fonts follow their files and forms their fonts.
    """
    gone: dict[tuple[int, int], Any] = {}
    contents: dict[tuple[int, int], bytes] = {}
    for _ in range(PASSES):
        first: dict[bytes, Any] = {}
        found: dict[tuple[int, int], Any] = {}
        for item in pdf.objects:
            if not isinstance(item, Dictionary | Stream | Array) or item.objgen in gone:
                continue
            if not isinstance(item, Array) and item.get("/Type") in BY_PLACE:
                continue
            kept = first.setdefault(_key(item, contents), item)
            if kept.objgen != item.objgen:
                found[item.objgen] = kept
        if not found:
            break
        gone |= found
        for item in pdf.objects:
            if item.objgen not in gone:
                _point_at(item, found)
    return len(gone)


def _key(item: Any, contents: dict[tuple[int, int], bytes]) -> bytes:
    if not isinstance(item, Stream):
        return bytes(item.unparse(resolved=True))
    if item.objgen not in contents:
        contents[item.objgen] = hashlib.sha256(item.read_raw_bytes()).digest()
    facts = [
        key.encode()
        + (value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode())
        for key, value in sorted(item.items())
    ]
    return b"stream" + contents[item.objgen] + b"".join(facts)


def _point_at(holder: Any, found: dict[tuple[int, int], Any]) -> None:
    if isinstance(holder, Dictionary | Stream):
        entries: Any = list(holder.items())
    elif isinstance(holder, Array):
        entries = list(enumerate(holder))
    else:
        return
    for key, value in entries:
        if not isinstance(value, pikepdf.Object):
            continue
        if value.objgen in found:
            holder[key] = found[value.objgen]
        elif value.objgen == (0, 0):
            _point_at(value, found)


def name_font_subsets(pdf: Pdf) -> int:
    """Give each font file a subset tag made from its content; how many files there are.

    WeasyPrint 70 tags by the font's description, so two articles give one tag to different glyphs,
    which ISO 32000-1, 9.6.4 forbids.
    """
    fonts = [item for item in pdf.objects if isinstance(item, Dictionary) and "/BaseFont" in item]
    tags = set()
    for font in fonts:
        holder = font
        if font.get("/Subtype") == Name.Type0:
            holder = font.DescendantFonts[0]
        descriptor = holder.get("/FontDescriptor")
        if descriptor is None:
            continue
        for key in FONT_FILES:
            if key in descriptor:
                tag = _tag(descriptor[key].read_bytes())
                tags.add(tag)
                plain = str(font.BaseFont)[1:].rpartition("+")[2]
                font.BaseFont = Name(f"/{tag}+{plain}")
                descriptor.FontName = Name(f"/{tag}+{plain}")
    return len(tags)


def _tag(content: bytes) -> str:
    """Six capitals, as ISO 32000-1, 9.6.4 wants them."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(content).digest()[:6])
