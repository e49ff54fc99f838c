"""Say what raises an article in the order of what is found: one set of weights for both engines.

No Django here.
"""

from __future__ import annotations

import datetime as dt

# How much a word is worth where it stands. A word's stem counts in each of these fields…
TITLE = 12.0
STANDFIRST = 5.0
PEOPLE = 8.0
SUBJECTS = 6.0
HEADINGS = 3.0
BODY = 1.0
# … and its exact form, accents kept, once more: in names and titles, and in all the rest.
EXACT_TITLE = 6.0
EXACT_BODY = 1.0
# Neighbours of the question that stand together in the text as well (`Plan.phrases`).
PHRASE = 2.0
# An article of today is worth a fifth more than a very old one; half of that after three years.
RECENCY = 0.2
HALF_LIFE_DAYS = 1095


def recency(published: dt.date | None, day: dt.date) -> float:
    """Return the factor, 1 to 1.2, by which an article's age on a day multiplies its score."""
    if published is None:
        return 1.0
    age = max((day - published).days, 0)
    return 1.0 + RECENCY * 0.5 ** (age / HALF_LIFE_DAYS)
