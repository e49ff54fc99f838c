"""Read a set of synonyms as editors type it, one term a line, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from magazine.models import SynonymSet
from magazine.models.searching import MOST_TERMS
from magazine.search.analysis import is_stop_word, words_of
from magazine.search.plan import LONGEST_SYNONYM, stems

FEWEST_TERMS = 2
LONGEST_TERM = 80


class SynonymError(Exception):
    """A set of synonyms can't be used; `problems` say why, one sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


def read_terms(typed: str) -> tuple[str, ...]:
    """Return the terms of a set, in order. Raises SynonymError with everything that is wrong."""
    terms = tuple(" ".join(line.split()) for line in typed.splitlines() if line.strip())
    problems = [problem for term in terms for problem in _problems(term)]
    problems += _repeated(terms)
    if len(terms) < FEWEST_TERMS:
        problems.append(_("A set needs two different terms at least, one a line."))
    if len(terms) > MOST_TERMS:
        problems.append(
            _("A set has %(most)d terms at most; this one has %(number)d.")
            % {"most": MOST_TERMS, "number": len(terms)}
        )
    if problems:
        raise SynonymError(problems)
    return terms


def terms_elsewhere(terms: Iterable[str], besides: int | None) -> list[tuple[str, SynonymSet]]:
    """Return the terms that another set holds too, with that set."""
    others = {
        stems(words_of(term)): other
        for other in SynonymSet.objects.exclude(pk=besides)
        for term in other.lines
    }
    keys = ((term, stems(words_of(term))) for term in terms)
    return [(term, others[key]) for term, key in keys if key in others]


def _problems(term: str) -> list[str]:
    if len(term) > LONGEST_TERM:
        return [
            _("“%(term)s…” is too long: a term has %(most)d signs at most.")
            % {"term": term[:40], "most": LONGEST_TERM}
        ]
    words = words_of(term)
    if all(is_stop_word(word.exact) for word in words):
        return [_("“%(term)s” holds no word that can be searched.") % {"term": term}]
    if len(words) > LONGEST_SYNONYM:
        return [
            _("“%(term)s” has %(number)d words: a term has %(most)d at most.")
            % {"term": term, "number": len(words), "most": LONGEST_SYNONYM}
        ]
    return []


def _repeated(terms: Iterable[str]) -> list[str]:
    """Say of each term that the search doesn't tell from an earlier one."""
    seen: dict[tuple[str, ...], str] = {}
    problems = []
    for term in terms:
        key = stems(words_of(term))
        if key and key in seen:
            problems.append(
                _("“%(term)s” and “%(other)s” are the same to the search: keep one.")
                % {"term": term, "other": seen[key]}
            )
        seen.setdefault(key, term)
    return problems
