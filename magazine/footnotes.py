"""Number the notes of a body in the order of its text, and take them out of it.

A note is stored where it belongs, inside the rich text: `<footnote id="…">text</footnote>`. Each
medium numbers the notes that it shows. No Django here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from magazine.typography import typeset_html

NOTE = re.compile(r'<footnote(?: id="(?P<id>[^"]*)")?>(?P<text>.*?)</footnote>', re.DOTALL)
WHITE = r"(?:[ \t\n\r\f\u00a0\u202f]|&nbsp;|&#160;|&#8239;)"
BEFORE_NOTE = re.compile(rf"{WHITE}+(?=<footnote)")
AFTER_MARK = re.compile(
    rf"(?P<mark>{WHITE}*[;:!?]+|[.,])(?P<notes>(?:<footnote(?: id=\"[^\"]*\")?>.*?</footnote>)+)",
    re.DOTALL,
)
# Two notes of one word: « mot¹,² ».
NEIGHBOURS, APART = "</footnote><footnote", "</footnote><sup>,</sup><footnote"
ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[a-zA-Z]\w*)$")
# Their point belongs to the word, so a note stays behind it.
ABBREVIATION = re.compile(
    r"(?:^|[\s>(«\u00a0\u202f;])(?:etc|cf|ibid|op|cit|art|chap|vol|coll|trad|dir|env|av|apr|[A-Z]|M{1,2}|p{1,2}|n)$"
)


@dataclass(frozen=True)
class Footnote:
    """A note as one medium shows it: its lasting id, its number from 1, its HTML, typeset."""

    id: str
    number: int
    html: str


Call = Callable[[Footnote], str]


def linked_call(note: Footnote) -> str:
    """Return a number that leads to the note, and that the note's own link comes back to."""
    number = note.number
    return (
        f'<sup class="note-call"><a href="#note-{number}" id="renvoi-{number}" '
        f'role="doc-noteref">{number}</a></sup>'
    )


def bare_call(note: Footnote) -> str:
    """Return a number that leads nowhere: in a feed, anchors are dead."""
    return f"<sup>{note.number}</sup>"


def printed_call(note: Footnote) -> str:
    """Return the note itself: the typesetter takes it to the foot of the page and numbers it."""
    return f'<span class="footnote">{note.html}</span>'


@dataclass
class NoteCounter:
    """Gathers the notes of one article, in the order in which its texts are handed over."""

    call: Call
    notes: list[Footnote] = field(default_factory=list)

    def typeset(self, html: str) -> str:
        """Return rich text typeset, each note replaced by its call; the notes are kept."""
        typeset = typeset_html(set_calls(html)).replace(NEIGHBOURS, APART)
        return NOTE.sub(self._take, typeset)

    def _take(self, match: re.Match[str]) -> str:
        taken = {note.id for note in self.notes}
        identifier = match["id"] or "note"
        unique, number = identifier, 2
        # Two copies of one block hold two notes of one id.
        while unique in taken:
            unique = f"{identifier}-{number}"
            number += 1
        note = Footnote(unique, len(self.notes) + 1, typeset_html(match["text"]))
        self.notes.append(note)
        return self.call(note)


def set_calls(html: str) -> str:
    """Put each note against its word and before the mark that follows, as French printers do."""
    if "<footnote" not in html:
        return html
    return AFTER_MARK.sub(_before_mark, BEFORE_NOTE.sub("", html))


def _before_mark(match: re.Match[str]) -> str:
    before, mark = match.string[max(0, match.start() - 24) : match.start()], match["mark"]
    its_own = (
        (mark == "." and (before.endswith(".") or ABBREVIATION.search(before)))
        or (mark.startswith(";") and ENTITY.search(before))
        or not before
    )
    return match[0] if its_own else match["notes"] + mark


def without_notes(html: str) -> str:
    """Return rich text without its notes."""
    return NOTE.sub("", html)


def notes_of(html: str) -> list[str]:
    """Return the stored HTML of a rich text's notes, in order."""
    return [match["text"] for match in NOTE.finditer(html)]


def notes_apart(html: str) -> str:
    """Return rich text with its notes in paragraphs of their own at its end, to be read as text."""
    return without_notes(html) + "".join(f"<p>{note}</p>" for note in notes_of(html))


def notes_in_place(html: str, word: str) -> str:
    """Return rich text with each note spelled out where it stands: `mot [Note : Voir là.]`."""
    return NOTE.sub(lambda match: f" [{word} : {match['text']}]", html)


def fold_notes(html: str) -> str:
    """Return rich text with the HTML of each note in an attribute, where no converter reads it."""
    return NOTE.sub(
        lambda match: (
            f'<footnote id="{match["id"] or ""}" data-note="{escape(match["text"])}"></footnote>'
        ),
        html,
    )
