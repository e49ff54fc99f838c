"""Turn rich text into the words that are read, its footnotes apart; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from magazine.footnotes import set_calls

BLOCKS = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "h2", "h3", "h4", "hr", "div", "td", "th", "tr")
)
NOTE = "footnote"
PARAGRAPH = "\n\n"


@dataclass(frozen=True)
class PlainText:
    """The words of a rich text, a blank line between its paragraphs, and those of its notes."""

    text: str
    notes: tuple[str, ...]


class _Reader(HTMLParser):
    """Gathers words; a note's go to a text of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.notes: list[list[str]] = []
        self.in_note = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a line or a note."""
        if tag == NOTE:
            self.notes.append([])
            self.in_note = True
        elif tag == "br":
            self.current.append("\n")
        elif tag in BLOCKS:
            self.current.append(PARAGRAPH)

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph or a note."""
        if tag == NOTE:
            self.in_note = False
        elif tag in BLOCKS:
            self.current.append(PARAGRAPH)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.current.append(data)

    @property
    def current(self) -> list[str]:
        """Return the text that is being read."""
        return self.notes[-1] if self.in_note else self.text


def plain_text(html: str) -> PlainText:
    """Return the words of a rich text as Wagtail keeps it; never raises."""
    reader = _Reader()
    reader.feed(set_calls(html))
    reader.close()
    return PlainText(text=_tidy(reader.text), notes=tuple(_tidy(note) for note in reader.notes))


def _tidy(parts: list[str]) -> str:
    paragraphs = "".join(parts).split(PARAGRAPH)
    return PARAGRAPH.join(text.strip("\n") for text in paragraphs if text.strip())
