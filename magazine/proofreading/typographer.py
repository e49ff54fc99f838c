"""Say what the typographer mends by itself when a text is shown; no Django.

The routine of every line (which kind of space, a straight apostrophe, three dots) is left out:
an editor only wants to know where the text will read differently from what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from magazine.typography import BLANK_LINE, BREAKS, Passage
from magazine.typography_rules import SPACES

SPACE = re.compile(f"[{SPACES}]+")
ROUTINE = str.maketrans({"'": "’", "´": "’", "‘": "’"})
QUOTES = frozenset('"«»“”„‟')
DASHES = frozenset("-–—")


@dataclass(frozen=True)
class Mend:
    """What stands in the text from `offset` on, what will be shown for it, and the rules why."""

    offset: int
    found: str
    shown: str
    rules: tuple[str, ...]


class _Typed(str):
    """A typed character that remembers where it stood."""

    __slots__ = ("at",)
    at: int


def mends(text: str) -> tuple[Mend, ...]:
    """Return what changes for a reader's eye when `text` is set, word by word; never raises."""
    found: list[Mend] = []
    start = 0
    for index, piece in enumerate(BLANK_LINE.split(text)):
        if not index % 2 and piece.strip():
            found += _in_words(piece, start)
        start += len(piece)
    return tuple(found)


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    shown: str


def _edits(text: str) -> Iterator[_Edit]:
    """Yield what the typographer changed; kept characters tell where the others belong."""
    cells: list[str] = []
    for at, sign in enumerate(text):
        typed = _Typed(sign)
        typed.at = at
        cells.append(typed)
    tags: list[tuple[str, ...]] = [()] * (len(text) + 1)
    passage = Passage(text.translate(BREAKS), cells, bytearray(len(text)), tags).set()
    done, pending = 0, ""
    for cell in passage.cells:
        if isinstance(cell, _Typed):
            if pending or cell.at > done:
                yield _Edit(done, cell.at, pending)
            done, pending = cell.at + 1, ""
        else:
            pending += cell
    if pending or done < len(text):
        yield _Edit(done, len(text), pending)


def _in_words(text: str, base: int) -> Iterator[Mend]:
    """Yield the edits that show, those of one word together."""
    shown = [edit for edit in _edits(text) if _shows(text[edit.start : edit.end], edit.shown)]
    word: list[_Edit] = []
    for edit in shown:
        if word and not _same_word(text, word[-1], edit):
            yield _mend(text, word, base)
            word = []
        word.append(edit)
    if word:
        yield _mend(text, word, base)


def _shows(typed: str, shown: str) -> bool:
    return _routine(typed) != _routine(shown)


def _routine(text: str) -> str:
    return SPACE.sub(" ", text.translate(ROUTINE)).replace("...", "…")


def _same_word(text: str, one: _Edit, other: _Edit) -> bool:
    return not re.search(r"\s", text[one.end : other.start])


def _mend(text: str, edits: list[_Edit], base: int) -> Mend:
    start, end = edits[0].start, edits[-1].end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    shown, done = "", start
    for edit in edits:
        shown += text[done : edit.start] + edit.shown
        done = edit.end
    shown += text[done:end]
    rules = tuple(dict.fromkeys(_rule(text, edit) for edit in edits))
    return Mend(offset=base + start, found=text[start:end], shown=shown, rules=rules)


def _rule(text: str, edit: _Edit) -> str:
    """Return which rule an edit follows, as the reasons of the desk name them."""
    typed = text[edit.start : edit.end]
    following = text[edit.end : edit.end + 1]
    if QUOTES & {*typed, *edit.shown}:
        return "quotes"
    if not edit.shown.strip():
        if len(edit.shown) < len(typed):
            return "stray_space"
        if following in {"«", "»", "“", "”"} or text[edit.start - 1 : edit.start] in {"«", "“"}:
            return "space_in_quotes"
        return "space_before_mark" if following in {*";:!?"} else "space_of_number"
    if "œ" in edit.shown.lower() or "æ" in edit.shown.lower():
        return "ligature"
    if DASHES & {*typed}:
        return "dash"
    if "°" in edit.shown:
        return "number_sign"
    return "ordinal"
