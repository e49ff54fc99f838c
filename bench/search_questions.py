"""Ask what readers ask, kind by kind: frequent words and rare ones, phrases, names, slips."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from magazine.search.analysis import is_stop_word, words_of
from magazine.search.texts import ArticleDocument


@dataclass(frozen=True)
class Question:
    """A text, chosen facets, an order; `goes_on` asks for the second page too."""

    text: str
    facets: dict[str, list[str]] = field(default_factory=dict)
    sort: str = ""
    goes_on: bool = False


class Reader:
    """Knows what a magazine is about, as far as a sample of it says, and asks about it."""

    def __init__(self, sample: Sequence[ArticleDocument], pairs: Sequence[str]) -> None:
        self._random = random.Random(6)  # noqa: S311  the same questions each time
        holding = Counter(
            word
            for document in sample
            for word in {each.exact for each in words_of(document.running_text)}
            if word.isalpha() and len(word) > 3 and not is_stop_word(word)
        )
        share = {word: times / len(sample) for word, times in sorted(holding.items())}
        self._frequent = [word for word, part in share.items() if part > 0.3]
        self._middling = [word for word, part in share.items() if 0.02 < part < 0.2]
        self._rare = [word for word, part in share.items() if part < 0.01]
        self._pairs = list(pairs)
        self._sample = sample

    def kinds(self) -> dict[str, Callable[[], Question]]:
        """Return, by its name, what makes a question of each kind."""
        return {
            "a frequent word": lambda: Question(self._words(self._frequent)),
            "a middling word": lambda: Question(self._words(self._middling)),
            "a rare word": lambda: Question(self._words(self._rare)),
            "two frequent words": lambda: Question(self._words(self._frequent, self._frequent)),
            "frequent and middling": lambda: Question(self._words(self._frequent, self._middling)),
            "four words": lambda: Question(
                self._words(self._frequent, self._frequent, self._middling, self._middling)
            ),
            "a phrase": lambda: Question(f"« {self._random.choice(self._pairs)} »"),
            "a person": lambda: Question(self._any().people[0]),
            "a slip": self._slip,
            "two words, facets": lambda: Question(
                self._words(self._frequent, self._middling), self._facets()
            ),
            "facets alone": lambda: Question("", self._facets()),
            "by date": lambda: Question(self._words(self._frequent), sort="newest"),
            "second page": lambda: Question(self._words(self._frequent), goes_on=True),
        }

    def each(self, times: int) -> Iterator[tuple[str, Question]]:
        """Return so many questions of every kind, in turns."""
        for _turn in range(times):
            for name, make in self.kinds().items():
                yield name, make()

    def _any(self) -> ArticleDocument:
        return self._random.choice(self._sample)

    def _words(self, *bands: list[str]) -> str:
        return " ".join(self._random.choice(band) for band in bands)

    def _slip(self) -> Question:
        """Two signs of a longer word that changed places."""
        word = self._random.choice([word for word in self._middling if len(word) > 7])
        place = self._random.randrange(1, len(word) - 2)
        return Question(word[:place] + word[place + 1] + word[place] + word[place + 2 :])

    def _facets(self) -> dict[str, list[str]]:
        facets = self._any().facets
        return {
            name: [value for value, _label in facets[name]][:2]
            for name in ("kind", "topic", "year")
        }
