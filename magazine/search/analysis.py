"""Take French text apart into the words that are searched: the same for texts and questions.

A word has an exact form (small letters, accents kept, ligatures apart, without article), a stem,
and the term that it is looked for by where somebody typed it (`magazine.search.accents`). Both
engines work on what comes out of here or, on a server, on an analyser that does the same
(`engines/elasticsearch/analysis.py`). No Django here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from magazine.search.accents import wanted_term
from magazine.search.stemming import fold_accents, stem

# Raised whenever the same text would give other words: indexes made before are made again.
VERSION = 2
# Signs of the longest word that is told apart; what is longer is no word of a language.
LONGEST_WORD = 60
APOSTROPHES = str.maketrans("’ʼ‘`´", "'''''")
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl"}
# Figures with their spaces or a comma; figures before a unit, and the h of a time (17h42 is 17 h
# 42); letters with full stops; words with inner apostrophes.
WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:,\d+)?"
    r"|\d+(?:[.,]\d+)+"
    r"|\d+(?=(?:[hH](?:\d{2})?|min|mn|km|kg|cm|mm)(?![^\W_]))"
    r"|(?<=\d)[hH](?=\d{2}(?![^\W_]))"
    r"|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"
    r"|[^\W_]+(?:'[^\W_]+)*"
)
# Where a word may be cut or must not be, and which way it is read: nobody sees them.
UNSEEN = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
NOTHING = dict.fromkeys(map(ord, UNSEEN))
ODD = re.compile(rf"[\u0300-\u036f{UNSEEN}]")
ELIDED = frozenset(
    ("l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu", "presqu")
    + ("entr", "quelqu")
)
# Short, and without words that mean something: été, an, avant, sans, contre, personne, sous.
SMALL_WORDS = (
    "a à ai as au aux avec c ce ces cette ça d dans de des du elle elles en et est eux il ils j "
    "je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou où "
    "par pas pour qu que qui quoi quel quelle quels quelles s sa se ses si son sont sur t ta te "
    "tes toi ton tu un une vos votre vous y comment pourquoi"
)
STOP_WORDS = frozenset(SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: exact form, stem, term, and from which sign to which it stands there."""

    exact: str
    stem: str
    term: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text, in its order; places count the signs of `text` itself."""
    if ODD.search(text) is None:
        return _words(text)
    composed = unicodedata.normalize("NFC", without_unseen(text))
    return _words(text) if composed == text else _words_of_odd(text)


def without_unseen(text: str) -> str:
    """Return a text without the signs that nobody sees."""
    return text.translate(NOTHING)


def with_plain_apostrophes(text: str) -> str:
    """Return a text of the same length with one kind of apostrophe (faster than `translate`)."""
    for sign in APOSTROPHES:
        text = text.replace(chr(sign), "'")
    return text


def _words(text: str) -> list[Word]:
    found = []
    for match in WORD.finditer(with_plain_apostrophes(text)):
        word, start = match.group(), match.start()
        head, apostrophe, rest = word.partition("'")
        if apostrophe and head.lower() in ELIDED:
            word, start = rest, start + len(head) + 1
        exact = exact_form(word)
        if exact:
            found.append(Word(exact, stem(exact), wanted_term(exact), start, match.end()))
    return found


def _words_of_odd(text: str) -> list[Word]:
    """Return the words of a text whose accents stand apart, or with signs that nobody sees.

    They are given the places that they have in that text.
    """
    places: list[int] = []
    signs: list[str] = []
    for place, sign in enumerate(text):
        if sign in UNSEEN:
            continue
        if signs and unicodedata.combining(sign):
            joined = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(joined) == 1:
                signs[-1] = joined
                continue
        signs.append(sign)
        places.append(place)
    places.append(len(text))
    return [
        replace(word, start=places[word.start], end=places[word.end])
        for word in _words("".join(signs))
    ]


def exact_form(word: str) -> str:
    """Return a word in small letters, ligatures apart, figures without spaces, accents kept."""
    small = word.lower()
    if not small.isascii():
        small = "".join(LIGATURES.get(sign, sign) for sign in small)
    if small[0].isdigit():
        return re.sub(r"[\s']", "", small)[:LONGEST_WORD]
    return small.replace("'", "").replace(".", "")[:LONGEST_WORD]


def is_stop_word(exact: str) -> bool:
    """Tell whether a word says nothing about what somebody looks for."""
    return exact in STOP_WORDS


def folded(text: str) -> str:
    """Return a text in small letters without accents, ligatures apart: for comparing names."""
    small = "".join(LIGATURES.get(sign, sign) for sign in text.lower())
    return fold_accents(small)
