"""Have a server take French apart as `magazine.search.analysis` does: the same words and stems."""

from __future__ import annotations

from typing import Any

from magazine.search.analysis import APOSTROPHES, ELIDED, LIGATURES, LONGEST_WORD, UNSEEN, WORD

# The names of the analysers: stems; exact forms, with accents and without; beginnings of words,
# and what they are looked for by; terms that we made ourselves.
STEMS = "couture_stems"
EXACT = "couture_exact"
FOLDED = "couture_folded"
STARTS = "couture_starts"
START = "couture_start"
AS_MADE = "couture_as_made"
LONGEST_START = 20

# Python's letters and figures in Java's signs; marks that stand alone belong to neither.
JAVA_WORD = (
    WORD.pattern.replace(r"[^\W\d_]", r"[\p{L}\p{Nl}\p{No}]")
    .replace(r"[^\W_]", r"[\p{L}\p{N}]")
    .replace(r"\d", r"\p{Nd}")
)


def analysis() -> dict[str, Any]:
    """Return the `analysis` part of an index's settings."""
    to_exact = ["couture_elision", "lowercase"]
    to_exact += ["couture_figures", "couture_stops", "couture_length"]
    own = {"type": "custom", "char_filter": ["couture_signs"], "tokenizer": "couture_words"}
    return {
        "char_filter": {"couture_signs": {"type": "mapping", "mappings": _mappings()}},
        "tokenizer": {"couture_words": {"type": "pattern", "pattern": JAVA_WORD, "group": 0}},
        "filter": {
            "couture_elision": {
                "type": "elision",
                "articles": sorted(ELIDED),
                "articles_case": True,
            },
            # Only figures hold spaces; no word keeps its apostrophes.
            "couture_figures": {"type": "pattern_replace", "pattern": r"[\s\u00a0\u202f\u2009']+"},
            # Full stops and apostrophes go from what doesn't begin with a figure.
            "couture_stops": {
                "type": "pattern_replace",
                "pattern": r"['.](?<=^\P{Nd}.{0,500})",
            },
            "couture_length": {"type": "truncate", "length": LONGEST_WORD},
            "couture_stemmer": {"type": "stemmer", "language": "light_french"},
            "couture_edges": {"type": "edge_ngram", "min_gram": 1, "max_gram": LONGEST_START},
            "couture_cut": {"type": "truncate", "length": LONGEST_START},
        },
        "analyzer": {
            EXACT: own | {"filter": to_exact},
            STEMS: own | {"filter": [*to_exact, "couture_stemmer", "asciifolding"]},
            FOLDED: own | {"filter": [*to_exact, "asciifolding"]},
            STARTS: own | {"filter": [*to_exact, "asciifolding", "couture_edges"]},
            AS_MADE: {"type": "custom", "tokenizer": "whitespace"},
            START: own | {"filter": [*to_exact, "asciifolding", "couture_cut"]},
        },
    }


def _mappings() -> list[str]:
    """Return what stands for signs that have a twin, in capitals too; nothing for unseen ones."""
    signs = {chr(sign): chr(other) for sign, other in APOSTROPHES.items()} | LIGATURES | {"ẞ": "SS"}
    for sign, parts in LIGATURES.items():
        if len(sign.upper()) == 1:
            signs[sign.upper()] = parts.upper()
    unseen = [f"\\u{ord(sign):04X}=>" for sign in UNSEEN]
    return [*unseen, *(f"{sign}=>{other}" for sign, other in signs.items())]
