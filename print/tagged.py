"""Join tagged parts into one digital edition: one tree of tags, bookmarks, page labels, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, OutlineItem, Pdf, Stream, String

from print.pdf_spaces import streams_of
from print.remedies import Remedied, gettext_noop
from print.shared_objects import name_font_subsets, share_equal_objects
from print.tag_mending import mended
from print.tag_tree import Mark, Tag, read_tags, write_tags

# An address that stands for another part of the same edition: https://part.invalid/<key>.
PART_HOST = "part.invalid"

XMP = """<?xpacket begin="\N{BYTE ORDER MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>Couture</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


# A glyph that is read as the hyphen of divided words, in a font's map of signs.
DIVIDING = re.compile(rb"(<[0-9a-f]+> )<2010>")


class DigitalError(Remedied):
    """A digital edition that can't be joined; `remedy` is one line."""


@dataclass(frozen=True)
class TaggedPart:
    """Tagged pages of one placement: its key, its bookmark (empty: none), its first folio.

    `section` is the bookmark over those of its articles; `holds_contents` is said of the contents.
    """

    key: str
    pdf: bytes
    title: str
    first_folio: int
    section: str = ""
    holds_contents: bool = False


@dataclass(frozen=True)
class DigitalSpec:
    """What the edition says of itself; `dated` is the date of the content."""

    title: str
    language: str
    dated: datetime


def join_tagged(parts: Sequence[TaggedPart], overlay: bytes | None, spec: DigitalSpec) -> bytes:
    """One PDF/UA-1 of all parts in their order. Same inputs, same bytes. Raises DigitalError.

    Folios come from the overlay, page by page, as artifacts: a screen reader has the page labels.
    """
    if not parts:
        raise DigitalError(gettext_noop("nothing to read: the edition has no pages"))
    with Pdf.new() as pdf:
        join = _Join(pdf)
        for part in parts:
            join.add(part)
        join.finish()
        if overlay is not None:
            _lay_over(pdf, overlay)
        _trim(pdf)
        _label(pdf, parts, join.starts)
        _describe(pdf, spec)
        _mend_resources(pdf)
        name_font_subsets(pdf)
        share_equal_objects(pdf)
        pdf.remove_unreferenced_resources()
        written = BytesIO()
        pdf.save(
            written,
            force_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        return written.getvalue()


class _Join:
    """The growing file: its tags, its bookmarks, its links between parts."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.tags: list[Tag] = []
        self.adorning: set[Mark] = set()
        self.items: list[OutlineItem] = []
        self.section: OutlineItem | None = None
        self.starts: dict[str, int] = {}
        self.titles: dict[str, str] = {}

    def add(self, part: TaggedPart) -> None:
        """Bring in the pages of a part with their tags."""
        with Pdf.open(BytesIO(part.pdf)) as source:
            first = len(self.pdf.pages)
            self.starts[part.key] = first
            self.titles[part.key] = part.title
            if "/StructTreeRoot" not in source.Root:
                raise DigitalError(
                    gettext_noop("“%(title)s” was set without tags: set it again"), title=part.title
                )
            tags, adorning = mended(read_tags(source, first), holds_contents=part.holds_contents)
            self.tags += tags
            self.adorning |= adorning
            self.pdf.add_pages_from(source, forms="strip")
            if part.title:
                self._mark(part, first)

    def _mark(self, part: TaggedPart, page: int) -> None:
        """Add a bookmark, under that of its section."""
        item = OutlineItem(part.title, page)
        if not part.section:
            self.section = None
            self.items.append(item)
            return
        if self.section is None or self.section.title != part.section:
            self.section = OutlineItem(part.section, page)
            self.items.append(self.section)
        self.section.children.append(item)

    def finish(self) -> None:
        """Write the tags and the bookmarks; lead links to parts to their pages."""
        pdf, root = self.pdf, self.pdf.Root
        for page in sorted({mark.page for mark in self.adorning}):
            numbers = {mark.number for mark in self.adorning if mark.page == page}
            _leave_untagged(pdf, pdf.pages[page], numbers)
        write_tags(pdf, self.tags)
        with pdf.open_outline() as outline:
            outline.root.extend(self.items)
        root.PageMode = Name.UseOutlines
        for page in pdf.pages:
            for link in page.obj.get("/Annots", Array()):
                self._lead(link)

    def _lead(self, link: Any) -> None:
        action = link.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if urlsplit(address).hostname != PART_HOST:
            return
        key = urlsplit(address).path.strip("/")
        at = self.starts.get(key)
        if at is None:
            return
        link.A = Dictionary(S=Name.GoTo, D=Array([self.pdf.pages[at].obj, Name.Fit]))
        if title := self.titles[key]:
            link.Contents = String(title)


def _leave_untagged(pdf: Pdf, page: Any, numbers: set[int]) -> None:
    """Make artifacts of content that only adorns."""
    kept: list[Any] = []
    for each in pikepdf.parse_content_stream(page):
        if str(each.operator) == "BDC" and int(each.operands[1].get("/MCID", -1)) in numbers:
            artifact = pikepdf.ContentStreamInstruction([Name.Artifact], Operator("BMC"))
            kept.append(artifact)
        else:
            kept.append(each)
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _lay_over(pdf: Pdf, overlay: bytes) -> None:
    """Draw page n of the overlay over page n, as an artifact."""
    with Pdf.open(BytesIO(overlay)) as source:
        if len(source.pages) != len(pdf.pages):
            raise DigitalError(
                gettext_noop("there are %(folios)s pages of folios for %(pages)s: build again"),
                folios=len(source.pages),
                pages=len(pdf.pages),
            )
        for page, over in zip(pdf.pages, source.pages, strict=True):
            form: Any = pdf.copy_foreign(over.as_form_xobject(handle_transformations=False))
            for key in ("/StructParents", "/StructParent"):
                if key in form:
                    del form[key]
            form.write(_untagged(form))
            resources: Any = Dictionary(dict(page.obj.get("/Resources", Dictionary()).items()))
            shelf = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
            shelf.Over = form
            resources.XObject = shelf
            page.obj.Resources = resources
            under, above = list(page.obj.MediaBox), list(over.obj.MediaBox)
            x, y = (float(under[at]) - float(above[at]) for at in (0, 1))
            drawn = b"\n/Artifact BMC q 1 0 0 1 %.4f %.4f cm /Over Do Q EMC" % (x, y)
            content = b"q\n" + streams_of(page.obj.get("/Contents")) + b"\nQ" + drawn
            page.obj.Contents = pdf.make_stream(content)


def _untagged(form: Any) -> bytes:
    """The content without its own tags: inside an artifact there are none."""
    kept = [
        each
        for each in pikepdf.parse_content_stream(form)
        if str(each.operator) not in ("BDC", "BMC", "EMC", "MP", "DP")
    ]
    return pikepdf.unparse_content_stream(kept)


def _trim(pdf: Pdf) -> None:
    """Readers see the trimmed page: nobody cuts a screen."""
    for page in pdf.pages:
        obj: Any = page.obj
        if "/TrimBox" in obj:
            obj.CropBox = obj.MediaBox = obj.TrimBox
        for key in ("/BleedBox", "/ArtBox", "/TrimBox"):
            if key in obj:
                del obj[key]
        obj.Tabs = Name.S


def _label(pdf: Pdf, parts: Sequence[TaggedPart], starts: dict[str, int]) -> None:
    """Page labels that say the printed folio."""
    labels = Array([])
    for part in parts:
        labels.append(starts[part.key])
        labels.append(Dictionary(S=Name.D, St=part.first_folio))
    pdf.Root.PageLabels = Dictionary(Nums=labels)


def _mend_resources(pdf: Pdf) -> None:
    """Let hyphens be read as hyphens, and forget spaces that no page uses.

    WeasyPrint 70 names one sign for a glyph, the last that it drew; a divided word says itself how
    it reads. It also declares two Lab spaces on every page, for style sheets that want them.
    """
    unused = not any(b"/lab-d" in streams_of(page.obj.get("/Contents")) for page in pdf.pages)
    for item in pdf.objects:
        if not isinstance(item, Dictionary | Stream):
            continue
        held = item.get("/Resources", item)
        spaces = held.get("/ColorSpace")
        if unused and isinstance(spaces, Dictionary) and "/lab-d50" in spaces:
            del held.ColorSpace
        if "/ToUnicode" in item:
            signs = item.ToUnicode.read_bytes()
            item.ToUnicode.write(DIVIDING.sub(rb"\1<002d>", signs))


def _describe(pdf: Pdf, spec: DigitalSpec) -> None:
    moment = spec.dated.astimezone(UTC)
    xmp = XMP.format(
        title=escape(spec.title),
        language=escape(spec.language),
        date=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        document=uuid5(NAMESPACE_URL, f"digital {spec.title}"),
    )
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    stamp = String(moment.strftime("D:%Y%m%d%H%M%SZ"))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(spec.title),
            Producer=String("Couture"),
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    pdf.Root.Lang = String(spec.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
