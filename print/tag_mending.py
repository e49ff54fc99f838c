"""Put the tags of typeset pages in order: one tag an element, notes, tables, nothing empty. Pure.

WeasyPrint 70 tags boxes: a paragraph over two columns is two, a picture that only adorns is one,
and each line of a text has a tag of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from print.tag_tree import Area, Mark, Tag

GROUPING = {"Document", "Part", "Art", "Sect", "Div", "NonStruct"}
INLINE = {"Span", "Link", "Lbl"}
# An empty cell keeps its column.
MAY_BE_EMPTY = {"TH", "TD"}


def mended(tags: Iterable[Tag], *, holds_contents: bool = False) -> tuple[list[Tag], set[Mark]]:
    """Return the tags of one part in order, and the content that only adorns.

    A table without a heading in a part that `holds_contents` is a table of contents.
    """
    part = Tag("Sect", kids=list(tags))
    _put_together(part)
    adorning: set[Mark] = set()
    _take_out_adornment(part, adorning)
    _gather_links(part)
    _tidy(part)
    for each in list(part.everything()):
        if isinstance(each, Tag) and each.kind == "Table":
            _mend_table(each, holds_contents)
    return _gathered(part), adorning


def _put_together(tag: Tag) -> None:
    """Join the pieces of each element, where one stands inside or after the other."""
    firsts: dict[tuple[str, str], Tag] = {}
    kids: list[Tag | Mark | Area] = []
    for kid in _unwrapped(tag):
        if isinstance(kid, Tag) and kid.source:
            first = firsts.setdefault(_piece(kid), kid)
            if first is not kid:
                first.kids += kid.kids
                continue
        kids.append(kid)
    tag.kids = kids
    for kid in tag.tags:
        _put_together(kid)


def _unwrapped(tag: Tag) -> list[Tag | Mark | Area]:
    """What a tag holds, without the pieces of its own element around it."""
    kids: list[Tag | Mark | Area] = []
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.source and _piece(kid) == _piece(tag):
            kids += _unwrapped(kid)
        else:
            kids.append(kid)
    return kids


def _piece(tag: Tag) -> tuple[str, str]:
    """What the pieces of one element have in common."""
    return tag.source, tag.kind


def _take_out_adornment(tag: Tag, adorning: set[Mark]) -> None:
    """Take out pictures without a text of their own."""
    for kid in tag.tags:
        if kid.kind == "Figure" and not kid.alt:
            adorning |= {each for each in kid.everything() if isinstance(each, Mark)}
        else:
            _take_out_adornment(kid, adorning)
    tag.kids = [
        each
        for each in tag.kids
        if not (isinstance(each, Tag) and each.kind == "Figure" and not each.alt)
    ]


def _gather_links(tag: Tag) -> None:
    """Make a link of whatever leads somewhere; what it holds leads there with it."""
    for kid in tag.tags:
        if any(isinstance(each, Area) for each in kid.kids):
            kid.kind = "Link"
            areas = [each for each in kid.everything() if isinstance(each, Area)]
            _take_out_areas(kid)
            kid.kids += areas
        else:
            _gather_links(kid)


def _take_out_areas(tag: Tag) -> None:
    tag.kids = [kid for kid in tag.kids if not isinstance(kid, Area)]
    for kid in tag.tags:
        _take_out_areas(kid)


def _tidy(tag: Tag) -> None:
    """Drop what is empty and what says nothing: lines, wrappers of running text."""
    for inner in tag.tags:
        _tidy(inner)
    kids: list[Tag | Mark | Area] = []
    for kid in tag.kids:
        if not isinstance(kid, Tag):
            kids.append(kid)
        elif not kid.kids and kid.kind not in MAY_BE_EMPTY:
            continue
        elif _says_nothing(kid, tag):
            kids += kid.kids
        else:
            kids.append(kid)
    tag.kids = kids
    if tag.kind in GROUPING and kids and all(_is_inline(kid) for kid in kids):
        tag.kind = "P" if tag.kind == "Div" else tag.kind


def _says_nothing(kid: Tag, parent: Tag) -> bool:
    """Whether a tag only holds words that its parent may hold itself."""
    if kid.kind not in ("Span", "NonStruct") or kid.alt:
        return False
    return parent.kind not in GROUPING - {"Div"} and all(_is_inline(each) for each in kid.kids)


def _is_inline(kid: Tag | Mark | Area) -> bool:
    return not isinstance(kid, Tag) or kid.kind in INLINE


def _mend_table(table: Tag, holds_contents: bool) -> None:
    """Say of each heading whether it heads its column or its row."""
    rows = [row for row in table.everything() if isinstance(row, Tag) and row.kind == "TR"]
    heads = [cell for row in rows for cell in row.tags if cell.kind == "TH"]
    if not heads and holds_contents:
        table.kind = "TOC"
        table.kids = list(rows)
        for row in rows:
            row.kind = "TOCI"
            for cell in row.tags:
                cell.kind = "NonStruct"
        return
    for at, row in enumerate(rows):
        for cell in row.tags:
            if cell.kind == "TH":
                cell.scope = "Row" if at else "Column"


def _gathered(part: Tag) -> list[Tag]:
    """One tag for the part: an article takes in the notes at the feet of its pages."""
    articles = [tag for tag in part.tags if tag.kind == "Art"]
    if len(articles) == 1:
        (article,) = articles
        article.kids += [kid for kid in part.kids if kid is not article]
        return [article]
    return part.tags if len(part.tags) == 1 else [part]
