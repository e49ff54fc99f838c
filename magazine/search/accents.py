"""Say which accents tell French words apart, and by which terms a form is kept and looked for.

Readers leave accents out, so a word without them finds all forms. Who types one that tells words
apart means it:

- a circumflex on a, e or o (tâche, pêche, côte), or one that the spelling of 1990 kept on u (mûr,
  sûr, dû, jeûne): only forms with one are found. Elsewhere on i and u it may be left out (boîte,
  coût) and says nothing.
- a final é (marché, livrées): forms that end with the same sound, infinitives too (marcher), count
  whole; others of the same stem (marche) little (`plan.SILENT_WEIGHT`).

A form is kept by its stem, and by the same with a sign for each of the two. No Django here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from magazine.search.stemming import stem

# Neither is part of any stem: those have no accents.
WITH_CIRCUMFLEX = "^"
WITH_SOUND = "é"
TELLING_CIRCUMFLEX = re.compile(r"[âêô]|^mûr|^sûr|^dû$|^jeûn")
FINAL_É = re.compile(r"ée?s?$")
FINAL_SOUND = re.compile(r"(?:ée?s?|er)$")


def wanted_term(exact: str) -> str:
    """Return the term that a typed word is looked for by."""
    return (sounded_term(exact) if FINAL_É.search(exact) else "") or _marked(stem(exact), exact)


def sounded_term(exact: str) -> str:
    """Return the term of the forms that end with the sound é, as this one; else nothing."""
    ending = FINAL_SOUND.search(exact)
    if ending is None:
        return ""
    return _marked(stem(exact[: ending.start()] + "er"), exact) + WITH_SOUND


@lru_cache(maxsize=200_000)
def held_terms(exact: str) -> tuple[str, ...]:
    """Return the terms that a form in a text is found by, its stem first."""
    plain = stem(exact)
    sounded = sounded_term(exact)
    if not TELLING_CIRCUMFLEX.search(exact):
        return (plain, sounded) if sounded else (plain,)
    terms = [plain, plain + WITH_CIRCUMFLEX]
    if sounded:
        # Who types the last accent alone left the circumflex out.
        terms += [sounded, sounded.replace(WITH_CIRCUMFLEX, "")]
    return tuple(terms)


def _marked(term: str, exact: str) -> str:
    return term + WITH_CIRCUMFLEX if TELLING_CIRCUMFLEX.search(exact) else term
