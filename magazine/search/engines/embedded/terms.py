"""Take a document apart into what the embedded index keeps of it."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from magazine.search import ranking
from magazine.search.accents import held_terms
from magazine.search.analysis import Word, folded, words_of
from magazine.search.engines.base import KeptText
from magazine.search.engines.embedded.postings import EXACT_SIGN
from magazine.search.texts import ArticleDocument, Passage

# In the order of the columns of `stems`.
STEM_WEIGHTS = (
    ranking.TITLE,
    ranking.STANDFIRST,
    ranking.PEOPLE,
    ranking.SUBJECTS,
    ranking.HEADINGS,
    ranking.BODY,
)
TITLE, STANDFIRST, PEOPLE, SUBJECTS, HEADINGS, BODY = range(6)
NAMING = (TITLE, PEOPLE, SUBJECTS)
# A word by itself between texts: a phrase doesn't run from one into the next.
BREAK = " . "
# Half precision ends at 65,504; no text holds as much of a word.
MOST_HELD = 60_000.0
# Each field as texts, each text as words.
Columns = tuple[list[list[Word]], ...]


@dataclass(frozen=True)
class Words:
    """What was put into the tables: to be taken out again, word for word.

    `stems` and `beginnings` are columns of the tables of these names, `exact` all exact forms.
    """

    stems: tuple[str, ...]
    beginnings: tuple[str, ...]
    exact: tuple[str, ...]

    @property
    def terms(self) -> set[str]:
        """Return the terms of the postings."""
        found = {term for word in self.exact for term in held_terms(word)}
        return found | {EXACT_SIGN + word for word in self.exact}

    def packed(self) -> bytes:
        """Return this as few bytes."""
        return _packed([self.stems, self.beginnings, self.exact])

    @classmethod
    def unpacked(cls, content: bytes) -> Words:
        """Return what was packed."""
        return cls(*(tuple(each) for each in json.loads(zlib.decompress(content))))


def taken_apart(document: ArticleDocument) -> tuple[Words, dict[str, float]]:
    """Return a document's words, and how much of each term it holds, weighed by field."""
    columns = _columns(document)
    length = sum(len(words) for column in columns for words in column)
    # A few lines aren't about something more than an article of half the usual length.
    share = max(length / ranking.USUAL_LENGTH, 0.5)
    dilution = 1 - ranking.DILUTION + ranking.DILUTION * share
    held: defaultdict[str, float] = defaultdict(float)
    for number, column in enumerate(columns):
        weight = STEM_WEIGHTS[number]
        exact_weight = ranking.EXACT_TITLE if number in NAMING else ranking.EXACT_BODY
        by = dilution if number in {HEADINGS, BODY} else 1.0
        for word in chain.from_iterable(column):
            for term in held_terms(word.exact):
                held[term] += weight / by
            held[EXACT_SIGN + word.exact] += exact_weight / by
    # What stands over the title names the article as the title does.
    for word in words_of(document.kicker):
        held[EXACT_SIGN + word.exact] += ranking.EXACT_TITLE - ranking.EXACT_BODY
    return _words(columns), {term: min(value, MOST_HELD) for term, value in held.items()}


def _words(columns: Columns) -> Words:
    return Words(
        stems=tuple(BREAK.join(_stems(words) for words in column) for column in columns),
        beginnings=tuple(
            " ".join(folded(word.exact) for words in columns[number] for word in words)
            for number in NAMING
        ),
        exact=tuple(
            sorted({word.exact for column in columns for words in column for word in words})
        ),
    )


def pack_shown(document: ArticleDocument) -> bytes:
    """Return what is shown of a document, as few bytes."""
    passages = [(each.kind, each.text, each.block) for each in document.passages]
    return _packed([document.title, document.standfirst, passages])


def unpack_shown(content: bytes) -> KeptText:
    """Return what `pack_shown` packed."""
    title, standfirst, passages = json.loads(zlib.decompress(content))
    return KeptText(title, standfirst, tuple(Passage(*passage) for passage in passages))


def _columns(document: ArticleDocument) -> Columns:
    """Return each field as texts of words."""
    headings = document.headings.split("\n")
    return tuple(
        [words_of(text) for text in texts if text]
        for texts in (
            [document.title],
            [document.kicker, document.standfirst],
            [*document.people, *document.organisations],
            document.subjects,
            headings,
            [*document.running_text.split("\n"), *document.hint_words],
        )
    )


def _stems(words: Iterable[Word]) -> str:
    return " ".join(word.stem for word in words)


def _packed(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 3)
