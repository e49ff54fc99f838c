"""Give each footnote of a clean rich text its one stored form.

`<footnote id="…">text</footnote>`, where the text holds italics, superscripts and links alone,
and the note stands between the words: not inside their bold or their link, which Wagtail's editor
can't hold at one place with a note. No Django here.
"""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID, uuid5

TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attrs>(?:\s[\w:-]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')
VOID = frozenset({"br", "hr", "embed"})
INLINE = frozenset({"b", "strong", "i", "em", "sup", "sub", "small", "s", "code", "cite", "q", "a"})
KEPT = {"i": "i", "em": "i", "cite": "i", "sup": "sup", "a": "a"}
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
NAMELESS = UUID("6f1f4c1e-7f0e-5c55-9a43-2d2f0d9a7c11")
# A space goes outside the italics at whose edge it stands; nothing stays in an empty element.
TIDY = (
    (re.compile(r"[ \t\n\r\f]+"), " "),
    (re.compile(r"(<(?:i|sup|a)(?: [^<>]*)?>) "), r" \1"),
    (re.compile(r" (</(?:i|sup|a)>)"), r"\1 "),
    (re.compile(r"<(i|sup|a)(?: [^<>]*)?></\1>"), ""),
    (re.compile(r"</(i|sup)><\1>"), ""),
)


def settle_notes(html: str) -> str:
    """Return clean, well-formed rich text with its notes in their stored form.

    A note without a text goes. One without an id of its own gets one that depends on the text
    alone, so that cleaning twice changes nothing. A note inside a note becomes part of it.
    """
    if "<footnote" not in html:
        return html
    return _Reader().read(html)


class _Note:
    """The note that is being read."""

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier
        self.parts: list[str] = []
        self.open: list[str] = []  # empty where the tag was left out

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kept = KEPT.get(name, "")
        opening = _link(attributes) if kept == "a" else f"<{kept}>"
        if not kept or kept in self.open or not opening:
            self.open.append("")
            if name not in INLINE:
                self.parts.append(" ")
            return
        self.open.append(kept)
        self.parts.append(opening)

    def end(self, name: str) -> None:
        kept = self.open.pop() if self.open else ""
        if kept:
            self.parts.append(f"</{kept}>")
        elif name not in INLINE:
            self.parts.append(" ")

    def html(self) -> str:
        html, before = "".join(self.parts), None
        while html != before:
            before = html
            for pattern, replacement in TIDY:
                html = pattern.sub(replacement, html)
        return html.strip()


class _Reader:
    """Reads a rich text once, from its beginning to its end."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []  # name, opening tag
        self.waiting = 0  # how many of them are closed in front of a note
        self.note: _Note | None = None
        self.depth = 0
        self.taken: set[str] = set()

    def read(self, html: str) -> str:
        position = 0
        for tag in TAG.finditer(html):
            self.text(html[position : tag.start()])
            position = tag.end()
            if self.note is not None:
                self.tag_of_note(self.note, tag)
            elif tag["name"] == "footnote":
                if not tag["end"]:
                    self.note, self.depth = _Note(_attributes(tag).get("id", "")), 1
            elif tag["end"]:
                self.end(tag["name"])
            else:
                self.start(tag)
        self.text(html[position:])
        return "".join(self.out)

    def text(self, text: str) -> None:
        if self.note is not None:
            self.note.parts.append(text)
        elif text:
            self.reopen()
            self.out.append(text)

    def start(self, tag: re.Match[str]) -> None:
        self.reopen()
        self.out.append(tag[0])
        if tag["name"] not in VOID:
            self.open.append((tag["name"], tag[0]))

    def end(self, name: str) -> None:
        if self.open:
            self.open.pop()
        if self.waiting:
            self.waiting -= 1
        else:
            self.out.append(f"</{name}>")

    def tag_of_note(self, note: _Note, tag: re.Match[str]) -> None:
        name = tag["name"]
        if name in VOID:
            note.parts.append(" ")
        elif name == "footnote":
            self.depth += -1 if tag["end"] else 1
            note.parts.append(" ")
            if not self.depth:
                self.note = None
                self.write(note)
        elif tag["end"]:
            note.end(name)
        else:
            note.start(name, _attributes(tag))

    def write(self, note: _Note) -> None:
        html = note.html()
        if not unescape(TAG.sub("", html)).strip():
            return
        self.close_inline()
        identifier = note.identifier
        if not IDENTIFIER.fullmatch(identifier) or identifier in self.taken:
            identifier = str(uuid5(NAMELESS, f"{len(self.taken)}:{html}"))
        self.taken.add(identifier)
        self.out.append(f'<footnote id="{identifier}">{html}</footnote>')

    def close_inline(self) -> None:
        """End the bold, the link around a note before it; they begin again behind it."""
        while self.waiting < len(self.open):
            name, opening = self.open[-1 - self.waiting]
            if name not in INLINE:
                break
            if self.out[-1] == opening:
                self.out.pop()
            else:
                self.out.append(f"</{name}>")
            self.waiting += 1

    def reopen(self) -> None:
        if self.waiting:
            self.out += [opening for _name, opening in self.open[-self.waiting :]]
            self.waiting = 0


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    return dict(ATTRIBUTE.findall(tag["attrs"]))


def _link(attributes: dict[str, str]) -> str:
    """Return a link's opening tag, or nothing where it leads nowhere."""
    if attributes.get("linktype") and attributes.get("id", "").isdigit():
        return f'<a linktype="{attributes["linktype"]}" id="{attributes["id"]}">'
    return f'<a href="{attributes["href"]}">' if attributes.get("href") else ""
