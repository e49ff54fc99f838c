"""Hold an article as it is searched: its fields, its passages, its facets. No Django here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from magazine.search.analysis import VERSION as ANALYSIS_VERSION
from magazine.search.analysis import words_of

# Raised whenever the same article would give another document: indexes are made again.
VERSION = f"{ANALYSIS_VERSION}.2"
HEADINGS = frozenset({"crosshead", "question"})


@dataclass(frozen=True)
class Passage:
    """A piece of the body as plain text; `block` is its anchor on the page, `kind` its type.

    A question and its answer are two passages, `question` and `answer`; so are a text and its
    notes, `footnote`.
    """

    kind: str
    text: str
    block: str = ""


@dataclass(frozen=True)
class ArticleDocument:
    """An article as it is searched; `facets` hold pairs of value and label by name.

    `subjects` name what it is about, `hints` are other words for that: worth no more than a mention
    in the text, and no part of any phrase. `published` is the date that readers see, `signs` the
    length with spaces.
    """

    article_id: int
    title: str
    kicker: str
    standfirst: str
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    subjects: tuple[str, ...]
    passages: tuple[Passage, ...]
    facets: Mapping[str, tuple[tuple[str, str], ...]]
    published: dt.date | None
    issue: int | None
    first_folio: int | None
    last_folio: int | None
    signs: int
    hints: tuple[str, ...] = ()

    @property
    def headings(self) -> str:
        """Return what heads the parts of the text: crossheads and questions."""
        return "\n".join(passage.text for passage in self.passages if passage.kind in HEADINGS)

    @property
    def running_text(self) -> str:
        """Return all the rest of the body."""
        return "\n".join(each.text for each in self.passages if each.kind not in HEADINGS)

    @property
    def hint_words(self) -> list[str]:
        """Return the words of the hints, each by itself: the article doesn't say them in a row."""
        return [word.exact for hint in self.hints for word in words_of(hint)]

    @cached_property
    def digest(self) -> str:
        """Return the sha256 of all that is searched or shown: two equal ones, two equal texts."""
        content = json.dumps([VERSION, asdict(self)], sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()
