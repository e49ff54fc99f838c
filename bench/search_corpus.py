"""Write articles of 900 words with natural word frequencies, for the search to be measured on.

Words come as often as in the judged articles (`tests/data/judged`); each article has two of them
as its subject and takes a quarter of its words from there, as texts keep to their matter. One word
in ten is a rarer one: invented, with frequencies after Zipf, so that the vocabulary grows with the
magazine. No word follows from the one before, but the words of three hundred pairs stand together
now and then, for phrases to be found. The same seed gives the same articles. No Django here.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from magazine.search.analysis import is_stop_word, words_of
from magazine.search.texts import ArticleDocument, Passage

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "data" / "judged" / "articles"
WORDS = 900
WORDS_A_PASSAGE = 75
RARE_SHARE = 0.10
SUBJECT_SHARE = 0.25
RARE_WORDS = 400_000
TAG = re.compile(r"<[^>]*>")
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ONSETS = tuple(re.findall(r"\w+", "b br c ch cl d f fl g gr j l m n p pl pr qu r s t tr v"))
VOWELS = tuple(re.findall(r"\w+", "a e é i o u ai au eau eu in on ou oi an"))
CODAS = ("", "", "", "l", "r", "s", "t", "n", "tte", "rie", "ment", "tion", "que", "teur")
KINDS = ("interview", "case_study", "feature", "editorial")
SECTORS = ("Banque", "Assurance", "Santé", "Transport", "Énergie", "Commerce", "Télécoms")
NEWEST = dt.date(2026, 11, 1)


class Corpus:
    """A magazine's worth of documents, and the words that it is made of."""

    def __init__(self, seed: int = 6) -> None:
        self._random = np.random.default_rng(seed)
        judged = [Counter(_tokens(path)) for path in sorted(JUDGED.glob("*.toml"))]
        overall: Counter[str] = Counter()
        for each in judged:
            overall.update(each)
        self.words = np.array(sorted(overall), dtype=object)
        place = {word: number for number, word in enumerate(self.words)}
        self._overall = _shares(overall, place)
        self._subjects = [_shares(each, place) for each in judged]
        self._rare = _rare_words(self._random)
        ranks = np.arange(1, len(self._rare) + 1) + 20.0
        self._rare_shares = np.cumsum(1 / ranks) / np.sum(1 / ranks)
        said = [w for w in self.words if w.isalpha() and len(w) > 3 and not is_stop_word(w)]
        chosen = self._random.choice(np.array(said, dtype=object), (300, 2))
        self.topics = list(self._random.choice(np.array(said, dtype=object), 60, replace=False))
        self.pairs = [f"{first} {second}" for first, second in chosen]

    def documents(self, count: int, first: int = 1) -> Iterator[ArticleDocument]:
        """Return so many documents, with ids from `first` on."""
        for article_id in range(first, first + count):
            yield self._document(article_id, count)

    def _document(self, article_id: int, count: int) -> ArticleDocument:
        random = self._random
        words = self._words(WORDS + 40)
        title, standfirst = _sentence(words[:6]), _sentence(words[6:40])
        passages = []
        for start in range(40, len(words), WORDS_A_PASSAGE):
            block = f"b{start}"
            if start % 2:
                passages.append(Passage("question", _sentence(words[start : start + 12]), block))
                start += 12
            text = _sentence(words[start : start + WORDS_A_PASSAGE])
            passages.append(Passage("paragraph", text, block))
        people = [
            _name(self._rare, random, count // 8 + 20) for _ in range(int(random.integers(1, 3)))
        ]
        companies = [_company(self._rare, random, count // 40 + 10)]
        topics = [self.topics[number] for number in _skewed(random, 60, int(random.integers(1, 5)))]
        sector = SECTORS[_skewed(random, len(SECTORS), 1)[0]]
        published = NEWEST - dt.timedelta(days=int(random.integers(0, 4000)))
        number = (published - NEWEST).days // 90 + 46
        return ArticleDocument(
            article_id=article_id,
            title=title,
            kicker="",
            standfirst=standfirst,
            people=tuple(people),
            organisations=tuple(companies),
            subjects=(*topics, sector),
            passages=tuple(passages),
            facets={
                "kind": ((KINDS[_skewed(random, 4, 1)[0]], ""),),
                "issue": ((str(number), f"Numéro {number}"),),
                "section": ((f"rubrique-{article_id % 7}", f"Rubrique {article_id % 7}"),),
                "topic": tuple((topic, topic.title()) for topic in dict.fromkeys(topics)),
                "person": tuple((name.lower().replace(" ", "-"), name) for name in set(people)),
                "organisation": tuple((name.lower(), name) for name in companies),
                "sector": ((sector.lower(), sector),),
                "year": ((str(published.year), ""),),
            },
            published=published,
            issue=number,
            first_folio=1,
            last_folio=4,
            signs=WORDS * 6,
        )

    def _words(self, count: int) -> list[str]:
        random = self._random
        kind = random.random(count)
        words = self.words[np.searchsorted(self._overall, random.random(count))]
        two = random.integers(0, len(self._subjects), 2)
        for subject, low in zip(two, (0.0, SUBJECT_SHARE / 2), strict=True):
            where = (kind >= low) & (kind < low + SUBJECT_SHARE / 2)
            drawn = np.searchsorted(self._subjects[subject], random.random(int(where.sum())))
            words[where] = self.words[drawn]
        where = kind > 1 - RARE_SHARE
        drawn = np.searchsorted(self._rare_shares, random.random(int(where.sum())))
        words[where] = self._rare[drawn]
        for place in random.integers(40, count - 2, 4):
            first, _space, second = self.pairs[int(random.integers(len(self.pairs)))].partition(" ")
            words[place], words[place + 1] = first, second
        return list(words)


def _tokens(path: Path) -> list[str]:
    article = tomllib.loads(path.read_text())
    texts = [article["title"], article.get("standfirst", "")]
    for block in article["body"]:
        texts += [value for key, value in block.items() if key != "type" and isinstance(value, str)]
    plain = TAG.sub(" ", " ".join(texts)).lower()
    return [token for token in TOKEN.findall(plain) if words_of(token)]


def _shares(counts: Counter[str], place: dict[str, int]) -> np.ndarray:
    shares = np.zeros(len(place))
    for word, times in counts.items():
        shares[place[word]] = times
    summed: np.ndarray = np.cumsum(shares) / shares.sum()
    return summed


def _rare_words(random: np.random.Generator) -> np.ndarray:
    """Return invented words that sound French enough, the shorter ones first."""
    made: dict[str, None] = {}
    while len(made) < RARE_WORDS:
        syllables = 2 + len(made) * 3 // RARE_WORDS
        word = "".join(
            ONSETS[random.integers(len(ONSETS))] + VOWELS[random.integers(len(VOWELS))]
            for _ in range(syllables)
        )
        made[word + CODAS[random.integers(len(CODAS))]] = None
    return np.array(list(made), dtype=object)


def _sentence(words: list[str]) -> str:
    pieces = [words[start : start + 15] for start in range(0, len(words), 15)]
    return " ".join(" ".join(piece).capitalize() + "." for piece in pieces)


def _skewed(random: np.random.Generator, values: int, count: int) -> list[int]:
    """Return numbers below `values`, the low ones far more often."""
    return [int(values * random.random() ** 2) for _ in range(count)]


def _name(rare: np.ndarray, random: np.random.Generator, people: int) -> str:
    number = int(people * random.random() ** 2)
    return f"{rare[number * 2 + 1].title()} {rare[number * 3 + 2].title()}"


def _company(rare: np.ndarray, random: np.random.Generator, companies: int) -> str:
    return str(rare[50_000 + int(companies * random.random() ** 2)]).title()
