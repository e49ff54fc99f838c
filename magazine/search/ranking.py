"""Say what raises an article in the order of what is found: one set of weights for both engines.

A word of the question is worth its rarity times how much of it the article holds, and once more
for its exact form. Of the ways to say one thing, the best counts; the things that were asked for
are added up; neighbours that stand together in the text add to it; recency multiplies. No Django
here.
"""

from __future__ import annotations

import math

# How much a word is worth where it stands. Its stem counts in each of these fields…
TITLE = 12.0
STANDFIRST = 5.0
PEOPLE = 8.0
SUBJECTS = 6.0
HEADINGS = 3.0
BODY = 1.0
# … and its exact form, accents kept, once more: in names and titles, and in all the rest.
EXACT_TITLE = 6.0
EXACT_BODY = 0.4
# The exact form's share, beside the stem's 1.
EXACT = 1.0
# Neighbours of the question that stand together (`Plan.phrases`), as a share of their rarity: in
# the text, and once more in names and titles.
PHRASE = 0.5
PHRASE_TITLE = 0.5
# How soon more of a word adds nothing (Lucene's k1), how much a long text dilutes it (its b), and
# the words of a text that is neither long nor short.
SATURATION = 1.2
DILUTION = 0.75
USUAL_LENGTH = 600
# The same for exact forms on a server, where repeated titles make texts longer than they are.
EXACT_DILUTION = 0.95
# What a word that somebody is still typing is worth where an article's name holds its beginning.
BEGINNINGS = (("title", 1.0), ("people", 0.9), ("subjects", 0.6))
# An article of today is worth a tenth more than a very old one; half of that after three years.
RECENCY = 0.1
HALF_LIFE_DAYS = 1095


def rarity(holding: int, articles: int) -> float:
    """Return what finding a word is worth that so many of the articles hold (Lucene's idf)."""
    return math.log(1 + (articles - holding + 0.5) / (holding + 0.5))
