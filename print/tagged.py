"""Join tagged parts into one digital edition: one tree of tags, bookmarks, page labels, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from print.pdf_spaces import streams_of
from print.remedies import Remedied, gettext_noop
from print.shared_objects import name_font_subsets, share_equal_objects

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


class DigitalError(Remedied):
    """A digital edition that can't be joined; `remedy` is one line."""


@dataclass(frozen=True)
class TaggedPart:
    """Tagged pages of one placement: its key, its bookmark (empty: none), its first folio."""

    key: str
    pdf: bytes
    title: str
    first_folio: int


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
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self.kids: list[Any] = []
        self.parents: list[tuple[int, Any]] = []
        self.items: list[OutlineItem] = []
        self.starts: dict[str, int] = {}
        self.roles = Dictionary()

    def add(self, part: TaggedPart) -> None:
        """Bring in the pages of a part with their tags."""
        with Pdf.open(BytesIO(part.pdf)) as source:
            first = len(self.pdf.pages)
            self.starts[part.key] = first
            offset = max((key for key, _ in self.parents), default=-1) + 1
            tree = source.Root.get("/StructTreeRoot")
            if tree is None:
                raise DigitalError(
                    gettext_noop("“%(title)s” was set without tags: set it again"), title=part.title
                )
            numbers = list(_numbers(tree.get("/ParentTree", Dictionary())))
            root = tree.K if isinstance(tree.K, Dictionary) else tree.K[0]
            for page in source.pages:
                _shift(page.obj, offset)
            tree.ParentTree = Dictionary(Nums=Array([]))
            for key in ("/P", "/IDTree"):
                if key in root:
                    del root[key]
            self.pdf.add_pages_from(source, forms="strip")
            copied = self.pdf.copy_foreign(root if root.is_indirect else source.make_indirect(root))
            for kid in copied.K if isinstance(copied.K, Array) else [copied.K]:
                kid.P = self.document
                self.kids.append(kid)
            for key, value in numbers:
                held = value if value.is_indirect else source.make_indirect(value)
                self.parents.append((key + offset, self.pdf.copy_foreign(held)))
            for role, standard in tree.get("/RoleMap", Dictionary()).items():
                self.roles[role] = standard
            if part.title:
                item = OutlineItem(part.title, first)
                self.items.append(item)

    def finish(self) -> None:
        """Write the tree, the names and the bookmarks; lead links to parts to their pages."""
        pdf, root = self.pdf, self.pdf.Root
        flat = [each for pair in sorted(self.parents, key=lambda pair: pair[0]) for each in pair]
        tree = pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=self.document,
                ParentTree=pdf.make_indirect(Dictionary(Nums=Array(flat))),
                ParentTreeNextKey=max((key for key, _ in self.parents), default=-1) + 1,
            )
        )
        if len(self.roles):
            tree.RoleMap = self.roles
        self.document.P = tree
        self.document.K = Array(self.kids)
        root.StructTreeRoot = tree
        root.MarkInfo = Dictionary(Marked=True)
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
        at = self.starts.get(urlsplit(address).path.strip("/"))
        if at is None:
            return
        page = self.pdf.pages[at].obj
        link.A = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]))


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """The pairs of a number tree (ISO 32000-1, 7.9.7)."""
    flat = list(tree.get("/Nums", Array()))
    for at in range(0, len(flat) - 1, 2):
        yield int(flat[at]), flat[at + 1]
    for kid in tree.get("/Kids", Array()):
        yield from _numbers(kid)


def _shift(page: Any, offset: int) -> None:
    """Number the tags of a page after those that are there already."""
    if "/StructParents" in page:
        page.StructParents = int(page.StructParents) + offset
    for annotation in page.get("/Annots", Array()):
        if "/StructParent" in annotation:
            annotation.StructParent = int(annotation.StructParent) + offset


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
