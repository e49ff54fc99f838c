"""Read the tags of typeset pages into a plain tree, and write such a tree into a PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String


@dataclass(frozen=True)
class Mark:
    """Marked content: its page, counted from 0, and its number there."""

    page: int
    number: int


@dataclass(frozen=True)
class Area:
    """An annotation: its page, counted from 0, and its place among those of the page."""

    page: int
    number: int


@dataclass
class Tag:
    """A structure element (ISO 32000-1, 14.7.2): its type without the slash, and what it holds.

    Tags of one `source` stand for pieces of one element of the text; empty: of nobody knows which.
    `box` is left, bottom, right and top in points.
    """

    kind: str
    source: str = ""
    kids: list[Tag | Mark | Area] = field(default_factory=list)
    alt: str = ""
    box: tuple[float, ...] = ()
    spans: tuple[int, int] = (1, 1)
    scope: str = ""

    @property
    def tags(self) -> list[Tag]:
        """The tags directly inside."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def everything(self) -> Iterator[Tag | Mark | Area]:
        """The tag, and all inside it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.everything()
            else:
                yield kid


def read_tags(source: Pdf, first: int) -> list[Tag]:
    """Return what the document of a tagged PDF holds; its first page will be page `first`.

    Raises KeyError if it has no tags.
    """
    return _Reading(source, first).read()


class _Reading:
    """One PDF being read: which object is which page, and which annotation."""

    def __init__(self, source: Pdf, first: int) -> None:
        self.root: Any = source.Root["/StructTreeRoot"]
        self.pages = {page.obj.objgen: at for at, page in enumerate(source.pages, first)}
        self.heights = {
            at: float(list(page.trimbox)[3]) for at, page in enumerate(source.pages, first)
        }
        self.areas = {
            annotation.objgen: Area(at, number)
            for at, page in enumerate(source.pages, first)
            for number, annotation in enumerate(page.obj.get("/Annots", Array()))
        }

    def read(self) -> list[Tag]:
        top = self.root.K if isinstance(self.root.K, Dictionary) else self.root.K[0]
        return self._tag(top).tags

    def _tag(self, element: Any) -> Tag:
        page = self.pages.get(element.Pg.objgen, 0) if "/Pg" in element else 0
        tag = Tag(str(element.S)[1:], str(element.get("/ID", "")), alt=str(element.get("/Alt", "")))
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary):
                tag.kids.append(Mark(page, int(kid)))
            elif kid.get("/Type") == Name.OBJR:
                tag.kids.append(self.areas[kid.Obj.objgen])
            else:
                tag.kids.append(self._tag(kid))
        attributes = element.get("/A", Dictionary())
        if "/BBox" in attributes:
            tag.box = self._in_points([float(side) for side in attributes.BBox], page)
        tag.spans = (int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1)))
        return tag

    def _in_points(self, box: Sequence[float], page: int) -> tuple[float, ...]:
        """WeasyPrint 70 gives CSS pixels from the top left."""
        left, top, right, bottom = (side * 0.75 for side in box)
        height = self.heights[page]
        return tuple(round(side, 2) for side in (left, height - bottom, right, height - top))


def write_tags(pdf: Pdf, tags: Iterable[Tag]) -> None:
    """Make these the tags of the whole PDF, whatever it had before."""
    writing = _Writing(pdf)
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    document.K = Array([writing.write(tag, document) for tag in tags])
    root = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=document,
            ParentTree=pdf.make_indirect(Dictionary(Nums=writing.parents())),
            ParentTreeNextKey=len(pdf.pages) + len(writing.annotations),
        )
    )
    if writing.notes:
        names = Array([part for name, note in writing.notes for part in (String(name), note)])
        root.IDTree = pdf.make_indirect(Dictionary(Names=names))
    document.P = root
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Writing:
    """The tree being written: who holds which content and which annotation."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.holders: dict[int, dict[int, Any]] = defaultdict(dict)
        self.annotations: list[tuple[Any, Any]] = []
        self.notes: list[tuple[str, Any]] = []

    def write(self, tag: Tag, parent: Any) -> Any:
        element: Any = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{tag.kind}"), P=parent)
        )
        page = next((each.page for each in tag.everything() if not isinstance(each, Tag)), None)
        if page is not None:
            element.Pg = self.pdf.pages[page].obj
        element.K = Array([self._kid(kid, element, page) for kid in tag.kids])
        if tag.alt:
            element.Alt = String(tag.alt)
        if attributes := _attributes(tag):
            element.A = attributes
        if tag.kind == "Note":
            name = f"note-{len(self.notes) + 1:05d}"
            element.ID = String(name)
            self.notes.append((name, element))
        return element

    def _kid(self, kid: Tag | Mark | Area, element: Any, page: int | None) -> Any:
        if isinstance(kid, Tag):
            return self.write(kid, element)
        on = self.pdf.pages[kid.page].obj
        if isinstance(kid, Area):
            annotation = on.Annots[kid.number]
            self.annotations.append((annotation, element))
            return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=on)
        self.holders[kid.page][kid.number] = element
        if kid.page == page:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=on, MCID=kid.number)

    def parents(self) -> Array:
        """The parent tree: first each page's content, then the annotations."""
        numbers = Array()
        for at, page in enumerate(self.pdf.pages):
            held = self.holders[at]
            page.obj.StructParents = at
            row = Array([held.get(number) for number in range(max(held, default=-1) + 1)])
            numbers.extend([at, self.pdf.make_indirect(row)])
        for at, (annotation, element) in enumerate(self.annotations, len(self.pdf.pages)):
            annotation.StructParent = at
            numbers.extend([at, element])
        return numbers


def _attributes(tag: Tag) -> Any:
    """The attributes of layout and tables that readers need (ISO 32000-1, 14.8.5)."""
    if tag.kind == "Figure" and tag.box:
        return Dictionary(O=Name.Layout, BBox=Array(list(tag.box)))
    if tag.kind not in ("TH", "TD"):
        return None
    facts = Dictionary(O=Name.Table)
    if tag.scope:
        facts.Scope = Name(f"/{tag.scope}")
    for name, count in zip(("/ColSpan", "/RowSpan"), tag.spans, strict=True):
        if count > 1:
            facts[name] = count
    return facts if len(facts) > 1 else None
