"""Reduce French words to a common stem, as the `light_french` filter of Lucene does.

The rules are Jacques Savoy's (“Light stemming approaches for the French, Portuguese, German and
Hungarian languages”, 2006), in the order in which Lucene applies them, so that both engines agree.
No Django here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# An ending, the signs that a word must have more of, and what takes the ending's place.
FIRST = (
    ("issement", 9, "ir"),
    ("issant", 8, "ir"),
    ("ivement", 7, "if"),
    ("ement", 6, "e"),
    ("ficatrice", 11, "fier"),
    ("ficateur", 10, "fier"),
    ("catrice", 9, "quer"),
    ("cateur", 8, "quer"),
    ("atrice", 8, "er"),
    ("ateur", 7, "er"),
)
THEN = (
    ("ième", 5, ""),
    ("teuse", 7, "ter"),
    ("teur", 6, "ter"),
    ("euse", 5, "eu"),
    ("ère", 8, "er"),
    ("ive", 7, "if"),
    ("folle", 4, "fou"),
    ("molle", 4, "mou"),
    ("nnelle", 9, "n"),
    ("nnel", 9, "n"),
)
LAST = (
    ("esse", 8, "e"),
    ("inage", 7, "in"),
    ("ualisation", 12, "uel"),
    ("isation", 9, ""),
    ("isateur", 9, ""),
    ("ation", 8, ""),
    ("ition", 8, ""),
)
# Endings that are replaced, after which the rules go on.
FEMININE = ("trice", 6, "teur")
GRAVE = ("ète", 4, "et")
ADJECTIVE = ("ique", 8, "")

PLAIN = str.maketrans("àáâôèéêëùûîç", "aaaoeeeeuuic")
# Letters whose stroke is no accent to Unicode; a reader without the key types them plain.
STROKED = str.maketrans("łøđðħŧı", "loddhti")
REPEATED = re.compile(r"([^\W\d_])\1+")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a word in small letters, its accents folded."""
    return fold_accents(_tidied(_cut(_singular(word))))


def fold_accents(word: str) -> str:
    """Return a word without its accents."""
    if word.isascii():
        return word
    signs = unicodedata.normalize("NFKD", word.translate(STROKED))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("x"):
        is_plural_of_al = word.endswith("aux") and word[-4] != "e"
        word = word[:-2] + "l" if is_plural_of_al else word[:-1]
    for ending in "xs":
        if len(word) > 3 and word.endswith(ending):
            word = word[:-1]
    return word


def _cut(word: str) -> str:
    """Return the word without the endings of gender and derivation."""
    found = _replaced(word, FIRST)
    if found is not None:
        return found
    word = _replaced(word, (FEMININE,)) or word
    found = _replaced(word, THEN)
    if found is not None:
        return found
    for rule in (GRAVE, ADJECTIVE):
        changed = _replaced(word, (rule,))
        word = word if changed is None else changed
    found = _replaced(word, LAST)
    return word if found is None else found


def _replaced(word: str, rules: tuple[tuple[str, int, str], ...]) -> str | None:
    """Return the word after the first rule that fits, or None where none does."""
    for ending, more_than, instead in rules:
        if len(word) > more_than and word.endswith(ending):
            return word[: -len(ending)] + instead
    return None


def _tidied(word: str) -> str:
    """Return a long word with plain letters, none of them doubled, and without a mute end."""
    if len(word) > 4:
        word = REPEATED.sub(r"\1", word.translate(PLAIN))
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2]
    if len(word) > 4:
        word = word.removesuffix("r").removesuffix("e").removesuffix("e")
        if word[-1] == word[-2] and word[-1].isalpha():
            word = word[:-1]
    return word
