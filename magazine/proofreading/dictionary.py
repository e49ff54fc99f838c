"""Know the words of the house: those that editors keep, and the names that it works with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from magazine.models import (
    Contributor,
    HouseWord,
    InterviewedPerson,
    Organisation,
    Publication,
    Topic,
)

LONGEST_WORD = HouseWord._meta.get_field("word").max_length
MOST_AT_ONCE = 2_000
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# What French puts before a vowel: l’omnicanal, qu’Agirc.
ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)’", re.IGNORECASE)


class DictionaryError(Exception):
    """Why a word can't be learned; the message is for the editor."""


@dataclass(frozen=True)
class Learned:
    """How many words are new, and how many were known already."""

    new: int
    known: int


class Dictionary:
    """A set of words, known in small and capital letters and in the plural."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = {form for word in words for form in _forms(word)}

    def __contains__(self, found: str) -> bool:
        """Tell whether a word, or each word of an expression, is known."""
        folded = _folded(found)
        if _is_known(folded, self.words):
            return True
        parts = WORD.findall(folded)
        return bool(parts) and all(self._knows_word(part) for part in parts)

    def _knows_word(self, word: str) -> bool:
        return _is_known(word, self.words) or (
            "-" in word and all(_is_known(part, self.words) for part in word.split("-"))
        )


def house_dictionary() -> Dictionary:
    """Return all that the house knows: its words, people, organisations, topics, its own name."""
    names = [
        *Contributor.objects.values_list("name", "handle"),
        *InterviewedPerson.objects.values_list("name"),
        *Organisation.objects.values_list("name"),
        *Topic.objects.values_list("title", "synonyms"),
        *Publication.objects.values_list("title"),
    ]
    known = {text for row in names for text in row if text}
    words = {word for text in known for word in WORD.findall(text)}
    known |= words | {part for word in words for part in word.split("-")}
    return Dictionary([*HouseWord.objects.values_list("word", flat=True), *known])


def read_list(text: str) -> tuple[str, ...]:
    """Return the words of a list, one a line, each once. Raises DictionaryError."""
    words: dict[str, str] = {}
    for line in text.splitlines():
        word = " ".join(unicodedata.normalize("NFC", line).split())
        if not word:
            continue
        if len(word) > LONGEST_WORD or not WORD.search(word):
            raise DictionaryError(
                _("“%(word)s” isn’t a word: one a line, of up to %(number)d signs.")
                % {"word": word[:LONGEST_WORD], "number": LONGEST_WORD}
            )
        words.setdefault(word.lower(), word)
    if len(words) > MOST_AT_ONCE:
        raise DictionaryError(
            _("That is too many words at once: up to %(number)d.") % {"number": MOST_AT_ONCE}
        )
    return tuple(words.values())


@transaction.atomic
def learn(words: Iterable[str], *, by: object) -> Learned:
    """Add words to the house dictionary; those that it has already stay as they are."""
    wanted = {word.lower(): word for word in words}
    known = {word.lower() for word in HouseWord.objects.values_list("word", flat=True)}
    new = [word for lower, word in wanted.items() if lower not in known]
    for word in new:
        log(instance=HouseWord.objects.create(word=word), action="wagtail.create", user=by)
    return Learned(new=len(new), known=len(wanted) - len(new))


def _folded(text: str) -> str:
    words = unicodedata.normalize("NFC", text).replace("'", "’").casefold()
    return ELIDED.sub("", " ".join(words.split()))


def _forms(word: str) -> set[str]:
    folded = _folded(word)
    return {folded, f"{folded}s"}


def _is_known(folded: str, words: set[str]) -> bool:
    return folded in words or ELIDED.sub("", folded) in words
