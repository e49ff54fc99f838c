"""Set French text the way a compositor would, when it is rendered and never before.

The rules see a passage as a string of characters; the markup around them rides along, so that a
space belongs to the sentence even where a tag stands between a word and its question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5
from operator import itemgetter

from magazine.typography_rules import (
    OPAQUE,
    RULES,
    SPACES,
    Edit,
    ordinal_endings,
    protected_spans,
)

# A rule may make room for another one; two rounds settle any text met so far.
ROUNDS = 6
CACHED_TEXTS = 1024

BREAKS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
BLANK_LINE = re.compile(r"(\n[^\S\n]*\n\s*)")


class Passage:
    """A sentence or more without a block boundary: characters, and the tags before each.

    `view[i]` is the character that a reader sees, `cells[i]` how it is spelled (`&nbsp;`),
    `tags[i]` the tags before it (`tags[-1]` those at the end), `locked[i]` whether it may change.
    """

    __slots__ = ("cells", "locked", "tags", "view")

    def __init__(
        self, view: str, cells: list[str], locked: bytearray, tags: list[tuple[str, ...]]
    ) -> None:
        self.view, self.cells, self.locked, self.tags = view, cells, locked, tags

    def set(self) -> Passage:
        """The passage with every rule applied, again until nothing moves."""
        passage = self
        for start, end in protected_spans(passage.view):
            passage.locked[start:end] = b"\x01" * (end - start)
        for _ in range(ROUNDS):
            before = passage.view
            for rule in RULES:
                passage = passage.edited(rule(passage.view, passage.locked))
            if passage.view == before:
                break
        return passage

    def edited(self, edits: Iterable[Edit]) -> Passage:
        """The passage after `edits`; one that would touch a locked cell or cut a tag is left out.

        A space put between a word and a mark goes outside the element that ends there.
        """
        wanted = sorted(
            (edit for edit in edits if self.view[edit[0] : edit[1]] != edit[2]),
            key=itemgetter(0, 1),
        )
        if not wanted:
            return self
        view: list[str] = []
        cells: list[str] = []
        locked = bytearray()
        tags: list[tuple[str, ...]] = []
        pending: tuple[str, ...] = ()  # tags whose character went away
        source_tags = self.tags.copy()
        done, last = 0, (-1, -1)
        for start, end, text in wanted:
            if start < done or (start, end) == last or not self.may_change(start, end):
                continue
            last = (start, end)
            view.append(self.view[done:start])
            cells += self.cells[done:start]
            locked += self.locked[done:start]
            kept = source_tags[done:start]
            if kept:
                kept[0] = pending + kept[0]
                pending = ()
            tags += kept
            here = pending + source_tags[start]
            inner = tuple(tag for group in source_tags[start + 1 : end] for tag in group)
            if start == end:
                closed = 1 + max((i for i, t in enumerate(here) if t.startswith("</")), default=-1)
                here, pending = here[:closed], here[closed:]
                source_tags[start] = ()
            else:
                pending = inner
            if text:
                view.append(text)
                cells += text
                locked += bytes(len(text))
                tags += [here, *[()] * (len(text) - 1)]
            else:
                pending = here + pending
            done = end
        rest = source_tags[done:]
        rest[0] = pending + rest[0]
        return Passage(
            "".join(view) + self.view[done:],
            cells + self.cells[done:],
            locked + self.locked[done:],
            tags + rest,
        )

    def may_change(self, start: int, end: int) -> bool:
        """Whether the cells are free, and no tag stands between them (spaces may lose theirs)."""
        if start == end:
            return not start or self.locked[start - 1 : start + 1] != b"\1\1"
        if any(self.locked[start:end]):
            return False
        return not any(self.tags[start + 1 : end]) or not self.view[start:end].strip(SPACES)

    def text(self) -> str:
        """The passage as plain text."""
        return "".join(self.cells)

    def markup(self) -> str:
        """The passage as HTML, ordinal endings raised unless they are already."""
        opening: dict[int, int] = {
            start: end
            for start, end in ordinal_endings(self.view, self.locked)
            if not any(self.tags[start + 1 : end])
        }
        out: list[str] = []
        raised, close_at = 0, -1
        for index, tags in enumerate(self.tags):
            if index == close_at:
                out.append("</sup>")
            for tag in tags:
                out.append(tag)
                if RAISED.match(tag):
                    raised += -1 if tag[1] == "/" else 1
            if index in opening and not raised:
                out.append("<sup>")
                close_at = opening[index]
            if index < len(self.cells):
                out.append(self.cells[index])
        return "".join(out)


@lru_cache(maxsize=CACHED_TEXTS)
def typeset(text: str) -> str:
    """Plain French text with its spaces, marks and ligatures as printed.

    Takes and gives plain text: escape after it, not before. Idempotent; never raises.
    """
    return "".join(
        piece if index % 2 else _set_plain(piece)
        for index, piece in enumerate(BLANK_LINE.split(text))
    )


def _set_plain(text: str) -> str:
    if not text.strip():
        return "".join(text)
    tags: list[tuple[str, ...]] = [()] * (len(text) + 1)
    return Passage(text.translate(BREAKS), list(text), bytearray(len(text)), tags).set().text()


RAISED = re.compile(r"</?(?:sup|sub)(?=[\s/>])", re.IGNORECASE)
TOKEN = re.compile(
    r"""(?P<comment><!--(?:>|->|.*?(?:-->|--!>))|<(?:!(?!--)|\?|/(?![a-zA-Z]))[^>]*+>)
    | <(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
      (?>(?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>=]|=(?!\s*+["']))*)>
    | (?P<unfinished><[a-zA-Z/!?].*+)
    | (?P<entity>&(?:\#[0-9]++;?|\#[xX][0-9a-fA-F]++;?|[a-zA-Z][a-zA-Z0-9]{0,31}+;?))
    | (?P<text>[^<&]++|.)""",
    re.VERBOSE | re.DOTALL,
)
BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    "|dt|embed|fieldset|figcaption|figure|footer|form|frameset|h[1-6]|head|header|hgroup|hr|html"
    "|iframe|legend|li|link|main|menu|meta|nav|noscript|ol|optgroup|option|p|pre|script|search"
    "|section|style|summary|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|ul"
)
RAW_TEXT = re.compile("script|style|textarea|title|xmp|iframe|noembed|noframes")
VERBATIM = re.compile(
    f"{RAW_TEXT.pattern}|code|pre|kbd|samp|tt|svg|math|button|select|object|footnote|template"
)
PICTURE = re.compile("img|input")
WHITE = str.maketrans(dict.fromkeys("\t\n\r\x0c", " "))


@lru_cache(maxsize=CACHED_TEXTS)
def typeset_html(html: str) -> str:
    """An HTML fragment with the text between its tags set as `typeset` does, ordinals raised.

    Tags, attributes, comments, code and addresses come out byte for byte. Idempotent; never
    raises: what follows an unfinished tag is left as it is.
    """
    return "".join(_pieces(html))


def _pieces(source: str) -> Iterator[str]:
    """The fragment in order: passages that were set, and the markup between them."""
    passage = _Collector()
    position = 0
    while match := TOKEN.match(source, position):
        token, position = match[0], match.end()
        name = (match["name"] or "").lower()
        if match["text"]:
            passage.add_text(token)
        elif match["entity"]:
            view, spelled = _entity(token)
            position = match.start() + len(spelled)
            passage.add(view, spelled)
        elif VERBATIM.fullmatch(name) and not match["close"]:
            position = _end_of_element(source, match, name)
            if BLOCK.fullmatch(name):
                yield passage.markup()
                yield source[match.start() : position]
                passage = _Collector()
            else:
                passage.add(OPAQUE, source[match.start() : position], locked=True)
        elif PICTURE.fullmatch(name):
            passage.add(OPAQUE, token, locked=True)
        elif name == "br":
            passage.add("\n", token, locked=True)
        elif BLOCK.fullmatch(name) or match["unfinished"]:
            yield passage.markup()
            yield token
            passage = _Collector()
        else:
            passage.pending.append(token)
    yield passage.markup()


class _Collector:
    """Gathers the cells of a passage while its fragment is read."""

    def __init__(self) -> None:
        self.view: list[str] = []
        self.cells: list[str] = []
        self.locked = bytearray()
        self.tags: list[tuple[str, ...]] = []
        self.pending: list[str] = []

    def add(self, view: str, spelled: str, locked: bool = False) -> None:
        self.view.append(view)
        self.cells.append(spelled)
        self.locked.append(locked)
        self.tags.append(tuple(self.pending))
        self.pending.clear()

    def add_text(self, text: str) -> None:
        self.view.append(text.translate(WHITE))
        self.cells += text
        self.locked += bytes(len(text))
        self.tags += [tuple(self.pending), *[()] * (len(text) - 1)]
        self.pending.clear()

    def markup(self) -> str:
        tags = [*self.tags, tuple(self.pending)]
        return Passage("".join(self.view), self.cells, self.locked, tags).set().markup()


def _entity(token: str) -> tuple[str, str]:
    """What a character reference shows and how it is spelled: `&nbsp` in `&nbspoui`, or `&`."""
    if token[1] == "#":
        shown = unescape(token)
    else:
        name = token[1:]
        while name and name not in html5:
            name = name[:-1]
        token, shown = "&" + name, html5.get(name, "&")
    return (shown.translate(WHITE) if len(shown) == 1 else OPAQUE), token


def _end_of_element(source: str, match: re.Match[str], name: str) -> int:
    """Where the element opened by `match` ends; the end of the fragment if it is never closed."""
    if name in ("svg", "math") and match[0].endswith("/>"):
        return match.end()
    depth = 1
    same = re.compile(rf"<(/?){name}(?=[\s/>])[^>]*+>", re.IGNORECASE)
    for tag in same.finditer(source, match.end()):
        if tag[1]:
            depth -= 1
        elif not RAW_TEXT.fullmatch(name):
            depth += 1
        if not depth:
            return tag.end()
    return len(source)
